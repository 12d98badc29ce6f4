"""Branch is a plain DocType of ERPNext: what NestedSet does for a tree happens here by its document events."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.nestedset import (
	NestedSetChildExistsError,
	NestedSetInvalidMergeError,
	NestedSetRecursionError,
	rebuild_tree,
	update_nsm,
)

from branch_crm.branch_access import assignment_rules, queries, refusals, responsibility_events, team_queries
from branch_crm.branch_access.refusals import is_judged
from branch_crm.branch_access.registry import BRANCH


class BranchTreeError(frappe.ValidationError):
	pass


def validate_branch(doc: Document, method: str | None = None) -> None:
	"""Keep the tree a tree, the branch's defaults within its company, and a restricted user within his part."""
	doc.parent_branch = doc.parent_branch or None
	_keep_stored_place(doc)
	_refuse_outside_scope(doc)
	_validate_parent(doc)
	_validate_group(doc)
	_validate_company(doc)
	_validate_pin_codes(doc)


def update_tree(doc: Document, method: str | None = None) -> None:
	update_nsm(doc)
	queries.forget_scopes()


def refuse_deletion_with_children(doc: Document, method: str | None = None) -> None:
	_refuse_unless_managed(doc)
	if frappe.db.exists(BRANCH, {"parent_branch": doc.name}):
		frappe.throw(
			_("Branch {0} has branches below it. Move or delete them first.").format(frappe.bold(doc.name)),
			NestedSetChildExistsError,
			title=_("Branch Tree"),
		)


def leave_tree(doc: Document, method: str | None = None) -> None:
	"""Close the gap that the deleted branch leaves."""
	rebuild_tree(BRANCH)
	queries.forget_scopes()


