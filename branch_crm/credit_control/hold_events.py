"""What concerns the records of refused documents."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.credit_control import asked_queries, hold_queries
from branch_crm.credit_control.hold_queries import EVENT, HOLD
from branch_crm.credit_control.profile_queries import CATEGORY
from branch_crm.credit_control.takeover_queries import KEPT


class HistoryError(frappe.ValidationError):
	"""Somebody changes what was refused or decided, by hand or by a program of his own."""


def refuse_by_hand(doc: Document, method: str | None = None) -> None:
	"""The app writes these records by itself, and what has happened once stays."""
	if not doc.flags.by_room or (doc.doctype == EVENT and not doc.is_new()):
		refuse(doc)


def refuse(doc: Document, method: str | None = None, *renamed: str | bool) -> None:
	"""Whoever comes this way is a person or a program, Administrator included."""
	frappe.throw(
		_("What was refused and who has released it is history, and nobody changes it."),
		HistoryError,
		title=_(doc.doctype),
	)


def keep_history(doc: Document, method: str | None = None) -> None:
	"""ERPNext's deletion of a company's transactions leaves out the DocTypes of a list, which can be shortened.

	Raises:
	        HistoryError: what was refused, or ERPNext's limits that were put aside, would go as well.
	"""
	left_out = {row.doctype_name for row in doc.doctypes_to_be_ignored}
	if missing := [_(doctype) for doctype in (HOLD, EVENT, KEPT) if doctype not in left_out]:
		frappe.throw(
			_("These are not deleted with the transactions: {0}. Add them to the excluded DocTypes.").format(
				frappe.bold(", ".join(missing))
			),
			HistoryError,
			title=_("Not Deleted"),
		)


def look_again(doc: Document, method: str | None = None) -> None:
	"""What its customers owe may be less now."""
	customers = sorted(asked_queries.customers_of(doc)) if doc.docstatus else []
	if not customers or not hold_queries.is_anything_waiting(doc.company, customers):
		return
	if doc.company in asked_queries.judged_companies():
		_look_again(doc.company, customers)


def look_again_at_party(doc: Document, method: str | None = None) -> None:
	"""A Credit Profile may grant more now; that of a category to all below it."""
	customers = None if doc.party_type == CATEGORY else [doc.party]
	if hold_queries.is_anything_waiting(doc.company, customers):
		_look_again(doc.company, customers)


def _look_again(company: str, customers: list[str] | None) -> None:
	frappe.enqueue(
		"branch_crm.credit_control.hold_jobs.look_again",
		queue="short",
		enqueue_after_commit=True,
		company=company,
		customers=customers,
	)
