"""What concerns receipts whose cheques have come back."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.credit_control import cheque_queries
from branch_crm.credit_control.cheque_queries import JOURNAL, RECEIPT
from branch_crm.credit_control.cheque_work import ChequeReturnError


def keep_mark(doc: Document, method: str | None = None) -> None:
	"""Payment Entry: its return alone marks it as returned."""
	doc.cheque_return = frappe.db.get_value(RECEIPT, doc.name, "cheque_return") if not doc.is_new() else None


def keep_taken_back(doc: Document, method: str | None = None) -> None:
	"""Unreconcile Payment: a receipt that was taken back is no money to be paid with again.

	Raises:
	        ChequeReturnError: it would be.
	"""
	for row in doc.allocations:
		if row.reference_doctype == JOURNAL and cheque_queries.is_of_return(row.reference_name):
			frappe.throw(
				_("{0} takes back a cheque that has come back. Cancel its Cheque Return instead.").format(
					frappe.bold(row.reference_name)
				),
				ChequeReturnError,
				title=_("Cheque Return"),
			)