def validate_rename(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""Two branches become one only if both are groups or both are not, and neither is above the other."""
	_refuse_unless_managed(doc)
	if not merge:
		return
	_refuse_unless_managed(frappe.get_doc(BRANCH, new))
	if bool(doc.is_group) != bool(frappe.db.get_value(BRANCH, new, "is_group")):
		frappe.throw(
			_("A group of branches and a single branch cannot be merged."),
			NestedSetInvalidMergeError,
			title=_("Branch Tree"),
		)
	tree = queries.tree()
	if tree.would_loop(old, new) or tree.would_loop(new, old):
		frappe.throw(
			_("{0} and {1} lie below one another and cannot be merged.").format(
				frappe.bold(old), frappe.bold(new)
			),
			NestedSetRecursionError,
			title=_("Branch Tree"),
		)


def rename_in_tree(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""Follow the new name where Frappe does not, and after a merge join what became double."""
	frappe.db.set_value(BRANCH, {"old_parent": old}, "old_parent", new, update_modified=False)
	if merge:
		rebuild_tree(BRANCH)
		_join_double_rows(new)
		_join_double_memberships(new)
	queries.forget_scopes()


def _keep_stored_place(doc: Document) -> None:
	"""A form opened before the tree moved on, or a forged request, carries numbers that are not true."""
	place = ("lft", "rgt", "old_parent")
	stored = None if doc.is_new() else frappe.db.get_value(BRANCH, doc.name, place, for_update=True)
	doc.update(dict(zip(place, stored or (0, 0, None), strict=True)))


def _refuse_outside_scope(doc: Document) -> None:
	"""A restricted user changes branches of his own part of the tree and moves them only within it; what decides
	who reaches them, where he manages."""
	if not is_judged(doc):
		return
	user = frappe.session.user
	concerned = [doc.parent_branch, doc.get_db_value("parent_branch"), None if doc.is_new() else doc.name]
	moved = not doc.is_new() and (doc.parent_branch or "") != (doc.get_db_value("parent_branch") or "")
	if moved or doc.is_new():
		scope = queries.managed_scope(user)
		allowed = bool(doc.parent_branch) and all(scope.reaches(branch) for branch in concerned if branch)
	elif bool(doc.enabled) != bool(doc.get_db_value("enabled")):
		allowed = queries.managed_scope(user).reaches(doc.name)
	else:
		allowed = queries.any_scope(user).reaches(doc.name)
	if not allowed:
		_refuse_foreign_branch()


def _refuse_unless_managed(doc: Document) -> None:
	"""To delete, rename or merge a branch is to decide who reaches it."""
	if is_judged(doc) and not queries.managed_scope(frappe.session.user).reaches(doc.name):
		_refuse_foreign_branch()


def _refuse_foreign_branch() -> None:
	refusals.refuse_other_branch(
		_("Only head office, or who manages them, changes the tree of branches and whether they are open.")
	)


def _validate_parent(doc: Document) -> None:
	if not doc.parent_branch:
		return
	if not frappe.db.get_value(BRANCH, doc.parent_branch, "is_group"):
		frappe.throw(
			_("{0} is not a group. Tick {1} on it before you put branches below it.").format(
				frappe.bold(doc.parent_branch), frappe.bold(_("Is Group"))
			),
			BranchTreeError,
			title=_("Branch Tree"),
		)
	if not doc.is_new() and queries.tree().would_loop(doc.name, doc.parent_branch):
		frappe.throw(
			_("{0} cannot lie below itself.").format(frappe.bold(doc.name)),
			NestedSetRecursionError,
			title=_("Branch Tree"),
		)


def _validate_group(doc: Document) -> None:
	if not doc.is_new() and not doc.is_group and frappe.db.exists(BRANCH, {"parent_branch": doc.name}):
		frappe.throw(
			_("{0} has branches below it and stays a group.").format(frappe.bold(doc.name)),
			BranchTreeError,
			title=_("Branch Tree"),
		)


def _validate_company(doc: Document) -> None:
	if not doc.company:
		return
	for fieldname, doctype in (
		("cost_center", "Cost Center"),
		("warehouse", "Warehouse"),
		("money_account", "Account"),
	):
		value = doc.get(fieldname)
		if value and frappe.db.get_value(doctype, value, "company") != doc.company:
			frappe.throw(
				_("{0} {1} does not belong to company {2}.").format(
					_(doctype), frappe.bold(value), frappe.bold(doc.company)
				),
				BranchTreeError,
				title=_("Branch"),
			)


def _validate_pin_codes(doc: Document) -> None:
	for row in doc.get("pin_codes") or []:
		row.first = (row.first or "").replace(" ", "")
		row.last = (row.last or "").replace(" ", "")
		if row.last and (len(row.last) != len(row.first) or row.last < row.first):
			frappe.throw(
				_("Pin codes, row {0}: the range must run upwards between codes of equal length.").format(
					row.idx
				),
				BranchTreeError,
				title=_("Branch"),
			)


def _join_double_rows(branch: str) -> None:
	for doctype, name in queries.masters_with_double_rows(branch):
		stored = queries.assignments_by_row(doctype, name)
		keys = assignment_rules.merged_by_row(stored)
		for row in stored.keys() - keys.keys():
			frappe.db.delete(queries.ASSIGNMENT, {"name": row})
		for row, assignment in keys.items():
			if assignment != stored[row]:
				frappe.db.set_value(queries.ASSIGNMENT, row, vars(assignment), update_modified=False)
		responsibility_events.record(doctype, [name])


def _join_double_memberships(branch: str) -> None:
	permissions = frappe.get_all(
		"User Permission",
		filters={"allow": BRANCH, "for_value": branch},
		fields=["name", "user", "applicable_for"],
		order_by=f"{team_queries.OWNED}, hide_descendants, is_default desc, creation",
	)
	seen: set[tuple[str, str]] = set()
	for permission in permissions:
		key = (permission.user, permission.applicable_for or "")
		if key in seen:
			frappe.db.delete("User Permission", {"name": permission.name})
		seen.add(key)
