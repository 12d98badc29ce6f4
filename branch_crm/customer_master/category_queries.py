"""Every read of customer categories."""

from collections.abc import Iterator

import frappe

from branch_crm.customer_master.path_rules import paths_in

CATEGORY = "Customer Category"
PARENT = "parent_customer_category"
# asked with every sale: to build this query takes longer than to answer it
_ABOVE = "select parent_customer_category from `tabCustomer Category` where name = %s"


def is_disabled(name: str) -> bool:
	return bool(frappe.get_cached_value(CATEGORY, name, "disabled"))


def paths(top: str | None = None) -> dict[str, tuple[str, ...]]:
	"""The path of every category, or of `top` and those below it: itself and what is above it, the nearest first."""
	found = paths_in(dict(frappe.get_all(CATEGORY, fields=["name", PARENT], as_list=True)))
	if not top:
		return found
	return {name: path[: path.index(top) + 1] for name, path in found.items() if top in path}


def path_above(name: str | None) -> list[str]:
	"""The category and those above it, the nearest first."""
	path = []
	while name and name not in path:
		path.append(name)
		found = frappe.db.sql(_ABOVE, [name])
		name = found[0][0] if found else None
	return path


def path_of(name: str | None) -> Iterator[str]:
	"""The category and those above it, the nearest first, as they are now: somebody else may have moved one since
	this transaction began, and moves none until it ends."""
	while name:
		yield name
		name = frappe.db.get_value(CATEGORY, name, PARENT, for_update=True)
