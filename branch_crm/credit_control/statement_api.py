"""What the form of a run of statements of account asks the server."""

from dataclasses import asdict

import frappe
from frappe import _
from frappe.utils import get_datetime

from branch_crm.credit_control import (
	customer_ledger_queries,
	statement_jobs,
	statement_queries,
	statement_work,
)
from branch_crm.credit_control.statement_queries import RUN


@frappe.whitelist()
def preview(run: str) -> list[dict]:
	"""The customers of a run as the session's user would send it: `customer`, `customer_name`, `closing_balance` in company
	`currency`, and `recipients`, their mail addresses.

	Raises:
	        frappe.PermissionError: the run, or the ledger of customers, is not his to read.
	"""
	doc = frappe.get_doc(RUN, run)
	doc.check_permission()
	customer_ledger_queries.check(doc.company)
	return [asdict(one) for one in statement_work.listed(doc)]


@frappe.whitelist(methods=["POST"])
def send(run: str, modified: str) -> None:
	"""Mail the statements in the background, as the run was `modified` when it was looked at. A run that was stopped goes on, and
	what could not be sent is tried again; nobody gets his twice.

	Raises:
	        frappe.PermissionError: the run, or the ledger of customers, is not his.
	        frappe.TimestampMismatchError: somebody has changed it since.
	"""
	frappe.has_permission(RUN, "write", run, throw=True)
	doc = frappe.get_doc(RUN, run, for_update=True)
	if get_datetime(doc.modified) != get_datetime(modified):
		frappe.throw(
			_("Somebody has changed this run since you opened it. Look at it again."),
			frappe.TimestampMismatchError,
			title=_("Statements"),
		)
	customer_ledger_queries.check(doc.company)
	if doc.status == "Completed" and not statement_queries.unsent(run):
		frappe.throw(_("This run is done. Make a new one."), title=_("Statements"))
	statement_jobs.begin(doc)
