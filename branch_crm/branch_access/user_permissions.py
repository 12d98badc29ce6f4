"""Users of the portal: their names are those of customers and suppliers, and known to whoever sees the contact."""

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import permissions, queries
from branch_crm.branch_access.permissions import NO_OBJECTION


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	user = user or frappe.session.user
	if not queries.is_limited_by_branch(user):
		return ""
	contacts = permissions.condition_in_force(user, "Contact")
	return (
		"(`tabUser`.user_type != 'Website User' or `tabUser`.name in"
		f" (select `tabContact`.user from `tabContact` where {contacts}))"
	)


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	user = user or frappe.session.user
	if doc.user_type != "Website User" or not doc.name or not queries.is_limited_by_branch(user):
		return NO_OBJECTION
	return NO_OBJECTION if known_among([doc.name], user) else False


def known_among(users: list[str], user: str) -> set[str]:
	"""Those of `users` of whom somebody limited by branch knows that they are there."""
	kinds = dict(frappe.get_all("User", {"name": ["in", users]}, ["name", "user_type"], as_list=True))
	website = [name for name, kind in kinds.items() if kind == "Website User"]
	contacts = dict(frappe.get_all("Contact", {"user": ["in", website]}, ["name", "user"], as_list=True))
	reached = permissions.reached_among("Contact", list(contacts), user)
	return (kinds.keys() - set(website)) | {contacts[name] for name in reached}
