"""A till that a branch has is for its people."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import permissions, queries


def refuse_foreign_till(doc: Document, method: str | None = None, *args: object, **asked: object) -> None:
	"""ERPNext fills in any till of the company for whoever has none by default.

	Raises:
	        frappe.ValidationError: it is one that the user does not reach; nothing of it is told.
	"""
	if not queries.is_limited() or not doc.get("pos_profile"):
		return
	if not permissions.reaches("POS Profile", doc.pos_profile, frappe.session.user):
		frappe.throw(_("Choose a till of your branch."), title=_("Till"))
