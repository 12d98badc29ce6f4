"""Which documents a request of the portal names, besides those that the guard finds in any request."""

from collections.abc import Iterator, Mapping

import frappe

from branch_crm.branch_access import argument_rules, guard_queries, guard_rules, portal_queries
from branch_crm.branch_access.argument_rules import Malformed
from branch_crm.branch_access.guard_requests import Call
from branch_crm.branch_access.guard_rules import Named

_WEB_FORM = "frappe.website.doctype.web_form.web_form."
# what changes documents for whomever the form is for, whatever he may do with them elsewhere
WRITES = tuple(f"{_WEB_FORM}{name}" for name in ("accept", "delete", "delete_multiple"))
_QUOTE = "erpnext.buying.doctype.request_for_quotation.request_for_quotation.create_supplier_quotation"
# lists of the website
LISTS = "frappe.www.list."
TIMESHEETS = ("timesheets", "Timesheet")
# what a page of a guest is asked for, or one that is printed while something else is asked for; anything else may be
# somebody's advertising, or what the other is asked for
_OF_PAGES = ("doctype", "name", "project", "task")


def of_call(call: Call) -> Iterator[Named]:
	"""The documents that a function of the portal finds by its own ways.

	Raises:
	        Malformed: something else stands where a name belongs.
	"""
	yield from of_web_form(call)
	if call.path == _QUOTE:
		yield from _of_quote(call.arguments)


def without_values(call: Call) -> Mapping:
	"""The arguments of a call but for what somebody has typed into a form: its links are judged when it is saved."""
	if call.path != f"{_WEB_FORM}accept":
		return call.arguments
	return {key: value for key, value in call.arguments.items() if key != "data"}


def of_web_form(call: Call) -> Iterator[Named]:
	"""The documents that a function of a form of the website finds by the DocType of the form."""
	arguments = call.arguments if call.path.startswith(_WEB_FORM) else {}
	web_form = arguments.get("web_form") or arguments.get("web_form_name")
	if not web_form:
		return
	if not isinstance(web_form, str):
		raise Malformed
	sent = argument_rules.parsed(arguments.get("data"))
	named = sent.get("name") if isinstance(sent, Mapping) else None
	yield from _named(
		portal_queries.doctype_of_web_form(web_form),
		*(named, arguments.get("docname"), arguments.get("docnames")),
	)


def _of_quote(arguments: Mapping) -> Iterator[Named]:
	"""The rows of a request that a supplier answers."""
	sent = argument_rules.parsed(arguments.get("doc"))
	rows = sent.get("items") if isinstance(sent, Mapping) else None
	parents = [row.get("parent") for row in rows or [] if isinstance(row, Mapping)]
	yield from _named("Request for Quotation", *dict.fromkeys(parents))


def refuse_timesheets_of_all(doctype: object, user: str) -> None:
	"""Raises:
	frappe.DoesNotExistError: this list would be of everybody's.
	"""
	if doctype == "Timesheet" and portal_queries.sees_all_timesheets(user):
		raise frappe.DoesNotExistError


def of_page(path: str, form: Mapping, is_whole: bool) -> Iterator[Named]:
	"""The documents that a page is asked for, after Frappe has read its address.

	Raises:
	        Malformed: something else stands where a name belongs.
	"""
	asked = form if is_whole else {key: form[key] for key in _OF_PAGES if key in form}
	yield from guard_rules.named_documents(asked, guard_queries.catalogue("", {}))
	# a document's name after that of its DocType shows its print
	doctype, _, name = path.partition("/")
	if name and guard_queries.is_judged(doctype):
		yield Named(doctype, name)


def of_web_form_page(web_form: str, form: Mapping) -> Iterator[Named]:
	yield from _named(portal_queries.doctype_of_web_form(web_form), form.get("name"))


def is_published(named: Named) -> bool:
	"""Whether the request has the key under which somebody has published the document."""
	key = frappe.form_dict.key
	return isinstance(key, str) and bool(key) and portal_queries.is_share_key(key, named.doctype, named.name)


def _named(doctype: str | None, *values: object) -> Iterator[Named]:
	if doctype and guard_queries.is_judged(doctype):
		for value in values:
			yield from (Named(doctype, name) for name in argument_rules.names_in(value))
