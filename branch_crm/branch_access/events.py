"""What happens when masters and their contacts are saved. The tree of branches has a file of its own."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, getdate

from branch_crm.branch_access import (
	assignment_rules,
	catchment_queries,
	default_rules,
	document_rules,
	origin_queries,
	permissions,
	queries,
	refusals,
	registry,
	team_permissions,
)
from branch_crm.branch_access.assignment_rules import AssignmentFault
from branch_crm.branch_access.refusals import OutOfScopeError, is_judged
from branch_crm.branch_access.registry import By


class BranchAssignmentError(frappe.ValidationError):
	pass


def assign_branches(doc: Document, method: str | None = None) -> None:
	"""Give a new master its default branch, keep its rows sound, and let a restricted user change only the
	rows of his own branches."""
	if doc.name in registry.always_visible(doc.doctype):
		_keep_without_rows(doc)
		return
	stored = {} if doc.is_new() else queries.assignments_by_row(doc.doctype, doc.name)
	if doc.is_new() and not doc.get("branches"):
		_append_default_branch(doc)
	_tick_single_primary(doc)
	doc.is_unassigned = int(not doc.get("branches"))
	_refuse_faults(doc)
	_refuse_missing_owners(doc, stored)
	_refuse_closed_branches(doc, stored)
	if is_judged(doc):
		_refuse_foreign_rows(doc, stored)


def guard_links(doc: Document, method: str | None = None) -> None:
	"""Let a restricted user link a contact or address only to parties that he sees, and cut only such links."""
	if not is_judged(doc):
		return
	stored = set() if doc.is_new() else queries.links_of(doc.doctype, doc.name)
	current = {(link.link_doctype, link.link_name) for link in doc.links}
	parties = registry.party_doctypes()
	changed = [link for link in stored ^ current if link[0] in parties]
	for doctype, name in changed:
		if not permissions.reaches(doctype, name, frappe.session.user):
			refusals.refuse_other_branch(
				_("This {0} is linked to a party of another branch, or would be. Ask head office.").format(
					_(doc.doctype)
				)
			)
	team_permissions.refuse_only_viewed(sorted(changed), frappe.session.user)


def refuse_rows_of_others(doc: Document, method: str | None = None) -> None:
	"""Frappe moves a row here that a request names, whatever document it is stored in."""
	before = doc.get_doc_before_save()
	known = {row.name for row in before.get_all_children()} if before else set()
	for row in doc.get_all_children() if before else []:
		if (
			row.name
			and row.name not in known
			and not row.is_new()
			and frappe.db.exists(row.doctype, row.name)
		):
			frappe.throw(
				_("A row of another document cannot be taken over. Add a new row instead."),
				OutOfScopeError,
				title=_("Branches"),
			)


def guard_link_row(doc: Document, method: str | None = None) -> None:
	"""A link that is saved or deleted by itself would pass by the rules of its contact or address."""
	parents = (doc.parenttype, doc.get_db_value("parenttype"))
	if is_judged(doc) and any(parent and registry.scoping_of(parent) is By.PARTIES for parent in parents):
		refusals.refuse_other_branch(_("Change the links in the contact or address that they belong to."))


def guard_removal_of_linked(doc: Document, method: str | None = None) -> None:
	"""Let a restricted user delete or merge away a contact or address only if he sees all its parties."""
	if not is_judged(doc):
		return
	parties = registry.party_doctypes()
	for doctype, name in queries.links_of(doc.doctype, doc.name):
		if doctype in parties and not permissions.reaches(doctype, name, frappe.session.user):
			refusals.refuse_other_branch(
				_("This {0} belongs to a party of another branch as well. Ask head office.").format(
					_(doc.doctype)
				)
			)


def guard_removal(doc: Document, method: str | None = None) -> None:
	"""Let a restricted user delete or merge away a master only if all its branches are his own."""
	if not is_judged(doc):
		return
	scope = queries.working_scope(frappe.session.user, doc.doctype)
	stored = queries.assignments_by_row(doc.doctype, doc.name)
	if not all(scope.reaches(assignment.branch) for assignment in stored.values()):
		refusals.refuse_other_branch(
			_(
				"This {0} belongs to other branches as well. Take it out of your own, or ask head office."
			).format(_(doc.doctype))
		)


def _keep_without_rows(doc: Document) -> None:
	doc.is_unassigned = 0
	if doc.get("branches"):
		frappe.throw(
			_("{0} {1} is for all branches and belongs to none of them. Leave its branches empty.").format(
				_(doc.doctype), frappe.bold(doc.name)
			),
			BranchAssignmentError,
			title=_("Branches"),
		)


def _append_default_branch(doc: Document) -> None:
	user = frappe.session.user
	memberships = queries.open_memberships_of(user)
	scope = queries.working_scope(user, doc.doctype)
	origin = origin_queries.origin_of(doc, registry.entries()[doc.doctype])
	branch = document_rules.branch_of_new(
		origin, scope, memberships, queries.tree(), proposed=_proposed_branch(doc)
	)
	if branch:
		doc.append("branches", {"branch": branch, "is_primary": 1})
	elif is_judged(doc):
		frappe.throw(
			_("Choose the branch that this {0} belongs to.").format(_(doc.doctype)),
			BranchAssignmentError,
			title=_("Branch Missing"),
		)


def _proposed_branch(doc: Document) -> str | None:
	address = doc.get("customer_primary_address") or doc.get("supplier_primary_address")
	pin_code = cstr(doc.get("pincode")) or (address and frappe.db.get_value("Address", address, "pincode"))
	return default_rules.proposed_branch(
		catchment_queries.catchments(),
		catchment_queries.territory_lineage(doc.get("territory")),
		pin_code or None,
	)


def _tick_single_primary(doc: Document) -> None:
	rows = doc.get("branches") or []
	for row, assignment in zip(rows, assignment_rules.with_primary(assignments_in(doc)), strict=True):
		row.is_primary = int(assignment.is_primary)


def _refuse_faults(doc: Document) -> None:
	faults = assignment_rules.faults_of(assignments_in(doc), getdate())
	if not faults:
		return
	sentences = {
		AssignmentFault.NO_PRIMARY: _("Tick one of the branches as primary."),
		AssignmentFault.SEVERAL_PRIMARY: _("Only one branch can be primary."),
		AssignmentFault.PRIMARY_ENDS: _("The primary branch {0} cannot have an end date."),
		AssignmentFault.PRIMARY_NOT_BEGUN: _("The primary branch {0} cannot begin in the future."),
		AssignmentFault.ENDS_BEFORE_START: _("Branch {0} ends before it starts."),
		AssignmentFault.OVERLAP: _("Branch {0} stands twice for the same time."),
	}
	messages = [sentences[fault].format(frappe.bold(branch)) for fault, branch in dict.fromkeys(faults)]
	frappe.throw(messages, BranchAssignmentError, title=_("Branches"), as_list=True)


def _refuse_missing_owners(doc: Document, stored: dict[str, assignment_rules.Assignment]) -> None:
	missing = assignment_rules.missing_owners(
		stored, _assignments_by_row(doc), queries.required_owners(), getdate()
	)
	if missing:
		sentences = {
			"sales_owner": _("Name the sales owner in branch {0}."),
			"support_owner": _("Name the support owner in branch {0}."),
		}
		messages = [sentences[owner].format(frappe.bold(branch)) for branch, owner in missing]
		frappe.throw(messages, BranchAssignmentError, title=_("Owner Missing"), as_list=True)


def _refuse_closed_branches(doc: Document, stored: dict[str, assignment_rules.Assignment]) -> None:
	tree = queries.tree()
	before = {assignment.branch for assignment in stored.values()}
	for assignment in assignments_in(doc):
		if assignment.branch not in before and assignment.branch in tree:
			if not tree.is_enabled(assignment.branch):
				frappe.throw(
					_("Branch {0} is closed. Choose another one, or open it first.").format(
						frappe.bold(assignment.branch)
					),
					BranchAssignmentError,
					title=_("Closed Branch"),
				)


def _refuse_foreign_rows(doc: Document, stored: dict[str, assignment_rules.Assignment]) -> None:
	scope = queries.working_scope(frappe.session.user, doc.doctype)
	current = _assignments_by_row(doc)
	if doc.is_new():
		# a customer keeps the rows of the prospect that it was
		inherited = origin_queries.inherited_assignments(doc, registry.entries()[doc.doctype])
		current = {row: assignment for row, assignment in current.items() if assignment not in inherited}
	foreign = [
		branch
		for branch in sorted(assignment_rules.touched_branches(stored, current))
		if not scope.reaches(branch)
	]
	if foreign:
		refusals.refuse_other_branch(
			_("You can change only the rows of your own branches, not those of {0}. Ask head office.").format(
				frappe.bold(", ".join(foreign))
			)
		)
	if stored and not current:
		frappe.throw(
			_("Leave at least one branch; head office can take the last one away."),
			OutOfScopeError,
			title=_("Branches"),
		)


def assignments_in(doc: Document) -> list[assignment_rules.Assignment]:
	return [queries.assignment_from(row.as_dict()) for row in doc.get("branches") or []]


def _assignments_by_row(doc: Document) -> dict[str, assignment_rules.Assignment]:
	return {
		row.name or f"new {index}": queries.assignment_from(row.as_dict())
		for index, row in enumerate(doc.get("branches") or [])
	}
