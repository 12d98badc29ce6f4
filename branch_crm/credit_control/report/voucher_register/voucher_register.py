"""Credit and debit notes, returns of what was sold and bought, and returned cheques: by voucher, or what they come to."""

import frappe
from frappe import _

from branch_crm.credit_control import report_rows, voucher_queries, voucher_rules
from branch_crm.credit_control.report_rows import column, money_column
from branch_crm.credit_control.report_rules import Counted
from branch_crm.credit_control.voucher_rules import Kind
from branch_crm.party_netting.queries import exact


@frappe.read_only()
def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each voucher and, of journals, party; or for each group, those below it, and their total. Amounts are in company
	currency, above zero in the direction of their kind, of what the session's user may read.

	Filters: `company`, `from_date`, `to_date`; `kind`, one of those of `Kind`; `group_by`, "Document" by default, or one of the
	groups of `report_rows`; `branch` and `customer_category` (with those below them), `customer`, `trade_type`.
	"""
	filters = report_rows.plain(filters)
	asked = report_rows.asked(filters)
	kind = Kind(report_rows.chosen(filters.kind, [kind.value for kind in Kind])) if filters.kind else None
	rows = voucher_queries.vouchers(asked, kind)
	columns, rows = report_rows.listed_or_grouped(
		asked, filters.group_by, rows, _columns(), _sums(), _counted
	)
	for row in rows:
		if row.get("kind"):
			row["kind"] = _(row["kind"].value)
	return columns, rows


def _counted(row: frappe._dict) -> Counted:
	return voucher_rules.of_kind(row.kind, exact(row.amount))


def _columns() -> list[dict]:
	return [
		column("posting_date", _("Posting Date"), "Date"),
		column("kind", _("Kind"), "Data"),
		column("document", _("Document"), "Dynamic Link", "document_type", 180),
		column("party", _("Party"), "Dynamic Link", "party_type", 180),
		column("branch", _("Branch"), "Link", "Branch"),
		money_column("amount", _("Amount")),
		column("against", _("Against"), "Data", width=180),
		column("document_type", _("Document Type"), "Data"),
		column("party_type", _("Party Type"), "Data", width=100),
	]


def _sums() -> list[dict]:
	labels = {
		Kind.CREDIT_NOTE: _("Credit Notes"),
		Kind.DEBIT_NOTE: _("Debit Notes"),
		Kind.SALES_RETURN: _("Sales Returns"),
		Kind.PURCHASE_RETURN: _("Purchase Returns"),
		Kind.CHEQUE_RETURN: _("Cheque Returns"),
	}
	kinds = (money_column(kind.name.lower(), label) for kind, label in labels.items())
	return [column("number", _("Documents"), "Int"), *kinds]
