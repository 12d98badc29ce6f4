"""How a customer stands in a company: what it owes, what it may owe, and what stands against more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from branch_crm.credit_control import exposure_queries, overdue_queries, profile_queries
from branch_crm.credit_control.exposure_queries import Exposure
from branch_crm.credit_control.profile_rules import Terms
from branch_crm.credit_control.rules import (
	Allowance,
	Level,
	Overdue,
	Rule,
	Standing,
	overdue,
	total,
)


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

	@property
	def judged_levels(self) -> Sequence[Level]:
		return [level for level in self.standing.levels if level.is_judged]

	def available(self, on: date) -> Decimal | None:
		"""What may still be sold before the first limit; below zero what is owed beyond it. None where there is none."""
		return min((level.available(on) for level in self.judged_levels), default=None)


def position(customer: str, company: str, on: date, branch: str | None = None) -> Position:
	"""As it stands now; for a sale of `branch`, if one is given."""
	terms = profile_queries.terms_of(customer, company)
	exposure = exposure_queries.exposure_of(customer, company)
	debts = overdue_queries.debts_of(customer, company)
	levels = [_level(Rule.CUSTOMER_LIMIT, customer, terms, terms.allowance, total(exposure.values()))]
	if branch and (allowance := terms.allowance_of(branch)):
		owed = total(exposure_queries.exposure_of(customer, company, [branch]).values())
		levels.append(_level(Rule.BRANCH_LIMIT, branch, terms, allowance, owed))
	categories = profile_queries.categories_of(customer, company)
	for category, of_category in categories:
		owed = exposure_queries.exposure_of_category(category, company)
		levels.append(_level(Rule.CATEGORY_LIMIT, category, of_category, of_category.allowance, owed))
	late = overdue(debts, on, terms.overdue.grace_days) if terms.overdue else Overdue()
	is_blocked = terms.is_blocked or any(of_category.is_blocked for _name, of_category in categories)
	return Position(terms, exposure, Standing(levels, is_blocked, late, terms.overdue), overdue(debts, on))


def _level(rule: Rule, name: str, terms: Terms, allowance: Allowance, owed: Decimal) -> Level:
	return Level(rule, name, allowance, owed, terms.is_judged)
