"""Rows that people have changed, and the journals that settle them."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.party_netting.rules import Row, Side, plan
from branch_crm.party_netting.settlement_rules import Fault, faults, journals
from tests.unit.test_party_netting_plans import INR, RAM, TODAY, open_items, owed, owing, terms

ITEMS = [owed("SI-1", 50), owed("SI-2", 70), owed("held", 30, is_on_hold=True), owing("PI-1", 60)]
KEYS = {item.voucher_no: (item.side, item.key) for item in ITEMS}
GONE = (Side.RECEIVABLE, ("Sales Invoice", "gone", "?"))


def _faults(rows: dict[str, str | int], **changed: object) -> list[tuple[Fault, str | None]]:
	asked = [(*KEYS.get(name, GONE), Decimal(amount)) for name, amount in rows.items()]
	found = faults(asked, ITEMS, replace(INR, **changed), TODAY)
	return [(fault, key[1] if key else None) for fault, key in found]


@pytest.mark.parametrize(
	("rows", "changed", "expected"),
	[
		({"SI-1": 50, "SI-2": 10, "PI-1": 60}, {}, []),
		({"SI-2": 60, "PI-1": 60}, {}, []),
		({"SI-1": "0.01", "PI-1": "0.01"}, {}, []),
		({"SI-1": 51, "PI-1": 51}, {}, [(Fault.TOO_MUCH, "SI-1")]),
		({"SI-1": 0, "PI-1": 60}, {}, [(Fault.NOT_POSITIVE, "SI-1")]),
		({"SI-1": -5, "PI-1": 60}, {}, [(Fault.NOT_POSITIVE, "SI-1")]),
		({"gone": 5, "PI-1": 60}, {}, [(Fault.NOT_OPEN, "gone")]),
		({"held": 30, "PI-1": 30}, {}, [(Fault.EXCLUDED, "held")]),
		({"held": 30, "PI-1": 30}, {"with_on_hold": True}, []),
		({"SI-1": 50, "PI-1": 49}, {}, [(Fault.UNEQUAL, None)]),
		({"SI-1": 50}, {}, [(Fault.UNEQUAL, None)]),
		({"SI-1": 20, "PI-1": 20}, {"minimum": Decimal(21)}, [(Fault.BELOW_MINIMUM, None)]),
		({}, {}, [(Fault.NOTHING, None)]),
		({"gone": 5, "SI-1": 51}, {}, [(Fault.NOT_OPEN, "gone"), (Fault.TOO_MUCH, "SI-1")]),
	],
)
def test_rows_that_people_changed_keep_to_the_rules(rows: dict, changed: dict, expected: list) -> None:
	assert _faults(rows, **changed) == expected


def test_a_document_stands_in_one_row() -> None:
	rows = [(*KEYS[name], Decimal(amount)) for name, amount in (("SI-1", 20), ("SI-1", 20), ("PI-1", 40))]
	assert faults(rows, ITEMS, INR, TODAY) == [(Fault.TWICE, KEYS["SI-1"][1])]


def test_a_document_is_settled_on_its_own_side() -> None:
	(_side, payable), (side, receivable) = KEYS["PI-1"], KEYS["SI-1"]
	rows = [(side, receivable, Decimal(20)), (side, payable, Decimal(20))]
	assert faults(rows, ITEMS, INR, TODAY) == [(Fault.NOT_OPEN, payable)]


def test_more_than_a_side_comes_to_after_its_advances_is_refused() -> None:
	items = [*RAM, owed("advance", -100000)]
	rows = [(item.side, item.key, Decimal(82000)) for item in RAM]
	assert faults(rows, items, INR, TODAY) == [(Fault.ABOVE_LIMIT, None)]


@given(open_items(), terms)
def test_what_is_proposed_may_be_settled(items: list, asked: object) -> None:
	rows = [(row.item.side, row.item.key, row.amount) for row in plan(items, asked, TODAY).rows]
	assert faults(rows, items, asked, TODAY) == ([] if rows else [(Fault.NOTHING, None)])


def test_one_journal_settles_ram() -> None:
	(journal,) = journals(plan(RAM, INR, TODAY).rows, 100)
	assert [(line.row.item.voucher_no, line.amount) for line in journal] == [("SI-1", 82000), ("PI-1", 82000)]


def test_what_does_not_fit_into_one_journal_goes_on_in_the_next() -> None:
	items = [*(owed(f"SI-{number:03}", 10) for number in range(250)), owing("PI", 2500)]
	found = journals(plan(items, INR, TODAY).rows, 100)
	assert [len(journal) for journal in found] == [100, 100, 53]
	assert [line.amount for journal in found for line in journal if line.row.item.voucher_no == "PI"] == [
		990,
		990,
		520,
	]


@given(open_items(), terms, st.integers(2, 5))
def test_journals_are_small_balanced_and_settle_every_row_once(items: list, asked: object, most: int) -> None:
	rows = plan(items, asked, TODAY).rows
	settled: dict[tuple, Decimal] = defaultdict(Decimal)
	for journal in journals(rows, most):
		assert 2 <= len(journal) <= most
		assert all(line.amount > 0 for line in journal)
		sides = {side: sum(line.amount for line in journal if line.row.item.side is side) for side in Side}
		assert sides[Side.RECEIVABLE] == sides[Side.PAYABLE]
		assert len({line.row.item.key for line in journal}) == len(journal)
		for line in journal:
			settled[line.row.item.key] += line.amount
	assert settled == {row.item.key: row.amount for row in rows}
	assert journals(rows, most) == journals(rows, most)


def test_nothing_needs_no_journal() -> None:
	assert journals([], 100) == []
	assert journals([Row(RAM[0], Decimal(5))], 100) == []
