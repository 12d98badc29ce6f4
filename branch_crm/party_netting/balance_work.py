"""The payment that settles what is left between two parties after they are set off."""

import frappe
from erpnext.accounts.doctype.journal_entry.journal_entry import get_default_bank_cash_account
from erpnext.accounts.doctype.payment_entry.payment_entry import split_invoices_based_on_payment_terms
from erpnext.accounts.party import get_party_account
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import own_figure_queries
from branch_crm.branch_access import queries as access_queries
from branch_crm.party_netting import queries, rules
from branch_crm.party_netting.rules import Row, Side, Terms


class NothingToPayError(frappe.ValidationError):
	pass


def payment(customer: str, supplier: str, company: str) -> Document:
	"""A Payment Entry, not saved, for the net position in company currency, with the documents that a settlement of the
	smaller side would leave open.

	Raises:
	        NothingToPayError: neither owes the other anything, or what is in other currencies turns the position round.
	"""
	terms = Terms(frappe.get_cached_value("Company", company, "default_currency"))
	items = queries.open_items(customer, supplier, company)
	net = rules.position(item for item in items if item.currency == terms.currency).net
	if not net:
		_refuse(_("Neither owes the other anything in {0}.").format(frappe.bold(terms.currency)))
	if net * rules.position(items).net < 0:
		_refuse(
			_(
				"With what is in other currencies the position is the other way round. Pay what is in each by itself."
			)
		)
	side = Side.RECEIVABLE if net > 0 else Side.PAYABLE
	party = customer if side is Side.RECEIVABLE else supplier
	return _drafted(side, party, company, float(abs(net)), rules.balance_rows(items, terms))


def _drafted(side: Side, party: str, company: str, amount: float, rows: tuple[Row, ...]) -> Document:
	doc = frappe.new_doc("Payment Entry")
	is_received, party_type = side is Side.RECEIVABLE, queries.PARTY[side]
	account = rows[0].item.account if rows else get_party_account(party_type, party, company)
	bank = get_default_bank_cash_account(company, "Bank") or get_default_bank_cash_account(company, "Cash")
	accounts = (account, bank.get("account")) if is_received else (bank.get("account"), account)
	doc.update(
		{
			"payment_type": "Receive" if is_received else "Pay",
			"company": company,
			"party_type": party_type,
			"party": party,
			"paid_from": accounts[0],
			"paid_to": accounts[1],
			"paid_amount": amount,
			"received_amount": amount,
		}
	)
	for row in rows:
		if row.item.account == account:
			_refer(doc, row)
	doc.setup_party_account_field()
	doc.set_missing_values()
	doc.set_missing_ref_details()
	doc.set_amounts()
	if access_queries.is_limited_by_branch():
		doc.update(own_figure_queries.balances(doc))
	return doc


def _refer(doc: Document, row: Row) -> None:
	"""Allocate to a document, by its payment terms where it asks for that."""
	invoice = {"voucher_type": row.item.voucher_type, "voucher_no": row.item.voucher_no}
	invoice |= {"outstanding_amount": float(row.item.outstanding), "due_date": row.item.due_date}
	left = float(row.amount)
	for part in split_invoices_based_on_payment_terms([frappe._dict(invoice)], doc.company):
		if allocated := min(left, part.outstanding_amount):
			said = {"reference_doctype": part.voucher_type, "reference_name": part.voucher_no}
			said |= {"due_date": part.due_date, "payment_term": part.payment_term}
			doc.append("references", {**said, "allocated_amount": allocated})
			left -= allocated


def _refuse(text: str) -> None:
	frappe.throw(text, NothingToPayError, title=_("Net Position"))
