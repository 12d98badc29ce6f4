"""What was refused, asked for, released and used, in the order of time; or how often, by branch, category, trade type or
customer."""

import frappe
from frappe import _

from branch_crm.credit_control import report_rows
from branch_crm.credit_control.hold_queries import EVENT, HOLD
from branch_crm.credit_control.hold_rules import Event
from branch_crm.credit_control.report_rows import column, money_column
from branch_crm.credit_control.report_rules import Counted
from branch_crm.credit_control.rules import ZERO
from branch_crm.customer_master.group_queries import By
from branch_crm.party_netting.queries import exact

_FIELDS = ("done_on", "event", "customer", "branch", "document_type", "document_name", "amount", "done_by")
_FIELDS += ("reason", "said", "hold")
_KINDS = tuple(event.value for event in Event)


@frappe.read_only()
def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each Credit Event, the latest first; or for each group, those below it, and their total, how often each happened.
	Amounts are in company currency, of what the session's user may read.

	Filters: `company`, `from_date`, `to_date`; `event`; `group_by`, "Document" by default, or one of the groups of
	`report_rows`; `branch` and `customer_category` (with those below them), `customer`, `trade_type`.
	"""
	filters = report_rows.plain(filters)
	asked = report_rows.asked(filters)
	frappe.has_permission(EVENT, throw=True)
	wanted = asked.filters(EVENT, "done_on", "branch")
	if filters.event:
		wanted["event"] = report_rows.chosen(filters.event, _KINDS)
	rows = frappe.get_list(EVENT, wanted, list(_FIELDS), limit_page_length=0, order_by="done_on desc")
	return report_rows.listed_or_grouped(asked, filters.group_by, rows, _columns(), _sums(), _counted)


def _counted(row: dict) -> Counted:
	return Counted(1, tuple(exact(1) if row.event == kind else ZERO for kind in _KINDS))


def _sums() -> list[dict]:
	kinds = [column(frappe.scrub(kind), _(kind), "Int") for kind in _KINDS]
	return [column("number", _("Events"), "Int"), *kinds]


def _columns() -> list[dict]:
	return [
		column("done_on", _("When"), "Datetime", width=160),
		column("event", _("Event"), "Data", width=140),
		column("customer", _("Customer"), "Link", By.CUSTOMER.value, 180),
		column("branch", _("Branch"), "Link", "Branch"),
		column("document_type", _("Document Type"), "Data"),
		column("document_name", _("Document"), "Dynamic Link", "document_type", 160),
		money_column("amount", _("Amount")),
		column("done_by", _("By"), "Link", "User", 160),
		column("reason", _("Reason"), "Data"),
		column("said", _("Details"), "Data", width=250),
		column("hold", _("Credit Hold"), "Link", HOLD, 150),
	]
