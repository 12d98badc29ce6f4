"""The guard over requests of website users and guests: they name only documents of their own parties, and call only
what is for the portal."""

from collections.abc import Iterable
from dataclasses import replace

import frappe
from frappe import _

from branch_crm.branch_access import (
	guard,
	guard_fields,
	guard_files,
	guard_methods,
	guard_queries,
	guard_requests,
	guard_values,
	link_requests,
	portal_methods,
	portal_requests,
	queries,
	refusals,
)
from branch_crm.branch_access.argument_rules import Malformed
from branch_crm.branch_access.guard_methods import Policy
from branch_crm.branch_access.guard_requests import Call
from branch_crm.branch_access.guard_rules import Named
from branch_crm.branch_access.refusals import ClosedMethodError

_CLOSED = (Policy.CLOSED, Policy.WRITES)


def judge_request() -> None:
	"""Refuse a request of a website user or guest that names what is not his, or calls what is not for the portal.
	Pages are judged when Frappe has read their address.

	Raises:
	        frappe.DoesNotExistError: for what is not there and for what is not his, in Frappe's own words.
	        frappe.PermissionError: for any document that a guest names and that nobody has published.
	        ClosedMethodError: the function is not for the portal.
	"""
	user = frappe.session.user
	if not queries.is_by_party(user) or not queries.is_enforced() or is_page():
		return
	# it tells what is missing from what is not one's own
	frappe.local.flags.disable_traceback = True
	try:
		calls = list(guard_requests.calls())
	except guard_requests.OtherPath:
		_refuse_function()
	answered = [call for call in calls if not _is_refused_by_frappe(call, user)]
	for call in answered:
		if not is_for_portal(call):
			_refuse_function()
		_judge(call, user)
	try:
		link_requests.judge(answered)
	except Malformed:
		refuse(None, user)


def _is_refused_by_frappe(call: Call, user: str) -> bool:
	"""Whether Frappe asks a guest to log in. Of a method of a document it does so only after it has looked at it."""
	return user == "Guest" and not (_is_for_guests(call.path) or call.path in guard_requests.DOC_METHODS)


def is_for_portal(call: Call) -> bool:
	"""Whether website users may call the function: those of other apps as people limited by branch may."""
	if call.path in ("", guard_requests.RESOURCE):
		return True
	is_of_other_app = "." in call.path and call.path.split(".", 1)[0] not in guard_methods.KNOWN_APPS
	if is_of_other_app and _is_for_guests(call.path):
		return True
	if guard_methods.method(call.path).policy in _CLOSED:
		return False
	if is_of_other_app:
		return True
	if call.path.startswith(portal_methods.MODULES) or call.path in portal_methods.FUNCTIONS:
		return True
	return _is_method_of_document(call.path) or _is_for_guests(call.path)


def refuse_foreign(named: Iterable[Named], user: str, is_payment_shown: bool = True) -> None:
	"""Refuse the first document that is not the user's: what is not there in the same words."""
	shown = portal_methods.PUBLIC_DOCTYPES if user == "Guest" and is_payment_shown else ()
	wanted = [
		one
		for one in dict.fromkeys(named)
		if one.doctype not in shown and not portal_requests.is_published(one)
	]
	if one := guard_queries.refused(wanted, user) if wanted else None:
		refuse(one, user)


def refuse(one: Named | None, user: str) -> None:
	if user == "Guest":
		frappe.throw(_("Log in to see this."), frappe.PermissionError)
	if one is None:
		raise frappe.DoesNotExistError
	refusals.refuse_missing(one.doctype, one.name)


def _judge(call: Call, user: str) -> None:
	guard_fields.refuse_foreign(call.arguments)
	guard_files.refuse_foreign(call.arguments, user)
	if call.path.startswith(portal_requests.LISTS):
		portal_requests.refuse_timesheets_of_all(call.arguments.get("doctype"), user)
	method = guard_methods.method(call.path)
	guard_values.refuse_values(call, method)
	if method.policy is Policy.ANSWERED:
		return
	try:
		named = [*portal_requests.of_call(call)]
		call = replace(call, arguments=portal_requests.without_values(call))
		named += guard.documents_named(call, method)
	except Malformed:
		return refuse(None, user)
	if call.path not in portal_methods.MAILED:
		refuse_foreign(named, user, is_payment_shown=_is_of_payments(call.path))


def is_page() -> bool:
	"""Whether the request itself is for a page of the website, and not for something that prints one."""
	request = getattr(frappe.local, "request", None)
	return bool(request) and not frappe.form_dict.cmd and not request.path.startswith("/api/")


def _is_for_guests(path: str) -> bool:
	return path in ("", guard_requests.RESOURCE) or guard_requests.function_at(path) in frappe.guest_methods


def _is_method_of_document(path: str) -> bool:
	"""Whether it is a method of a DocType's class, which Frappe calls on documents that the user may read."""
	return guard_requests.function_at(path) is None


def _is_of_payments(path: str) -> bool:
	"""Services of payment are other apps. Functions of these two tell a guest which documents there are."""
	return "." in path and not path.startswith(("frappe.", "erpnext."))


def _refuse_function() -> None:
	frappe.throw(
		_("This is for people who work here and is closed to you. Ask the person that you deal with."),
		ClosedMethodError,
		title=_("Not for the portal"),
	)
