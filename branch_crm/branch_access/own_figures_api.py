"""Sums of Frappe and ERPNext over everybody's documents, answered over one's own for whoever branches or parties
limit. Everybody else gets their own answer."""

from datetime import date

import frappe
from erpnext.accounts import utils
from erpnext.accounts.doctype.journal_entry import journal_entry
from erpnext.accounts.doctype.payment_entry import payment_entry
from erpnext.accounts.doctype.payment_request import payment_request
from frappe import _
from frappe.desk import notifications
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.model.document import Document
from frappe.utils import flt, goal

from branch_crm.branch_access import own_figure_queries, queries
from branch_crm.branch_access.refusals import ClosedMethodError


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: str | list | None = None) -> dict:
	"""Frappe's own for the numbers on a form's dashboard, which counts everybody's documents."""
	answer = notifications.get_open_count(doctype, name, items)
	if not queries.is_limited():
		return answer
	links = frappe.get_meta(doctype).get_dashboard_data()
	for counted in answer["count"].get("external_links_found", []) if answer["count"] else []:
		# where Frappe finds no field to count by, it says 0
		if counted["count"]:
			counted.update(own_figure_queries.linked_counts(counted["doctype"], name, links))
	answer.pop("timeline_data", None)
	return answer


@frappe.whitelist()
def get_chart(
	chart_name: str | None = None,
	chart: str | dict | None = None,
	no_cache: bool | int | None = None,
	filters: str | list | dict | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	timespan: str | None = None,
	time_interval: str | None = None,
	heatmap_year: str | int | None = None,
	refresh: bool | int | None = None,
) -> dict | None:
	"""Frappe's own for a chart; but it keeps what it told the last one who asked, and heat maps count everybody's."""
	arguments = {
		"from_date": from_date,
		"to_date": to_date,
		"timespan": timespan,
		"heatmap_year": heatmap_year,
	}
	if not queries.is_limited():
		kept = {"no_cache": no_cache, "filters": filters, "time_interval": time_interval, "refresh": refresh}
		shown = {"chart_name": chart_name} if chart_name else {"chart": chart}
		return dashboard_chart.get(**shown, **arguments, **kept)
	wanted = (
		frappe.get_doc("Dashboard Chart", chart_name).as_dict() if chart_name else frappe.parse_json(chart)
	)
	wanted = frappe._dict(wanted)
	if wanted.type == "Heatmap":
		frappe.throw(
			_("Heat maps count the documents of all branches. Ask for a line or a bar."), ClosedMethodError
		)
	wanted.update({key: value for key, value in arguments.items() if value})
	wanted.time_interval = time_interval or wanted.time_interval
	wanted.filters_json = filters or wanted.filters_json
	return dashboard_chart.get(chart=wanted, no_cache=1)


@frappe.whitelist()
def get_monthly_goal_graph_data(doctype: str, docname: str, **arguments: object) -> dict | None:
	"""Frappe's own for the graph on the form of a company, which sums up the invoices of all branches: then none."""
	if queries.is_limited():
		return None
	return frappe.call(goal.get_monthly_goal_graph_data, doctype=doctype, docname=docname, **arguments)


@frappe.whitelist()
def get_balance_on(
	account: str | None = None,
	date: str | date | None = None,
	party_type: str | None = None,
	party: str | None = None,
	company: str | None = None,
	in_account_currency: bool | int = True,
	cost_center: str | None = None,
	ignore_account_permission: bool | int = False,
	account_type: str | None = None,
	start_date: str | date | None = None,
) -> float:
	"""ERPNext's own for the balance of an account or a party."""
	if not queries.is_limited():
		return utils.get_balance_on(
			account,
			date,
			party_type,
			party,
			company,
			in_account_currency,
			cost_center,
			ignore_account_permission,
			account_type,
			start_date,
		)
	return own_figure_queries.balance(
		account, date, party_type, party, company, cost_center, bool(in_account_currency), start_date
	)


@frappe.whitelist()
def get_payment_entry(
	dt: str,
	dn: str,
	party_amount: float | None = None,
	bank_account: str | None = None,
	bank_amount: float | None = None,
	party_type: str | None = None,
	payment_type: str | None = None,
	reference_date: str | date | None = None,
	ignore_permissions: bool | int = False,
	created_from_payment_request: bool | int = False,
) -> Document:
	"""ERPNext's own for the payment of a document, with the balances that it says; the client may ask it to ignore
	permissions."""
	is_limited = queries.is_limited()
	payment = payment_entry.get_payment_entry(
		dt,
		dn,
		party_amount,
		bank_account,
		bank_amount,
		party_type,
		payment_type,
		reference_date,
		ignore_permissions and not is_limited,
		created_from_payment_request,
	)
	if is_limited:
		payment.update(own_figure_queries.balances(payment))
	return payment


