"""How a customer stands in a company: what it owes, what it may owe, and what stands against more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import frappe

from branch_crm.credit_control import exposure_queries, overdue_queries, profile_queries
from branch_crm.credit_control.entry_rules import Component
from branch_crm.credit_control.exposure_queries import Exposure
from branch_crm.credit_control.profile_queries import CATEGORY, CUSTOMER
from branch_crm.credit_control.profile_rules import Terms
from branch_crm.credit_control.rules import (
	Allowance,
	Asked,
	Debt,
	Judgement,
	Kind,
	Level,
	Overdue,
	Owed,
	Rule,
	Standing,
	judge,
	overdue,
	total,
)
from branch_crm.credit_control.statements import name_of
from branch_crm.party_netting.queries import exact


@dataclass(frozen=True)
class Limit:
	"""A limit, and whose. `branch` is "" where it holds in all of them."""

	rule: Rule
	party_type: str
	party: str
	branch: str
	allowance: Allowance
	is_judged: bool

	@property
	def name(self) -> str:
		return self.branch or self.party

	def row(self, company: str) -> str:
		"""The name of the row in which stands what is owed under it."""
		return name_of(company, self.party_type, self.party, self.branch)

	def level(self, exposure: Decimal, adds: Decimal | None = None) -> Level:
		return Level(self.rule, self.name, self.allowance, exposure, self.is_judged, adds)


@dataclass(frozen=True)
class Granted:
	"""What is granted to a customer in a company: the limits in the order in which their rows are locked.

	Attributes:
	        is_blocked: whether sales to it, or to a category above it, are.
	"""

	terms: Terms
	limits: Sequence[Limit]
	is_blocked: bool

	@property
	def is_judged(self) -> bool:
		"""Whether what is owed decides about anything."""
		return any(limit.is_judged for limit in self.limits)


@dataclass(frozen=True)
class Position:
	"""A customer in a company on a day.

	Attributes:
	        exposure: of all branches, by component.
	        overdue: without days of grace: what people ask for.
	"""

	terms: Terms
	exposure: Exposure
	standing: Standing
	overdue: Overdue

	@property
	def owed(self) -> Decimal:
		return total(self.exposure.values())

	def available(self, on: date) -> Decimal | None:
		"""What may still be sold before the first limit; below zero what is owed beyond it. None where there is none."""
		judged = (level for level in self.standing.levels if level.is_judged)
		return min((level.available(on) for level in judged), default=None)


def granted(customer: str, company: str, branch: str | None = None) -> Granted:
	"""For a sale of `branch`, if one is given: the limits of the customer, of the branch, and of the categories above."""
	return granted_by(customer, *profile_queries.grants_of(customer, company), branch)


def granted_by(
	customer: str, terms: Terms, categories: Sequence[tuple[str, Terms]], branch: str | None = None
) -> Granted:
	"""The same, of what is said of the customer and of the categories above it, from leaf to root."""
	limits = [Limit(Rule.CUSTOMER_LIMIT, CUSTOMER, customer, "", terms.allowance, terms.is_judged)]
	if branch and (allowance := terms.allowance_of(branch)):
		limits.append(Limit(Rule.BRANCH_LIMIT, CUSTOMER, customer, branch, allowance, terms.is_judged))
	limits += (
		Limit(Rule.CATEGORY_LIMIT, CATEGORY, name, "", of_category.allowance, of_category.is_judged)
		for name, of_category in categories
	)
	is_blocked = terms.is_blocked or any(of_category.is_blocked for _name, of_category in categories)
	return Granted(terms, limits, is_blocked)


def position(
	customer: str, company: str, on: date, branch: str | None = None, kind: Kind = Kind.SALES_ORDER
) -> Position:
	"""As it stands now for such a document; for a sale of `branch`, if one is given."""
	found = granted(customer, company, branch)
	exposure = exposure_queries.exposure_of(customer, company)
	owed = [_owed(limit, company, exposure) for limit in found.limits]
	return stood(found, exposure, owed, overdue_queries.debts_of(customer, company), on, kind)


def stood(
	found: Granted,
	exposure: Exposure,
	owed: Sequence[Owed],
	debts: Sequence[Debt],
	on: date,
	kind: Kind = Kind.SALES_ORDER,
) -> Position:
	"""The position of who was granted this, owes this under each limit, and is to pay these debts."""
	policy = found.terms.policy
	levels = [
		limit.level(amount.counted(policy.counts_orders(kind, limit.rule)))
		for limit, amount in zip(found.limits, owed, strict=True)
	]
	standing = Standing(levels, found.is_blocked, _late(found.terms, debts, on), found.terms.overdue)
	return Position(found.terms, exposure, standing, overdue(debts, on))


def judged(found: Position, on: date) -> Judgement:
	"""The judge on a further order, of as little as there is."""
	more = Asked(Kind.SALES_ORDER, exact(10 ** -frappe.get_precision("Sales Order", "base_grand_total")))
	return judge(more, found.standing, found.terms.policy, on)


def late(customer: str, company: str, terms: Terms, on: date) -> Overdue:
	"""What is overdue beyond the days of grace; nothing is asked where nothing is judged."""
	return _late(terms, overdue_queries.debts_of(customer, company) if terms.overdue else (), on)


def _late(terms: Terms, debts: Sequence, on: date) -> Overdue:
	return overdue(debts, on, terms.overdue.grace_days) if terms.overdue else Overdue()


def owed_of(exposure: Exposure) -> Owed:
	return Owed(total(exposure.values()), exposure[Component.ORDERS])


def _owed(limit: Limit, company: str, exposure: Exposure) -> Owed:
	if limit.party_type == CATEGORY:
		return owed_of(exposure_queries.exposure_of_category(limit.party, company))
	if not limit.branch:
		return owed_of(exposure)
	return owed_of(exposure_queries.exposure_of(limit.party, company, [limit.branch]))
