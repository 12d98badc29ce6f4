"""Temporary limits and guarantees that end soon."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate

from branch_crm.credit_control import expiry_queries, report_rows
from branch_crm.credit_control.profile_queries import PROFILE
from branch_crm.credit_control.report_rows import column, money_column

_DAYS = 30
_MOST = 3660


@frappe.read_only()
def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each temporary limit, approved or proposed, and each guarantee that ends within some days, the next first;
	amounts in company currency, of the Credit Profiles that the session's user may read.

	Filters: `company`; `days`, 30 by default; `branch` and `customer_category` (with those below them), `customer`,
	`trade_type`.
	"""
	filters = report_rows.plain(filters)
	today = getdate()
	until = add_days(today, min(cint(filters.days) or _DAYS, _MOST))
	asked = report_rows.asked(filters.update({"from_date": today, "to_date": until}))
	frappe.has_permission(PROFILE, throw=True)
	currency = frappe.get_cached_value("Company", asked.company, "default_currency")
	rows = [
		{**row, "kind": _(row["kind"]), "days": (row["valid_to"] - today).days, "currency": currency}
		for row in expiry_queries.ending(asked)
	]
	return _columns(), rows


def _columns() -> list[dict]:
	return [
		column("valid_to", _("Ends On"), "Date"),
		column("days", _("Days"), "Int", width=80),
		column("kind", _("Kind"), "Data", width=140),
		column("party_type", _("Party Type"), "Data"),
		column("party", _("Party"), "Dynamic Link", "party_type", 180),
		money_column("amount", _("Amount")),
		money_column("credit_limit", _("Credit Limit")),
		column("counts", _("Counts"), "Check", width=80),
		column("bank_guarantee", _("Bank Guarantee"), "Link", "Bank Guarantee", 160),
		column("reason", _("Reason"), "Data", width=200),
		column("profile", _("Credit Profile"), "Link", PROFILE, 140),
		report_rows.currency_column(),
	]
