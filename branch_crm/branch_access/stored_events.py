"""Documents change by those who reach them, as they are stored, whatever the permission hooks of other apps answer:
Frappe 15 takes the first answer that it is given."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import (
	link_queries,
	permissions,
	queries,
	refusals,
	registry,
	team_permissions,
	written_beside,
)
from branch_crm.branch_access.refusals import is_judged

_RIGHTS = {"before_rename": "write", "before_cancel": "cancel", "on_trash": "delete"}


def refuse_foreign(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""Refuse to save, submit, cancel, rename or delete a stored document that a restricted user does not reach, or
	only views.

	Raises:
	        frappe.DoesNotExistError: it is not his, in Frappe's words for what is not there.
	        frappe.PermissionError: he only views it.
	"""
	# a row that is saved by itself is judged with its document, by the events of rows
	is_saved_row = doc.meta.istable and method not in _RIGHTS
	if is_saved_row and not doc.is_new() and is_judged(doc):
		_refuse_moved(doc)
	if doc.is_new() or is_saved_row or not registry.scoping_of(doc.doctype) or not is_judged(doc):
		return
	user = frappe.session.user
	is_reached = permissions.reaches_document(doc, user)
	if is_reached and team_permissions.allows(doc, _RIGHTS.get(method, "write"), user):
		return
	if method == "before_validate" and written_beside.is_written_beside(doc):
		doc.reload()
	elif is_reached:
		refusals.refuse_viewer(doc.doctype, doc.name)
	else:
		refusals.refuse_missing(doc.doctype, doc.name)


def _refuse_moved(row: Document) -> None:
	"""A row that is saved by itself stays where it is stored, in a document that the user may change."""
	stored = link_queries.place_of(row.doctype, row.name)
	if any(row.get(field) != said for field, said in stored.items()):
		refusals.refuse_missing(row.doctype, row.name)
	if stored.get("parent"):
		refuse_foreign(frappe.get_doc(stored["parenttype"], stored["parent"]))


def refuse_row_alone(doc: Document, method: str | None = None) -> None:
	"""For rows that only their document may judge: Frappe saves and deletes one by itself over REST, and its document does not
	notice. Of rows that are saved with their document it does not ask."""
	frappe.throw(
		_("Change this row in its {0}.").format(_(doc.parenttype or "Document")),
		frappe.PermissionError,
		title=_("Row of a Document"),
	)


def refuse_reply_of_another(doc: Document, method: str | None = None) -> None:
	"""Frappe lets everybody change what somebody else has said in a discussion.

	Raises:
	        frappe.DoesNotExistError: it is not his, in Frappe's words for what is not there.
	"""
	if not doc.is_new() and queries.is_limited() and doc.get_db_value("owner") != frappe.session.user:
		refusals.refuse_missing(doc.doctype, doc.name)


def refuse_foreign_target(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""Refuse to merge into a document that a restricted user does not reach, in Frappe's words for what is not there.

	Raises:
	        frappe.ValidationError: it is not his, or not there.
	"""
	if not merge or not registry.scoping_of(doc.doctype) or not is_judged(doc):
		return
	if not permissions.reached_of(doc.doctype, [new], frappe.session.user).get(new):
		frappe.throw(_("{0} {1} does not exist, select a new target to merge").format(doc.doctype, new))
