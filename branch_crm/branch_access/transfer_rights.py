"""Who may transfer parties, and of which branches: head office, or who manages them."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.branch_access.events import OutOfScopeError
from branch_crm.branch_access.rules import Scope


def transfer_scope(user: str, party_type: str) -> Scope:
	"""The branches whose rows `user` transfers: those that he manages and where he works with such parties."""
	if not queries.is_enforced() or queries.is_unrestricted(user):
		return Scope(all=True)
	managed, working = queries.managed_scope(user), queries.working_scope(user, party_type)
	return Scope(branches=managed.branches & working.branches)


def refuse_unpermitted(transfer: Document) -> None:
	"""Refuse the session's user who may not write such parties, or does not manage all branches concerned."""
	frappe.has_permission(transfer.party_type, "write", throw=True)
	scope = transfer_scope(frappe.session.user, transfer.party_type)
	named = {branch for branch in (transfer.branch, transfer.from_branch) if branch}
	foreign = sorted(branch for branch in named if not scope.reaches(branch))
	if foreign:
		frappe.throw(
			_(
				"Only who manages {0}, or head office, transfers parties there or away. Ask head office."
			).format(frappe.bold(", ".join(foreign))),
			OutOfScopeError,
			title=_("Not your branch"),
		)
	if not scope.all and not scope.branches:
		frappe.throw(
			_("Only managers of branches, or head office, transfer parties."),
			OutOfScopeError,
			title=_("Not your branch"),
		)
