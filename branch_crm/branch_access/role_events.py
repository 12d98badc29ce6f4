"""Nobody who is limited by branch widens what he or somebody else reaches: by User Permissions, roles or kinds of users."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries, refusals, registry
from branch_crm.branch_access.refusals import is_judged


def guard_user_permission(doc: Document, method: str | None = None) -> None:
	"""Nobody who is limited by branch decides who reaches which branch."""
	if registry.BRANCH in (doc.allow, doc.get_db_value("allow")) and is_judged(doc):
		refusals.refuse_other_branch(_("Only head office decides who reaches which branch."))


def forget_scopes(doc: Document, method: str | None = None) -> None:
	if registry.BRANCH in (doc.allow, (doc.get_doc_before_save() or doc).allow):
		queries.forget_scopes()


def guard_head_office_role(doc: Document, method: str | None = None) -> None:
	"""Nobody who is limited by branch makes himself or others head office."""
	before = doc.get_doc_before_save()
	had_role = bool(before) and queries.HEAD_OFFICE in {row.role for row in before.roles}
	has_role = queries.HEAD_OFFICE in {row.role for row in doc.roles}
	if had_role != has_role and is_judged(doc):
		_refuse_head_office_role()


def guard_user_type(doc: Document, method: str | None = None) -> None:
	"""Website users are judged by party: nobody who is limited by branch turns a desk user into one."""
	before = doc.get_doc_before_save()
	if before and before.user_type != doc.user_type == "Website User" and is_judged(doc):
		refusals.refuse_other_branch(_("Only head office turns a desk user into a website user."))


def guard_role_row(doc: Document, method: str | None = None) -> None:
	"""The same for a role that is given or taken as a row by itself."""
	if queries.HEAD_OFFICE in (doc.role, doc.get_db_value("role")) and is_judged(doc):
		_refuse_head_office_role()


def guard_role(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""The same for changing, deleting, renaming and merging the role itself; a merge would give it to all holders."""
	if queries.HEAD_OFFICE in (doc.name, *names) and is_judged(doc):
		_refuse_head_office_role()


def _refuse_head_office_role() -> None:
	refusals.refuse_other_branch(
		_("Only head office gives or takes the role {0}.").format(frappe.bold(queries.HEAD_OFFICE))
	)
