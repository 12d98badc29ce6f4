"""What happens when files are saved."""

import errno
import os

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from branch_crm.branch_access import file_permissions, queries, refusals, registry
from branch_crm.branch_access.refusals import OutOfScopeError, is_judged

# Frappe finds them out for itself, and deletes from disk what they say
_FOUND_OUT = ("content_hash", "thumbnail_url")


def keep_private(doc: Document, method: str | None = None) -> None:
	"""A file leads to nothing but itself, and what hangs on a document that branches limit is not opened to the whole
	world by one branch.

	Raises:
	        OutOfScopeError
	        FileNotFoundError: an upload of a visitor names somebody's file, as Frappe says of what is not there.
	"""
	if queries.is_limited():
		_refuse_leading_elsewhere(doc)
	if doc.is_private or doc.is_new() or not is_judged(doc) or not doc.get_db_value("is_private"):
		return
	stored = doc.get_db_value("attached_to_doctype")
	if {stored, doc.attached_to_doctype}.intersection(registry.judged_doctypes()):
		refusals.refuse_other_branch(
			_("A file of a document that belongs to branches stays private. Ask head office.")
		)


def _refuse_leading_elsewhere(doc: Document) -> None:
	"""Whoever saves it, and though he need not ask for permission."""
	before = doc.get_doc_before_save()
	if not before:
		# to refuse it would delete what it names: Frappe takes an upload back
		doc.thumbnail_url = None
	is_moved = bool(before) and _is_moved(doc, before)
	is_same = bool(before) and before.file_url == doc.file_url
	if is_moved or not (is_same or file_permissions.is_plain(doc.file_url)):
		frappe.throw(
			_("The address of a file cannot be changed to this one. Upload the file instead."),
			OutOfScopeError,
			title=_("Not Permitted"),
		)
	if not before and _is_upload_of_foreign(doc):
		raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), doc.get_full_path())


def _is_moved(doc: Document, before: Document) -> bool:
	"""Frappe moves the file that has the last part of a new address for its name, whosever it is."""
	if doc.file_url != before.file_url and cint(doc.is_private) != cint(before.is_private):
		return True
	# an image that is made smaller has other content
	return not doc.flags.original_content and any(doc.get(key) != before.get(key) for key in _FOUND_OUT)


def _is_upload_of_foreign(doc: Document) -> bool:
	url = getattr(frappe.local, "uploaded_file_url", None) if doc.flags.ignore_permissions else None
	return not file_permissions.may_download(url, frappe.session.user)
