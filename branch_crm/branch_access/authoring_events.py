"""What people write that runs for others, or with everybody's data: notifications, webhooks, scripts, templates. It is
not limited by branch, and so it is written by people who are not."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries, registry
from branch_crm.branch_access.events import OutOfScopeError, is_judged
from branch_crm.branch_access.registry import BRANCH

# properties that decide which documents a field leads to, and whether Frappe's User Permissions look at it
_DECIDING = ("ignore_user_permissions", "options", "fieldtype")


def refuse_authoring(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""Nobody who is limited by branch makes, changes or deletes what acts on the documents of all branches."""
	if is_judged(doc):
		frappe.throw(
			_("A {0} acts on the documents of all branches. Ask head office for it.").format(_(doc.doctype)),
			OutOfScopeError,
			title=_("Not your branch"),
		)


def refuse_code(doc: Document, method: str | None = None) -> None:
	"""A template that asks the database itself is answered with everybody's documents."""
	if not is_judged(doc):
		return
	before = doc.get_doc_before_save()
	for field in doc.meta.fields:
		text = doc.get(field.fieldname)
		if not isinstance(text, str) or "frappe" not in text or not ("{{" in text or "{%" in text):
			continue
		if not before or before.get(field.fieldname) != text:
			frappe.throw(
				_("{0} asks the database for documents of all branches. Ask head office for it.").format(
					frappe.bold(_(field.label))
				),
				OutOfScopeError,
				title=_("Not your branch"),
			)


def refuse_customization(doc: Document, method: str | None = None) -> None:
	"""Nobody who is limited by branch changes how documents find their branches, whatever form he does it by."""
	if not queries.is_enforced() or queries.is_unrestricted(frappe.session.user):
		return
	if doc.doctype == "Property Setter":
		decides = doc.property in _DECIDING
	else:
		decides = doc.options == BRANCH or doc.fieldname in (registry.branch_field(), "branches")
	if decides:
		frappe.throw(
			_("Only head office changes how documents find their branches."),
			OutOfScopeError,
			title=_("Not your branch"),
		)


def guard_wider_person(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""Nobody who is limited by branch takes over the account of somebody who reaches more: its password, its keys,
	its address."""
	me = frappe.session.user
	if (
		doc.name == me
		or doc.is_new()
		or not is_judged(doc)
		or doc.get_db_value("user_type") == "Website User"
	):
		return
	if (
		queries.is_unrestricted(doc.name)
		or not queries.any_scope(doc.name).branches <= queries.any_scope(me).branches
	):
		frappe.throw(
			_("This user reaches branches that you do not. Ask head office to change the account."),
			OutOfScopeError,
			title=_("Not your branch"),
		)
