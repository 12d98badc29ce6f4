"""New work finds who is responsible for its party in its branch."""

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.model.document import Document
from frappe.utils import getdate

from branch_crm.branch_access import origin_queries, queries, registry

# which owner of the party the document goes to
OWNERS = {"Issue": "support_owner", "Opportunity": "sales_owner"}


def assign_to_owner(doc: Document, method: str | None = None) -> None:
	"""Assign a new issue to the support owner, a new opportunity to the sales owner, if he may see it."""
	owner = _owner_of(doc, OWNERS[doc.doctype])
	if not owner or owner == frappe.session.user:
		return
	if not frappe.db.get_value("User", owner, "enabled") or not frappe.has_permission(doc=doc, user=owner):
		return
	assignment = {
		"doctype": doc.doctype,
		"name": doc.name,
		"assign_to": [owner],
		"description": _("New {0} of your branch").format(_(doc.doctype)),
	}
	# a portal user who opens an issue assigns it, though he may not assign anything
	assign_to.add(assignment, ignore_permissions=True)


def _owner_of(doc: Document, kind: str) -> str | None:
	branch = doc.get(registry.branch_field())
	for doctype, name in origin_queries.masters_of(doc, registry.entries()[doc.doctype]):
		for row in queries.assignments_by_row(doctype, name).values():
			if row.branch == branch and row.is_active_on(getdate()) and getattr(row, kind):
				return getattr(row, kind)
	return None
