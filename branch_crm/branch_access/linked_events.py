"""What other documents are linked with is not deleted or cancelled. Frappe says which they are; of documents that are not
one's own, nobody is told the name."""

import re

import frappe
from frappe import _
from frappe.model import delete_doc
from frappe.model.document import Document

from branch_crm.branch_access import guard_queries, permissions, queries

_LINK = re.compile(r'/app/Form/([^/"]+)/([^"]+)"')


def refuse_linked(doc: Document, method: str | None = None) -> None:
	"""Frappe's own refusal, which would follow after `on_trash` and `on_cancel`.

	Raises:
	        frappe.LinkExistsError: in Frappe's words where the other document is the user's own.
	"""
	if doc.flags.ignore_permissions or doc.flags.ignore_links or not queries.is_limited():
		return
	refusal = _refusal(doc, "Cancel" if method == "on_cancel" else "Delete")
	if not refusal:
		return
	if _names_what_is_reached(refusal):
		raise refusal
	frappe.clear_last_message()
	frappe.throw(
		_("{0} {1} stays: documents of other branches are linked with it. Ask head office.").format(
			_(doc.doctype), frappe.bold(doc.name)
		),
		frappe.LinkExistsError,
		title=_("Linked documents"),
	)


def _names_what_is_reached(refusal: frappe.LinkExistsError) -> bool:
	"""The document that is linked stands last; where Frappe writes it otherwise, it is taken for a foreign one."""
	links = _LINK.findall(str(refusal))
	if not links:
		return False
	doctype, name = links[-1]
	return not guard_queries.is_judged(doctype) or permissions.reaches(doctype, name, frappe.session.user)


def _refusal(doc: Document, method: str) -> frappe.LinkExistsError | None:
	try:
		delete_doc.check_if_doc_is_linked(doc, method)
		delete_doc.check_if_doc_is_dynamically_linked(doc, method)
	except frappe.LinkExistsError as refusal:
		return refusal
	return None
