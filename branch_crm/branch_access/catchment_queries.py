"""Where the branches of new parties come from: territories and pin codes."""

from collections import defaultdict

import frappe
from frappe.utils.nestedset import get_ancestors_of

from branch_crm.branch_access.default_rules import Catchment
from branch_crm.branch_access.doctype_facts import BRANCH


def catchments() -> list[Catchment]:
	"""Territories and pin codes of the enabled branches."""
	enabled = frappe.get_all(BRANCH, filters={"enabled": 1}, pluck="name")
	territories: dict[str, set[str]] = defaultdict(set)
	for parent, territory in frappe.get_all("Branch Territory", fields=["parent", "territory"], as_list=True):
		territories[parent].add(territory)
	pin_codes: dict[str, list[tuple[str, str]]] = defaultdict(list)
	for row in frappe.get_all("Branch Pin Code", fields=["parent", "first", "last"]):
		pin_codes[row.parent].append((row.first, row.last or row.first))
	return [Catchment(branch, frozenset(territories[branch]), tuple(pin_codes[branch])) for branch in enabled]


def territory_lineage(territory: str | None) -> list[str]:
	"""The territory, then its ancestors, the nearest first."""
	if not territory or not frappe.db.exists("Territory", territory):
		return []
	return [territory, *get_ancestors_of("Territory", territory)]
