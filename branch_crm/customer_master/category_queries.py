"""Every read of customer categories."""

from collections.abc import Iterator

import frappe

CATEGORY = "Customer Category"
PARENT = "parent_customer_category"


def is_disabled(name: str) -> bool:
	return bool(frappe.get_cached_value(CATEGORY, name, "disabled"))


def parents() -> dict[str, str | None]:
	"""Every category with the one above it."""
	return dict(frappe.get_all(CATEGORY, fields=["name", PARENT], as_list=True))


def path_of(name: str | None) -> Iterator[str]:
	"""The category and those above it, the nearest first, as they are now: somebody else may have moved one since
	this transaction began, and moves none until it ends."""
	while name:
		yield name
		name = frappe.db.get_value(CATEGORY, name, PARENT, for_update=True)
