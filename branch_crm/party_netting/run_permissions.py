"""Who makes and reads netting runs: who is not limited by branch, as they settle the documents of all."""

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.branch_access.queries import NO_OBJECTION


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	return "1=0" if queries.is_limited(user or frappe.session.user) else ""


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	return False if queries.is_limited(user or frappe.session.user) else NO_OBJECTION
