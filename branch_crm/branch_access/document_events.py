"""The branch of whatever carries one: given to new documents, kept on their rows, and judged when it changes."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr

from branch_crm.branch_access import (
	catchment_queries,
	default_rules,
	document_rules,
	origin_queries,
	permissions,
	queries,
	refusals,
	registry,
	rules,
	team_permissions,
)
from branch_crm.branch_access.document_rules import BranchFault
from branch_crm.branch_access.registry import By


class DocumentBranchError(frappe.ValidationError):
	pass


def give_branch(doc: Document, method: str | None = None) -> None:
	"""Give a document without a branch that of what it comes from, and its rows the branch of the document."""
	entry = _entry_of(doc)
	if not entry:
		return
	field = registry.branch_field()
	if doc.is_new() and _comes_from_other_company(doc, field):
		_leave_branch(doc, field)
	if not doc.get(field):
		doc.set(field, _default_branch(doc, entry))
	for row in _rows_to_follow(doc, field):
		row.set(field, doc.get(field))


def correct_rows(doc: Document, method: str | None = None) -> None:
	"""Rows that are added to a submitted document have its branch; where that one is corrected, all go along."""
	if not _entry_of(doc):
		return
	field = registry.branch_field()
	branch = doc.get(field)
	for row in _rows_to_follow(doc, field):
		if not row.is_new() and not doc.flags.ignore_validate_update_after_submit:
			if branch == doc.get_db_value(field):
				continue
			# Frappe compares with what is stored, and would refuse a row that changes after submission
			frappe.db.set_value(row.doctype, row.name, field, branch, update_modified=False)
		row.set(field, branch)


def judge_branch(doc: Document, method: str | None = None) -> None:
	"""Refuse a branch that the user does not reach, that is closed or of another company, or that the party
	does not belong to; what goes on from another document may keep that one's branch."""
	entry = _entry_of(doc)
	if not entry or entry.get("follows"):
		return
	field = registry.branch_field()
	scope = scope_of_judged(doc)
	if doc.is_new() or any(map(doc.has_value_changed, (field, *entry.get("origins", ())))):
		fault = document_rules.fault_of(
			doc.get(field), scope, origin_queries.origin_of(doc, entry), queries.tree(), doc.get("company")
		)
		if fault and not _is_continued(doc, field, fault):
			_refuse(doc, doc.get(field), fault)
	refuse_foreign_rows(doc, field, scope)


def scope_of_judged(doc: Document) -> rules.Scope:
	"""What limits whoever saves `doc`; nothing where the system does it for him."""
	if doc.flags.ignore_permissions:
		return rules.Scope(all=True)
	return queries.working_scope_in_force(frappe.session.user, doc.doctype)


def refuse_foreign_rows(doc: Document, field: str, scope: rules.Scope) -> None:
	"""Refuse new or changed rows of branches that `scope` does not reach."""
	if scope.all:
		return
	before = doc.get_doc_before_save()
	stored = {row.name: row.get(field) for row in before.get_all_children()} if before else {}
	for row in doc.get_all_children():
		branch = row.meta.has_field(field) and row.get(field)
		if branch and stored.get(row.name) != branch and not scope.reaches(branch):
			refusals.refuse_other_branch(
				_("Row {0} of {1}: you do not reach this branch. Choose one of your own.").format(
					row.idx, _(doc.meta.get_label(row.parentfield))
				)
			)


def refuse_foreign_references(doc: Document, method: str | None = None) -> None:
	"""Whoever is limited by branch allocates money only to documents that he reaches, also where the system
	allocates it for him."""
	user = frappe.session.user
	if not queries.is_limited_by_branch(user):
		return
	before = doc.get_doc_before_save()
	stored = _references(before) if before else set()
	named: dict[str, set[str]] = defaultdict(set)
	for doctype, name in _references(doc) - stored:
		if doctype and name:
			named[doctype].add(name)
	for doctype, names in named.items():
		if names - permissions.reached_among(doctype, names, user):
			refusals.refuse_other_branch(
				_("A document of another branch cannot be settled here. Take those of your branches.")
			)
	team_permissions.refuse_only_viewed(
		((doctype, name) for doctype, names in named.items() for name in names), user
	)


def _references(doc: Document) -> set[tuple[str | None, str | None]]:
	return {
		(part.get("reference_doctype") or part.get("reference_type"), part.get("reference_name"))
		for part in (doc, *doc.get_all_children())
	}


def _entry_of(doc: Document) -> dict | None:
	entry = registry.entries().get(doc.doctype)
	return entry if entry and By(entry["by"]) is By.COLUMN else None


def _default_branch(doc: Document, entry: dict) -> str | None:
	if entry.get("follows"):
		return origin_queries.followed_branch(doc, entry["follows"])
	user = frappe.session.user
	proposed = default_rules.proposed_branch(
		catchment_queries.catchments(),
		catchment_queries.territory_lineage(doc.get("territory")),
		cstr(doc.get("pincode")),
	)
	return document_rules.branch_of_new(
		origin_queries.origin_of(doc, entry),
		queries.working_scope_in_force(user, doc.doctype),
		queries.open_memberships_of(user),
		queries.tree(),
		doc.get("company"),
		proposed,
	)


def _comes_from_other_company(doc: Document, field: str) -> bool:
	"""Whether what goes on from a document of a sister company has brought a branch of that one along."""
	branch = doc.get(field)
	if not branch or queries.tree().belongs_to(branch, doc.get("company")):
		return False
	return branch in origin_queries.branches_continued(doc)


def _leave_branch(doc: Document, field: str) -> None:
	branch = doc.get(field)
	for part in (doc, *doc.get_all_children()):
		if part.meta.has_field(field) and part.get(field) == branch:
			part.set(field, None)


def _rows_to_follow(doc: Document, field: str) -> list[Document]:
	"""Rows without a branch, and those that had the document's branch before it changed."""
	branch = doc.get(field)
	rows = doc.get_all_children() if branch else ()
	others = [row for row in rows if row.meta.has_field(field) and row.get(field) != branch]
	before = doc.get_db_value(field) if others and not doc.is_new() else None
	return [row for row in others if row.get(field) in (None, "", before)]


def _is_continued(doc: Document, field: str, fault: BranchFault) -> bool:
	if fault not in (BranchFault.CLOSED, BranchFault.NOT_OF_PARTY):
		return False
	return doc.get(field) in origin_queries.branches_continued(doc)


def _refuse(doc: Document, branch: str | None, fault: BranchFault) -> None:
	sentences = {
		BranchFault.MISSING: _("Choose the branch that this {0} belongs to."),
		BranchFault.FOREIGN: _("You do not reach the branch of this {0}. Choose one of your own."),
		BranchFault.OTHER_COMPANY: _(
			"Branch {1} belongs to another company than this {0}. Choose one of its company."
		),
		BranchFault.CLOSED: _("Branch {1} is closed. Choose another one for this {0}, or open it first."),
		BranchFault.NOT_OF_PARTY: _(
			"The party of this {0} does not belong to branch {1}. Choose one of its branches, or add this one to it."
		),
	}
	text = sentences[fault].format(_(doc.doctype), frappe.bold(branch or ""))
	if fault is BranchFault.NOT_OF_PARTY and not queries.is_party_branch_strict():
		frappe.msgprint(text, title=_("Branch"), indicator="orange")
		return
	if fault is BranchFault.FOREIGN:
		refusals.refuse_other_branch(text)
	frappe.throw(text, DocumentBranchError, title=_("Branch"))
