"""Who may run a backfill, and see what it found: it gives documents of all branches their branch, and takes it away
again."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries, refusals, statements
from branch_crm.branch_access.permissions import NO_OBJECTION


def refuse_restricted() -> None:
	"""Refuse whoever is neither System Manager nor head office, or is limited by branch."""
	frappe.only_for(("System Manager", queries.HEAD_OFFICE))
	if _is_restricted(frappe.session.user):
		refusals.refuse_other_branch(_("Only head office gives existing documents their branches."))


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""The figures of a run, its faults and its log are about all branches."""
	return statements.NOTHING[0] if _is_restricted(user or frappe.session.user) else ""


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	return False if _is_restricted(user or frappe.session.user) else NO_OBJECTION


def _is_restricted(user: str) -> bool:
	return queries.is_limited(user)
