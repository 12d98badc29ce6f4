"""Sums and counts over the documents that the session's user sees."""

from datetime import date

import frappe
from erpnext import get_default_currency
from erpnext.accounts.party import get_party_account_currency
from erpnext.accounts.utils import get_fiscal_year
from frappe.desk import notifications
from frappe.model.document import Document
from frappe.utils import flt, nowdate
from frappe.utils.nestedset import get_descendants_of
from pypika.enums import Order
from pypika.functions import Count
from pypika.terms import LiteralValue

GL_ENTRY = "GL Entry"
# where the dashboard of a form stops counting
COUNTED = 100


def balance(
	account: str | None = None,
	date: str | date | None = None,
	party_type: str | None = None,
	party: str | None = None,
	company: str | None = None,
	cost_center: str | None = None,
	in_account_currency: bool = True,
	start_date: str | date | None = None,
) -> float:
	"""What the ledger rows of the user's branches come to, debit less credit, in the account's currency or the
	company's; 0 where no account and no party is asked for, or the user may not read ledgers."""
	if not (account or (party_type and party)) or not frappe.has_permission(GL_ENTRY, "read"):
		return 0.0
	filters: list = [["is_cancelled", "=", 0]]
	if account:
		# safe without permission: the tree only says which ledger rows are summed up, and those are the user's own
		below = get_descendants_of("Account", account, ignore_permissions=True)
		filters.append(["account", "in", [account, *below]])
	if party_type and party:
		filters += [["party_type", "=", party_type], ["party", "=", party]]
	if company:
		filters.append(["company", "=", company])
	if cost_center and account and _is_of_profit_and_loss(account):
		# safe without permission, for the same reason
		below = get_descendants_of("Cost Center", cost_center, ignore_permissions=True)
		filters.append(["cost_center", "in", [cost_center, *below]])
	if start_date:
		filters.append(["posting_date", ">=", start_date])
	if date:
		filters.append(["posting_date", "<=", date])
	suffix = "_in_account_currency" if in_account_currency and not _is_group(account) else ""
	total = f"sum(debit{suffix}) - sum(credit{suffix}) as balance"
	return flt(frappe.get_list(GL_ENTRY, filters, [total], order_by=None)[0].balance)


def linked_counts(doctype: str, name: str, links: dict) -> dict[str, int]:
	"""What the dashboard of the document `name` says of its links in `doctype`: `count` and `open_count`."""
	if not frappe.has_permission(doctype, "read"):
		return {"count": 0, "open_count": 0}
	field = links.get("non_standard_fieldnames", {}).get(doctype, links.get("fieldname"))
	filters = {field: name} | (notifications.get_dynamic_link_filters(doctype, links, field) or {})
	open_filters = notifications.get_filters_for(doctype)
	return {
		"count": _count(doctype, filters),
		"open_count": _count(doctype, filters | open_filters) if isinstance(open_filters, dict) else 0,
	}


def dashboard_info(party_type: str, party: str) -> list[dict]:
	"""What ERPNext shows on the form of a customer or supplier: per company what was billed in this fiscal year
	and what is unpaid."""
	invoice = "Sales Invoice" if party_type == "Customer" else "Purchase Invoice"
	if not frappe.has_permission(invoice, "read"):
		return []
	billed = {"docstatus": 1, party_type.lower(): party}
	year = get_fiscal_year(nowdate(), as_dict=True)
	in_year = {**billed, "posting_date": ["between", [year.year_start_date, year.year_end_date]]}
	companies = frappe.get_list(invoice, billed, ["company"], group_by="company", pluck="company")
	sums = {
		row.company: row
		for row in frappe.get_list(
			invoice,
			in_year,
			["company", "sum(grand_total) as own", "sum(base_grand_total) as base"],
			group_by="company",
		)
	}
	return [_info_of_company(party_type, party, company, sums.get(company)) for company in companies]


def sales_of(sales_person: str) -> dict:
	"""What ERPNext shows on the form of a sales person: what was ordered from him, and what was billed."""
	return {
		"allocated_amount_against_order": _allocated("Sales Order", sales_person),
		"allocated_amount_against_invoice": _allocated("Sales Invoice", sales_person),
		"currency": get_default_currency(),
	}


def _allocated(doctype: str, sales_person: str) -> float:
	if not frappe.has_permission(doctype, "read"):
		return 0.0
	filters = [["docstatus", "=", 1], ["Sales Team", "sales_person", "=", sales_person]]
	total = "sum(`tabSales Team`.allocated_amount) as total"
	return flt(frappe.get_list(doctype, filters, [total], order_by=None)[0].total)


def _info_of_company(party_type: str, party: str, company: str, billed: dict | None) -> dict:
	currency = get_party_account_currency(party_type, party, company)
	is_base = currency == frappe.get_cached_value("Company", company, "default_currency")
	sign = 1 if party_type == "Customer" else -1
	return {
		"company": company,
		"currency": currency,
		"billing_this_year": flt(billed[("own", "base")[is_base]]) if billed else 0,
		"total_unpaid": sign * balance(party_type=party_type, party=party, company=company),
	}


def _count(doctype: str, filters: dict) -> int:
	return len(frappe.get_list(doctype, filters, pluck="name", limit_page_length=COUNTED, order_by=None))


def _is_of_profit_and_loss(account: str) -> bool:
	return frappe.get_cached_value("Account", account, "report_type") == "Profit and Loss"


def _is_group(account: str | None) -> bool:
	return bool(account and frappe.get_cached_value("Account", account, "is_group"))


def by_assignee(doctype: str, filters: list | dict) -> list[dict]:
	"""To how many of the user's documents each person is assigned: `name` and `count`, the most first."""
	todo = frappe.qb.DocType("ToDo")
	number = Count("*").as_("count")
	own = frappe.get_list(
		doctype, filters=filters, fields=["name"], order_by=None, limit_page_length=0, run=False
	)
	return (
		frappe.qb.from_(todo)
		.select(todo.allocated_to.as_("name"), number)
		.where((todo.reference_type == doctype) & (todo.status != "Cancelled"))
		# what it asks for is written out in it already
		.where(todo.reference_name.isin(LiteralValue(f"({own})".replace("%", "%%"))))
		.groupby(todo.allocated_to)
		.orderby(number, order=Order.desc)
		.orderby(todo.allocated_to)
		.limit(50)
		.run(as_dict=True)
	)


def balances(payment: Document | dict) -> dict[str, float]:
	"""The balances that a payment says, over the entries that the session's user sees."""
	at = {"date": payment.posting_date, "cost_center": payment.cost_center}
	return {
		"paid_from_account_balance": balance(payment.paid_from, **at),
		"paid_to_account_balance": balance(payment.paid_to, **at),
		"party_balance": balance(party_type=payment.party_type, party=payment.party, company=payment.company),
	}
