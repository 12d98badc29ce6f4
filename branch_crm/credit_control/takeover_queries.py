"""ERPNext's credit limits of a company, and what its check sums up."""

from collections.abc import Collection

import frappe
from erpnext.selling.doctype.customer.customer import get_customer_outstanding

from branch_crm.credit_control import profile_queries
from branch_crm.credit_control.profile_queries import CUSTOMER
from branch_crm.credit_control.takeover_rules import Owed, Source, StockLimit, limit_in_force
from branch_crm.customer_master import cash_queries
from branch_crm.party_netting.queries import exact

ROW, KEPT, COMPANY = "Customer Credit Limit", "Stock Credit Limit", "Credit Company"
GROUP = "Customer Group"


def rows_of(company: str) -> list[frappe._dict]:
	"""The whole rows of customers and groups, as they are stored."""
	of_company = {"company": company, "parenttype": ["in", [CUSTOMER, GROUP]]}
	return frappe.get_all(ROW, of_company, ["*"], order_by="parenttype, parent, idx, name")


def limits_in_force(company: str) -> dict[str, tuple[Source, object]]:
	"""Which limit holds for each customer that is judged by one in ERPNext: whose, and how much."""
	rows: dict[tuple[str, str], StockLimit] = {}
	for row in rows_of(company):
		limit = StockLimit(exact(row.credit_limit), bool(row.bypass_credit_limit_check))
		rows.setdefault((row.parenttype, row.parent), limit)
	of_company = exact(frappe.db.get_value("Company", company, "credit_limit"))
	found = {}
	for name, group in frappe.get_all(CUSTOMER, fields=["name", "customer_group"], as_list=True):
		limit = limit_in_force(rows.get((CUSTOMER, name)), rows.get((GROUP, group)), of_company)
		if limit and name != cash_queries.cash_customer():
			found[name] = limit
	return found


def bypassing(company: str) -> set[str]:
	"""The customers whose orders ERPNext does not judge."""
	bypassed = {"company": company, "parenttype": CUSTOMER, "bypass_credit_limit_check": 1}
	return set(frappe.get_all(ROW, bypassed, pluck="parent"))


def owed_in_stock(company: str, customer: str) -> Owed:
	"""As ERPNext's own check sums it up, to the currency's precision."""
	posted = {"party_type": CUSTOMER, "party": customer, "company": company, "is_cancelled": 0}
	sums = frappe.get_all("GL Entry", posted, ["sum(debit) as debit", "sum(credit) as credit"])[0]
	ledger = exact(sums.debit) - exact(sums.credit)
	everything = exact(get_customer_outstanding(customer, company))
	digits = frappe.get_precision("Sales Order", "base_grand_total")
	return Owed(ledger, round(everything - ledger, digits))


def with_profiles(company: str, customers: Collection[str]) -> set[str]:
	of_company = {"company": company, "party_type": CUSTOMER}
	found = frappe.get_all(profile_queries.PROFILE, of_company, pluck="party")
	return set(found) & set(customers)


def has_default(company: str) -> bool:
	"""Whether the settings say what holds for customers of the company that have no profile."""
	settings = profile_queries.settings()
	return any(row.company == company and not row.trade_type for row in settings.defaults)


def kept_of(company: str) -> list[frappe._dict]:
	"""What was taken away from ERPNext."""
	return frappe.get_all(KEPT, {"company": company}, ["*"], order_by="creation, name")
