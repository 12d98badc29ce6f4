"""What was refused for credit: by record, or how much of it, by branch, category, trade type or customer."""

import frappe
from frappe import _
from frappe.utils import getdate

from branch_crm.credit_control import report_rows
from branch_crm.credit_control.hold_queries import HOLD
from branch_crm.credit_control.hold_rules import WAITING, Status
from branch_crm.credit_control.report_rows import column, money_column
from branch_crm.credit_control.report_rules import Counted
from branch_crm.customer_master.group_queries import By
from branch_crm.party_netting.queries import exact

_FIELDS = ("name", "status", "customer", "branch", "kind", "document_type", "document_name", "amount")
_FIELDS += ("refused_on", "times", "requested_by", "decided_by", "decided_on", "decision_reason")
_FIELDS += ("released_amount", "used_amount", "released_until", "is_blocked")
_MONEY = ("amount", "released_amount", "used_amount")
_WAITING = [status.value for status in WAITING]


@frappe.read_only()
def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each Credit Hold, the latest first; or for each group, those below it, and their total. Amounts are in company
	currency, of what the session's user may read.

	Filters: `company`, `from_date`, `to_date` of the refusal; `status`; `group_by`, "Document" by default, or one of the groups
	of `report_rows`; `branch` and `customer_category` (with those below them), `customer`, `trade_type`.
	"""
	filters = report_rows.plain(filters)
	asked = report_rows.asked(filters)
	frappe.has_permission(HOLD, throw=True)
	wanted = asked.filters(HOLD, "refused_on", "branch")
	if filters.status:
		wanted["status"] = report_rows.chosen(filters.status, [status.value for status in Status])
	rows = frappe.get_list(HOLD, wanted, list(_FIELDS), limit_page_length=0, order_by="refused_on desc")
	today = getdate()
	for row in rows:
		row.days = (today - getdate(row.refused_on)).days if row.status in _WAITING else None
	return report_rows.listed_or_grouped(asked, filters.group_by, rows, _columns(), _sums(), _counted)


def _counted(row: dict) -> Counted:
	is_waiting = exact(row.status in _WAITING)
	return Counted(1, (is_waiting, *(exact(row[field]) for field in _MONEY)))


def _sums() -> list[dict]:
	return [
		column("number", _("Refused"), "Int"),
		column("waiting", _("Waiting"), "Int"),
		*(money_column(field, label) for field, label in _labels().items()),
	]


def _labels() -> dict[str, str]:
	return dict(zip(_MONEY, (_("Amount"), _("Released Amount"), _("Used Amount")), strict=True))


def _columns() -> list[dict]:
	money = {field: money_column(field, label) for field, label in _labels().items()}
	return [
		column("name", _("Credit Hold"), "Link", HOLD, 150),
		column("status", _("Status"), "Data"),
		column("customer", _("Customer"), "Link", By.CUSTOMER.value, 180),
		column("branch", _("Branch"), "Link", "Branch"),
		column("kind", _("Kind"), "Data"),
		column("document_type", _("Document Type"), "Data"),
		column("document_name", _("Document"), "Dynamic Link", "document_type", 160),
		money["amount"],
		column("refused_on", _("Refused On"), "Datetime", width=160),
		column("times", _("Times"), "Int", width=80),
		column("days", _("Waiting (Days)"), "Int", width=110),
		column("is_blocked", _("Blocked"), "Check", width=80),
		column("requested_by", _("Requested By"), "Link", "User", 160),
		column("decided_by", _("Decided By"), "Link", "User", 160),
		column("decided_on", _("Decided On"), "Datetime", width=160),
		column("decision_reason", _("Reason"), "Data"),
		money["released_amount"],
		money["used_amount"],
		column("released_until", _("Released Until"), "Date"),
	]
