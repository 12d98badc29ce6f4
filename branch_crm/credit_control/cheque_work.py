"""A cheque comes back: what it had paid is owed again, and the receipt stays, taken back by a journal of that day."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

import frappe
from erpnext.accounts.utils import reconcile_against_document
from frappe import _
from frappe.model import display_fieldtypes
from frappe.model.document import Document
from frappe.utils import flt, getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import block_work, cheque_queries, judge_events
from branch_crm.credit_control.cheque_queries import JOURNAL, RECEIPT
from branch_crm.credit_control.cheque_rules import Line, blocks, charged, paid_again, taken_back
from branch_crm.credit_control.ledger_queries import ORDER
from branch_crm.credit_control.profile_queries import CUSTOMER
from branch_crm.credit_control.rules import ZERO
from branch_crm.party_netting.queries import exact


class ChequeReturnError(frappe.ValidationError):
	"""What is to be returned is no cheque of a customer, or is returned already."""


def validate(doc: Document) -> None:
	"""Raises:
	ChequeReturnError: with what is wrong.
	"""
	receipt = frappe.get_doc(RECEIPT, doc.payment_entry)
	_refuse_unfitting(doc, receipt)
	doc.update(
		{
			"customer": receipt.party,
			"company": receipt.company,
			"branch": receipt.get(access_queries.branch_field()),
			"cheque_no": receipt.reference_no,
			"cheque_date": receipt.reference_date,
			"amount": receipt.base_paid_amount,
			"journal_entry": None,
			"blocked_sales": 0,
		}
	)
	_judge_charges(doc)
	_note_allocations(doc, receipt)


def prepare(doc: Document) -> None:
	"""What the receipt pays once nobody else can change it."""
	receipt = _locked(doc)
	_refuse_second(receipt)
	_note_allocations(doc, receipt)


def take_back(doc: Document) -> None:
	"""Undo what the receipt has paid, and post that the money has gone again."""
	_unreconcile(doc, {(row.document_type, row.document_name) for row in doc.allocations})
	receipt = frappe.get_doc(RECEIPT, doc.payment_entry)
	receipt.db_set("cheque_return", doc.name)
	journal = _journal_of(doc, receipt)
	journal.insert()
	doc.db_set("journal_entry", journal.name)
	journal.submit()
	_allocate(receipt, [_Allocation(JOURNAL, journal.name, exact(receipt.unallocated_amount))])
	if _stops_sales(doc):
		doc.db_set("blocked_sales", int(block_work.block(doc.customer, doc.company, _reason(doc))))


def keep_as_submitted(doc: Document) -> None:
	"""Who cancels it sends the document as well: what it has done is what is stored."""
	stored = doc.get_doc_before_save()
	for field in doc.meta.fields:
		if field.fieldtype not in display_fieldtypes:
			doc.set(field.fieldname, stored.get(field.fieldname))


def undo(doc: Document) -> None:
	"""The cheque has not come back: the receipt pays again what it had paid, as far as that is still to be paid."""
	_locked(doc).db_set("cheque_return", None)
	_unreconcile(doc, {(JOURNAL, doc.journal_entry)})
	frappe.get_doc(JOURNAL, doc.journal_entry).cancel()
	receipt = frappe.get_doc(RECEIPT, doc.payment_entry)
	_allocate(receipt, _paid_again(doc, receipt))
	if doc.blocked_sales and not _stops_sales(doc):
		block_work.unblock(doc.customer, doc.company, _reason(doc))


@dataclass(frozen=True)
class _Allocation:
	"""What a receipt pays of a document, in the currency of the account; the difference of rates in company currency."""

	document_type: str
	document_name: str
	amount: Decimal
	exchange_rate: float | None = None
	exchange_gain_loss: float = 0


def _locked(doc: Document) -> Document:
	"""The receipt, once what its customer owes and the receipt itself are kept from others, in this order."""
	judge_events.lock_rows(frappe.get_doc(RECEIPT, doc.payment_entry))
	return frappe.get_doc(RECEIPT, doc.payment_entry, for_update=True)


def _refuse_unfitting(doc: Document, receipt: Document) -> None:
	if (
		not receipt.docstatus.is_submitted()
		or receipt.payment_type != "Receive"
		or receipt.party_type != CUSTOMER
	):
		_refuse(_("{0} is no submitted receipt of a customer.").format(frappe.bold(receipt.name)))
	mode = receipt.mode_of_payment and frappe.get_cached_value(
		"Mode of Payment", receipt.mode_of_payment, "type"
	)
	if not receipt.reference_no or mode == "Cash":
		_refuse(_("{0} was not paid by cheque: it has no number of one.").format(frappe.bold(receipt.name)))
	if not getdate(receipt.posting_date) <= getdate(doc.return_date) <= getdate():
		_refuse(_("A cheque comes back after it was received, and not later than today. Choose another day."))
	_refuse_second(receipt)


def _refuse_second(receipt: Document) -> None:
	if receipt.cheque_return:
		_refuse(_("This cheque has come back already: {0}.").format(frappe.bold(receipt.cheque_return)))


def _note_allocations(doc: Document, receipt: Document) -> None:
	"""Where their number stays, no row is added: Frappe locks the place of new ones when it opens a document to save it, and
	two who submit at once would wait for each other for ever."""
	rows = [
		{
			"document_type": row.reference_doctype,
			"document_name": row.reference_name,
			"allocated_amount": row.allocated_amount,
			"currency": receipt.party_account_currency,
			"exchange_rate": row.exchange_rate,
			"exchange_gain_loss": row.exchange_gain_loss,
		}
		for row in receipt.references
		if row.allocated_amount
	]
	if len(rows) != len(doc.allocations):
		doc.set("allocations", rows)
	for row, said in zip(doc.allocations, rows, strict=True):
		row.update(said)


def _judge_charges(doc: Document) -> None:
	charges = [flt(doc.bank_charge), flt(doc.customer_charge)]
	if not all(map(isfinite, charges)):
		_refuse(_("Say how much the charges are."))
	if not any(charges):
		return
	doc.charge_account = doc.charge_account or cheque_queries.account_of_charges(doc.company)
	if not doc.charge_account:
		_refuse(_("Choose the account on which charges stand."))
	account = frappe.get_cached_value(
		"Account", doc.charge_account, ["company", "is_group", "root_type"], as_dict=True
	)
	if account.company != doc.company or account.is_group or account.root_type not in ("Expense", "Income"):
		_refuse(
			_("{0} is no account of {1} on which expenses or income stand.").format(
				frappe.bold(doc.charge_account), frappe.bold(doc.company)
			)
		)


def _unreconcile(doc: Document, documents: Collection[tuple[str, str]]) -> None:
	"""Take back what the receipt pays of these documents."""
	undo = frappe.new_doc("Unreconcile Payment")
	undo.update({"company": doc.company, "voucher_type": RECEIPT, "voucher_no": doc.payment_entry})
	undo.add_references()
	undo.allocations = [
		row
		for row in undo.allocations
		if row.allocated_amount and (row.reference_doctype, row.reference_name) in documents
	]
	if undo.allocations:
		undo.insert().submit()


def _journal_of(doc: Document, receipt: Document) -> Document:
	lines = cheque_queries.lines_of(receipt.name)
	bank = next(line for line in lines if line.account == receipt.paid_to)
	customer = next(line for line in lines if line.party and line.base)
	charges = (exact(doc.bank_charge), exact(doc.customer_charge))
	posted = [*taken_back(lines), *charged(bank, customer, doc.charge_account, *charges)]
	journal = frappe.new_doc(JOURNAL)
	journal.update(
		{
			"voucher_type": "Bank Entry",
			"company": doc.company,
			"posting_date": doc.return_date,
			"cheque_no": receipt.reference_no,
			"cheque_date": receipt.reference_date,
			"user_remark": _reason(doc),
			"multi_currency": int(any(line.amount != line.base for line in posted)),
		}
	)
	for line in posted:
		journal.append("accounts", _row(line, receipt))
	return journal


def _row(line: Line, receipt: Document) -> dict:
	side = "debit" if line.amount > ZERO else "credit"
	is_bank = line.account == receipt.paid_to
	return {
		"account": line.account,
		"party_type": line.party_type,
		"party": line.party,
		f"{side}_in_account_currency": float(abs(line.amount)),
		"exchange_rate": float(line.exchange_rate),
		"reference_type": RECEIPT if is_bank else None,
		"reference_name": receipt.name if is_bank else None,
		**dict(line.dimensions),
	}


def _paid_again(doc: Document, receipt: Document) -> Iterator[_Allocation]:
	wanted = [
		((row.document_type, row.document_name), exact(row.allocated_amount)) for row in doc.allocations
	]
	left = {one: cheque_queries.outstanding(*one) for one, _amount in wanted if one[0] != ORDER}
	# ahead of an order anything may be paid, as long as it stands
	left |= {one: ZERO for one, _amount in wanted if one[0] == ORDER and not _is_submitted(*one)}
	amounts = paid_again(wanted, left, exact(receipt.unallocated_amount))
	for row, amount in zip(doc.allocations, amounts, strict=True):
		if amount:
			gain = row.exchange_gain_loss * float(amount) / row.allocated_amount
			yield _Allocation(row.document_type, row.document_name, amount, row.exchange_rate, gain)


def _is_submitted(doctype: str, name: str) -> bool:
	return frappe.db.get_value(doctype, name, "docstatus") == 1


def _allocate(receipt: Document, allocations: Iterable[_Allocation]) -> None:
	free = receipt.unallocated_amount
	common = {
		"voucher_type": RECEIPT,
		"voucher_no": receipt.name,
		"account": receipt.party_account,
		"party_type": receipt.party_type,
		"party": receipt.party,
		"dr_or_cr": "credit_in_account_currency",
		"unadjusted_amount": free,
		"unreconciled_amount": free,
	}
	rows = [
		frappe._dict(
			common,
			against_voucher_type=one.document_type,
			against_voucher=one.document_name,
			allocated_amount=float(one.amount),
			exchange_rate=one.exchange_rate or receipt.source_exchange_rate,
			difference_amount=one.exchange_gain_loss,
		)
		for one in allocations
	]
	if rows:
		reconcile_against_document(rows)


def _stops_sales(doc: Document) -> bool:
	allowed, since = cheque_queries.policy_on(getdate(doc.return_date))
	return blocks(cheque_queries.number_of_returns(doc.customer, doc.company, since), allowed)


def _reason(doc: Document) -> str:
	return _("Cheque {0} of {1} came back: {2}").format(doc.cheque_no, doc.payment_entry, _(doc.reason))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, ChequeReturnError, title=_("Cheque Return"))
