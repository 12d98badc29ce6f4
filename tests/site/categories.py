"""Customer categories for the tests, each made in one line."""

import frappe
from frappe.model.document import Document

CATEGORY = "Customer Category"
PARENT = "parent_customer_category"


def make_category(name: str, parent: str | None = None, **values) -> Document:
	category = {"doctype": CATEGORY, "customer_category_name": name, PARENT: parent}
	return frappe.get_doc({**category, **values}).insert()


def make_groups() -> None:
	"""Kapadia Group over Kapadia Foods (over Kapadia Dairy) and Kapadia Steel; Shetty Group over Shetty Hotels."""
	make_category("Kapadia Group", is_group=1)
	make_category("Kapadia Foods", "Kapadia Group", is_group=1)
	make_category("Kapadia Dairy", "Kapadia Foods")
	make_category("Kapadia Steel", "Kapadia Group")
	make_category("Shetty Group", is_group=1)
	make_category("Shetty Hotels", "Shetty Group")


def below(name: str) -> set[str]:
	"""The category and those below it, by the numbers that filters go by."""
	return set(frappe.get_all(CATEGORY, {"name": ["descendants of (inclusive)", name]}, pluck="name"))


def is_sound() -> bool:
	"""lft and rgt against a walk over the parents."""
	nodes = frappe.get_all(CATEGORY, fields=["name", PARENT, "old_parent", "lft", "rgt"])
	parents = {node.name: node[PARENT] or None for node in nodes}
	numbers = sorted(number for node in nodes for number in (node.lft, node.rgt))
	if len(set(numbers)) != len(numbers) or min(numbers, default=1) < 1:
		return False
	return all(
		below(node.name) == {other for other in parents if node.name in _path(other, parents)}
		and (node.old_parent or None) == parents[node.name]
		for node in nodes
	)


def _path(name: str, parents: dict[str, str | None]) -> list[str]:
	path = []
	while name and name not in path:
		path.append(name)
		name = parents[name]
	return path
