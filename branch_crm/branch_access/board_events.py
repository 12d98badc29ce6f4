"""Kanban boards keep the order of their cards by name, for everybody who opens the board: where branches limit the
documents, they keep none."""

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import queries, registry

_NO_ORDER = "[]"


def keep_no_order(doc: Document, method: str | None = None) -> None:
	if queries.is_enforced() and doc.reference_doctype in registry.judged_doctypes():
		for column in doc.columns:
			column.order = _NO_ORDER


def forget_orders() -> None:
	"""What boards kept before scope was switched on."""
	boards = frappe.get_all(
		"Kanban Board", {"reference_doctype": ["in", list(registry.judged_doctypes())]}, pluck="name"
	)
	frappe.db.set_value(
		"Kanban Board Column", {"parent": ["in", boards]}, "order", _NO_ORDER, update_modified=False
	)
