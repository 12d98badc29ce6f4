from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.credit_control.cheque_rules import Line, blocks, charged, paid_again, taken_back
from branch_crm.credit_control.rules import ZERO, total

AMOUNTS = st.decimals(-10000, 10000, places=2)
BANK = Line("Bank", Decimal(98), Decimal(98), dimensions=(("branch", "Delhi"),))
CUSTOMER = Line("Debtors", Decimal(-100), Decimal(-100), "Customer", "Shyam", (("branch", "Delhi"),))
CHARGES = "Bank Charges"


def _by_account(lines: list[Line]) -> dict[str, Decimal]:
	return {
		account: total(line.base for line in lines if line.account == account)
		for account in {line.account for line in lines}
	}


@given(st.lists(st.builds(Line, st.sampled_from(["Bank", "Debtors", "Fees"]), AMOUNTS, AMOUNTS)))
def test_with_what_takes_it_back_nothing_is_left_of_a_receipt(lines: list[Line]) -> None:
	assert not any(_by_account([*lines, *taken_back(lines)]).values())


def test_a_line_of_nothing_is_not_posted() -> None:
	assert list(taken_back([Line("Bank", ZERO, ZERO)])) == []


def test_what_is_taken_back_keeps_party_and_dimensions() -> None:
	(line,) = taken_back([CUSTOMER])
	assert (line.amount, line.party, line.dimensions) == (100, "Shyam", (("branch", "Delhi"),))


@given(st.decimals(0, 500, places=2), st.decimals(0, 500, places=2))
def test_charges_balance_and_the_difference_is_expense(of_bank: Decimal, to_customer: Decimal) -> None:
	lines = list(charged(BANK, CUSTOMER, CHARGES, of_bank, to_customer))
	found = _by_account(lines)
	assert not total(line.base for line in lines)
	assert found.get("Bank", ZERO) == -of_bank
	assert found.get("Debtors", ZERO) == to_customer
	assert found.get(CHARGES, ZERO) == of_bank - to_customer


def test_charges_stand_in_the_currency_of_their_account() -> None:
	in_dollars = Line("Debtors USD", Decimal(-100), Decimal(-8400), "Customer", "Shyam")
	lines = list(charged(BANK, in_dollars, CHARGES, ZERO, Decimal("84.00")))
	assert [(line.account, line.amount, line.base) for line in lines] == [
		("Debtors USD", 1, 84),
		(CHARGES, -84, -84),
	]


@pytest.mark.parametrize(
	("returns", "allowed", "stops"), [(5, 0, False), (1, 2, False), (2, 2, True), (3, 2, True), (1, 1, True)]
)
def test_so_many_returns_stop_sales(returns: int, allowed: int, stops: bool) -> None:
	assert blocks(returns, allowed) is stops


FIRST, SECOND, ORDER = ("Sales Invoice", "1"), ("Sales Invoice", "2"), ("Sales Order", "1")


@pytest.mark.parametrize(
	("wanted", "left", "free", "paid"),
	[
		([(FIRST, 300), (SECOND, 400)], {FIRST: 300, SECOND: 400}, 700, [300, 400]),
		([(FIRST, 300), (SECOND, 400)], {FIRST: 100, SECOND: 400}, 700, [100, 400]),
		# by terms of payment
		([(FIRST, 500), (FIRST, 500)], {FIRST: 700}, 1000, [500, 200]),
		([(FIRST, 1000), (SECOND, -200)], {FIRST: 1000, SECOND: -200}, 800, [800, 0]),
		([(ORDER, 500), (ORDER, 300)], {}, 800, [500, 300]),
		([(FIRST, 300)], {FIRST: 0}, 300, [0]),
		([(FIRST, 300)], {FIRST: -5}, 300, [0]),
	],
)
def test_what_a_receipt_pays_once_more(wanted: list, left: dict, free: int, paid: list) -> None:
	exact = [(voucher, Decimal(amount)) for voucher, amount in wanted]
	found = paid_again(exact, {voucher: Decimal(amount) for voucher, amount in left.items()}, Decimal(free))
	assert list(found) == paid
