"""Who sees the history of a party: whoever sees the party, of the branches that he reaches. List and form agree,
because both ask the same of the party."""

import frappe
from frappe.model.db_query import DatabaseQuery
from frappe.model.document import Document

from branch_crm.branch_access import queries, registry, statements
from branch_crm.branch_access.permissions import NO_OBJECTION
from branch_crm.branch_access.responsibility_queries import RECORD


def query_condition(user: str | None = None, doctype: str = RECORD) -> str:
	"""The SQL condition for a list of records (`doctype` is any with the fields party_type, party and branch)."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	conditions = [_of_party(doctype, party, user) for party in _readable(user)]
	return f"({' or '.join(conditions)})" if conditions else statements.NOTHING[0]


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	user = user or frappe.session.user
	if user == "Administrator" or not doc.name:
		return NO_OBJECTION
	stored = frappe.db.get_value(doc.doctype, doc.name, ["party_type", "party", "branch"])
	if not stored:
		return NO_OBJECTION
	party_type, party, branch = stored
	reached = queries.scope_in_force(user, party_type).reaches(branch)
	if (
		reached
		and party_type in _readable(user)
		and frappe.has_permission(party_type, "read", party, user=user)
	):
		return NO_OBJECTION
	return False


def _readable(user: str) -> list[str]:
	"""The party DocTypes that a role of the user reads; what is shared with him alone is no list of parties."""
	return [
		party
		for party in registry.assigned_doctypes()
		if frappe.permissions.get_role_permissions(frappe.get_meta(party), user=user).get("read")
	]


def _of_party(doctype: str, party: str, user: str) -> str:
	table = f"`tab{doctype}`"
	conditions = [f"{table}.party_type = {frappe.db.escape(party)}"]
	scope = queries.scope_in_force(user, party)
	if not scope.all:
		names = ", ".join(frappe.db.escape(branch, percent=False) for branch in sorted(scope.branches))
		conditions.append(f"{table}.branch in ({names})" if names else statements.NOTHING[0])
	if visible := DatabaseQuery(party, user=user).build_match_conditions():
		found = f"select 1 from `tab{party}` where `tab{party}`.name = {table}.party and ({visible}) limit 1"
		conditions.append(f"({found}) = 1")
	return f"({' and '.join(conditions)})"
