"""What a customer owes, by the days by which it was to be paid."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max, Sum
from frappe.utils import create_batch, getdate

from branch_crm.credit_control.commitment_queries import INVOICE
from branch_crm.credit_control.overdue_rules import debts
from branch_crm.credit_control.rules import ZERO, Debt
from branch_crm.party_netting.queries import LEDGER, exact

_BATCH = 1000


def debts_of(customer: str, company: str) -> list[Debt]:
	"""Invoices and journals that are not paid, in company currency."""
	return debts_of_all([customer], company)[customer]


def debts_of_all(customers: Collection[str], company: str) -> dict[str, list[Debt]]:
	"""The same of each of many customers."""
	found: dict[str, list[Debt]] = {customer: [] for customer in customers}
	for page in create_batch(sorted(found), _BATCH):
		for customer, debt in (*_of_invoices(page, company), *_of_journals(page, company)):
			found[customer].append(debt)
	return found


def _of_invoices(customers: list[str], company: str) -> Iterator[tuple[str, Debt]]:
	fields = [
		"name",
		"customer",
		"due_date",
		"posting_date",
		"outstanding_amount",
		"conversion_rate",
		"currency",
	]
	fields += ["party_account_currency"]
	open_ = {
		"customer": ["in", customers],
		"company": company,
		"docstatus": 1,
		"outstanding_amount": [">", 0],
	}
	rows = frappe.get_all(INVOICE, open_, fields)
	schedules = _schedules([row.name for row in rows])
	for row in rows:
		outstanding = _in_company_currency(row)
		instalments = schedules.get(row.name) or [(getdate(row.due_date or row.posting_date), outstanding)]
		for debt in debts(outstanding, instalments):
			yield row.customer, debt


def _in_company_currency(row: frappe._dict) -> Decimal:
	"""What is outstanding stands in the currency of the account: that of the invoice, or of the company."""
	rate = row.conversion_rate if row.party_account_currency == row.currency else 1
	return exact(exact(row.outstanding_amount) * Decimal(str(rate or 1)))


def _schedules(names: list[str]) -> dict[str, list]:
	"""Of invoices that are paid in parts, what was to be paid by when, in company currency."""
	found = defaultdict(list)
	filters = {"parenttype": INVOICE, "parent": ["in", names]}
	fields = ["parent", "due_date", "base_payment_amount"]
	for row in frappe.get_all("Payment Schedule", filters, fields) if names else ():
		found[row.parent].append((getdate(row.due_date), exact(row.base_payment_amount)))
	return {name: rows for name, rows in found.items() if len(rows) > 1}


def _of_journals(customers: list[str], company: str) -> Iterator[tuple[str, Debt]]:
	"""What journals have posted to customers and nobody has paid."""
	entry = DocType(LEDGER)
	owed = Sum(entry.amount)
	query = (
		frappe.qb.from_(entry)
		.select(entry.party, Max(entry.due_date), Max(entry.posting_date), owed)
		.where(
			(entry.party_type == "Customer")
			& entry.party.isin(customers)
			& (entry.company == company)
			& (entry.delinked == 0)
			& (entry.against_voucher_type == "Journal Entry")
		)
		.groupby(entry.party, entry.against_voucher_no)
		.having(owed > 0)
	)
	for customer, due, posted, amount in query.run():
		if exact(amount) > ZERO:
			yield customer, Debt(getdate(due or posted), exact(amount))
