"""The rows of limits, kept from others before ERPNext locks anything, always in the same order."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import frappe

from branch_crm.credit_control import exposure_work, position_queries, statements
from branch_crm.credit_control.position_queries import Granted, Limit
from branch_crm.credit_control.profile_queries import CATEGORY
from branch_crm.credit_control.rules import Owed
from branch_crm.credit_control.statements import Statement
from branch_crm.party_netting.queries import exact


@dataclass(frozen=True)
class Locked:
	"""What is granted to each customer, and what was owed under each limit, by row, when its row was locked."""

	granted: Mapping[str, Granted]
	owed: Mapping[str, Owed]


def lock(company: str, customers: Collection[str], branch: str | None = None) -> Locked:
	"""Keep the rows of those of these customers who are judged until the end of the transaction: first those of customers,
	then those of their branches, then those of categories from leaf to root; each by name.
	"""
	granted = {
		customer: position_queries.granted(customer, company, branch) for customer in sorted(customers)
	}
	limits: dict[str, Limit] = {}
	for customer, found in granted.items():
		if found.is_judged:
			limits |= {limit.row(company): limit for limit in found.limits}
			_note(company, customer, found)
	depths = {
		limit.party: depth for depth, limit in enumerate(limits.values()) if limit.party_type == CATEGORY
	}
	ordered = sorted(
		limits.values(), key=lambda one: (_rank(one), depths.get(one.party, 0), one.party, one.branch)
	)
	rows = [statements.row_of(company, one.party_type, one.party, one.branch) for one in ordered]
	owed = _amounts(statements.begin(*rows)) if rows else {}
	locked = [customer for customer in granted if (company, customer) in exposure_work.locked()]
	if any([exposure_work.fold(company, customer) for customer in locked]) and limits:
		owed = _amounts(statements.lock(*limits))
	return Locked(granted, owed)


def exposures(company: str, limits: Collection[Limit]) -> dict[str, Owed]:
	"""By row, what is owed under each of these limits now, also what this transaction has counted."""
	rows = [limit.row(company) for limit in limits]
	owed = _amounts(statements.lock(*rows))
	return {row: owed.get(row, Owed()) for row in rows}


def _amounts(query: Statement) -> dict[str, Owed]:
	return {name: Owed(*map(exact, amounts)) for name, *amounts in frappe.db.sql(*query)}


def _note(company: str, customer: str, found: Granted) -> None:
	locked = exposure_work.locked()
	if not locked:
		frappe.db.after_commit.add(locked.clear)
		frappe.db.after_rollback.add(locked.clear)
	locked[company, customer] = [limit.party for limit in found.limits if limit.party_type == CATEGORY]


def _rank(limit: Limit) -> int:
	return 2 if limit.party_type == CATEGORY else 1 if limit.branch else 0
