"""Which vouchers may contribute otherwise than before, when a document changes."""

from collections.abc import Iterator

import frappe
from frappe.model.document import Document

from branch_crm.credit_control import exposure_work
from branch_crm.credit_control.commitment_queries import DELIVERY, INVOICE
from branch_crm.credit_control.ledger_queries import ORDER, Voucher

# what a line names of the documents that it goes on from
_FROM = {
	INVOICE: {"sales_order": ORDER, "delivery_note": DELIVERY},
	DELIVERY: {"against_sales_order": ORDER, "against_sales_invoice": INVOICE},
}


def note_document(doc: Document, method: str | None = None) -> None:
	"""The document, and what it goes on from."""
	if doc.docstatus:
		exposure_work.note({(doc.doctype, doc.name), *_from(doc)})


def note_ledger_row(doc: Document, method: str | None = None) -> None:
	"""Whatever posts it: many vouchers are posted anew without an event of their own."""
	if doc.party_type == "Customer":
		exposure_work.note({(doc.voucher_type, doc.voucher_no)})


def note_allocations(doc: Document, method: str | None = None) -> None:
	"""Unreconcile Payment: what it has taken back, by SQL."""
	exposure_work.note({(doc.voucher_type, doc.voucher_no)})


def _from(doc: Document) -> Iterator[Voucher]:
	for row in doc.get("items") or ():
		for field, doctype in _FROM.get(doc.doctype, {}).items():
			if name := row.get(field):
				yield doctype, name
	if doc.doctype == DELIVERY and doc.get("return_against"):
		yield DELIVERY, doc.return_against


def rename_customer(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""The rows of both are named after what they are of."""
	exposure_work.settle()
	for company in frappe.get_all("Credit Company", pluck="name"):
		for customer in dict.fromkeys((old, new)):
			exposure_work.rebuild(company, customer)
