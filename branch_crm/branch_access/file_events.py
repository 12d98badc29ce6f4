"""What happens when files are saved."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import registry
from branch_crm.branch_access.events import OutOfScopeError, is_judged


def keep_private(doc: Document, method: str | None = None) -> None:
	"""What hangs on a document that branches limit is not opened to the whole world by one branch."""
	if doc.is_private or doc.is_new() or not is_judged(doc) or not doc.get_db_value("is_private"):
		return
	stored = doc.get_db_value("attached_to_doctype")
	if {stored, doc.attached_to_doctype}.intersection(registry.judged_doctypes()):
		frappe.throw(
			_("A file of a document that belongs to branches stays private. Ask head office."),
			OutOfScopeError,
			title=_("Not your branch"),
		)
