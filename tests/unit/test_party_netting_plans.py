"""What a customer who is also a supplier settles net, and in which order."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.party_netting.rules import (
	Exclusion,
	Item,
	Order,
	Plan,
	Side,
	Terms,
	balance_rows,
	limit_of,
	plan,
	position,
)

TODAY = date(2026, 4, 30)
INR = Terms("INR")


def _item(side: Side, name: str, outstanding: str | int, **more: object) -> Item:
	amount = Decimal(outstanding)
	values = {"voucher_type": "Sales Invoice" if side is Side.RECEIVABLE else "Purchase Invoice"}
	values |= {"account": f"{side.value} - B", "currency": "INR", "posting_date": date(2026, 4, 1)}
	return Item(side=side, voucher_no=name, outstanding=amount, amount=amount, **{**values, **more})


def owed(name: str, outstanding: str | int, **more: object) -> Item:
	return _item(Side.RECEIVABLE, name, outstanding, **more)


def owing(name: str, outstanding: str | int, **more: object) -> Item:
	return _item(Side.PAYABLE, name, outstanding, **more)


def settled(found: Plan) -> dict[str, str]:
	return {row.item.voucher_no: str(row.amount) for row in found.rows}


RAM = [owed("SI-1", 124000), owing("PI-1", 82000)]


def test_ram_owes_42000_net() -> None:
	both = position(RAM)
	assert (both.receivable, both.payable, both.net) == (124000, 82000, 42000)
	found = plan(RAM, INR, TODAY)
	assert found.amount == 82000
	assert settled(found) == {"SI-1": "82000", "PI-1": "82000"}


ORDERED = [
	owed("due later", 30, due_date=date(2026, 5, 9), posting_date=date(2026, 3, 1)),
	owed("due first", 50, due_date=date(2026, 4, 2), posting_date=date(2026, 4, 2)),
	owed("without a day", 20, posting_date=date(2026, 4, 20)),
	owing("PI", 60),
]


@pytest.mark.parametrize(
	("order", "rows"),
	[
		(Order.DUE_DATE, {"due first": "50", "without a day": "10"}),
		(Order.POSTING_DATE, {"due later": "30", "due first": "30"}),
		(Order.LARGEST, {"due first": "50", "due later": "10"}),
		(Order.SMALLEST, {"without a day": "20", "due later": "30", "due first": "10"}),
	],
)
def test_the_order_of_the_agreement_is_kept_and_the_last_row_is_partial(
	order: Order, rows: dict[str, str]
) -> None:
	found = settled(plan(ORDERED, replace(INR, order=order), TODAY))
	assert found.pop("PI") == "60"
	assert found == rows
	assert list(found) == list(rows)


def test_equals_are_settled_by_due_day_then_posting_day_then_name() -> None:
	items = [owed("B", 10), owed("A", 10), owed("older", 10, posting_date=date(2026, 3, 1)), owing("PI", 30)]
	assert list(settled(plan(items, replace(INR, order=Order.LARGEST), TODAY)))[:3] == ["older", "A", "B"]


@pytest.mark.parametrize(
	("more", "terms", "reason"),
	[
		({"is_on_hold": True}, {}, Exclusion.ON_HOLD),
		({"is_on_hold": True}, {"with_on_hold": True}, None),
		({"is_disputed": True}, {}, Exclusion.DISPUTED),
		({"is_disputed": True}, {"with_disputed": True}, None),
		({"due_date": TODAY + timedelta(1)}, {}, None),
		({"due_date": TODAY + timedelta(1)}, {"with_not_yet_due": False}, Exclusion.NOT_YET_DUE),
		({"due_date": TODAY}, {"with_not_yet_due": False}, None),
		({"posting_date": TODAY + timedelta(1)}, {}, Exclusion.LATER),
		({"posting_date": TODAY}, {}, None),
		({"voucher_type": "Journal Entry"}, {}, None),
		(
			{"voucher_type": "Journal Entry"},
			{"voucher_types": frozenset(["Journal Entry"])},
			Exclusion.VOUCHER_TYPE,
		),
		({"branch": "Delhi"}, {"branches": frozenset(["Delhi", "Agra"])}, Exclusion.BRANCH),
		({"branch": "Pune"}, {"branches": frozenset(["Delhi", "Agra"])}, None),
		({"branch": None}, {"branches": frozenset(["Delhi"])}, None),
		({"currency": "USD"}, {}, Exclusion.CURRENCY),
		({"is_on_advance_account": True}, {}, Exclusion.ADVANCE_ACCOUNT),
		({"is_being_settled": True}, {}, Exclusion.BEING_SETTLED),
		({"is_of_several_branches": True}, {}, Exclusion.SEVERAL_BRANCHES),
		# what can least be helped is said first
		({"is_on_hold": True, "currency": "USD"}, {}, Exclusion.CURRENCY),
	],
)
def test_what_is_excluded_is_not_settled_and_says_why(
	more: dict, terms: dict, reason: Exclusion | None
) -> None:
	items = [owed("other", 40), owed("asked", 30, **more), owing("PI", 100)]
	found = plan(items, replace(INR, **terms), TODAY)
	assert ("asked" in settled(found)) == (reason is None)
	assert found.amount == (70 if reason is None else 40)
	assert [(item.voucher_no, why) for item, why in found.excluded] == ([("asked", reason)] if reason else [])


@pytest.mark.parametrize(
	("items", "amount"),
	[
		# an advance of the customer lowers what he owes
		([owed("SI", 100), owed("advance", -70), owing("PI", 50)], "30"),
		([owed("SI", 100), owed("advance", -120), owing("PI", 50)], "0"),
		([owed("SI", 100), owing("PI", 50), owing("debit note", -10)], "40"),
		# one in another currency says nothing
		([owed("SI", 100), owed("advance", -70, currency="USD"), owing("PI", 50)], "50"),
		# what is excluded may be what the advance is for
		([owed("SI", 100), owed("held", 70, is_on_hold=True), owed("advance", -70), owing("PI", 90)], "90"),
		([owed("SI", 100)], "0"),
		([owing("PI", 50)], "0"),
		([], "0"),
		([owed("SI", "0.01"), owing("PI", "0.02")], "0.01"),
	],
)
def test_credit_notes_and_advances_lower_their_side(items: list[Item], amount: str) -> None:
	found = plan(items, INR, TODAY)
	assert found.amount == Decimal(amount)
	assert not any(row.item.outstanding < 0 for row in found.rows)


@pytest.mark.parametrize(("minimum", "amount"), [(0, 82000), (82000, 82000), ("82000.01", 0)])
def test_less_than_the_minimum_is_not_worth_a_settlement(minimum: str | int, amount: int) -> None:
	assert plan(RAM, replace(INR, minimum=Decimal(minimum)), TODAY).amount == amount


@pytest.mark.parametrize(
	("items", "rows"),
	[
		(RAM, {"SI-1": "42000"}),
		([owed("SI-1", 50), owed("SI-2", 70), owing("PI", 60)], {"SI-2": "60"}),
		([owed("SI-1", 50), owed("SI-2", 70), owing("PI", 20)], {"SI-1": "30", "SI-2": "70"}),
		([owed("SI", 50), owing("PI-1", 60), owing("PI-2", 10)], {"PI-1": "10", "PI-2": "10"}),
		# of what an advance has paid already nothing is paid again
		([owed("SI", 100), owed("advance", -30), owing("PI", 20)], {"SI": "50"}),
		# the supplier owes us: what is received beyond the documents is allocated to none
		([owed("SI", 100), owing("debit note", -30)], {"SI": "100"}),
		([owed("SI", 100), owing("PI", 100)], {}),
		([], {}),
	],
)
def test_the_balance_is_paid_on_what_a_settlement_would_leave(
	items: list[Item], rows: dict[str, str]
) -> None:
	found = balance_rows(items, INR)
	assert {row.item.voucher_no: str(row.amount) for row in found} == rows


amounts = st.decimals(min_value=-500, max_value=1000, places=2)


@st.composite
def open_items(draw: st.DrawFn) -> list[Item]:
	number = draw(st.integers(0, 12))
	return [
		_item(
			draw(st.sampled_from(Side)),
			f"D-{place}",
			draw(amounts),
			currency=draw(st.sampled_from(["INR", "INR", "INR", "USD"])),
			posting_date=TODAY + timedelta(draw(st.integers(-40, 2))),
			due_date=draw(st.none() | st.integers(-30, 30).map(lambda days: TODAY + timedelta(days))),
			branch=draw(st.sampled_from([None, "Delhi", "Pune"])),
			is_on_hold=draw(st.booleans()),
			is_disputed=draw(st.booleans()),
		)
		for place in range(number)
	]


terms = st.builds(
	Terms,
	currency=st.just("INR"),
	order=st.sampled_from(Order),
	minimum=st.sampled_from([Decimal(0), Decimal(50)]),
	with_on_hold=st.booleans(),
	with_disputed=st.booleans(),
	with_not_yet_due=st.booleans(),
	branches=st.sampled_from([frozenset(), frozenset(["Delhi"])]),
)


def _after(items: list[Item], found: Plan) -> list[Item]:
	gone = {row.item.key: row.amount for row in found.rows}
	return [replace(item, outstanding=item.outstanding - gone.get(item.key, 0)) for item in items]


@given(open_items(), terms)
def test_both_sides_settle_the_same_and_neither_more_than_it_has(items: list[Item], asked: Terms) -> None:
	found = plan(items, asked, TODAY)
	for side in Side:
		assert sum(row.amount for row in found.rows if row.item.side is side) == found.amount
		of_side = [item.outstanding for item in items if item.side is side and item.currency == "INR"]
		assert found.amount <= max(0, sum(of_side))
	assert all(0 < row.amount <= row.item.outstanding for row in found.rows)
	assert found.amount == 0 or found.amount >= asked.minimum
	assert not {row.item.key for row in found.rows} & {item.key for item, _reason in found.excluded}
	assert {item.key for item, _reason in found.excluded} <= {item.key for item in items}


@given(open_items(), terms)
def test_only_the_last_row_of_a_side_is_partial_and_none_before_it_is_left_out(
	items: list[Item], asked: Terms
) -> None:
	found = plan(items, asked, TODAY)
	excluded = {item.key for item, _reason in found.excluded}
	for side in Side:
		rows = [row for row in found.rows if row.item.side is side]
		assert all(row.amount == row.item.outstanding for row in rows[:-1])
		if not rows:
			continue
		left_out = [i for i in items if i.side is side and i.key not in excluded | {r.item.key for r in rows}]
		last = rows[-1].item
		for item in left_out:
			assert {
				Order.DUE_DATE: last.due <= item.due,
				Order.POSTING_DATE: last.posting_date <= item.posting_date,
				Order.LARGEST: last.outstanding >= item.outstanding,
				Order.SMALLEST: last.outstanding <= item.outstanding,
			}[asked.order]


@given(open_items(), terms)
def test_what_was_settled_is_not_settled_again(items: list[Item], asked: Terms) -> None:
	before = limit_of(items, asked, TODAY)
	found = plan(items, asked, TODAY)
	assert found.amount in (0, before)
	after = _after(items, found)
	assert limit_of(after, asked, TODAY) == before - found.amount
	assert position(after, lambda item: item.outstanding).net == position(items).net
	if found.amount:
		assert plan(after, asked, TODAY).rows == ()


@given(open_items(), terms, st.randoms())
def test_the_order_in_which_documents_are_found_does_not_matter(
	items: list[Item], asked: Terms, random: object
) -> None:
	shuffled = list(items)
	random.shuffle(shuffled)
	assert plan(shuffled, asked, TODAY).rows == plan(items, asked, TODAY).rows


@given(open_items())
def test_a_payment_of_the_balance_never_pays_more_than_the_net(items: list[Item]) -> None:
	rows = balance_rows(items, INR)
	net = position([i for i in items if i.currency == "INR"], lambda item: item.outstanding).net
	assert sum(row.amount for row in rows) <= abs(net)
	assert all(0 < row.amount <= row.item.outstanding for row in rows)
	assert {row.item.side for row in rows} <= {Side.RECEIVABLE if net > 0 else Side.PAYABLE}
