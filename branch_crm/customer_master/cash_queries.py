"""Every read of the CASH customer and of what it owes."""

from collections.abc import Collection

import frappe
from frappe.model.document import Document
from frappe.query_builder.functions import Sum
from frappe.utils import flt
from frappe.utils.caching import request_cache

from branch_crm.customer_master import cash_rules
from branch_crm.customer_master.cash_rules import Candidate
from branch_crm.customer_master.code_queries import SETTINGS

FIELD = "cash_customer"
_STATES = ("disabled", "is_frozen", "is_internal_customer")


@request_cache
def cash_customer() -> str | None:
	"""None on a site without a company."""
	return frappe.db.get_singles_dict(SETTINGS).get(FIELD) or None


def always_visible() -> list[str]:
	return [name for name in (cash_customer(),) if name]


def is_missing() -> bool:
	"""Whether there is a company, and no CASH customer yet."""
	customer = cash_customer()
	return frappe.db.a_row_exists("Company") and not (customer and frappe.db.exists("Customer", customer))


def candidate(customer: Document) -> Candidate:
	states = [bool(customer.get(field)) for field in _STATES]
	return Candidate(*states, bool(customer.get("branches")), bool(customer.get("credit_limits")))


def adoptable() -> str | None:
	"""A customer that is called CASH already and that nothing speaks against; one with the code CASH before others."""
	called = {field: cash_rules.CODE for field in ("customer_code", "name", "customer_name")}
	found = frappe.get_all("Customer", or_filters=called, fields=["name", "customer_code"])
	found.sort(key=lambda row: (row.customer_code or "").casefold() != cash_rules.CODE.casefold())
	fitting = (
		row.name
		for row in found
		if not cash_rules.obstacles_of(candidate(frappe.get_doc("Customer", row.name)))
	)
	return next(fitting, None)


def free_label() -> str:
	"""Name and code of a new CASH customer; ERPNext takes no customer that is called like a customer group."""
	like = ["like", f"{cash_rules.CODE}%"]
	return cash_rules.free_label(
		[
			*frappe.get_all("Customer", {"name": like}, pluck="name"),
			*frappe.get_all("Customer", {"customer_code": like}, pluck="customer_code"),
			*frappe.get_all("Customer Group", {"name": like}, pluck="name"),
		]
	)


def usual(doctype: str) -> str | None:
	"""The customer group or territory of the Selling Settings, or else the first one; None where there is none yet."""
	return frappe.db.get_single_value("Selling Settings", frappe.scrub(doctype)) or frappe.db.get_value(
		doctype, {"is_group": 0}, order_by="lft asc"
	)


def outstanding_of(invoice: str) -> float:
	"""What the ledger says that a submitted Sales Invoice leaves to be paid, in the currency of the customer's account."""
	return flt(frappe.db.get_value("Sales Invoice", invoice, "outstanding_amount"))


def paid_among(invoices: Collection[str], customer: str) -> set[str]:
	"""Those of these Sales Invoices that the customer has paid in full."""
	paid = {"name": ["in", list(invoices)], "customer": customer, "docstatus": 1}
	return set(frappe.get_all("Sales Invoice", {**paid, "outstanding_amount": ["<=", 0]}, pluck="name"))


def unpaid_among(invoices: Collection[str], customer: str) -> bool:
	"""Whether the customer owes something on one of these Sales Invoices."""
	unpaid = {"name": ["in", list(invoices)], "customer": customer, "docstatus": 1}
	return bool(frappe.db.exists("Sales Invoice", {**unpaid, "outstanding_amount": [">", 0]}))


def are_judged_at_the_till(sales: Collection[str], customer: str) -> bool:
	"""Whether these are submitted POS Invoices to the customer that no Sales Invoice holds yet, and that a till which is being
	closed brings together: an invoice by hand may name them as well."""
	held = {"name": ["in", list(sales)], "customer": customer, "docstatus": 1}
	number = frappe.db.count("POS Invoice", {**held, "consolidated_invoice": ["is", "not set"]})
	closing = frappe.get_all(
		"POS Invoice Merge Log",
		{"docstatus": 1, "customer": customer, "consolidated_invoice": ["is", "not set"]},
		pluck="name",
	)
	merged = {"parenttype": "POS Invoice Merge Log", "parent": ["in", closing]}
	brought = set(frappe.get_all("POS Invoice Reference", merged, pluck="pos_invoice")) if closing else set()
	return bool(sales) and number == len(sales) and brought >= set(sales)


def are_invoices_cancelled_first() -> bool:
	"""Or only after what has paid them."""
	return bool(frappe.db.get_single_value("Accounts Settings", "unlink_payment_on_cancellation_of_invoice"))


def balance_of(customer: str, company: str) -> float:
	"""What the customer owes a company after all its payments, in company currency; below zero: it has paid ahead."""
	row = frappe.qb.DocType("Payment Ledger Entry")
	is_his = (row.party_type == "Customer") & (row.party == customer) & (row.company == company)
	found = frappe.qb.from_(row).select(Sum(row.amount)).where(is_his & (row.delinked == 0)).run()
	return flt(found[0][0], frappe.get_precision("Payment Ledger Entry", "amount"))
