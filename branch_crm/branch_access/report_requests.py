"""Reports in a request: closed ones are refused, others are filtered by the user's branches and run at once."""

import json
from collections.abc import Mapping

import frappe
from frappe import _
from frappe.utils import sbool

from branch_crm.branch_access import queries, registry, report_queries, report_rules
from branch_crm.branch_access.report_rules import Access, Verdict

_NAMED_BY = ("report_name", "report")


class ClosedReportError(frappe.PermissionError):
	"""The report computes over the documents of all branches."""


def names_report(arguments: Mapping) -> bool:
	return any(arguments.get(key) for key in _NAMED_BY)


def judge(arguments: Mapping, user: str) -> None:
	"""Refuse a report that is closed to a restricted user; set the request's filters where it follows branches.

	Raises:
	        ClosedReportError: with the report to run instead.
	        frappe.DoesNotExistError: something else stands where its name belongs.
	"""
	for name in filter(None, (arguments.get(key) for key in _NAMED_BY)):
		if not isinstance(name, str):
			# Frappe would take it for a filter, and find the report
			raise frappe.DoesNotExistError
		if verdict := report_queries.verdict_on(name):
			_judge_one(name, verdict, user)


def refuse(name: str, verdict: Verdict) -> None:
	text = _("The report {0} computes over the documents of all branches and is closed to you.")
	instead = _("Use the report {0}.").format(frappe.bold(_(verdict.instead))) if verdict.instead else ""
	frappe.throw(
		" ".join([text.format(frappe.bold(_(name))), instead or _("Ask head office for it.")]),
		ClosedReportError,
		title=_("Not for one branch"),
	)


def _judge_one(name: str, verdict: Verdict, user: str) -> None:
	if verdict.access is Access.CLOSED:
		refuse(name, verdict)
	form = frappe.local.form_dict
	# the client may ask as somebody else, and for what was computed at another time
	form.pop("user", None)
	form["ignore_prepared_report"] = 1
	left_out = report_queries.filters_left_out(name)
	if verdict.access is Access.BY_BRANCH:
		form["filters"] = json.dumps(_filters_by_branch(name, verdict, user))
		form["are_default_filters"] = 0
	elif left_out:
		form["filters"] = json.dumps(
			{key: value for key, value in _filters(name).items() if key not in left_out}
		)
		form["are_default_filters"] = 0


def _filters(name: str) -> dict:
	"""Those of the request, or those that a custom report was saved with."""
	form = frappe.local.form_dict
	asked = frappe.parse_json(form.get("filters")) or {}
	if sbool(form.get("are_default_filters", True)):
		return report_queries.saved_filters(name) or asked
	return asked


def _filters_by_branch(name: str, verdict: Verdict, user: str) -> dict:
	asked = _filters(name)
	field = registry.branch_field()
	branches = report_rules.branches_asked(asked.get(field), queries.any_scope(user).branches)
	if not branches:
		refuse(name, verdict)
	return {**asked, field: branches}
