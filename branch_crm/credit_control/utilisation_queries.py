"""How customers with a limit use it: the positions of many customers at once, as `position_queries` has them one by one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import frappe
from frappe.query_builder import DocType
from frappe.utils import create_batch, getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import (
	exposure_queries,
	overdue_queries,
	position_queries,
	profile_queries,
	recount_work,
)
from branch_crm.credit_control.exposure_queries import ByBranch
from branch_crm.credit_control.position_queries import Position
from branch_crm.credit_control.profile_queries import CATEGORY, CUSTOMER
from branch_crm.credit_control.profile_rules import Terms
from branch_crm.credit_control.rules import Action, Owed
from branch_crm.customer_master import cash_queries, category_queries
from branch_crm.customer_master.tree_rules import NONE

_FACTS = ("customer_name", "trade_type", "customer_category")
_BATCH = 1000


@dataclass(frozen=True)
class Asked:
	"""Of which company and customers. `branch` and `category` stand for those below them as well."""

	company: str
	on: date
	branch: str | None = None
	trade_type: str | None = None
	category: str | None = None


@dataclass(frozen=True)
class Use:
	"""How a customer uses what is granted to it.

	Attributes:
	        facts: its name, trade type and category.
	        limit: its own with what counts for it; None where only categories have one.
	        is_blocked: sales to it, or to a category above it.
	"""

	customer: str
	facts: frappe._dict
	position: Position
	by_branch: ByBranch
	limit: Decimal | None
	verdict: Action
	is_blocked: bool


def uses(asked: Asked) -> Iterator[Use]:
	"""Of the customers with a limit that the session's user may read; of those that have none by themselves, of who owes
	something or is noted to."""
	of_categories = profile_queries.terms_of_categories(asked.company)
	facts = _customers(asked)
	terms = profile_queries.terms_of_all(
		{name: said.trade_type for name, said in facts.items()}, asked.company
	)
	above = _above(facts, of_categories)
	limited = [name for name in facts if above[name] or _has_limit(terms[name])]
	exposures = exposure_queries.exposures_of(limited, asked.company)
	debts = overdue_queries.debts_of_all(limited, asked.company)
	by_category = _owed_by_categories({one for name in limited for one, _terms in above[name]}, asked.company)
	for name in limited:
		exposure = exposure_queries.of_all_branches(exposures[name])
		found = position_queries.granted_by(name, terms[name], above[name])
		own = position_queries.owed_of(exposure)
		owed = [by_category[limit.party] if limit.party_type == CATEGORY else own for limit in found.limits]
		position = position_queries.stood(found, exposure, owed, debts[name], asked.on)
		limit = terms[name].allowance.granted(asked.on) if _has_limit(terms[name]) else None
		verdict = position_queries.judged(position, asked.on).verdict
		yield Use(name, facts[name], position, exposures[name], limit, verdict, found.is_blocked)


def limits_of_categories(company: str, on: date) -> dict[str, tuple[Decimal, Decimal]]:
	"""By category that has a profile, its limit with what counts for it, and what all its customers owe together."""
	found = profile_queries.terms_of_categories(company)
	owed = _owed_by_categories(found, company)
	return {name: (terms.allowance.granted(on), owed[name].amount) for name, terms in found.items()}


def _customers(asked: Asked) -> dict[str, frappe._dict]:
	"""Those that may have a limit and that the session's user may read."""
	company = asked.company
	names = {row.party for row in profile_queries.profiles_of(CUSTOMER, company)}
	if profile_queries.are_defaults_set(company) or profile_queries.terms_of_categories(company):
		names |= set(recount_work.customers_of(company))
	if asked.branch:
		names &= _of_branches(access_queries.reached_below(CUSTOMER, asked.branch))
	filters = {"trade_type": asked.trade_type} if asked.trade_type else {}
	if asked.category:
		filters["customer_category"] = ["in", sorted(category_queries.paths(asked.category)) or [NONE]]
	return {
		row.pop("name"): row
		for page in create_batch(sorted(names), _BATCH)
		for row in frappe.get_list(
			CUSTOMER,
			{**filters, "name": ["in", page]},
			["name", *_FACTS],
			limit_page_length=0,
			order_by="name",
		)
	}


def _above(
	facts: Mapping[str, frappe._dict], of_categories: Mapping[str, Terms]
) -> dict[str, list[tuple[str, Terms]]]:
	"""By customer, the categories above it that have a profile, from leaf to root; of CASH none."""
	paths, cash = category_queries.paths(), cash_queries.cash_customer()
	above = {name: paths.get(said.customer_category, ()) for name, said in facts.items() if name != cash}
	return {
		name: [(one, of_categories[one]) for one in above.get(name, ()) if one in of_categories]
		for name in facts
	}


def _of_branches(branches: Collection[str]) -> set[str]:
	"""The customers that have one of these branches today."""
	row, today = DocType(access_queries.ASSIGNMENT), getdate()
	query = (
		frappe.qb.from_(row)
		.select(row.parent)
		.distinct()
		.where(
			(row.parenttype == CUSTOMER)
			& row.branch.isin(sorted(branches) or [NONE])
			& (row.from_date.isnull() | (row.from_date <= today))
			& (row.to_date.isnull() | (row.to_date >= today))
		)
	)
	return set(query.run(pluck=True))


def _owed_by_categories(categories: Collection[str], company: str) -> dict[str, Owed]:
	return {
		name: position_queries.owed_of(exposure_queries.exposure_of_category(name, company))
		for name in categories
	}


def _has_limit(terms: Terms) -> bool:
	return bool(terms.source or terms.is_judged or terms.limit)
