"""Frappe's own methods that show what hangs on documents without asking whether the documents may be seen, or that
hang it elsewhere."""

from collections import defaultdict

import frappe
from frappe import email, realtime
from frappe.desk.form import load, save
from frappe.utils import global_search

from branch_crm.branch_access import permissions, queries, refusals, registry
from branch_crm.branch_access.refusals import ClosedMethodError
from branch_crm.branch_access.registry import By

COMMUNICATION = "Communication"
# how ERPNext shows a call in a timeline
CALL_TEMPLATE = "call_link"


@frappe.whitelist()
def relink(name: str, reference_doctype: str | None = None, reference_name: str | None = None) -> None:
	"""Frappe's own; only by who sees the mail where it hangs and what it is to hang on. Who only views either is
	refused by the guard."""
	user = frappe.session.user
	if queries.is_limited():
		if not permissions.reaches(COMMUNICATION, name, user):
			refusals.refuse_missing(COMMUNICATION, name)
		if reference_doctype and reference_name:
			if not permissions.carries((reference_doctype, reference_name), user):
				refusals.refuse_missing(reference_doctype, reference_name)
	email.relink(name, reference_doctype, reference_name)


@frappe.whitelist()
def get_docinfo(doctype: str | None = None, name: str | None = None) -> None:
	"""Frappe's own; without mails and calls that belong to what the session's user does not see."""
	load.get_docinfo(doctype=doctype, name=name)
	without_what_is_foreign(frappe.response["docinfo"])


@frappe.whitelist(methods=["POST", "PUT"])
def savedocs(doc: str, action: str) -> None:
	"""Frappe's own for a form that is saved: it answers with the timeline as well."""
	save.savedocs(doc, action)
	without_what_is_foreign(frappe.response["docinfo"])


@frappe.whitelist(methods=["POST", "PUT"])
def cancel(
	doctype: str | None = None,
	name: str | None = None,
	workflow_state_fieldname: str | None = None,
	workflow_state: str | None = None,
) -> None:
	"""The same for a form that is cancelled."""
	save.cancel(doctype, name, workflow_state_fieldname, workflow_state)
	without_what_is_foreign(frappe.response["docinfo"])


@frappe.whitelist()
def get_communications(doctype: str, name: str, start: int | str = 0, limit: int | str = 20) -> list[dict]:
	"""The same for the older ones of a timeline."""
	return seen(load.get_communications(doctype, name, start, limit), "reference_doctype", "reference_name")


@frappe.whitelist()
def search(text: str, start: int = 0, limit: int = 20, doctype: str = "") -> list[dict]:
	"""Frappe's own global search; without what the session's user does not see."""
	return seen(global_search.search(text, start, limit, doctype), "doctype", "name")


@frappe.whitelist(allow_guest=True)
def can_subscribe_doctype(doctype: str) -> bool:
	"""Frappe's own, asked by its socket server; but lists of documents that branches limit are not told to restricted
	users when they change: the message names the document."""
	if queries.is_limited() and registry.scoping_of(doctype) not in (None, By.LINK):
		raise ClosedMethodError
	return realtime.can_subscribe_doctype(doctype)


def without_what_is_foreign(docinfo: dict) -> None:
	"""A mail hangs on one document, and shows in the timelines of all contacts and customers that it names; so does a
	call."""
	for key in ("communications", "automated_messages"):
		docinfo[key] = seen(docinfo[key], "reference_doctype", "reference_name")
	if queries.is_limited() and docinfo["additional_timeline_content"]:
		docinfo["additional_timeline_content"] = _without_foreign_calls(
			docinfo["additional_timeline_content"]
		)


def _without_foreign_calls(contents: list[dict]) -> list[dict]:
	calls = {
		content["template_data"]["name"] for content in contents if content.get("template") == CALL_TEMPLATE
	}
	reached = permissions.reached_among("Call Log", calls, frappe.session.user)
	return [
		content
		for content in contents
		if content.get("template") != CALL_TEMPLATE or content["template_data"]["name"] in reached
	]


def seen(rows: list[dict], doctype: str, name: str) -> list[dict]:
	"""Those of `rows` that name, in these two keys, nothing or a document that the session's user sees."""
	user = frappe.session.user
	if not rows or not queries.is_limited():
		return rows
	names = defaultdict(set)
	for row in rows:
		if row[doctype] in registry.judged_doctypes():
			names[row[doctype]].add(row[name])
	reached = {kind: permissions.reached_among(kind, wanted, user) for kind, wanted in names.items()}
	return [row for row in rows if row[doctype] not in names or row[name] in reached[row[doctype]]]
