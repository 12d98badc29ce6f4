"""What functions of this app take, and what those take that they answer for, by their paths."""

import frappe
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import goods
from tests.site.leak import credited, desk_furniture, netted
from tests.site.leak.given_frappe import Given
from tests.site.leak.world import Side

_APP = "branch_crm.branch_access"
_MASTER = "branch_crm.customer_master"
_NETTING = "branch_crm.party_netting.api"
_CREDIT, _HOLD = "branch_crm.credit_control.api", "branch_crm.credit_control.hold_api"
_STATEMENT, _RUN = "branch_crm.credit_control.statement_api", "Statement of Account Run"
_GOAL = {
	"title": "A title",
	"doctype": "Company",
	"docname": COMPANY,
	"goal_value_field": "monthly_sales_target",
	"goal_total_field": "total_monthly_sales",
	"goal_history_field": "sales_monthly_history",
	"goal_doctype": "Sales Invoice",
	"goal_doctype_link": "company",
	"goal_field": "base_grand_total",
	"date_field": "posting_date",
	"filters": {"docstatus": 1},
}


def _balances(side: Side) -> dict:
	account = frappe.get_cached_value("Company", COMPANY, "default_receivable_account")
	return {"accounts": [{"value": account, "account_currency": "INR"}], "company": COMPANY}


def _payment(side: Side) -> dict:
	return {"dt": "Sales Invoice", "dn": side.names["Sales Invoice"]}


def _till(side: Side) -> dict:
	invoice = side.names["POS Invoice"]
	return {
		"start": f"{add_days(nowdate(), -400)} 00:00:00",
		"end": f"{add_days(nowdate(), 400)} 00:00:00",
		"pos_profile": frappe.db.get_value("POS Invoice", invoice, "pos_profile") or "",
		"user": "Administrator",
	}


def _customer(side: Side) -> dict:
	return {"doctype": "Customer", "name": side.names["Customer"]}


def _merged(side: Side) -> dict:
	names = {"from_name": f"{side.word} archived", "into_name": side.names["Customer"]}
	return {"doctype": "Customer", **names}


_SHARED = {
	("own_figures_api.get_account_balances", "erpnext.accounts.utils.get_account_balances"): _balances,
	("own_figures_api.get_chart", "frappe.desk.doctype.dashboard_chart.dashboard_chart.get"): lambda side: {
		"chart_name": desk_furniture.CHART,
		"refresh": 1,
	},
	(
		"own_figures_api.get_monthly_goal_graph_data",
		"frappe.utils.goal.get_monthly_goal_graph_data",
	): lambda side: _GOAL,
	(
		"own_figures_api.get_payment_entry",
		"erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry",
	): _payment,
	("own_rows_api.get_group_by_count", "frappe.desk.listview.get_group_by_count"): lambda side: {
		"doctype": "Sales Order",
		"current_filters": [["Sales Order", "customer", "=", side.names["Customer"]]],
		"field": "assigned_to",
	},
	(
		"own_rows_api.get_linked_material_requests",
		"erpnext.buying.utils.get_linked_material_requests",
	): lambda side: {"items": [goods.GOODS]},
	(
		"till_api.get_pos_invoices",
		"erpnext.accounts.doctype.pos_closing_entry.pos_closing_entry.get_pos_invoices",
	): _till,
}


def _profile(side: Side) -> dict:
	name = side.names["Credit Profile"]
	return {"profile": name, "modified": str(frappe.db.get_value("Credit Profile", name, "modified"))}


def _hold(side: Side) -> dict:
	name = side.values["Release Requested"]
	modified = frappe.db.get_value("Credit Hold", name, "modified")
	return {"hold": name, "modified": str(modified), "reason": "Other"}


OWN: Given = {
	**{f"{_APP}.{own}": given for (own, _), given in _SHARED.items()},
	**{replaced: given for (_, replaced), given in _SHARED.items()},
	**{
		f"{_APP}.backfill_api.{name}": lambda side: {"run": f"{desk_furniture.BACKFILL}-Draft"}
		for name in ("begin", "begin_dry_run")
	},
	f"{_APP}.backfill_api.begin_undo": lambda side: {"run": f"{desk_furniture.BACKFILL}-Done"},
	**{
		f"{_APP}.transfer_api.{name}": lambda side: {"transfer": f"{side.word}-Draft"}
		for name in ("begin", "cancel", "count")
	},
	"branch_crm.customer_master.pricing_rule_api.give_usual_priority": lambda side: {
		"rules": [side.values["rule"]]
	},
	f"{_APP}.transfer_api.begin_undo": lambda side: {"transfer": f"{side.word}-Completed"},
	f"{_MASTER}.archive_api.archive": lambda side: {**_customer(side), "reason": "Closed"},
	f"{_MASTER}.archive_api.restore": lambda side: {**_customer(side), "name": f"{side.word} archived"},
	**{
		f"{_NETTING}.{name}": lambda side: {"customer": side.names["Customer"], "company": COMPANY}
		for name in ("net_position", "balance_payment")
	},
	f"{_NETTING}.propose": lambda side: {"agreement": side.names["Netting Agreement"]},
	f"{_NETTING}.approve_agreement": lambda side: {"agreement": side.values[netted.AWAITING]},
	**{
		f"{_NETTING}.{name}": lambda side: {"settlement": side.names["Netting Settlement"]}
		for name in ("propose_anew", "approve", "statement_recipients")
	},
	f"{_NETTING}.reject": lambda side: {"settlement": side.names["Netting Settlement"], "reason": "No"},
	f"{_NETTING}.begin_run": lambda side: {"run": side.names["Netting Run"]},
	f"{_NETTING}.run_again": lambda side: {"settlement": side.values[netted.CLAIMED]},
	**{
		f"{_CREDIT}.{name}": lambda side: {"customer": side.names["Customer"], "company": COMPANY}
		for name in ("position", "customer_credit")
	},
	f"{_CREDIT}.component_documents": lambda side: {
		"customer": side.names["Customer"],
		"company": COMPANY,
		"component": "receivable",
	},
	f"{_CREDIT}.approve_limit": _profile,
	f"{_CREDIT}.reject_limit": _profile,
	f"{_CREDIT}.approve_temporary_limit": lambda side: {
		**_profile(side),
		"row": side.values[credited.TEMPORARY],
	},
	f"{_STATEMENT}.preview": lambda side: {"run": side.names[_RUN]},
	f"{_STATEMENT}.send": lambda side: {
		"run": side.names[_RUN],
		"modified": str(frappe.db.get_value(_RUN, side.names[_RUN], "modified")),
	},
	f"{_HOLD}.authority": lambda side: {"hold": side.values["Release Requested"]},
	f"{_HOLD}.release": lambda side: {**_hold(side), "amount": 100},
	f"{_HOLD}.reject": _hold,
	f"{_HOLD}.request": lambda side: {"hold": side.values["Open"]},
	f"{_HOLD}.of_document": lambda side: {"doctype": "Sales Order", "name": side.names["Sales Order"]},
	f"{_MASTER}.merge_api.preview": _merged,
	f"{_MASTER}.merge_api.merge": lambda side: {**_merged(side), "reason": "The same"},
	f"{_MASTER}.merge_api.run_again": lambda side: {"merge": f"{side.word}-Failed"},
}
