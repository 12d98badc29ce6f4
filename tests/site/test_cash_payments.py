"""Journals and payments leave CASH owing nothing, and what has been paid stays paid."""

import frappe
from erpnext.accounts.doctype.journal_entry.journal_entry import make_reverse_journal_entry
from frappe.model.document import Document
from frappe.utils import nowdate

from tests.site import documents
from tests.site.company import make_customer
from tests.site.counter import COMPANY, cash, receivable, received, refused, unpaid

__all__ = ["cash"]


def _paid_ahead(cash: str) -> tuple[Document, Document]:
	"""A receipt, and the invoice that it pays."""
	ahead = received(cash, 100)
	ahead.submit()
	row = {"reference_type": "Payment Entry", "reference_name": ahead.name, "advance_amount": 100}
	invoice = unpaid(cash, advances=[{**row, "allocated_amount": 100}])
	invoice.submit()
	assert frappe.db.get_value("Sales Invoice", invoice.name, "outstanding_amount") == 0
	return ahead.reload(), invoice


def test_what_paid_an_invoice_is_not_taken_away_from_it(cash: str) -> None:
	ahead, invoice = _paid_ahead(cash)
	with refused("Cancel that invoice first"):
		ahead.cancel()
	undo = {"doctype": "Unreconcile Payment", "company": COMPANY, "voucher_type": "Payment Entry"}
	undo = frappe.get_doc({**undo, "voucher_no": ahead.name})
	undo.add_references()
	with refused("Cancel that invoice first"):
		undo.insert().submit()
	charge = {"reference_type": "Sales Invoice", "reference_name": invoice.name}
	with refused("Cancel that invoice first"):
		_journal(cash, debit=50, **charge).submit()
	invoice.reload().cancel()
	ahead.reload().cancel()


def test_a_receipt_of_a_journal_neither(cash: str) -> None:
	ahead = _journal(cash, credit=100, is_advance="Yes")
	ahead.submit()
	row = {"reference_type": "Journal Entry", "reference_name": ahead.name, "advance_amount": 100}
	row["reference_row"] = ahead.accounts[0].name
	invoice = unpaid(cash, advances=[{**row, "allocated_amount": 100}])
	invoice.submit()
	with refused("Cancel that invoice first"):
		ahead.reload().cancel()
	with refused("no credit"):
		_journal(cash, debit=1).submit()


def test_what_it_owed_before_it_became_cash_can_be_paid_in_parts(cash: str) -> None:
	known = make_customer("Zq Known").name
	invoice = documents.sales("Sales Invoice", known)
	frappe.get_doc("Customer Master Settings").update({"cash_customer": known}).save()
	payment = documents.get_payment_entry("Sales Invoice", invoice.name)
	payment.update(
		{"paid_amount": 60, "received_amount": 60, "reference_no": "3", "reference_date": nowdate()}
	)
	payment.references[0].allocated_amount = 60
	payment.insert().submit()
	assert invoice.reload().outstanding_amount == 40
	with refused("Cancel that invoice first"):
		payment.reload().cancel()


def _journal(cash: str, debit: float = 0, credit: float = 0, **values) -> Document:
	center = {"cost_center": frappe.get_cached_value("Company", COMPANY, "cost_center")}
	party = {"account": receivable(), "party_type": "Customer", "party": cash, **center, **values}
	party |= {"debit_in_account_currency": debit, "credit_in_account_currency": credit}
	other = {"account": documents.account("Cash"), **center}
	other |= {"debit_in_account_currency": credit, "credit_in_account_currency": debit}
	return documents.journal(party, other)


def test_a_journal_charges_cash_with_nothing_but_what_it_paid_ahead(cash: str) -> None:
	with refused("no credit"):
		_journal(cash, debit=100).submit()
	_journal(make_customer("Zq Known").name, debit=100).submit()
	receipt = _journal(cash, credit=100)
	receipt.submit()
	with refused("no credit"):
		_journal(cash, debit=100.01).submit()
	back = make_reverse_journal_entry(receipt.name)
	back.posting_date = nowdate()
	back.insert().submit()
	with refused("no credit"):
		_journal(cash, debit=0.01).submit()


def test_money_is_paid_back_for_what_was_returned_or_paid_ahead(cash: str) -> None:
	with refused("no credit"):
		received(cash, 100, "Pay").submit()
	received(cash, 100).submit()
	received(cash, 100, "Pay").submit()
	returned = documents.make_sales_return(documents.paid_at_once(cash).name)
	returned.update({"is_pos": 0, "payments": [], "update_outstanding_for_self": 1})
	returned.insert().submit()
	assert returned.reload().outstanding_amount == -100
	payment = documents.get_payment_entry("Sales Invoice", returned.name)
	payment.update({"reference_no": "2", "reference_date": nowdate(), "paid_from": documents.account("Cash")})
	payment.insert().submit()
	assert returned.reload().outstanding_amount == 0


def test_what_was_paid_back_is_cancelled_before_what_it_was_paid_back_for(cash: str) -> None:
	ahead = received(cash, 100)
	ahead.submit()
	back = _paid_back(cash)
	with refused("paid back"):
		frappe.get_doc("Payment Entry", ahead.name).cancel()
	back.reload().cancel()
	ahead.reload().cancel()


def test_a_return_that_was_paid_back_is_not_cancelled_before_the_money(cash: str) -> None:
	sold = documents.paid_at_once(cash, 100)
	returned = documents.make_sales_return(sold.name).update({"is_pos": 0, "payments": []})
	returned.insert().submit()
	back = documents.get_payment_entry("Sales Invoice", returned.name)
	back.update({"reference_no": "1", "reference_date": nowdate()}).insert().submit()
	with refused("paid back"):
		returned.reload().cancel()


def test_where_erpnext_cancels_payments_first_they_are(cash: str) -> None:
	frappe.db.set_single_value("Accounts Settings", "unlink_payment_on_cancellation_of_invoice", 0)
	ahead, invoice = _paid_ahead(cash)
	ahead.cancel()
	invoice.reload().cancel()


def _paid_back(cash: str) -> Document:
	payment = {
		"doctype": "Payment Entry",
		"payment_type": "Pay",
		"company": COMPANY,
		"party_type": "Customer",
	}
	payment |= {
		"party": cash,
		"paid_from": documents.account("Cash"),
		"paid_to": documents.account("Receivable"),
	}
	payment |= {"paid_amount": 100, "received_amount": 100, "reference_no": "1", "reference_date": nowdate()}
	return frappe.get_doc(payment).insert().submit()
