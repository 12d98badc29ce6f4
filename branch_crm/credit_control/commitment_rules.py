"""What is ordered or delivered and not yet billed, each amount once.

A line of an order goes through delivery and invoice, in parts, in any order, and back. What is billed stands in the
receivable ledger; what is delivered and not billed, in the deliveries; the rest of an open order, in the order. Amounts
are `Decimal` in company currency, of the line with its share of taxes and charges.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from branch_crm.credit_control.rules import ZERO, total


@dataclass(frozen=True)
class Delivery:
	"""What a delivery note has delivered of a line.

	Attributes:
	        amount: less what was returned of it.
	        billed: by invoices that name this delivery, less their credit notes.
	"""

	voucher: str
	amount: Decimal
	billed: Decimal = ZERO


@dataclass(frozen=True)
class Line:
	"""A line of an order with what has become of it; or of a delivery without an order.

	Attributes:
	        ordered: zero where there is no order.
	        billed: by invoices that name the order alone, less those credit notes that count for it.
	        deliveries: the oldest first; an invoice that delivers the goods itself is none.
	        is_open: whether the order still stands: neither closed nor cancelled.
	"""

	ordered: Decimal = ZERO
	billed: Decimal = ZERO
	deliveries: Sequence[Delivery] = ()
	is_open: bool = True


@dataclass(frozen=True)
class Commitment:
	"""What a line contributes besides what is in the ledger: to its order, and to each delivery note."""

	order: Decimal
	deliveries: tuple[tuple[str, Decimal], ...] = ()

	@property
	def total(self) -> Decimal:
		return self.order + total(amount for _voucher, amount in self.deliveries)


def commitment(line: Line) -> Commitment:
	"""What is not billed yet of a line.

	An invoice that names a delivery bills that one; one that names the order alone bills its deliveries, the oldest
	first, as ERPNext does (`update_billed_amount_based_on_so`), and then what is still to be delivered. What is billed
	beyond a delivery does not pay for another one.
	"""
	left, unassigned = [], max(line.billed, ZERO)
	for delivery in line.deliveries:
		unbilled = max(delivery.amount - max(delivery.billed, ZERO), ZERO)
		taken = min(unbilled, unassigned)
		unassigned -= taken
		left.append((delivery.voucher, unbilled - taken))
	delivered = total(delivery.amount for delivery in line.deliveries)
	billed = line.billed + total(delivery.billed for delivery in line.deliveries)
	order = max(line.ordered - max(delivered, billed, ZERO), ZERO) if line.is_open else ZERO
	return Commitment(order, tuple((voucher, amount) for voucher, amount in left if amount))
