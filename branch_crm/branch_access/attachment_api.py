"""Frappe's own methods that attach files by their names, without asking whether they may be read."""

import frappe
from frappe import _
from frappe.core.doctype.communication import email
from frappe.utils import file_manager

from branch_crm.branch_access import file_permissions, queries
from branch_crm.branch_access.refusals import OutOfScopeError


@frappe.whitelist()
def make(attachments: str | list | None = None, **arguments: object) -> dict:
	"""Frappe's own for a mail from a form; only with files that the session's user may read."""
	_refuse_unreadable(attachments)
	return frappe.call(email.make, attachments=attachments, **arguments)


@frappe.whitelist()
def add_attachments(doctype: str, name: str, attachments: str | list) -> list:
	"""Frappe's own; only with files that the session's user may read, to what he may change."""
	frappe.has_permission(doctype, "write", name, throw=True)
	_refuse_unreadable(attachments)
	return file_manager.add_attachments(doctype, name, attachments)


def _refuse_unreadable(attachments: str | list | None) -> None:
	if not queries.is_limited():
		return
	files = [file for file in frappe.parse_json(attachments or []) if isinstance(file, str)]
	if not all(file_permissions.may_read(file, frappe.session.user) for file in files):
		frappe.throw(
			_("A file cannot be attached. Attach it from a document that you see."),
			OutOfScopeError,
			title=_("Not Permitted"),
		)
