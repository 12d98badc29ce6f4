"""Row permission: list and form answer from the same registry, the same scope and the same rules."""

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from branch_crm.branch_access import assignment_rules, queries, registry, statements, team_permissions
from branch_crm.branch_access.registry import By

# Frappe 15 lets the first answer decide that is not None; 16 asks every hook and reads None as no
NO_OBJECTION = None if frappe.__version__.startswith("15.") else True


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""The SQL condition of scope for a list of `doctype`; "" where branches do not limit the user."""
	if not doctype or not queries.is_enforced():
		return ""
	return condition_if_enforced(user or frappe.session.user, doctype, queries.who_sees_unassigned())


def condition_if_enforced(user: str, doctype: str, unassigned: assignment_rules.Unassigned) -> str:
	"""The same, whether scope is on or not: what the dry run counts with."""
	if queries.is_unrestricted(user):
		return ""
	by = registry.scoping_of(doctype)
	if by is None:
		return ""
	condition = _condition(by, user, doctype, unassigned)
	return _as_text(condition) if condition else ""


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""Deny what the scope does not reach, and to who only views it all but reading; the stored branches decide,
	not those of the document in memory."""
	if not queries.is_enforced():
		return NO_OBJECTION
	user = user or frappe.session.user
	if queries.is_unrestricted(user):
		return NO_OBJECTION
	if reaches_document(doc, user) and team_permissions.allows(doc, ptype, user):
		return NO_OBJECTION
	return False


def reaches_document(doc: Document, user: str) -> bool:
	"""Whether the branches of `doc`, as stored, let a restricted user see it. A document that is not stored
	yet has none; what a user may put into it is judged when it is saved."""
	by = registry.scoping_of(doc.doctype)
	if by is By.ITSELF:
		return not _is_stored(doc) or queries.any_scope(user).reaches(doc.name)
	if by is By.ASSIGNMENTS:
		return _reaches_master(doc, user)
	if by is By.PARTIES:
		return _reaches_linked(doc, user)
	if by is By.LINK:
		return bool(queries.scope(user, doc.doctype).branches)
	return True


def reaches_party(doctype: str, name: str, user: str) -> bool:
	"""Whether a restricted user sees the stored master; what does not exist nobody sees."""
	rows = queries.assignments_by_row(doctype, name)
	return may_see_rows(doctype, rows, user) and bool(rows or frappe.db.exists(doctype, name))


def may_see_rows(doctype: str, rows: dict[str, assignment_rules.Assignment], user: str) -> bool:
	return assignment_rules.may_see(
		queries.scope(user, doctype), list(rows.values()), queries.who_sees_unassigned(), getdate()
	)


def _reaches_master(doc: Document, user: str) -> bool:
	stored = queries.assignments_by_row(doc.doctype, doc.name) if doc.name else {}
	if not stored and not _is_stored(doc):
		return True
	return may_see_rows(doc.doctype, stored, user)


def _reaches_linked(doc: Document, user: str) -> bool:
	if not _is_stored(doc):
		return True
	links = queries.links_of(doc.doctype, doc.name)
	masters = registry.assigned_doctypes()
	parties = [link for link in links if link[0] in masters]
	if parties:
		return any(reaches_party(*party, user) for party in parties)
	if links or queries.who_sees_unassigned() is assignment_rules.Unassigned.EVERYBODY:
		return True
	return frappe.db.get_value(doc.doctype, doc.name, "owner") == user


def _is_stored(doc: Document) -> bool:
	return bool(doc.name and frappe.db.exists(doc.doctype, doc.name))


def _condition(
	by: By, user: str, doctype: str, unassigned: assignment_rules.Unassigned
) -> statements.Condition | None:
	if by is By.ITSELF:
		return statements.named(doctype, queries.any_scope(user).branches)
	if by is By.ASSIGNMENTS:
		return _assigned(user, doctype, unassigned)
	if by is By.PARTIES:
		parties = {master: _assigned(user, master, unassigned) for master in registry.assigned_doctypes()}
		return statements.linked(doctype, parties, user, unassigned is assignment_rules.Unassigned.EVERYBODY)
	return None if queries.scope(user, doctype).branches else statements.NOTHING


def _assigned(user: str, doctype: str, unassigned: assignment_rules.Unassigned) -> statements.Condition:
	branches = queries.scope(user, doctype).branches
	everybody = unassigned is assignment_rules.Unassigned.EVERYBODY
	few = queries.is_few(doctype, branches, everybody)
	return statements.assigned(doctype, branches, getdate(), few, everybody)


def _as_text(condition: statements.Condition) -> str:
	"""Frappe's hook takes no parameters: each one is escaped by the database driver."""
	text, parameters = condition
	return text % tuple(frappe.db.escape(str(value), percent=False) for value in parameters)
