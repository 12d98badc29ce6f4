"""How much of a limit is used, and what one is told of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.credit_control.entry_rules import Component
from branch_crm.credit_control.utilisation_rules import Owed, is_over, percentage, told


def _parts(receivable: int = 0, orders: int = 0) -> dict[Component, Decimal]:
	amounts = {Component.RECEIVABLE: Decimal(receivable), Component.ORDERS: Decimal(orders)}
	return {component: amounts.get(component, Decimal(0)) for component in Component}


BRANCHES = {"Delhi": _parts(100, 10), "Mumbai": _parts(7), "": _parts(-3)}


@pytest.mark.parametrize(
	("reached", "is_hidden", "exposure", "receivable", "others"),
	[
		(None, False, 114, 104, 0),
		({"Delhi"}, False, 114, 100, 4),
		({"Delhi"}, True, 110, 100, 0),
		(set(), False, 114, 0, 114),
		(set(), True, 0, 0, 0),
	],
)
def test_one_is_told_ones_own_branches_and_what_the_others_come_to(
	reached: set | None, is_hidden: bool, exposure: int, receivable: int, others: int
) -> None:
	owed = told(BRANCHES, reached, is_hidden)
	assert (owed.exposure, owed.components[0], owed.other_branches) == (exposure, receivable, others)


@pytest.mark.parametrize(
	("exposure", "limit", "used"),
	[(50, 200, 25), (300, 200, 150), (-50, 200, -25), (5, 0, None), (5, None, None)],
)
def test_use_is_a_share_of_the_limit(exposure: int, limit: int | None, used: int | None) -> None:
	assert percentage(Decimal(exposure), None if limit is None else Decimal(limit)) == used


@pytest.mark.parametrize(
	("exposure", "limit", "expected"),
	[(81, 100, True), (80, 100, False), (1, 0, True), (0, 0, False), (-1, 0, False), (5, None, False)],
)
def test_of_a_limit_of_zero_anything_is_too_much(exposure: int, limit: int | None, expected: bool) -> None:
	found = is_over(Decimal(exposure), None if limit is None else Decimal(limit), Decimal(80))
	assert found is expected


@given(
	st.dictionaries(
		st.sampled_from(("Delhi", "Mumbai", "Agra", "")), st.tuples(st.integers(-9, 9), st.integers(-9, 9))
	),
	st.sets(st.sampled_from(("Delhi", "Mumbai"))),
)
def test_own_and_others_come_to_everything(drawn: dict, reached: set[str]) -> None:
	by_branch = {branch: _parts(*amounts) for branch, amounts in drawn.items()}
	everything = told(by_branch, None, is_hidden=False)
	assert told(by_branch, reached, is_hidden=False).exposure == everything.exposure
	apart = [told({branch: parts}, None, is_hidden=False) for branch, parts in by_branch.items()]
	assert sum(apart, Owed()) == everything
