"""Debts of any age, each made in one line, and what customers owe by age, computed plainly from the general ledger and the
documents, one by one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, flt, getdate, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.credit import BUYER, billed

_LEDGER = """
select party, voucher_type, voucher_no, ifnull(against_voucher_type, '') against_type,
	ifnull(against_voucher, '') against_no, posting_date, due_date, branch, debit - credit amount
from `tabGL Entry` where is_cancelled = 0 and party_type = 'Customer' and company = %s and posting_date <= %s
"""
# by customer and branch, an amount for what is not due, for each range, and beyond the last one
Amounts = dict[tuple[str, str | None], list[float]]


def computed(on: str | date, limits: Sequence[int] = (30, 60, 90, 120), by_due_date: bool = True) -> Amounts:
	found: Amounts = defaultdict(lambda: [0.0] * (len(limits) + 2))
	for row in frappe.db.sql(_LEDGER, (COMPANY, on), as_dict=True):
		branch, day = row.branch, row.posting_date
		if row.against_type == "Sales Invoice":
			invoice = frappe.db.get_value(
				"Sales Invoice", row.against_no, ["branch", "posting_date", "due_date"], as_dict=True
			)
			if invoice.posting_date <= getdate(on):
				branch, day = invoice.branch, invoice.due_date if by_due_date else invoice.posting_date
		age = (getdate(on) - day).days
		place = 0 if age < 0 else 1 + sum(age > limit for limit in limits)
		found[row.party, branch][place] += row.amount
	rounded = {key: [flt(amount, 2) for amount in amounts] for key, amounts in found.items()}
	return {key: amounts for key, amounts in rounded.items() if any(amounts)}


def together(
	found: Amounts, branches: set[str | None] | None = None, customers: set[str] | None = None
) -> list:
	"""What these branches and customers come to; None stands for all of them."""
	wanted = [
		amounts
		for (customer, branch), amounts in found.items()
		if (branches is None or branch in branches) and (customers is None or customer in customers)
	]
	return [flt(sum(column), 2) for column in zip(*wanted, strict=True)]


def posted(days: int, credit_days: int = 10) -> dict:
	"""Posted so many days ago, to be paid ten days later."""
	day = add_days(nowdate(), -days)
	return {"set_posting_time": 1, "posting_date": day, "due_date": add_days(day, credit_days)}


def billed_ago(amount: float, days: int, branch: str) -> Document:
	return billed(amount, branch=branch, **posted(days))


def journal(amount: float, branch: str, days: int = 0, **values) -> Document:
	party = {"account": documents.account("Receivable"), "party_type": "Customer", "party": BUYER}
	rows = (
		{**party, "debit_in_account_currency": amount, "branch": branch},
		{"account": documents.account("Cash"), "credit_in_account_currency": amount, "branch": branch},
	)
	doc = documents.journal(*rows, posting_date=add_days(nowdate(), -days), **values)
	return doc.submit()
