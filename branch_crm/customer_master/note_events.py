"""Notes on a customer: who wrote one, and when, is not for anybody to choose."""

import frappe
from frappe.model.document import Document
from frappe.utils import now


def sign_notes(doc: Document, method: str | None = None) -> None:
	before = doc.get_doc_before_save()
	signed = {str(row.name): (row.added_by, row.added_on) for row in (before or {}).get("crm_notes") or ()}
	for row in doc.get("crm_notes") or ():
		row.added_by, row.added_on = signed.get(str(row.name), (frappe.session.user, now()))


def sign_note(doc: Document, method: str | None = None) -> None:
	"""The same for a note that is written or changed alone."""
	if doc.parenttype != "Customer":
		return
	signed = {"added_by": frappe.session.user, "added_on": now()}
	if not doc.is_new():
		signed = frappe.db.get_value(doc.doctype, doc.name, list(signed), as_dict=True)
	doc.update(signed)
