"""What counts for a limit and ends: of the Credit Profiles that the session's user may read."""

from collections.abc import Collection

import frappe

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control.profile_queries import CATEGORY, CUSTOMER, PROFILE
from branch_crm.credit_control.report_queries import Asked
from branch_crm.customer_master import category_queries

TEMPORARY, GUARANTEE = "Temporary Limit", "Guarantee"
_ROWS = {
	TEMPORARY: ("Credit Temporary Limit", ("amount", "valid_to", "reason", "approved_by")),
	GUARANTEE: ("Credit Guarantee", ("amount", "valid_to", "bank_guarantee")),
}


def ending(asked: Asked) -> list[dict]:
	"""What ends in the period, the next first: `kind`, `party_type`, `party`, `profile`, `amount`, `credit_limit`, `valid_to`,
	`counts` (whether it was approved), and `reason` or `bank_guarantee`."""
	fields = ["name as profile", "party_type", "party", "credit_limit"]
	found = frappe.get_list(PROFILE, {"company": asked.company}, fields, limit_page_length=0, order_by=None)
	profiles = {row.profile: row for row in found}
	parties = _parties(asked, found)
	rows = [
		profiles[row.parent] | row | {"kind": kind, "counts": int(kind == GUARANTEE or bool(row.approved_by))}
		for kind in _ROWS
		for row in _rows(kind, asked, profiles)
		if (profiles[row.parent].party_type, profiles[row.parent].party) in parties
	]
	return sorted(rows, key=lambda row: (row["valid_to"], row["party"], row["kind"]))


def _rows(kind: str, asked: Asked, profiles: Collection[str]) -> list[frappe._dict]:
	doctype, fields = _ROWS[kind]
	filters = {"parenttype": PROFILE, "parent": ["in", list(profiles) or [""]]}
	filters["valid_to"] = ["between", (asked.from_date, asked.to_date)]
	return frappe.get_all(doctype, filters, ["parent", *fields])


def _parties(asked: Asked, profiles: Collection[frappe._dict]) -> set[tuple[str, str]]:
	"""Those of these profiles' parties that are asked for: a category where neither customer nor branch is."""
	customers = {row.party for row in profiles if row.party_type == CUSTOMER}
	if asked.is_of_customers:
		customers &= set(asked.customers())
	if asked.branch:
		customers &= _of_branches(customers, set(asked.branches(CUSTOMER)))
	categories = {row.party for row in profiles if row.party_type == CATEGORY}
	if asked.category:
		categories &= set(category_queries.paths(asked.category))
	if asked.branch or asked.customer or asked.trade_type:
		categories = set()
	return {(CUSTOMER, name) for name in customers} | {(CATEGORY, name) for name in categories}


def _of_branches(customers: Collection[str], branches: set[str]) -> set[str]:
	rows = access_queries.assignments_of(CUSTOMER, customers)
	return {
		name
		for name, assignments in rows.items()
		if branches & {assignment.branch for assignment in assignments.values()}
	}
