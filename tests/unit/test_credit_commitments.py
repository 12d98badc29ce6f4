"""What is ordered and delivered counts once, whatever way a line goes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.credit_control.commitment_rules import Delivery, Line, commitment


def _line(ordered: int, billed: int = 0, *deliveries: tuple[int, int], is_open: bool = True) -> Line:
	"""Deliveries with what was billed of each."""
	made = tuple(
		Delivery(f"DN-{number}", Decimal(amount), Decimal(part))
		for number, (amount, part) in enumerate(deliveries, 1)
	)
	return Line(Decimal(ordered), Decimal(billed), made, is_open)


@pytest.mark.parametrize(
	("line", "order", "deliveries"),
	[
		(_line(100), 100, {}),
		# delivered in parts, each billed by itself
		(_line(100, 0, (30, 0)), 70, {"DN-1": 30}),
		(_line(100, 0, (30, 30)), 70, {}),
		(_line(100, 0, (30, 10), (70, 0)), 0, {"DN-1": 20, "DN-2": 70}),
		# billed before anything is delivered
		(_line(100, 40), 60, {}),
		(_line(100, 100), 0, {}),
		# billed by the order: its deliveries first, the oldest first, then what is still to come
		(_line(100, 40, (30, 0)), 60, {}),
		(_line(100, 40, (30, 0), (30, 0)), 40, {"DN-2": 20}),
		(_line(100, 40, (30, 30), (30, 0)), 30, {}),
		# delivered or billed beyond the order
		(_line(100, 0, (120, 0)), 0, {"DN-1": 120}),
		(_line(100, 130), 0, {}),
		(_line(100, 0, (50, 60), (50, 0)), 0, {"DN-2": 50}),
		# returned: what is open again is ordered, as long as it was not billed
		(_line(100, 0, (60, 0)), 40, {"DN-1": 60}),
		(_line(100, 0, (60, 100)), 0, {}),
		(_line(100, 0, (60, 60)), 40, {}),
		(_line(100, 0, (0, 0)), 100, {}),
		# closed: what was delivered is still owed
		(_line(100, is_open=False), 0, {}),
		(_line(100, 0, (30, 0), is_open=False), 0, {"DN-1": 30}),
		# a delivery without an order
		(_line(0, 0, (50, 0)), 0, {"DN-1": 50}),
		(_line(0, 0, (50, 20)), 0, {"DN-1": 30}),
		(_line(0), 0, {}),
	],
)
def test_what_is_not_billed_is_owed_to_the_order_or_the_delivery(
	line: Line, order: int, deliveries: dict[str, int]
) -> None:
	found = commitment(line)
	assert (found.order, dict(found.deliveries)) == (order, deliveries)


amounts = st.integers(0, 100).map(Decimal)
lines = st.builds(
	Line,
	amounts,
	amounts,
	st.lists(st.tuples(amounts, amounts), max_size=4).map(
		lambda made: tuple(
			Delivery(f"DN-{n}", amount, min(amount, part)) for n, (amount, part) in enumerate(made)
		)
	),
	st.booleans(),
)


@given(lines)
def test_with_what_is_billed_it_comes_to_what_is_ordered_or_delivered_whichever_is_more(line: Line) -> None:
	delivered = sum(delivery.amount for delivery in line.deliveries)
	billed = line.billed + sum(delivery.billed for delivery in line.deliveries)
	promised = max(line.ordered, delivered) if line.is_open else delivered
	assert commitment(line).total + billed == max(promised, billed)


@given(lines)
def test_nothing_is_owed_below_zero_or_to_a_delivery_more_than_it_delivered(line: Line) -> None:
	found = commitment(line)
	delivered = {delivery.voucher: delivery.amount for delivery in line.deliveries}
	assert found.order >= 0
	assert all(0 < amount <= delivered[voucher] for voucher, amount in found.deliveries)


@given(lines, st.integers(1, 50).map(Decimal))
def test_to_deliver_what_is_ordered_changes_nothing(line: Line, amount: Decimal) -> None:
	open_ = commitment(line).order
	delivered = sum(delivery.amount for delivery in line.deliveries)
	amount = min(amount, max(line.ordered - delivered, Decimal(0)))
	later = Line(line.ordered, line.billed, (*line.deliveries, Delivery("DN-new", amount)), line.is_open)
	if line.is_open and open_:
		assert commitment(later).total == commitment(line).total
