"""How a customer's ledger adds up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.credit_control.customer_ledger_rules import (
	Balance,
	Block,
	Movement,
	aged,
	has_anything,
	roll_up,
	total,
)

PATHS = {
	"HO": ("HO",),
	"North": ("North", "HO"),
	"Delhi": ("Delhi", "North", "HO"),
	"Agra": ("Agra", "North", "HO"),
}
PATHS |= {"Mumbai": ("Mumbai", "HO")}
AMOUNTS = st.lists(st.integers(-(10**9), 10**9), max_size=5)


def _moved(amount: int, currency: str = "INR", rate: int = 1) -> Balance:
	return Balance(Decimal(amount * rate), {currency: Decimal(amount)})


def _block(opening: int, *amounts: int) -> Block:
	movements = [
		Movement(date(2026, 4, 1), "Sales Invoice", f"S-{amount}", None, None, None, "", _moved(amount))
		for amount in amounts
	]
	return Block(_moved(opening), movements)


@given(opening=st.integers(-(10**9), 10**9), amounts=AMOUNTS)
def test_opening_with_debit_less_credit_is_the_last_balance(opening: int, amounts: list[int]) -> None:
	block = _block(opening, *amounts)
	whole = block.total
	assert whole.opening.amount + whole.debit - whole.credit == whole.closing.amount
	balances = [balance.amount for _movement, balance in block.running()]
	assert balances[-1:] == ([whole.closing.amount] if amounts else [])
	assert whole.debit >= 0 <= whole.credit


@given(
	blocks=st.dictionaries(st.sampled_from(["", *PATHS]), st.builds(_block, st.integers(-99, 99)), min_size=1)
)
def test_the_top_branches_come_to_the_whole(blocks: dict[str, Block]) -> None:
	nodes = roll_up(blocks, PATHS)
	tops = [node.total.closing.amount for node in nodes if not node.depth]
	assert sum(tops) == total(blocks.values()).closing.amount
	assert {node.branch for node in nodes if node.block} == blocks.keys()
	for node in nodes:
		below = [block for name, block in blocks.items() if node.branch in PATHS.get(name, (name,))]
		assert node.total == total(below)


def test_branches_are_printed_as_a_tree_and_without_branch_last() -> None:
	nodes = roll_up({"": _block(1), "Mumbai": _block(2), "Delhi": _block(4), "Agra": _block(8)}, PATHS)
	assert [(node.branch, node.depth, int(node.total.closing.amount)) for node in nodes] == [
		*(("HO", 0, 14), ("Mumbai", 1, 2), ("North", 1, 12), ("Agra", 2, 8), ("Delhi", 2, 4)),
		("", 0, 1),
	]


@pytest.mark.parametrize(
	("balances", "foreign"),
	[
		([_moved(5)], None),
		([_moved(5, "USD", 80), _moved(2, "USD", 90)], ("USD", Decimal(7))),
		([_moved(5, "USD", 80), _moved(2)], None),
		([_moved(5, "USD", 80), _moved(2, "EUR", 90)], None),
		([], None),
	],
)
def test_a_balance_is_told_in_another_currency_where_all_of_it_is(balances: list, foreign: tuple) -> None:
	assert sum(balances, Balance()).foreign("INR") == foreign


@pytest.mark.parametrize(
	("block", "expected"),
	[
		(Block(), False),
		(_block(0), False),
		(_block(1), True),
		(_block(0, 5, -5), True),
		(Block(Balance(Decimal(0), {"USD": Decimal(1)})), True),
	],
)
def test_there_is_something_to_tell_of_a_movement_or_a_balance(block: Block, expected: bool) -> None:
	assert has_anything(block) is expected


def test_what_is_open_is_summed_by_bucket() -> None:
	amounts = [(0, Decimal(5)), (2, Decimal(7)), (0, Decimal(-2))]
	assert aged(amounts, 4) == [3, 0, 7, 0]
