"""Rows of several branches in one document: goods, costs and taxes go to the ledger each in its own."""

from collections import defaultdict

import frappe
import pytest
from erpnext.accounts.doctype.purchase_invoice.purchase_invoice import make_debit_note
from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice
from erpnext.stock.doctype.purchase_receipt.purchase_receipt import make_purchase_invoice
from frappe.model.document import Document
from frappe.utils import flt, nowdate

from branch_crm.demo.records import COMPANY
from tests.site.company import make_customer, make_tree, switch_on

GOODS = "Branch Test Goods"
PRICES = {"Delhi": 100, "Mumbai": 30}


@pytest.fixture(autouse=True)
def goods() -> None:
	"""Goods of 10 each in stock, a buyer and a maker of Mumbai and Delhi, stock on the company's accounts."""
	make_tree()
	frappe.db.set_value("Company", COMPANY, "enable_perpetual_inventory", 1)
	frappe.clear_document_cache("Company", COMPANY)
	item = {"doctype": "Item", "item_code": GOODS, "item_group": "Products", "stock_uom": "Nos"}
	frappe.get_doc(item).insert()
	stock = {"doctype": "Stock Entry", "stock_entry_type": "Material Receipt", "company": COMPANY}
	rows = [{"item_code": GOODS, "qty": 100, "basic_rate": 10, "t_warehouse": warehouse()}]
	frappe.get_doc({**stock, "items": rows}).insert().submit()
	make_customer("Buyer", "Mumbai", "Delhi")
	branches = [{"branch": "Mumbai", "is_primary": 1}, {"branch": "Delhi"}]
	frappe.get_doc({"doctype": "Supplier", "supplier_name": "Maker", "branches": branches}).insert()
	parent = frappe.db.get_value("Account", {"company": COMPANY, "name": ["like", "Duties and Taxes%"]})
	tax = {"doctype": "Account", "account_name": "Branch Test Tax", "parent_account": parent}
	frappe.get_doc({**tax, "company": COMPANY, "account_type": "Tax"}).insert()
	switch_on()


def tax_account() -> str:
	return frappe.db.get_value("Account", {"account_name": "Branch Test Tax"})


def warehouse() -> str:
	return frappe.db.get_value("Warehouse", {"company": COMPANY, "name": ["like", "Stores%"]})


def made(doctype: str, **values) -> Document:
	"""A document of Delhi with one row of Delhi and one of Mumbai, and a tax of 13."""
	party = {"supplier": "Maker"} if doctype.startswith("Purchase") else {"customer": "Buyer"}
	rows = [
		{"item_code": GOODS, "qty": 1, "rate": rate, "branch": branch, "warehouse": warehouse()}
		for branch, rate in PRICES.items()
	]
	tax = {"charge_type": "Actual", "account_head": tax_account(), "description": "Tax"}
	tax |= {"tax_amount": 13, "category": "Total", "add_deduct_tax": "Add"}
	doc = {"doctype": doctype, "company": COMPANY, **party, "branch": "Delhi", "posting_date": nowdate()}
	doc = frappe.get_doc({**doc, "items": rows, "taxes": [tax], "disable_rounded_total": 1, **values})
	doc.insert().submit()
	return doc


def ledger(doc: Document) -> dict[str, dict[str, float]]:
	"""Debit less credit by account and branch."""
	sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
	rows = frappe.get_all("GL Entry", {"voucher_no": doc.name}, ["account", "branch", "debit", "credit"])
	for row in rows:
		sums[row.account][row.branch] += flt(row.debit - row.credit, 2)
	return {account: {k: v for k, v in found.items() if v} for account, found in sums.items()}


def stock_account() -> str:
	return frappe.get_cached_value("Company", COMPANY, "default_inventory_account")


@pytest.mark.parametrize("sign", [1, -1], ids=["sold", "returned"])
def test_goods_and_income_of_an_invoice_go_each_to_their_branch(sign: int) -> None:
	invoice = made("Sales Invoice", update_stock=1)
	if sign < 0:
		invoice = make_sales_return(invoice.name)
		invoice.insert().submit()
	found = ledger(invoice)
	income, cost = (invoice.items[0].get(field) for field in ("income_account", "expense_account"))
	assert found[income] == {"Delhi": -100 * sign, "Mumbai": -30 * sign}
	assert found[cost] == {"Delhi": 10 * sign, "Mumbai": 10 * sign}
	assert found[stock_account()] == {"Delhi": -10 * sign, "Mumbai": -10 * sign}
	assert found[tax_account()] == {"Delhi": -13 * sign}
	assert found[invoice.debit_to] == {"Delhi": 143 * sign}


@pytest.mark.parametrize("sign", [1, -1], ids=["bought", "sent back"])
def test_goods_of_a_bill_go_each_to_their_branch(sign: int) -> None:
	bill = made("Purchase Invoice", update_stock=1, bill_no="1")
	if sign < 0:
		bill = make_debit_note(bill.name)
		bill.insert().submit()
	found = ledger(bill)
	assert found[stock_account()] == {"Delhi": 100 * sign, "Mumbai": 30 * sign}
	assert found[tax_account()] == {"Delhi": 13 * sign}
	assert found[bill.credit_to] == {"Delhi": -143 * sign}


def test_rows_keep_their_branches_from_delivery_to_invoice() -> None:
	delivery = made("Delivery Note")
	invoice = make_sales_invoice(delivery.name)
	invoice.insert().submit()
	assert [row.branch for row in invoice.items] == ["Delhi", "Mumbai"]
	assert ledger(delivery)[stock_account()] == {"Delhi": -10, "Mumbai": -10}
	assert ledger(invoice)[invoice.items[0].income_account] == {"Delhi": -100, "Mumbai": -30}


def test_rows_keep_their_branches_from_receipt_to_bill() -> None:
	receipt = made("Purchase Receipt")
	bill = make_purchase_invoice(receipt.name)
	bill.update({"bill_no": "1"}).insert().submit()
	waiting = frappe.get_cached_value("Company", COMPANY, "stock_received_but_not_billed")
	assert [row.branch for row in bill.items] == ["Delhi", "Mumbai"]
	assert ledger(receipt)[stock_account()] == {"Delhi": 100, "Mumbai": 30}
	assert ledger(receipt)[waiting] == {"Delhi": -100, "Mumbai": -30}
	assert ledger(bill)[waiting] == {"Delhi": 100, "Mumbai": 30}
