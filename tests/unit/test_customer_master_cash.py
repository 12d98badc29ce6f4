"""What the CASH customer may be, and what would be credit to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.customer_master import cash_rules
from branch_crm.customer_master.cash_rules import Candidate, Delivered, Obstacle, Payment, Posting

AMOUNTS = st.integers(0, 10_000)
INVOICES = st.sampled_from([None, "", "SINV-1", "SINV-2"])


@pytest.mark.parametrize(
	("candidate", "obstacles"),
	[
		(Candidate(), []),
		(Candidate(is_disabled=True), [Obstacle.DISABLED]),
		(Candidate(is_frozen=True), [Obstacle.FROZEN]),
		(Candidate(is_internal=True), [Obstacle.INTERNAL]),
		(Candidate(has_branches=True), [Obstacle.BRANCHES]),
		(Candidate(has_credit_limits=True), [Obstacle.CREDIT_LIMITS]),
		(
			Candidate(is_disabled=True, has_branches=True, has_credit_limits=True),
			[Obstacle.DISABLED, Obstacle.BRANCHES, Obstacle.CREDIT_LIMITS],
		),
	],
)
def test_what_stands_in_the_way(candidate: Candidate, obstacles: list[Obstacle]) -> None:
	assert cash_rules.obstacles_of(candidate) == obstacles


@pytest.mark.parametrize(
	("taken", "label"),
	[
		([], "CASH"),
		(["Cashew Traders", "CASH-1"], "CASH"),
		(["cash"], "CASH-1"),
		(["Cash", "CASH-1", "cash-2"], "CASH-3"),
	],
)
def test_a_new_one_gets_the_first_label_that_nothing_has(taken: list[str], label: str) -> None:
	assert cash_rules.free_label(taken) == label


@pytest.mark.parametrize(
	("payment", "owed"),
	[
		(Payment(total=100, paid=100), 0),
		(Payment(total=100, paid=0), 100),
		(Payment(total=100, paid=60), 40),
		(Payment(total=100, paid=60, redeemed=40), 0),
		(Payment(total=100, paid=99, written_off=1), 0),
		(Payment(total=100, paid=500, change=400), 0),
		# whoever gets back more than he gave too much
		(Payment(total=100, paid=500, change=450), 50),
		# nobody pays by getting less than nothing back
		(Payment(total=100, paid=50, change=-50), 50),
		(Payment(total=0, paid=0), 0),
	],
)
def test_what_is_owed_is_what_nothing_has_paid(payment: Payment, owed: float) -> None:
	assert payment.owed == owed


@given(total=AMOUNTS, paid=AMOUNTS, change=AMOUNTS, more=st.integers(1, 100))
def test_more_money_never_makes_more_debt(total: int, paid: int, change: int, more: int) -> None:
	before = Payment(total, paid, change=change).owed
	assert Payment(total, paid + more, change=change).owed < before
	assert Payment(total, paid, change=change + more).owed > before


def test_goods_leave_against_a_paid_invoice_or_for_nothing() -> None:
	rows = [
		Delivered(1, 100, "SINV-1"),
		Delivered(2, 100, "SINV-2"),
		Delivered(3, 100),
		Delivered(4, 0),
	]
	assert cash_rules.unpaid_rows(rows, {"SINV-1"}) == [2, 3]
	assert cash_rules.unpaid_rows(rows, set()) == [1, 2, 3]


@given(st.lists(st.tuples(AMOUNTS, INVOICES)), st.sets(st.sampled_from(["SINV-1", "SINV-2"])))
def test_a_delivery_without_unpaid_rows_is_all_paid(rows: list[tuple], paid: set[str]) -> None:
	delivered = [Delivered(number, *row) for number, row in enumerate(rows)]
	found = cash_rules.unpaid_rows(delivered, paid)
	rest = [row for row in delivered if row.number not in found]
	assert all(row.amount == 0 or row.invoice in paid for row in rest)
	assert all(delivered[number].amount > 0 and delivered[number].invoice not in paid for number in found)


@pytest.mark.parametrize(
	("postings", "lent"),
	[
		([], 0),
		([Posting(debit=100)], 100),
		([Posting(credit=100)], -100),
		([Posting(debit=100, reference="SINV-RET")], 0),
		# from one account to another
		([Posting(debit=100), Posting(credit=100)], 0),
		([Posting(debit=100), Posting(credit=100, reference="SINV-1")], 100),
	],
)
def test_a_voucher_lends_what_it_charges_and_does_not_settle(postings: list[Posting], lent: float) -> None:
	assert cash_rules.lent(postings) == lent
