"""Documents are shared with, assigned to, followed by and told to people who reach their branches; and what is left
over when a document or a person moves is withdrawn."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import (
	naming_queries,
	queries,
	refusals,
	registry,
	sharing_jobs,
	sharing_queries,
	sharing_work,
	team_permissions,
)
from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.branch_access.registry import BRANCH, By

_RIGHTS = ("read", "write", "submit", "share")


def refuse_foreign_share(doc: Document, method: str | None = None) -> None:
	"""A share gives nobody what his branches do not; with everyone nothing is shared that branches limit."""
	gives = doc.is_new() or any(doc.get(right) and doc.has_value_changed(right) for right in _RIGHTS)
	if not gives or not sharing_queries.do_branches_limit():
		return
	if doc.everyone and doc.share_doctype in registry.judged_doctypes():
		frappe.throw(
			_("A {0} belongs to branches and cannot be shared with everyone.").format(_(doc.share_doctype)),
			OutOfScopeError,
			title=_("Not for everyone"),
		)
	if doc.user and not sharing_queries.receives(doc.user, doc.share_doctype, doc.share_name):
		_refuse(doc.user, doc.share_doctype)
	if doc.user and (doc.write or doc.submit or doc.share) and _only_views(doc.user, doc):
		frappe.throw(
			_("{0} only views this {1}. Share it for reading.").format(
				frappe.bold(doc.user), _(doc.share_doctype)
			),
			OutOfScopeError,
			title=_("Viewer"),
		)


def refuse_foreign_assignment(doc: Document, method: str | None = None) -> None:
	"""Nobody is assigned what he does not reach. What an Assignment Rule would assign so is left unassigned, or
	else the document could not be saved."""
	if not _assigns(doc) or sharing_queries.receives(
		doc.allocated_to, doc.reference_type, doc.reference_name
	):
		return
	if not doc.assignment_rule:
		_refuse(doc.allocated_to, doc.reference_type)
	doc.status = "Cancelled"
	if doc.is_new():
		frappe.flags.branch_unassigned = (doc.reference_type, str(doc.reference_name), doc.allocated_to)
	frappe.msgprint(
		_("{0} chose {1}, who does not reach the branches of this {2}. It is not assigned.").format(
			frappe.bold(doc.assignment_rule), frappe.bold(doc.allocated_to), _(doc.reference_type)
		),
		title=_("Not Assigned"),
		indicator="orange",
	)


def refuse_foreign_follow(doc: Document, method: str | None = None) -> None:
	"""Nobody follows what he does not reach."""
	if sharing_queries.receives(doc.user, doc.ref_doctype, doc.ref_docname):
		return
	if doc.user == frappe.session.user:
		refusals.refuse_other_branch(_("You cannot follow this document."))
	# Frappe makes it beside something else, which has to go on
	doc.flags.undeliverable = True


def keep_from_strangers(doc: Document, method: str | None = None) -> None:
	"""Nobody is told of what he does not reach; whoever else is told gets the message all the same."""
	if doc.for_user and not sharing_queries.receives(doc.for_user, doc.document_type, doc.document_name):
		doc.flags.undeliverable = True
		# an alert is not mailed
		doc.update({"for_user": "Administrator", "type": "Alert", "subject": "", "email_content": ""})


def drop_undeliverable(doc: Document, method: str | None = None) -> None:
	if doc.flags.undeliverable:
		frappe.db.delete(doc.doctype, {"name": doc.name})


def withdraw_where_moved(doc: Document, method: str | None = None) -> None:
	"""A document that has moved is taken from those who reach it no longer."""
	before = doc.get_doc_before_save()
	if before and doc.doctype in registry.judged_doctypes() and _place_of(doc) != _place_of(before):
		sharing_work.withdraw_on(doc.doctype, doc.name)


def withdraw_from_person(doc: Document, method: str | None = None) -> None:
	"""A User Permission that was changed or removed, or the role of head office that was taken away."""
	before = doc.get_doc_before_save() or doc
	if doc.doctype == "User":
		roles = {row.role for row in before.roles} - {row.role for row in doc.roles}
		users = {doc.name} if queries.HEAD_OFFICE in roles else set()
	else:
		users = {doc.user, before.user} if BRANCH in (doc.allow, before.allow) else set()
	if users:
		sharing_work.withdraw_from_users(users)


def withdraw_from_team(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""Whoever was in the team reaches less at once; where the tree changed, everybody is looked at."""
	before = doc.get_doc_before_save()
	if not queries.is_enforced() or (method == "on_update" and not before):
		return
	if method != "on_update" or any(
		doc.get(field) != before.get(field) for field in ("parent_branch", "enabled")
	):
		sharing_jobs.enqueue()
		return
	if users := {row.user for row in before.team}:
		sharing_work.withdraw_from_users(users)


def _only_views(user: str, share: Document) -> bool:
	if queries.is_unrestricted(user) or share.share_doctype not in registry.judged_doctypes():
		return False
	document = frappe.get_doc(share.share_doctype, share.share_name)
	return not team_permissions.allows(document, "write", user)


def _assigns(doc: Document) -> bool:
	if not sharing_queries.do_branches_limit() or doc.status != "Open" or not doc.allocated_to:
		return False
	fields = ("status", "allocated_to", "reference_type", "reference_name")
	return doc.is_new() or any(map(doc.has_value_changed, fields))


def _place_of(doc: Document) -> object:
	by = registry.scoping_of(doc.doctype)
	if by in (By.COLUMN, By.OPTIONAL):
		return doc.get(registry.branch_field())
	if by is By.ASSIGNMENTS:
		return [(row.branch, str(row.from_date), str(row.to_date)) for row in doc.get("branches") or []]
	if by is By.ROWS:
		return {row.get(registry.branch_field()) for row in doc.get(registry.entries()[doc.doctype]["table"])}
	if by is By.PARTIES:
		return {(row.link_doctype, row.link_name) for row in doc.get("links") or []}
	if by is By.ATTACHED:
		return tuple(doc.get(field) for field in registry.attached_to(doc.doctype))
	if by is By.NAMING:
		return naming_queries.named_in(doc)
	return None


def _refuse(user: str, doctype: str) -> None:
	frappe.throw(
		_(
			"{0} does not reach the branches of this {1}. Choose somebody who does, or ask head office."
		).format(frappe.bold(user), _(doctype)),
		OutOfScopeError,
		title=_("Other branches"),
	)
