"""What a voucher contributes to what a customer owes, and to which branch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from branch_crm.credit_control.rules import ZERO

_MONEY = ("Payment Entry", "Journal Entry")
_ORDER = "Sales Order"


class Component(Enum):
	"""What an exposure is made of, in company currency; advances are below zero, and so is what we owe where it is netted."""

	RECEIVABLE = "receivable"
	ADVANCES = "advances"
	ORDERS = "orders"
	DELIVERIES = "deliveries"
	TILL_SALES = "till_sales"
	PAYABLES = "payables"


@dataclass(frozen=True, order=True)
class Place:
	"""Where a contribution stands: of which voucher, to what, for whom. `branch` is "" where there is none."""

	voucher_type: str
	voucher_no: str
	component: str
	company: str
	customer: str
	branch: str


Contributions = Mapping[Place, Decimal]


@dataclass(frozen=True)
class LedgerRow:
	"""What a voucher has posted to a customer, against itself or another document; what is owed is above zero.

	Attributes:
	        settled_branch: that of the document which it is posted against; None where that has several.
	        is_payable: it is what we owe the customer as our supplier.
	"""

	voucher_type: str
	voucher_no: str
	against_type: str
	against_no: str
	company: str
	customer: str
	branch: str
	amount: Decimal
	settled_branch: str | None = None
	is_payable: bool = False

	@property
	def is_own(self) -> bool:
		return (self.voucher_type, self.voucher_no) == (self.against_type, self.against_no)

	@property
	def component(self) -> Component:
		"""Money that is not allocated, or to an order, is paid in advance; a payment back takes from that."""
		if self.is_payable:
			return Component.PAYABLES
		is_free = self.against_type == _ORDER or (
			self.is_own and (self.voucher_type == _MONEY[0] or self.amount < ZERO)
		)
		return Component.ADVANCES if is_free and self.voucher_type in _MONEY else Component.RECEIVABLE

	@property
	def document(self) -> dict[str, str]:
		"""What is owed, or paid in advance: what is settled is owed there."""
		is_settled = self.component in (Component.RECEIVABLE, Component.PAYABLES)
		kind, name = (
			(self.against_type, self.against_no) if is_settled else (self.voucher_type, self.voucher_no)
		)
		return {"voucher_type": kind, "voucher_no": name}

	@property
	def place(self) -> Place:
		"""Allocated money counts for the branch of what is paid, the rest for its own."""
		branch = self.branch if self.is_own or self.settled_branch is None else self.settled_branch
		voucher = (self.voucher_type, self.voucher_no)
		return Place(*voucher, self.component.value, self.company, self.customer, branch)


def summed(amounts: Iterable[tuple[Place, Decimal]]) -> dict[Place, Decimal]:
	"""By place, what comes together there; nothing where it comes to nothing."""
	found: dict[Place, Decimal] = {}
	for place, amount in amounts:
		found[place] = found.get(place, ZERO) + amount
	return {place: amount for place, amount in found.items() if amount}


def changes(before: Contributions, now: Contributions) -> dict[Place, Decimal]:
	"""By how much each place has changed, where it has."""
	places = sorted(before.keys() | now.keys())
	differences = {place: now.get(place, ZERO) - before.get(place, ZERO) for place in places}
	return {place: difference for place, difference in differences.items() if difference}
