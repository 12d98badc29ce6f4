"""From ERPNext's credit limits to profiles: what is taken over, and why what is owed comes to something else."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from branch_crm.credit_control.entry_rules import Component
from branch_crm.credit_control.rules import ZERO, total


class Source(Enum):
	"""Whose limit a customer has in ERPNext."""

	CUSTOMER = "Customer"
	GROUP = "Customer Group"
	COMPANY = "Company"


@dataclass(frozen=True)
class StockLimit:
	"""A limit in ERPNext; zero is none there.

	Attributes:
	        is_bypassed: orders are not judged there, or, of a group, its limit is passed over.
	"""

	amount: Decimal
	is_bypassed: bool = False


@dataclass(frozen=True)
class Owed:
	"""What a customer owes as ERPNext's check sums it up, by part."""

	ledger: Decimal = ZERO
	not_billed: Decimal = ZERO

	@property
	def total(self) -> Decimal:
		return self.ledger + self.not_billed


class Why(Enum):
	"""Where both sums come apart."""

	LEDGER = "Ledger"
	NOT_BILLED = "Not Billed"
	"""What is ordered or delivered: what is delivered of an order stands with the order there, with deliveries here."""
	TILL_SALES = "Till Sales"
	PAYABLES = "Netted Payables"


def limit_in_force(
	own: StockLimit | None, of_group: StockLimit | None, of_company: Decimal
) -> tuple[Source, Decimal] | None:
	"""Which limit holds for a customer, as `erpnext.selling.doctype.customer.customer.get_credit_limit` finds it."""
	if own and own.amount:
		return Source.CUSTOMER, own.amount
	if of_group and of_group.amount and not of_group.is_bypassed:
		return Source.GROUP, of_group.amount
	return (Source.COMPANY, of_company) if of_company else None


def differences(stock: Owed, ours: Mapping[str, Decimal]) -> dict[Why, tuple[Decimal, Decimal]]:
	"""By part, what ERPNext and what we count, where that differs. `ours` is by the value of its component."""
	parts = {
		Why.LEDGER: (stock.ledger, (Component.RECEIVABLE, Component.ADVANCES)),
		Why.NOT_BILLED: (stock.not_billed, (Component.ORDERS, Component.DELIVERIES)),
		Why.TILL_SALES: (ZERO, (Component.TILL_SALES,)),
		Why.PAYABLES: (ZERO, (Component.PAYABLES,)),
	}
	both = {
		why: (theirs, total(ours.get(component.value, ZERO) for component in components))
		for why, (theirs, components) in parts.items()
	}
	return {why: (theirs, own) for why, (theirs, own) in both.items() if theirs != own}
