"""Who may transfer parties, and of which branches: head office, or who manages them."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries, refusals
from branch_crm.branch_access.rules import Scope


def transfer_scope(user: str, party_type: str) -> Scope:
	"""The branches whose rows `user` transfers: those that he manages and where he works with such parties."""
	if not queries.is_limited_by_branch(user):
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
		refusals.refuse_other_branch(
			_(
				"Only who manages {0}, or head office, transfers parties there or away. Ask head office."
			).format(frappe.bold(", ".join(foreign)))
		)
	if not scope.all and not scope.branches:
		refusals.refuse_other_branch(_("Only managers of branches, or head office, transfer parties."))
