"""Who may delete what ERPNext does not delete alone: before any event it takes the link to it out of other documents,
or deletes those that are left with none."""

from collections.abc import Iterator

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import change_rights, queries
from branch_crm.branch_access.permissions import NO_OBJECTION


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""Deny a limited user to delete what others are changed with that he may not change."""
	user = user or frappe.session.user
	if ptype != "delete" or not doc.name or not queries.is_limited_by_branch(user):
		return NO_OBJECTION
	changed = set(_changed_with(doc))
	return NO_OBJECTION if changed == change_rights.changeable(changed, user) else False


def _changed_with(doc: Document) -> Iterator[tuple[str, str]]:
	if doc.doctype == "Lead":
		for issue in frappe.get_all("Issue", {"lead": doc.name}, pluck="name"):
			yield "Issue", issue
		for prospect in frappe.get_all("Prospect Lead", {"lead": doc.name}, pluck="parent"):
			yield "Prospect", prospect
	elif doc.doctype == "Project":
		for order in frappe.get_all("Sales Order", {"project": doc.name}, pluck="name"):
			yield "Sales Order", order
	elif lead := frappe.db.exists("Lead", doc.get_db_value("lead_name")):
		yield "Lead", lead
