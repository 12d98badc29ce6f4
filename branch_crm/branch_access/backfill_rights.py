"""Who may run a backfill: it gives documents of all branches their branch, and takes it away again."""

import frappe
from frappe import _

from branch_crm.branch_access import queries
from branch_crm.branch_access.events import OutOfScopeError


def refuse_restricted() -> None:
	"""Refuse whoever is neither System Manager nor head office, or is limited by branch."""
	frappe.only_for(("System Manager", queries.HEAD_OFFICE))
	if queries.is_enforced() and not queries.is_unrestricted(frappe.session.user):
		frappe.throw(
			_("Only head office gives existing documents their branches."),
			OutOfScopeError,
			title=_("Not your branch"),
		)
