"""Who reads what was merged: who is not limited by branch, and reads such documents."""

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.branch_access.queries import NO_OBJECTION
from branch_crm.customer_master.merge_queries import MERGE
from branch_crm.customer_master.merge_rules import MERGED


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	user = user or frappe.session.user
	if queries.is_limited(user):
		return "1=0"
	readable = [merged for merged in MERGED if _is_readable(merged, user)]
	names = ", ".join(map(frappe.db.escape, readable)) or "''"
	return f"`tab{MERGE}`.document_type in ({names})"


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	user = user or frappe.session.user
	if queries.is_limited(user) or not _is_readable(doc.document_type, user):
		return False
	return NO_OBJECTION


def _is_readable(doctype: str, user: str) -> bool:
	return bool(frappe.db.exists("DocType", doctype)) and frappe.has_permission(doctype, user=user)
