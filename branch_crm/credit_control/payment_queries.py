"""By when a document is to be paid, and by when its customer has agreed to."""

from decimal import Decimal

import frappe
from erpnext.accounts.party import get_payment_terms_template
from erpnext.controllers.accounts_controller import get_payment_terms
from frappe.model.document import Document
from frappe.utils import date_diff

from branch_crm.credit_control.ledger_queries import ORDER
from branch_crm.credit_control.payment_rules import Payment, Share
from branch_crm.party_netting.queries import exact

_WHOLE = Decimal(100)
_DATES = ("transaction_date", "posting_date")


def payment_of(doc: Document, customer: str) -> Payment:
	"""Agreed is what the customer, its group or the company says; of what is billed of orders as well what these say, which
	were judged themselves."""
	asked = shares_of(doc)
	if not asked or _is_as_ordered(doc, asked):
		return Payment(asked=asked)
	template = get_payment_terms_template(customer, "Customer", doc.company)
	posted = _day_of(doc)
	agreed = [
		Share(date_diff(row.due_date, posted), exact(row.invoice_portion))
		for row in get_payment_terms(template, posted) or ()
	]
	return Payment(agreed, asked)


def shares_of(doc: Document) -> list[Share]:
	"""What a sale asks to be paid when; nothing of what says no day."""
	posted = _day_of(doc)
	if schedule := doc.get("payment_schedule"):
		return [Share(date_diff(row.due_date, posted), exact(row.invoice_portion)) for row in schedule]
	is_sale = doc.meta.has_field("items") and doc.get("due_date")
	return [Share(date_diff(doc.due_date, posted), _WHOLE)] if is_sale else []


def _is_as_ordered(doc: Document, asked: list[Share]) -> bool:
	orders = {row.get("sales_order") for row in doc.get("items") or ()}
	return bool(orders) and all(
		order and not Payment(_shares_of_order(order), asked).is_beyond for order in orders
	)


def _shares_of_order(name: str) -> list[Share]:
	return shares_of(frappe.get_doc(ORDER, name))


def _day_of(doc: Document) -> object:
	return next(filter(None, map(doc.get, _DATES)))
