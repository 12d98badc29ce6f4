"""Sales of the last twelve months by branch, read anew for every reader."""

import frappe
from frappe import _

from branch_crm.branch_access import figure_queries


@frappe.whitelist()
def get(filters: dict | str | None = None, **kwargs: object) -> dict:
	"""What the session's user sees of it, the largest first, in company currency.

	Arguments:
	        filters: `company`; without one those of all companies are added up.
	"""
	frappe.has_permission("Sales Invoice", "read", throw=True)
	company = (frappe.parse_json(filters) or {}).get("company")
	rows = figure_queries.sales_by_branch(company)
	return {
		"labels": [branch or _("Without Branch") for branch, _amount in rows],
		"datasets": [{"name": _("Sales"), "values": [amount for _branch, amount in rows]}],
	}
