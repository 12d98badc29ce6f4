"""What is known of receipts by cheque that have come back."""

from datetime import date
from decimal import Decimal

import frappe
from erpnext.accounts.doctype.accounting_dimension.accounting_dimension import get_accounting_dimensions
from frappe.query_builder import DocType
from frappe.query_builder.functions import Sum
from frappe.utils import add_days

from branch_crm.credit_control import profile_queries
from branch_crm.credit_control.cheque_rules import Line
from branch_crm.party_netting.queries import LEDGER, exact

RETURN, RECEIPT, JOURNAL = "Cheque Return", "Payment Entry", "Journal Entry"


def lines_of(receipt: str) -> list[Line]:
	"""What a receipt has posted, by account, party and dimensions."""
	entry = DocType("GL Entry")
	dimensions = ["cost_center", "project", *get_accounting_dimensions()]
	grouped = [entry[field] for field in ("account", "party_type", "party", *dimensions)]
	amount = Sum(entry.debit_in_account_currency - entry.credit_in_account_currency)
	rows = (
		frappe.qb.from_(entry)
		.select(*grouped, amount.as_("amount"), Sum(entry.debit - entry.credit).as_("base"))
		.where((entry.voucher_type == RECEIPT) & (entry.voucher_no == receipt) & (entry.is_cancelled == 0))
		.groupby(*grouped)
		.run(as_dict=True)
	)
	return [
		Line(
			row.account,
			exact(row.amount),
			exact(row.base),
			row.party_type or None,
			row.party or None,
			tuple((field, row[field]) for field in dimensions if row[field]),
		)
		for row in rows
	]


def outstanding(document_type: str, document_name: str) -> Decimal:
	"""What is still to be paid of an invoice or journal, in the currency of its account."""
	entry = DocType(LEDGER)
	query = (
		frappe.qb.from_(entry)
		.select(Sum(entry.amount_in_account_currency))
		.where((entry.against_voucher_type == document_type) & (entry.against_voucher_no == document_name))
		.where(entry.delinked == 0)
	)
	return exact(query.run()[0][0])


def is_of_return(journal: str) -> bool:
	"""Whether a journal is that of a returned cheque."""
	return bool(frappe.db.exists(RETURN, {"journal_entry": journal, "docstatus": 1}))


def number_of_returns(customer: str, company: str, since: date | None = None) -> int:
	"""How many cheques of a customer have come back, whoever asks."""
	returned = {"customer": customer, "company": company, "docstatus": 1}
	return frappe.db.count(RETURN, {**returned, "return_date": [">=", since]} if since else returned)


def seen(customer: str, company: str) -> list[str]:
	"""The returned cheques of a customer that the session's user may read."""
	if not frappe.has_permission(RETURN):
		return []
	returned = {"customer": customer, "company": company, "docstatus": 1}
	return frappe.get_list(RETURN, returned, pluck="name", limit_page_length=0)


def policy_on(day: date) -> tuple[int, date | None]:
	"""How many returned cheques stop sales, and since which day they count."""
	settings = profile_queries.settings()
	days = settings.returns_within_days
	return settings.block_after_returns or 0, add_days(day, -days) if days else None


def account_of_charges(company: str) -> str | None:
	"""Where the charges of the last returned cheque stand."""
	last = {"company": company, "docstatus": 1, "charge_account": ["is", "set"]}
	return frappe.db.get_value(RETURN, last, "charge_account", order_by="creation desc")
