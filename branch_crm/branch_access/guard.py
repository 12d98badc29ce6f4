"""The guard over requests: a restricted user names only documents that he reaches, whatever function takes the names.

Frappe asks the permission hooks where it thinks of permissions; half of what a request can call does not.
"""

from collections.abc import Iterator
from dataclasses import replace

import frappe
from frappe import _

from branch_crm.branch_access import (
	argument_rules,
	guard_fields,
	guard_files,
	guard_methods,
	guard_queries,
	guard_requests,
	guard_rules,
	guard_values,
	link_requests,
	portal_requests,
	queries,
	refusals,
	report_requests,
)
from branch_crm.branch_access.argument_rules import Malformed
from branch_crm.branch_access.guard_methods import Policy
from branch_crm.branch_access.guard_requests import Call
from branch_crm.branch_access.guard_rules import Named


def judge_request() -> None:
	"""Refuse a request of a restricted user that names what he does not reach, or calls what is closed to him.

	Raises:
	        frappe.DoesNotExistError: for what is not there and for what is not his, in Frappe's own words.
	        ClosedMethodError: the function itself is closed.
	"""
	user = frappe.session.user
	if not queries.is_limited_by_branch(user):
		return
	# it tells what is missing from what is not one's own
	frappe.local.flags.disable_traceback = True
	try:
		called = list(guard_requests.calls())
	except guard_requests.OtherPath as elsewhere:
		refusals.refuse_function(_("Call it by the path {0}.").format(frappe.bold(str(elsewhere))))
	for call in called:
		_judge(call, user)
	try:
		link_requests.judge(called)
	except Malformed:
		raise frappe.DoesNotExistError from None


def _judge(call: Call, user: str) -> None:
	if report_requests.names_report(call.arguments):
		report_requests.judge(call.arguments, user)
	guard_fields.refuse_foreign(call.arguments)
	guard_files.refuse_foreign(call.arguments, user)
	if call.path.startswith(portal_requests.LISTS):
		portal_requests.refuse_timesheets_of_all(call.arguments.get("doctype"), user)
	method = guard_methods.method(call.path)
	guard_values.refuse_values(call, method)
	if method.policy is Policy.ANSWERED:
		return
	if method.policy is Policy.CLOSED or (method.policy is Policy.SEARCH and not _is_sorted_out(call)):
		refusals.refuse_function(_(method.reason))
	try:
		named = list(dict.fromkeys((*documents_named(call, method), *portal_requests.of_web_form(call))))
	except Malformed:
		raise frappe.DoesNotExistError from None
	if not named:
		return
	if one := guard_queries.refused(named, user):
		refusals.refuse_missing(one.doctype, one.name)
	writes = method.policy is Policy.WRITES or call.path in portal_requests.WRITES
	if writes and (one := guard_queries.only_viewed(named, user)):
		refusals.refuse_viewer(one.doctype, one.name)


def _is_sorted_out(call: Call) -> bool:
	"""Whether the rows of a query are sorted out afterwards: as documents of a DocType that branches limit."""
	doctype = call.arguments.get("doctype")
	return call.via in guard_methods.SORTED and isinstance(doctype, str) and guard_queries.is_judged(doctype)


def documents_named(call: Call, method: guard_methods.Method) -> Iterator[Named]:
	"""Every judged document in the arguments of a call."""
	saves = method.policy is Policy.SAVES
	catalogue = replace(guard_queries.catalogue(call.path, method.arguments), saves=saves)
	arguments = dict(call.arguments)
	if method.policy is Policy.ROWS:
		arguments = {key: value for key, value in arguments.items() if key not in argument_rules.OF_ROWS}
	if saves:
		found = guard_rules.named_documents(arguments, catalogue, with_links=False)
		# a new document may bring its name
		is_new = call.path in link_requests.INSERTS
		return (replace(one, may_be_missing=is_new or one.may_be_missing) for one in found)
	return guard_rules.named_documents(arguments, catalogue)
