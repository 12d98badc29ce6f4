"""What a settlement has settled, or is at work on, is changed through the settlement alone."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.party_netting import settlement_queries


class SettledError(frappe.ValidationError):
	pass


def refuse_cancelling_journal(doc: Document, method: str | None = None) -> None:
	settlement = settlement_queries.of_journal(doc.name)
	if settlement and doc.flags.netting_settlement != settlement:
		_refuse(
			_(
				"This journal entry belongs to {0}. Cancel that one: it restores both sides and all its journals."
			),
			settlement,
		)


def refuse_cancelling_settled(doc: Document, method: str | None = None) -> None:
	if settlement := settlement_queries.of_document(doc.doctype, doc.name):
		_refuse(_("This document is settled by {0}. Cancel that one first."), settlement)


def refuse_unreconciling(doc: Document, method: str | None = None) -> None:
	if doc.voucher_type == "Journal Entry" and (settlement := settlement_queries.of_journal(doc.voucher_no)):
		_refuse(_("This journal entry belongs to {0}. Cancel that one instead."), settlement)


def refuse_claimed(doc: Document, method: str | None = None) -> None:
	"""Nobody pays what a settlement is at work on: it would find less than it has claimed."""
	if doc.flags.netting_settlement:
		return
	named = {
		(row.get("reference_doctype") or row.get("reference_type"), row.reference_name)
		for row in doc.get("references") or doc.get("accounts") or ()
		if row.reference_name
	}
	for (_kind, name), settlement in settlement_queries.at_work_on(named).items():
		_refuse(_("{1} is being settled by {0} right now. Wait until it is done."), settlement, name)


def refuse_return_of_claimed(doc: Document, method: str | None = None) -> None:
	"""The same of what a credit note or debit note lowers."""
	if doc.is_return and doc.return_against:
		for settlement in settlement_queries.at_work_on([(doc.doctype, doc.return_against)]).values():
			_refuse(
				_("{1} is being settled by {0} right now. Wait until it is done."),
				settlement,
				doc.return_against,
			)


def _refuse(text: str, settlement: str, *more: str) -> None:
	frappe.throw(
		text.format(*map(frappe.bold, (settlement, *more))), SettledError, title=_("Netting Settlement")
	)
