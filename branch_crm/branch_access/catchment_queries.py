"""Where the branches of new parties come from: territories and pin codes."""

import frappe
from frappe.utils.nestedset import get_ancestors_of

from branch_crm.branch_access.default_rules import Catchment
from branch_crm.branch_access.doctype_facts import BRANCH


def catchments() -> list[Catchment]:
	"""Territories and pin codes of the enabled branches."""
	enabled = frappe.get_all(BRANCH, filters={"enabled": 1}, pluck="name")
	territories = frappe.get_all("Branch Territory", fields=["parent", "territory"])
	pin_codes = frappe.get_all("Branch Pin Code", fields=["parent", "first", "last"])
	return [
		Catchment(
			branch,
			frozenset(row.territory for row in territories if row.parent == branch),
			tuple((row.first, row.last or row.first) for row in pin_codes if row.parent == branch),
		)
		for branch in enabled
	]


def territory_lineage(territory: str | None) -> list[str]:
	"""The territory, then its ancestors, the nearest first."""
	if not territory or not frappe.db.exists("Territory", territory):
		return []
	return [territory, *get_ancestors_of("Territory", territory)]
