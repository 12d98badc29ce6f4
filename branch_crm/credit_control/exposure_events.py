"""Which vouchers may contribute otherwise than before, when a document changes."""

from collections.abc import Iterator

import frappe
from frappe.model.document import Document

from branch_crm.credit_control import (
	entry_queries,
	exposure_jobs,
	exposure_work,
	ledger_queries,
	payable_work,
	profile_queries,
)
from branch_crm.credit_control.commitment_queries import DELIVERY, INVOICE
from branch_crm.credit_control.ledger_queries import ORDER, Voucher
from branch_crm.credit_control.profile_queries import CATEGORY, CUSTOMER, PROFILE
from branch_crm.customer_master import category_queries

# what a line names of the documents that it goes on from
_FROM = {
	INVOICE: {"sales_order": ORDER, "delivery_note": DELIVERY},
	DELIVERY: {"against_sales_order": ORDER, "against_sales_invoice": INVOICE},
}


def note_document(doc: Document, method: str | None = None) -> None:
	"""What was counted when it was judged is not read twice."""
	if doc.docstatus and not doc.flags.pop("credit_counted", False):
		note(doc)


def note(doc: Document) -> None:
	"""The document, and what it goes on from."""
	exposure_work.note({(doc.doctype, doc.name), *_from(doc)})


def note_payments(doc: Document, method: str | None = None) -> None:
	"""What pays a document that is cancelled is taken from it by SQL, and is money in advance then."""
	if doc.company in entry_queries.counted_companies():
		exposure_work.note(ledger_queries.settling({(doc.doctype, doc.name)}))


def note_ledger_row(doc: Document, method: str | None = None) -> None:
	"""Whatever posts it: many vouchers are posted anew without an event of their own."""
	if doc.party_type in ledger_queries.PARTIES:
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


def note_agreement(doc: Document, method: str | None = None) -> None:
	"""A Netting Agreement that begins or ends to count: what we owe the supplier counts, or counts no more."""
	if doc.counts_for_credit or (doc.get_doc_before_save() or doc).counts_for_credit:
		payable_work.note(doc.company, doc.supplier)


def recount_after_deletion(doc: Document, method: str | None = None) -> None:
	"""The transactions of a company are deleted by SQL, which tells nobody."""
	if doc.status == "Completed" and doc.company in entry_queries.counted_companies():
		frappe.enqueue(
			exposure_jobs.recount,
			queue="long",
			job_id=f"credit-recount-{doc.company}",
			deduplicate=True,
			enqueue_after_commit=True,
			company=doc.company,
		)


def rebuild_shared(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""A category shares a limit, or is shared by others than before: what its customers owe together is summed up anew."""
	if not _shares_otherwise(doc, method) or not profile_queries.shares_any():
		return
	frappe.enqueue(
		exposure_jobs.rebuild_categories,
		queue="long",
		job_id="credit-categories",
		deduplicate=True,
		enqueue_after_commit=True,
	)


def _shares_otherwise(doc: Document, method: str | None) -> bool:
	before = doc.get_doc_before_save()
	if doc.doctype == PROFILE:
		return doc.party_type == CATEGORY and (method == "after_delete" or not before)
	field = "customer_category" if doc.doctype == CUSTOMER else category_queries.PARENT
	return method == "after_rename" or bool(before and doc.has_value_changed(field))


def rename_branch(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""The rows of both are named after what they are of."""
	exposure_work.settle()
	exposure_work.rebuild_branch(new)


def rename_customer(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""The rows of both are named after what they are of."""
	exposure_work.settle()
	for company in frappe.get_all("Credit Company", pluck="name"):
		for customer in dict.fromkeys((old, new)):
			exposure_work.rebuild(company, customer)