@frappe.whitelist()
def make_payment_entry(docname: str) -> dict:
	"""ERPNext's own for the payment of what was requested, with the balances that it says."""
	payment = frappe._dict(payment_request.make_payment_entry(docname))
	if queries.is_limited():
		payment.update(own_figure_queries.balances(payment))
	return payment


@frappe.whitelist()
def get_party_details(
	company: str, party_type: str, party: str, date: str | date, cost_center: str | None = None
) -> dict:
	"""ERPNext's own for the party of a payment, with its balance."""
	answer = payment_entry.get_party_details(company, party_type, party, date, cost_center)
	if queries.is_limited():
		answer["party_balance"] = own_figure_queries.balance(
			party_type=party_type, party=party, company=company, cost_center=cost_center
		)
		answer["account_balance"] = own_figure_queries.balance(
			answer["party_account"], date, cost_center=cost_center
		)
	return answer


@frappe.whitelist()
def get_account_details(account: str, date: str | date, cost_center: str | None = None) -> dict:
	"""ERPNext's own for the account of a payment, with its balance."""
	answer = payment_entry.get_account_details(account, date, cost_center)
	if queries.is_limited():
		answer["account_balance"] = own_figure_queries.balance(account, date, cost_center=cost_center)
	return answer


@frappe.whitelist()
def get_party_and_account_balance(
	company: str,
	date: str | date,
	paid_from: str | None = None,
	paid_to: str | None = None,
	ptype: str | None = None,
	pty: str | None = None,
	cost_center: str | None = None,
) -> dict:
	"""ERPNext's own for the balances on a payment."""
	if not queries.is_limited():
		return payment_entry.get_party_and_account_balance(
			company, date, paid_from, paid_to, ptype, pty, cost_center
		)
	at = {"date": date, "cost_center": cost_center}
	return {
		"party_balance": own_figure_queries.balance(party_type=ptype, party=pty, cost_center=cost_center),
		"paid_from_account_balance": own_figure_queries.balance(paid_from, **at),
		"paid_to_account_balance": own_figure_queries.balance(paid_to, **at),
	}


@frappe.whitelist()
def get_account_balances(accounts: str | list, company: str) -> list[dict]:
	"""ERPNext's own for the balances in the chart of accounts."""
	answer = utils.get_account_balances(accounts, company)
	for account in answer if queries.is_limited() else []:
		asked = {"account": account["value"], "company": company}
		account["balance"] = own_figure_queries.balance(**asked, in_account_currency=False)
		if "balance_in_account_currency" in account:
			account["balance_in_account_currency"] = own_figure_queries.balance(**asked)
	return answer


@frappe.whitelist()
def get_default_bank_cash_account(
	company: str,
	account_type: str | None = None,
	mode_of_payment: str | None = None,
	account: str | None = None,
) -> dict:
	"""ERPNext's own for the account of a way to pay, with its balance."""
	answer = journal_entry.get_default_bank_cash_account(company, account_type, mode_of_payment, account)
	return _with_own_balance(answer, answer.get("account"))


@frappe.whitelist()
def get_average_exchange_rate(account: str) -> float:
	"""ERPNext's own for an account in another currency: what its balance is worth; 0 where there is none."""
	if not queries.is_limited():
		return journal_entry.get_average_exchange_rate(account)
	balance = own_figure_queries.balance(account)
	worth = own_figure_queries.balance(account, in_account_currency=False)
	return worth / balance if balance else 0.0


@frappe.whitelist()
def get_account_details_and_party_type(
	account: str,
	date: str | date,
	company: str,
	debit: float | None = None,
	credit: float | None = None,
	exchange_rate: float | None = None,
) -> dict | None:
	"""ERPNext's own for the account in a row of a journal, with its balance."""
	answer = journal_entry.get_account_details_and_party_type(
		account, date, company, flt(debit), flt(credit), exchange_rate
	)
	return _with_own_balance(answer, account)


def _with_own_balance(answer: dict | None, account: str | None) -> dict | None:
	if answer and "balance" in answer and queries.is_limited():
		answer["balance"] = own_figure_queries.balance(account)
	return answer
