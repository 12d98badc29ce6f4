"""Reports that run later, on behalf of somebody else or by mail."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import permissions, queries
from branch_crm.branch_access.report_requests import ClosedReportError

AUTO_EMAIL = "Auto Email Report"


def refuse_prepared_report(doc: Document, method: str | None = None) -> None:
	"""What is computed in the background is kept, and would outlive the user's scope."""
	if queries.is_limited():
		frappe.throw(
			_("Reports are not prepared for you in the background; run {0} at once.").format(
				frappe.bold(_(doc.report_name))
			),
			ClosedReportError,
			title=_("Not for one branch"),
		)


def judge_auto_email(doc: Document, method: str | None = None) -> None:
	"""It is sent as the user in it sees it: only lists know who that is."""
	if queries.is_limited() and doc.user != frappe.session.user:
		frappe.throw(
			_("Only your own reports are mailed for you. Choose yourself as the user."),
			ClosedReportError,
			title=_("Not for one branch"),
		)
	_refuse_unless_listed(doc.report, doc.user)


def refuse_mail_of_closed_report(doc: Document, method: str | None = None) -> None:
	"""The user in it may have been limited by branches since it was saved."""
	if doc.reference_doctype == AUTO_EMAIL and doc.reference_name:
		report, user = frappe.db.get_value(AUTO_EMAIL, doc.reference_name, ["report", "user"]) or (None, None)
		if report:
			_refuse_unless_listed(report, user)


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""Kept results of reports are for whoever sees all; mailed ones besides for the user that they are mailed as."""
	user = user or frappe.session.user
	if not queries.is_limited(user):
		return permissions.NO_OBJECTION
	if doc.doctype == AUTO_EMAIL and (doc.get("user") or user) == user and _is_listed(doc.report):
		return permissions.NO_OBJECTION
	return False


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""The same for lists."""
	user = user or frappe.session.user
	if not queries.is_limited(user):
		return ""
	return f"`tab{AUTO_EMAIL}`.user = {frappe.db.escape(user)}" if doctype == AUTO_EMAIL else "1=0"


def _refuse_unless_listed(report: str, user: str) -> None:
	if not queries.is_limited(user):
		return
	if not _is_listed(report):
		frappe.throw(
			_(
				"{0} is mailed with the documents of all branches, which {1} does not see. Save a list as report."
			).format(frappe.bold(_(report)), frappe.bold(user)),
			ClosedReportError,
			title=_("Not for one branch"),
		)


def _is_listed(report: str | None) -> bool:
	return not report or frappe.db.get_value("Report", report, "report_type") == "Report Builder"
