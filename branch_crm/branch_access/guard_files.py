"""The guard over private files by their address: Frappe asks the permission hooks, where another app may say yes; and
some functions open whatever they are told."""

from collections.abc import Mapping

import frappe
from frappe import _
from werkzeug.exceptions import Forbidden

from branch_crm.branch_access import file_permissions, file_rules, link_queries, permissions, queries
from branch_crm.branch_access.file_rules import SentAddress
from branch_crm.branch_access.link_queries import is_doctype


def judge_request() -> None:
	"""Refuse the file of a document that a limited user does not reach, as Frappe refuses one that is not there.

	Raises:
	        werkzeug.exceptions.Forbidden
	"""
	path, user = frappe.request.path, frappe.session.user
	if not path.startswith(file_permissions.PRIVATE) or not queries.is_limited(user):
		return
	if not file_permissions.is_reached(path, user):
		raise Forbidden(_("You don't have permission to access this file"))


def refuse_foreign(arguments: Mapping, user: str) -> None:
	"""Refuse the address of a file that the user does not reach; what a stored document says already may stay.

	Raises:
	        frappe.DoesNotExistError: as for one that is not there.
	        frappe.PermissionError: a text would have Frappe open files by itself.
	"""
	if file_rules.opens_files(arguments):
		frappe.throw(
			_("Leave out {0} and {1}: they would open files of the server.").format("embed=", "pdfkit-"),
			frappe.PermissionError,
		)
	for sent in file_rules.private_addresses(arguments):
		if not file_permissions.is_reached(sent.address.strip(), user) and not _is_no_news(sent, user):
			raise frappe.DoesNotExistError(doctype=file_permissions.FILE)


def _is_no_news(sent: SentAddress, user: str) -> bool:
	"""Whether the stored document, which the user sees, says it already, or a new row repeats it from its item."""
	document = sent.document
	if not document:
		return False
	stored = link_queries.stored_of(document) if is_doctype(document["doctype"]) else None
	is_seen = stored and permissions.reaches(stored.doctype, stored.name, user)
	parts = [stored, *stored.get_all_children()] if is_seen else []
	return any(part.get(sent.key) == sent.address for part in parts) or _is_of_item(sent)


def _is_of_item(sent: SentAddress) -> bool:
	item = sent.document.get("item_code")
	return (
		sent.key == "image"
		and isinstance(item, str)
		and frappe.db.get_value("Item", item, "image") == sent.address
	)
