"""Every read of codes and their series."""

import frappe
from frappe.utils.caching import request_cache

from branch_crm.branch_access import queries
from branch_crm.customer_master.nearest_rules import nearest

SETTINGS = "Customer Master Settings"
FIELD = "customer_code_series"


def set_default_series() -> None:
	"""Once; what an administrator makes of it afterwards is his."""
	if FIELD not in frappe.db.get_singles_dict(SETTINGS):
		frappe.db.set_single_value(SETTINGS, FIELD, frappe.get_meta(SETTINGS).get_field(FIELD).default)


def series_for(branch: str | None) -> str | None:
	"""The series of a new customer's code, by its primary branch or the nearest above it, or else of the settings; None
	where codes are given by hand."""
	default = frappe.db.get_single_value(SETTINGS, "customer_code_series")
	return nearest(branch, queries.tree(), _series(), default)


@request_cache
def _series() -> dict[str, str]:
	stored = frappe.get_all(
		"Branch", {"customer_code_series": ["is", "set"]}, ["name", "customer_code_series"]
	)
	return {row.name: row.customer_code_series for row in stored}


def count_without_code() -> int:
	return frappe.db.count("Customer", {"customer_code": ["is", "not set"]})


def without_code(limit: int, after: str | None = None) -> list[tuple[str, str | None]]:
	"""The next customers that have no code, by name, each with its primary branch."""
	filters = [["customer_code", "is", "not set"], ["name", ">", after or ""]]
	names = frappe.get_all("Customer", filters, order_by="name", limit=limit, pluck="name")
	assignments = queries.assignments_of("Customer", names) if names else {}
	return [
		(name, next((row.branch for row in assignments[name].values() if row.is_primary), None))
		for name in names
	]


def is_taken(code: str, customer: str | None) -> bool:
	return bool(frappe.db.exists("Customer", {"customer_code": code, "name": ["!=", customer or ""]}))
