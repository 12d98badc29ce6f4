"""What a document asks of the judge."""

from decimal import Decimal

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import cheque_queries, till_queries
from branch_crm.credit_control.commitment_queries import DELIVERY, INVOICE
from branch_crm.credit_control.ledger_queries import ORDER
from branch_crm.credit_control.rules import ZERO, Kind, total
from branch_crm.credit_control.till_queries import SALE
from branch_crm.customer_master import cash_queries
from branch_crm.party_netting.queries import exact

QUOTATION, JOURNAL = "Quotation", "Journal Entry"
_KINDS = {
	QUOTATION: Kind.QUOTATION,
	ORDER: Kind.SALES_ORDER,
	DELIVERY: Kind.DELIVERY_NOTE,
	INVOICE: Kind.SALES_INVOICE,
	SALE: Kind.POS,
	JOURNAL: Kind.JOURNAL_DEBIT,
}
_NEXT_TO_NOTHING = Decimal("0.05")
# asked with every sale: to build this query takes longer than to answer it
_JUDGED = "select name from `tabCredit Company` where judged_since is not null"
# journals that sell nothing: what was owed before, another rate, what is cleared
_NO_SALES = ("Opening Entry", "Exchange Rate Revaluation", "Exchange Gain Or Loss", "Write Off Entry")


def kind_of(doc: Document) -> Kind:
	is_changed = doc.doctype == ORDER and doc.docstatus.is_submitted() and doc.get_doc_before_save()
	was_submitted = is_changed and doc.get_doc_before_save().docstatus == 1
	return Kind.UPDATE_OF_ITEMS if was_submitted else _KINDS[doc.doctype]


def customers_of(doc: Document) -> set[str]:
	"""Whose credit it is about: not that of CASH, who pays at once and is never judged."""
	return _customers_of(doc) - {cash_queries.cash_customer()}


def _customers_of(doc: Document) -> set[str]:
	if doc.doctype == QUOTATION:
		return {doc.party_name} if doc.quotation_to == "Customer" else set()
	if doc.doctype == JOURNAL:
		return {row.party for row in doc.accounts if row.party_type == "Customer" and row.party}
	if doc.doctype == "Payment Entry":
		return {doc.party} if doc.party_type == "Customer" else set()
	return {doc.customer} if doc.get("customer") else set()


def branch_of(doc: Document) -> str | None:
	return doc.get(access_queries.branch_field())


def is_let_through(doc: Document, customer: str) -> bool:
	"""Whether it is never stopped: goods or money that come back, what was owed before there was this system, and journals
	that sell nothing to the customer."""
	if doc.get("is_return") or doc.get("is_opening") == "Yes":
		return True
	if doc.doctype == JOURNAL:
		sells_nothing = doc.voucher_type in _NO_SALES or bool(doc.get("is_system_generated"))
		return sells_nothing or debited(doc, customer) <= ZERO or cheque_queries.is_of_return(doc.name)
	return False


def is_of_sold(doc: Document, adds: Decimal) -> bool:
	"""Whether it is the invoice for what is delivered, or was sold at a till, and so adds next to nothing: another tax, or
	another rate of exchange. What it adds beyond that is sold by it."""
	if doc.doctype != INVOICE or not (doc.is_consolidated or all(row.dn_detail for row in doc.items)):
		return False
	return adds <= exact(doc.base_grand_total) * _NEXT_TO_NOTHING


def taken_over(doc: Document) -> Decimal:
	"""What the till sales that an invoice takes over are owed for: they count as well until the till is closed."""
	sales = {row.pos_invoice for row in doc.items} if doc.get("is_consolidated") else set()
	is_closing = bool(sales) and cash_queries.are_judged_at_the_till(sales, doc.customer)
	return total(till_queries.of_sales(sales).values()) if is_closing else ZERO


def debited(journal: Document, customer: str) -> Decimal:
	"""How much of a journal the customer owes."""
	rows = (row for row in journal.accounts if (row.party_type, row.party) == ("Customer", customer))
	return total(exact(row.debit) - exact(row.credit) for row in rows)


def judged_companies() -> set[str]:
	"""The companies whose sales this room judges."""
	return {name for (name,) in frappe.db.sql(_JUDGED)}
