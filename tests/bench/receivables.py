"""Invoices, and what was paid of them, of any number in the ledger of receivables, made by bulk SQL on the site under
test."""

import frappe
from frappe.utils import nowdate

from branch_crm.branch_access import registry
from tests.bench import customers
from tests.bench.customers import LARGE, MEAN
from tests.bench.documents import CHUNK
from tests.site import documents

PREFIX = "Aged"
# whose invoices are the first ten
FEW = f"{customers.PREFIX}-1"
# of each size there are as many invoices in the branch of mean size
OF_MEAN = 1_300
COMMON = {"owner": "Administrator", "modified_by": "Administrator", "docstatus": 1, "creation": "2020-01-01"}


def build(rows: int, parties: int, company: str) -> None:
	"""`rows` of the ledger: an invoice and a payment in turns. Of twenty payments one is of no invoice, and of four one
	pays the half."""
	invoices = rows // 2
	for start in range(1, invoices + 1, CHUNK):
		seq = f"seq_{start}_to_{min(start + CHUNK - 1, invoices)}"
		said = _said(invoices, parties, company)
		_insert("Sales Invoice", seq, "S", said | _invoice())
		_insert("Payment Ledger Entry", seq, "I", said | _entry("S", "Sales Invoice", "S", "100"))
		paid = "case mod(seq, 4) when 0 then -50 else -100 end"
		is_free = "mod(seq, 20) = 7"
		against = f"concat('{PREFIX}-', if({is_free}, 'P', 'S'), '-', seq)"
		kind = f"if({is_free}, 'Payment Entry', 'Sales Invoice')"
		payment = _entry("P", "Payment Entry", "P", paid) | {"due_date": "null"}
		payment |= {"against_voucher_no": against, "against_voucher_type": kind}
		_insert("Payment Ledger Entry", seq, "P", said | payment)
		frappe.db.commit()
	for doctype in ("Sales Invoice", "Payment Ledger Entry"):
		frappe.db.sql(f"analyze table `tab{doctype}`")


def remove() -> None:
	"""Take away what `build` made."""
	for doctype in ("Sales Invoice", "Payment Ledger Entry"):
		while frappe.db.sql(f"select 1 from `tab{doctype}` where name like '{PREFIX}-%' limit 1"):
			frappe.db.sql(f"delete from `tab{doctype}` where name like '{PREFIX}-%' limit {CHUNK}")
			frappe.db.commit()


def _said(invoices: int, parties: int, company: str) -> dict[str, str]:
	"""What an invoice and its payment have in common, as SQL by column."""
	party = f"concat('{customers.PREFIX}-', if(seq <= 10, 1, mod(seq, {parties - 1}) + 2))"
	branch = f"""case when mod(seq, {max(invoices // OF_MEAN, 1)}) = 0 then '{MEAN}' when mod(seq, 10) < 3
		then '{LARGE}' else concat('{customers.PREFIX} ', mod(seq, 33)) end"""
	day = f"date_sub('{nowdate()}', interval mod(seq, 400) day)"
	return {
		"company": frappe.db.escape(company),
		"customer": party,
		"party": party,
		"posting_date": day,
		"due_date": f"date_add({day}, interval 30 day)",
		registry.branch_field(): branch,
	}


def _invoice() -> dict[str, str]:
	amounts = dict.fromkeys(("grand_total", "base_grand_total", "rounded_total", "outstanding_amount"), "100")
	account = {"debit_to": frappe.db.escape(documents.account("Receivable")), "currency": "'INR'"}
	return {**amounts, **account, "conversion_rate": "1", "status": "'Overdue'"}


def _entry(name: str, kind: str, against: str, amount: str) -> dict[str, str]:
	return {
		"account": frappe.db.escape(documents.account("Receivable")),
		"account_type": "'Receivable'",
		"account_currency": "'INR'",
		"party_type": "'Customer'",
		"voucher_type": f"'{kind}'",
		"voucher_no": f"concat('{PREFIX}-{name}-', seq)",
		"against_voucher_type": f"'{kind}'",
		"against_voucher_no": f"concat('{PREFIX}-{against}-', seq)",
		"amount": amount,
		"amount_in_account_currency": amount,
		"delinked": "0",
	}


def _insert(doctype: str, seq: str, name: str, said: dict[str, str]) -> None:
	common = {column: frappe.db.escape(str(value)) for column, value in COMMON.items()}
	columns = frappe.db.get_table_columns(doctype)
	values = {"name": f"concat('{PREFIX}-{name}-', seq)", "modified": common["creation"], **common, **said}
	kept = {column: value for column, value in values.items() if column in columns}
	names = ", ".join(f"`{column}`" for column in kept)
	frappe.db.sql(f"insert into `tab{doctype}` ({names}) select {', '.join(kept.values())} from {seq}")
