"""What people write that runs for others, or with everybody's data: notifications, webhooks, scripts, templates. It is
not limited by branch, and so it is written by people who are not."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.core.doctype.docfield.docfield import DocField
from frappe.core.doctype.file.utils import extract_images_from_doc
from frappe.model.document import Document
from frappe.utils.html_utils import sanitize_html
from jinja2 import Environment, TemplateSyntaxError

from branch_crm.branch_access import queries, refusals, registry, scopes, template_rules
from branch_crm.branch_access.refusals import is_judged
from branch_crm.branch_access.registry import BRANCH
from branch_crm.branch_access.template_rules import Fault

# properties that decide which documents a field leads to, whether Frappe's User Permissions look at it, and what it
# computes
_DECIDING = ("ignore_user_permissions", "options", "fieldtype", "is_virtual")


def refuse_authoring(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""Nobody who is limited by branch makes, changes or deletes what acts on the documents of all branches."""
	if is_judged(doc):
		refusals.refuse_other_branch(
			_("A {0} acts on the documents of all branches. Ask head office for it.").format(_(doc.doctype))
		)


def refuse_code(doc: Document, method: str | None = None) -> None:
	"""A template that does more than write values out answers with everybody's documents: whoever saves it, and though
	he need not ask for permission. What is stored stays as it is.

	Raises:
	        OutOfScopeError
	"""
	if not queries.is_limited():
		return
	before = doc.get_doc_before_save()
	stored = {text for *_, text in _templates_of(before)} if before else set()
	for part, field, text in _templates_of(doc):
		if text not in stored and text != _text_copied(part, field) and (fault := _fault_of(part, field)):
			_refuse(field, fault)


def _templates_of(doc: Document) -> Iterator[tuple[Document, DocField, str]]:
	for part in (doc, *doc.get_all_children()):
		for fieldname in scopes.TEMPLATE_FIELDS.get(part.doctype, ()):
			if isinstance(text := part.get(fieldname), str) and text:
				yield part, part.meta.get_field(fieldname), text


def _text_copied(part: Document, field: DocField) -> str | None:
	"""What ERPNext copies from where it is judged, or head office has written it."""
	if part.doctype != "Payment Request" or field.fieldname != "message":
		return None
	account = part.get("payment_gateway_account")
	return frappe.db.get_value("Payment Gateway Account", account, "message") if account else None


def _fault_of(part: Document, field: DocField) -> Fault | None:
	"""Of a text as it is, and as Frappe stores it afterwards: some of it is replaced or left out then."""
	is_edited = field.fieldtype == "Text Editor"
	fault = _fault_in(part.get(field.fieldname))
	if is_edited and not fault:
		extract_images_from_doc(part, field.fieldname)
	text = sanitize_html(part.get(field.fieldname), linkify=is_edited)
	return fault or _fault_in(text)


def _fault_in(text: str) -> Fault | None:
	if template_rules.is_path(text):
		return Fault.IS_PATH
	try:
		return None if template_rules.is_plain(Environment().parse(text)) else Fault.REACHES_FURTHER
	except TemplateSyntaxError:
		return Fault.UNREADABLE


def _refuse(field: DocField, fault: Fault) -> None:
	sentences = {
		Fault.UNREADABLE: _("{0} cannot be read as a template. Check its braces, or ask head office."),
		Fault.IS_PATH: _(
			"{0} would be taken for the name of a file. Make a sentence of it, or ask head office."
		),
		Fault.REACHES_FURTHER: _("{0} may only write out values of the document. Ask head office for more."),
	}
	refusals.refuse_other_branch(sentences[fault].format(frappe.bold(_(field.label))))


def refuse_customization(doc: Document, method: str | None = None) -> None:
	"""Nobody who is limited by branch changes how documents find their branches, whatever form he does it by."""
	if not queries.is_limited_by_branch():
		return
	if doc.doctype == "Property Setter":
		decides = doc.property in _DECIDING
	else:
		decides = doc.options == BRANCH or doc.fieldname in (registry.branch_field(), "branches")
	if decides:
		refusals.refuse_other_branch(_("Only head office changes how documents find their branches."))
	if doc.doctype == "Custom Field" and method != "on_trash":
		_refuse_computing(doc)


def _refuse_computing(field: Document) -> None:
	"""Frappe computes a virtual field from its options, and prints one of HTML as a template."""
	before = field.get_doc_before_save()
	if before and all(before.get(key) == field.get(key) for key in ("options", "fieldtype", "is_virtual")):
		return
	fault = None
	if field.is_virtual and field.options:
		fault = Fault.REACHES_FURTHER
	elif field.fieldtype == "HTML":
		fault = _fault_in(field.options or "")
	if fault:
		_refuse(field.meta.get_field("options"), fault)


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
		refusals.refuse_other_branch(
			_("This user reaches branches that you do not. Ask head office to change the account.")
		)
