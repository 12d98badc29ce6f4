"""CASH pays at once: what would leave it owing is refused, whichever document it would come from."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import comma_and, flt

from branch_crm.customer_master import cash_queries, cash_rules
from branch_crm.customer_master.cash_rules import Delivered, Payment, Posting

# the field of the rows that says what an event takes away from the invoices that they name
_TAKEN = {
	("Journal Entry", "on_submit"): "debit",
	("Journal Entry", "on_cancel"): "credit",
	("Payment Entry", "on_cancel"): "allocated_amount",
	("Unreconcile Payment", "on_submit"): "allocated_amount",
}


class CashCreditError(frappe.ValidationError):
	"""It would be credit to the CASH customer."""


def refuse_unpaid_sale(doc: Document, method: str | None = None) -> None:
	"""Of a POS Invoice, which has no ledger of its own until the till is closed."""
	if doc.is_return or doc.customer != cash_queries.cash_customer():
		return
	# ERPNext looks at the amount only where all three are there
	are_redeemed = doc.redeem_loyalty_points and doc.loyalty_program and doc.loyalty_points
	payment = Payment(
		total=flt(doc.rounded_total) or flt(doc.grand_total),
		paid=sum(flt(row.amount) for row in doc.payments),
		redeemed=flt(doc.loyalty_amount) / (flt(doc.conversion_rate) or 1) if are_redeemed else 0,
		written_off=flt(doc.write_off_amount),
		change=flt(doc.change_amount),
	)
	if flt(payment.owed, doc.precision("grand_total")) > 0:
		_refuse_credit(doc)


def refuse_unpaid_invoice(doc: Document, method: str | None = None) -> None:
	"""By what the ledger says once it is written: payments, advances, loyalty points and write-offs are in it. What a
	closed till brings together was paid sale by sale."""
	if doc.is_return or doc.customer != cash_queries.cash_customer():
		return
	sales = {row.pos_invoice for row in doc.items}
	if doc.is_consolidated and cash_queries.are_judged_at_the_till(sales, doc.customer):
		return
	if flt(cash_queries.outstanding_of(doc.name), doc.precision("outstanding_amount")) > 0:
		_refuse_credit(doc)


def refuse_unpaid_delivery(doc: Document, method: str | None = None) -> None:
	"""Goods leave against an invoice that is paid."""
	if doc.is_return or doc.customer != cash_queries.cash_customer():
		return
	rows = [Delivered(row.idx, flt(row.amount), row.against_sales_invoice) for row in doc.items]
	paid = cash_queries.paid_among({row.invoice for row in rows} - {None}, doc.customer)
	if numbers := cash_rules.unpaid_rows(rows, paid):
		_refuse(
			_(
				"Row {0}: {1} pays before it gets the goods. Make and submit the invoice with its payment, then deliver"
				" from it, or tick Update Stock on the invoice."
			).format(comma_and(list(map(str, numbers)), add_quotes=False), frappe.bold(doc.customer))
		)


def refuse_loan(doc: Document, method: str | None = None) -> None:
	"""A journal or a payment charges CASH only with what it has paid ahead."""
	cash = cash_queries.cash_customer()
	if cash and cash_rules.lent(_postings(doc, cash)) > 0 and cash_queries.balance_of(cash, doc.company) > 0:
		_refuse(
			_(
				"{0} would owe this amount, and it has no credit. Name the credit note that is paid back, cancel a receipt"
				" rather than reverse it, or choose another customer."
			).format(frappe.bold(cash))
		)


def refuse_owing(doc: Document, method: str | None = None) -> None:
	"""What CASH has paid in, or was credited with, and has been paid back since, is not cancelled before that."""
	if doc.doctype != "Sales Invoice" and not cash_queries.are_invoices_cancelled_first():
		return
	cash = cash_queries.cash_customer()
	if cash and _credits(doc, cash) and cash_queries.balance_of(cash, doc.company) > 0:
		_refuse(
			_("Without this {0} would owe something. Cancel first what was paid back to it.").format(
				frappe.bold(cash)
			)
		)


def keep_paid(doc: Document, method: str) -> None:
	"""What paid an invoice to CASH is not taken away from it: by a journal, a cancellation, or by unreconciling. Where
	ERPNext wants a payment cancelled before its invoice, it is."""
	if method == "on_cancel" and not cash_queries.are_invoices_cancelled_first():
		return
	cash = cash_queries.cash_customer()
	taken = _TAKEN.get((doc.doctype, method))
	# ERPNext empties some references before it says so
	before = doc.get_doc_before_save()
	names = {
		row.reference_name
		for row in (*doc.get_all_children(), *(before.get_all_children() if before else ()))
		if taken
		and "Sales Invoice" in (row.get("reference_doctype"), row.get("reference_type"))
		and flt(row.get(taken)) > 0
	}
	if cash and names and cash_queries.unpaid_among(names, cash):
		_refuse(
			_("This pays an invoice to {0}, which has no credit. Cancel that invoice first.").format(
				frappe.bold(cash)
			)
		)


def _credits(doc: Document, customer: str) -> bool:
	if doc.doctype == "Journal Entry":
		rows = [row for row in doc.accounts if (row.party_type, row.party) == ("Customer", customer)]
		return sum(flt(row.credit) - flt(row.debit) for row in rows) > 0
	if doc.doctype == "Payment Entry":
		return doc.payment_type == "Receive" and (doc.party_type, doc.party) == ("Customer", customer)
	return doc.doctype == "Sales Invoice" and bool(doc.is_return) and doc.customer == customer


def _postings(doc: Document, customer: str) -> list[Posting]:
	if doc.doctype == "Journal Entry":
		rows = [row for row in doc.accounts if (row.party_type, row.party) == ("Customer", customer)]
		return [Posting(flt(row.debit), flt(row.credit), row.reference_name) for row in rows]
	if doc.get("payment_type") != "Pay" or (doc.party_type, doc.party) != ("Customer", customer):
		return []
	return [Posting(debit=flt(doc.unallocated_amount))]


def _refuse_credit(doc: Document) -> NoReturn:
	_refuse(
		_(
			"{0} pays at once: this {1} would leave something to be paid. Tick Include Payment and enter the whole payment,"
			" or choose another customer."
		).format(frappe.bold(doc.customer), _(doc.doctype))
	)


def _refuse(sentence: str) -> NoReturn:
	frappe.throw(sentence, CashCreditError, title=_("No Credit"))
