"""Tills and what was sold at them: ERPNext answers with those of all branches."""

import frappe
from erpnext.accounts.doctype.pos_closing_entry import pos_closing_entry
from erpnext.stock import get_item_details

from branch_crm.branch_access import own_rows_api, queries


@frappe.whitelist()
def get_pos_profile(company: str, pos_profile: str | None = None, user: str | None = None) -> dict | None:
	"""ERPNext's own for the till of the user, or any of the company, among those that he reaches."""
	if not queries.is_limited():
		return get_item_details.get_pos_profile(company, pos_profile, user)
	if pos_profile:
		return get_item_details.get_pos_profile(company, pos_profile)
	tills = frappe.get_list("POS Profile", {"company": company, "disabled": 0}, pluck="name", order_by="name")
	usual = {"user": frappe.session.user, "default": 1, "parent": ["in", tills]}
	name = frappe.db.get_value("POS Profile User", usual, "parent") or next(iter(tills), None)
	return frappe.db.get_value("POS Profile", name, "*", as_dict=True) if name else None


@frappe.whitelist()
def get_pos_invoices(start: str, end: str, pos_profile: str, user: str) -> list[dict]:
	"""ERPNext's own for the invoices of a till's day, whoever asks."""
	found = pos_closing_entry.get_pos_invoices(start, end, pos_profile, user)
	return (
		own_rows_api.own_rows("POS Invoice", found, lambda row: row["name"])
		if queries.is_limited()
		else found
	)
