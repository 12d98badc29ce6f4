"""How old is what is open between two parties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from branch_crm.party_netting.ageing_rules import bucket, by_branch
from branch_crm.party_netting.rules import Item, Side, position
from tests.unit.test_party_netting_plans import TODAY, open_items, owed, owing


@pytest.mark.parametrize(
	("days", "place"),
	[(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (1000, 4)],
)
def test_the_bucket_of_days_over_due(days: int, place: int) -> None:
	assert bucket(TODAY - timedelta(days), TODAY) == place


def test_what_is_open_by_branch_and_age() -> None:
	old = date(2026, 1, 1)
	items = [
		owed("SI-1", 100, branch="Delhi", due_date=old),
		owed("advance", -30, branch="Delhi", posting_date=TODAY),
		owing("PI-1", 40, branch="Delhi", due_date=TODAY),
		owed("SI-2", 7, due_date=TODAY - timedelta(31)),
	]
	found = by_branch(items, TODAY)
	assert found.keys() == {"Delhi", ""}
	assert found["Delhi"].buckets[Side.RECEIVABLE] == [-30, 0, 0, 0, 100]
	assert (found["Delhi"].of(Side.PAYABLE), found["Delhi"].net) == (40, 30)
	assert found[""].buckets[Side.RECEIVABLE] == [0, 0, 7, 0, 0]


@given(open_items())
def test_the_branches_come_to_the_net_position(items: list[Item]) -> None:
	assert sum((aged.net for aged in by_branch(items, TODAY).values()), Decimal(0)) == position(items).net
