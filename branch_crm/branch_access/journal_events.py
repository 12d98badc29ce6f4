"""Journal entries carry a branch per row: that of what the row settles, of its party, or of the other rows."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import document_rules, origin_queries, queries, registry
from branch_crm.branch_access.document_events import (
	DocumentBranchError,
	refuse_foreign_rows,
	scope_of_judged,
)
from branch_crm.branch_access.document_rules import Origin

# what a row goes by: the first that leads to a branch
ROW = {"origins": ("reference_name", "party")}


def give_row_branches(doc: Document, method: str | None = None) -> None:
	"""Give rows without a branch theirs: what settles a document goes to that one's branch, a party to its own,
	and the rest with the others where these have one branch, else to the user's own."""
	field = registry.branch_field()
	for row in _rows_without(doc, field):
		origin = origin_queries.origin_of(row, ROW)
		if origin.branches:
			row.set(field, _branch_from(doc, origin))
	given = {row.get(field) for row in doc.accounts} - {None, ""}
	for row in _rows_without(doc, field):
		row.set(field, next(iter(given)) if len(given) == 1 else _branch_from(doc, Origin()))


def judge_row_branches(doc: Document, method: str | None = None) -> None:
	"""Refuse rows of a branch that the user does not reach or that is another company's, and a restricted
	user's journal entry without any branch."""
	field = registry.branch_field()
	scope = scope_of_judged(doc)
	refuse_foreign_rows(doc, field, scope)
	branches = {row.get(field) for row in doc.accounts} - {None, ""}
	if not branches and not scope.all:
		frappe.throw(_("Choose the branch of the rows."), DocumentBranchError, title=_("Branch"))
	strange = sorted(branch for branch in branches if not queries.tree().belongs_to(branch, doc.company))
	if strange:
		frappe.throw(
			_("Branch {0} belongs to another company than this journal entry.").format(
				frappe.bold(", ".join(strange))
			),
			DocumentBranchError,
			title=_("Branch"),
		)


def _rows_without(doc: Document, field: str) -> list[Document]:
	return [row for row in doc.accounts if not row.get(field)]


def _branch_from(doc: Document, origin: Origin) -> str | None:
	user = frappe.session.user
	return document_rules.branch_of_new(
		origin,
		queries.working_scope_in_force(user, doc.doctype),
		queries.open_memberships_of(user),
		queries.tree(),
		doc.company,
	)
