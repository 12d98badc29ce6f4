"""The rows of limits, kept from others before ERPNext locks anything, always in the same order."""

from collections.abc import Collection
from decimal import Decimal

import frappe

from branch_crm.credit_control import exposure_work, position_queries, statements
from branch_crm.credit_control.position_queries import Granted, Limit
from branch_crm.credit_control.profile_queries import CATEGORY
from branch_crm.credit_control.rules import ZERO
from branch_crm.party_netting.queries import exact


def lock(company: str, customers: Collection[str], branch: str | None = None) -> dict[str, Granted]:
	"""Keep the rows of those of these customers who are judged until the end of the transaction: first those of customers,
	then those of their branches, then those of categories from leaf to root; each by name.

	Returns what is granted to each of them.
	"""
	granted = {
		customer: position_queries.granted(customer, company, branch) for customer in sorted(customers)
	}
	limits: dict[str, Limit] = {}
	for customer, found in granted.items():
		if found.is_judged:
			limits |= {limit.row(company): limit for limit in found.limits}
			_note(company, customer)
	depths = {
		limit.party: depth for depth, limit in enumerate(limits.values()) if limit.party_type == CATEGORY
	}
	rows = sorted(
		limits.items(),
		key=lambda one: (_rank(one[1]), depths.get(one[1].party, 0), one[1].party, one[1].branch),
	)
	if rows:
		places = ((row, company, limit.party_type, limit.party, limit.branch) for row, limit in rows)
		frappe.db.sql(*statements.begin(*places))
	for customer in granted:
		if (company, customer) in exposure_work.locked():
			exposure_work.fold(company, customer)
	return granted


def exposures(company: str, limits: Collection[Limit]) -> dict[str, Decimal]:
	"""By row, what is owed under each of these limits now, also what this transaction has counted."""
	rows = [limit.row(company) for limit in limits]
	owed = {name: exact(exposure) for name, exposure, *_parts in frappe.db.sql(*statements.lock(*rows))}
	return {row: owed.get(row, ZERO) for row in rows}


def _note(company: str, customer: str) -> None:
	locked = exposure_work.locked()
	if not locked:
		frappe.db.after_commit.add(locked.clear)
		frappe.db.after_rollback.add(locked.clear)
	locked.add((company, customer))


def _rank(limit: Limit) -> int:
	return 2 if limit.party_type == CATEGORY else 1 if limit.branch else 0
