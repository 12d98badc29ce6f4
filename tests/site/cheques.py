"""Receipts by cheque, and their return, each made in one line."""

import frappe
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.credit import received

RETURN, RECEIPT = "Cheque Return", "Payment Entry"


def cheque(amount: float, *invoices: Document, **values) -> Document:
	"""A receipt of the buyer's by cheque, in Delhi."""
	by_cheque = {"paid_to": bank(), "reference_no": "000123", "reference_date": nowdate(), "branch": "Delhi"}
	return received(amount, *invoices, **{**by_cheque, **values})


def draft(receipt: Document, **values) -> Document:
	given = {"doctype": RETURN, "payment_entry": receipt.name, "return_date": nowdate()}
	return frappe.get_doc({**given, "reason": "Insufficient Funds", **values}).insert()


def returned(receipt: Document, **values) -> Document:
	return draft(receipt, **values).submit()


def bank() -> str:
	name = frappe.db.get_value("Account", {"account_name": "Zq Bank", "company": COMPANY})
	return name or documents.make_account("Zq Bank", "Bank", parent_account=named("Bank Accounts"))


def charges() -> str:
	return named("Miscellaneous Expenses")


def named(account: str) -> str:
	return frappe.db.get_value("Account", {"account_name": account, "company": COMPANY})


def outstanding(doc: Document) -> float:
	return frappe.db.get_value(doc.doctype, doc.name, "outstanding_amount")


def balance(account: str) -> float:
	rows = frappe.get_all("GL Entry", {"account": account, "is_cancelled": 0}, ["debit", "credit"])
	return sum(row.debit - row.credit for row in rows)
