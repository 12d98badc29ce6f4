"""How old what customers owe is: ranges, what pays what, and how it adds up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.credit_control.receivable_rules import (
	USUAL_LIMITS,
	Aged,
	Entry,
	Open,
	aged,
	limits_in,
	nothing,
	open_documents,
	place,
)
from branch_crm.customer_master.path_rules import paths_in
from branch_crm.customer_master.tree_rules import NONE, Share, roll_up, total

TODAY = date(2026, 12, 1)
PARENTS = {"HO": None, "North": "HO", "Delhi": "North", "Agra": "North", "West": "HO"}
BRANCHES = (*PARENTS, NONE)
INVOICE, PAYMENT, JOURNAL = "Sales Invoice", "Payment Entry", "Journal Entry"


def _entry(amount: int, voucher: tuple[str, str], against: tuple[str, str] | None = None, **values) -> Entry:
	said = {"customer": "Ram", "branch": "Delhi", "posting_date": TODAY, "due_date": None, **values}
	return Entry(*voucher, *(against or voucher), amount=Decimal(amount), **said)


def _open(*entries: Entry) -> dict[tuple, int]:
	return {
		(one.voucher_no, one.customer, one.branch): int(one.outstanding) for one in open_documents(entries)
	}


@pytest.mark.parametrize(
	("text", "limits"), [("30, 60,90", (30, 60, 90)), ("0", (0,)), ("", USUAL_LIMITS), (" ", USUAL_LIMITS)]
)
def test_ranges_end_at_the_days_that_are_typed(text: str, limits: tuple[int, ...]) -> None:
	assert limits_in(text) == limits


@pytest.mark.parametrize("text", ["a", "30,,60", "60, 30", "30, 30", "-1, 5", "1.5"])
def test_days_that_do_not_grow_are_refused(text: str) -> None:
	with pytest.raises(ValueError):
		limits_in(text)


@pytest.mark.parametrize(
	("age", "expected"), [(-1, 0), (0, 1), (30, 1), (31, 2), (120, 4), (121, 5), (9999, 5)]
)
def test_an_amount_stands_in_the_range_of_its_age(age: int, expected: int) -> None:
	assert place(age, USUAL_LIMITS) == expected
	assert aged(Decimal(7), age, USUAL_LIMITS).amounts[expected] == 7
	assert aged(Decimal(7), age, USUAL_LIMITS).outstanding == 7


def test_age_counts_from_the_due_date_or_from_the_posting() -> None:
	due = Open(INVOICE, "S-1", "Ram", "Delhi", TODAY - timedelta(40), TODAY - timedelta(10), *[Decimal(1)])
	assert (due.age(TODAY, by_due_date=True), due.age(TODAY, by_due_date=False)) == (10, 40)
	paid = Open(PAYMENT, "P-1", "Ram", "Delhi", TODAY - timedelta(40), None, Decimal(-1))
	assert paid.age(TODAY, by_due_date=True) == 40


def test_money_lessens_the_invoice_in_its_branch_and_the_rest_stands_for_itself() -> None:
	invoice, payment = (INVOICE, "S-1"), (PAYMENT, "P-1")
	found = _open(
		_entry(100, invoice),
		_entry(-40, payment, invoice, branch="Mumbai"),
		_entry(-5, payment, branch="Mumbai"),
	)
	assert found == {("S-1", "Ram", "Delhi"): 60, ("P-1", "Ram", "Mumbai"): -5}


def test_what_is_paid_is_not_open() -> None:
	assert _open(_entry(100, (INVOICE, "S-1")), _entry(-100, (PAYMENT, "P-1"), (INVOICE, "S-1"))) == {}


def test_money_for_what_is_not_posted_yet_stands_for_itself() -> None:
	order, later = ("Sales Order", "O-1"), (INVOICE, "S-9")
	found = _open(
		_entry(-10, (PAYMENT, "P-1"), order),
		_entry(-20, (PAYMENT, "P-2"), later, branch="Agra"),
		_entry(-30, (PAYMENT, "P-3"), later),
		_entry(-1, (PAYMENT, "P-1")),
	)
	assert found == {("P-1", "Ram", "Delhi"): -11, ("P-2", "Ram", "Agra"): -20, ("P-3", "Ram", "Delhi"): -30}


def test_a_journal_is_parted_by_customer_and_branch() -> None:
	both = (JOURNAL, "J-1")
	found = _open(
		_entry(100, both),
		_entry(50, both, branch="Agra"),
		_entry(70, both, customer="Sita", branch="Agra"),
		_entry(-30, (PAYMENT, "P-1"), both, branch="Mumbai"),
		_entry(-7, (PAYMENT, "P-2"), both, customer="Sita", branch="Mumbai"),
	)
	assert found == {
		("J-1", "Ram", "Delhi"): 100,
		("J-1", "Ram", "Agra"): 50,
		# it may be for either branch, and counts for its own
		("J-1", "Ram", "Mumbai"): -30,
		("J-1", "Sita", "Agra"): 63,
	}


def test_documents_of_one_name_are_told_apart() -> None:
	found = list(open_documents([_entry(1, (INVOICE, "1")), _entry(2, (JOURNAL, "1"))]))
	assert {(one.voucher_type, int(one.outstanding)) for one in found} == {(INVOICE, 1), (JOURNAL, 2)}


def test_what_is_not_shown_takes_its_payments_with_it_and_leaves_those_of_others() -> None:
	own, foreign = (INVOICE, "S-1"), (INVOICE, "S-2")
	found = _open(
		_entry(100, own),
		_entry(-10, (PAYMENT, "P-1"), own, branch="Agra", is_shown=False),
		_entry(500, foreign, branch="Agra", is_shown=False),
		_entry(-20, (PAYMENT, "P-2"), foreign),
		_entry(-30, (PAYMENT, "P-3"), branch="Agra", is_shown=False),
	)
	assert found == {("S-1", "Ram", "Delhi"): 90}


_AMOUNTS = st.tuples(*[st.integers(-9, 9).map(Decimal)] * (len(USUAL_LIMITS) + 2))


@given(st.lists(st.tuples(st.sampled_from(BRANCHES), st.sampled_from(("Ram", "Sita")), _AMOUNTS)))
def test_children_and_own_are_the_node_and_the_top_is_the_total(drawn: list[tuple]) -> None:
	shares = [Share(frozenset([branch]), frozenset([name]), Aged(amounts)) for branch, name, amounts in drawn]
	rows = roll_up(shares, paths_in(PARENTS), with_parts=True)
	zero = nothing(USUAL_LIMITS)
	assert total(shares, zero) == sum((row.figures for row in rows if not row.depth), zero)
	for number, row in enumerate(rows):
		below = []
		for other in rows[number + 1 :]:
			if other.depth <= row.depth:
				break
			below.append(other)
		if row.part is None:
			assert row.figures == sum((one.figures for one in below if one.depth == row.depth + 1), zero)


@given(
	st.lists(
		st.tuples(
			st.sampled_from(("1", "2", "3")),
			st.sampled_from(("1", "2", "3")),
			st.sampled_from(("Ram", "Sita")),
			st.sampled_from(("Delhi", "Agra")),
			st.integers(-9, 9),
		)
	)
)
def test_what_is_open_comes_to_what_was_posted(drawn: list[tuple]) -> None:
	entries = [
		_entry(amount, (JOURNAL, name), (JOURNAL, against), customer=customer, branch=branch)
		for name, against, customer, branch, amount in drawn
	]
	for customer in ("Ram", "Sita"):
		assert sum(one.outstanding for one in open_documents(entries) if one.customer == customer) == sum(
			entry.amount for entry in entries if entry.customer == customer
		)
