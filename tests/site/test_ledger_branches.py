"""The ledger of a whole company: every row of a document with a branch has it, and no sum changes."""

from collections import defaultdict

import frappe
import pytest
from erpnext.accounts.doctype.purchase_invoice.purchase_invoice import make_debit_note
from erpnext.accounts.report.trial_balance.trial_balance import execute as trial_balance
from erpnext.accounts.utils import get_fiscal_year
from erpnext.buying.doctype.purchase_order.purchase_order import make_purchase_receipt
from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note
from erpnext.stock.doctype.purchase_receipt.purchase_receipt import make_purchase_invoice
from frappe.utils import flt, nowdate

from branch_crm.branch_access import registry
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import make_customer, make_tree
from tests.site.goods import done, make_supplier, ordered, rows, stock_up, taxes

BRANCHES = ("Delhi", "Agra", "Mumbai")
LEDGERS = ("GL Entry", "Payment Ledger Entry")


@pytest.fixture(autouse=True)
def whole_company() -> None:
	make_tree()
	stock_up()
	make_customer("Buyer", *BRANCHES)
	make_customer("Passer-by")
	make_supplier("Maker", *BRANCHES)
	frappe.db.savepoint("before_business")
	do_business(*BRANCHES)


def do_business(delhi: str | None, agra: str | None, mumbai: str | None) -> None:
	"""Invoices, goods and bills with tax and rounding, what comes back or is cancelled, payments over one and
	several branches, a journal entry, and sales of no branch."""
	_sell(delhi, agra, mumbai)
	_buy(delhi, mumbai)
	documents.sales("Sales Invoice", "Passer-by", items=_rows(11))


def _sell(delhi: str | None, agra: str | None, mumbai: str | None) -> None:
	invoices = [
		documents.sales(
			"Sales Invoice", "Buyer", branch=branch, items=_rows(100.37 * number), disable_rounded_total=1
		)
		for number, branch in enumerate((delhi, agra, mumbai), 1)
	]
	documents.make_sales_return(invoices[0].name).insert().submit()
	documents.sales("Sales Invoice", "Buyer", branch=agra, items=_rows(77)).cancel()
	payment = documents.get_payment_entry("Sales Invoice", invoices[1].name, bank_account=_cash())
	payment.update({"reference_no": "1", "reference_date": nowdate()})
	reference = {"reference_doctype": "Sales Invoice", "reference_name": invoices[2].name}
	payment.append("references", {**reference, "allocated_amount": 50})
	payment.update({"paid_amount": payment.paid_amount + 50, "received_amount": payment.received_amount + 50})
	payment.insert().submit()
	receivable = {"account": documents.account("Receivable"), "party_type": "Customer", "party": "Buyer"}
	documents.journal(
		{"account": _cash(), "debit_in_account_currency": 25, "branch": agra},
		{**receivable, "credit_in_account_currency": 15, "branch": agra},
		{**receivable, "credit_in_account_currency": 10, "branch": delhi},
	).submit()


def _buy(delhi: str | None, mumbai: str | None) -> None:
	"""The tax makes the bill's total one that is rounded."""
	for branch in (delhi, mumbai):
		order = ordered(branch=branch, taxes=[{**taxes()[0], "rate": 10.1}])
		receipt = done(make_purchase_receipt(order.name))
		bill = done(make_purchase_invoice(receipt.name), bill_no=str(branch))
	done(make_debit_note(bill.name))
	values = {"branch": delhi, "update_stock": 1, "taxes": taxes(), "items": rows()}
	documents.sales("Sales Invoice", "Buyer", **values)
	done(make_delivery_note(documents.sales("Sales Order", "Buyer", branch=mumbai, items=rows()).name))


def _cash() -> str:
	return documents.account("Cash")


def _rows(rate: float) -> list[dict]:
	return [{"item_code": documents.make_item(), "qty": 1, "rate": rate}]


def balance(branches: list[str] | None = None) -> dict[str, tuple[float, float]]:
	"""ERPNext's trial balance of the year: debit and credit by account."""
	year = get_fiscal_year(nowdate(), company=COMPANY)
	filters = {"company": COMPANY, "fiscal_year": year[0], "from_date": year[1], "to_date": year[2]}
	if branches:
		filters[registry.branch_field()] = branches
	rows = trial_balance(frappe._dict(filters, show_zero_values=0))[1]
	return {
		row["account"]: (flt(row["debit"], 2), flt(row["credit"], 2)) for row in rows if row.get("account")
	}


def test_every_ledger_row_has_the_branch_of_its_document() -> None:
	for ledger in LEDGERS:
		rows = frappe.get_all(ledger, fields=["voucher_type", "voucher_no", "branch"])
		of_documents = [row for row in rows if row.voucher_type != "Journal Entry"]
		of_branches = [row for row in of_documents if row.branch]
		assert len({row.voucher_type for row in of_branches}) > 2
		for row in of_documents:
			assert row.branch == frappe.db.get_value(row.voucher_type, row.voucher_no, "branch")
		assert {row.branch for row in rows if row.branch} == set(BRANCHES)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_row_that_comes_without_a_branch_has_that_of_its_document(ledger: str) -> None:
	invoice = frappe.db.get_value("Sales Invoice", {"customer": "Buyer", "branch": "Mumbai"})
	row = frappe.copy_doc(frappe.get_last_doc(ledger, {"voucher_no": invoice}))
	row.update({"branch": None, "docstatus": 0})
	row.submit()
	assert row.branch == "Mumbai"


def test_the_trial_balance_is_the_sum_of_its_branches_and_of_what_has_none() -> None:
	"""Without a branch are the first stock and the sale to somebody without branches."""
	whole = balance()
	summed: dict[str, list[float]] = defaultdict(lambda: [0, 0])
	for branch in BRANCHES:
		for account, amounts in balance([branch]).items():
			summed[account] = [flt(a + b, 2) for a, b in zip(summed[account], amounts, strict=True)]
	for row in frappe.get_all("GL Entry", {"branch": ["is", "not set"]}, ["account", "debit", "credit"]):
		summed[row.account] = [
			flt(summed[row.account][0] + row.debit, 2),
			flt(summed[row.account][1] + row.credit, 2),
		]
	leaves = set(frappe.get_all("Account", {"company": COMPANY, "is_group": 0}, pluck="name"))
	assert len(whole.keys() & leaves) > 8
	for account in leaves & whole.keys():
		assert tuple(summed[account]) == whole[account], account


def test_branches_change_no_sum() -> None:
	"""The same business with and without branches."""
	with_branches = balance()
	frappe.db.rollback(save_point="before_business")
	frappe.db.delete("Branch Assignment")
	do_business(None, None, None)
	assert not frappe.db.exists("GL Entry", {"branch": ["is", "set"]})
	assert balance() == with_branches


def test_what_is_owed_follows_the_invoice_and_not_the_payment() -> None:
	"""The payment of Agra settles 50 of Mumbai's invoice: Mumbai's receivable is less by it."""
	owed = defaultdict(float)
	for row in frappe.get_all("Payment Ledger Entry", {"party": "Buyer"}, ["amount", "against_voucher_no"]):
		owed[frappe.db.get_value("Sales Invoice", row.against_voucher_no, "branch")] += row.amount
	assert flt(owed["Mumbai"], 2) == flt(100.37 * 3 - 50, 2)
	assert flt(owed["Agra"], 2) == 0
