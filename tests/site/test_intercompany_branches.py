"""What one company sells to another, and moves within itself: no branch goes where it does not belong."""

import frappe
import pytest
from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_inter_company_purchase_invoice
from erpnext.buying.doctype.purchase_order.purchase_order import make_inter_company_sales_order
from erpnext.selling.doctype.sales_order.sales_order import make_inter_company_purchase_order
from erpnext.stock.doctype.delivery_note.delivery_note import make_inter_company_purchase_receipt
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.branch_access.document_events import DocumentBranchError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import make_branch, make_customer, make_tree, switch_on
from tests.site.goods import GOODS, assert_all_in, done, make_supplier, stock_up, warehouse

PRICES = "Between Us"
SISTER = "Sister"


@pytest.fixture(autouse=True)
def sisters() -> None:
	"""Two companies that sell to each other; Delhi is of the first, Sister Branch of the second, Mumbai of both."""
	make_tree()
	documents.make_item()
	company = {"doctype": "Company", "company_name": SISTER, "abbr": "SIS", "country": "India"}
	frappe.get_doc({**company, "default_currency": "INR"}).insert()
	frappe.get_doc("Branch", "Delhi").update({"company": COMPANY}).save()
	# Frappe gives what is new the company that is usual
	frappe.get_doc("Branch", "Mumbai").update({"company": None}).save()
	make_branch("Sister Branch", "HO", company=SISTER)
	customer = make_customer("They", "Delhi", "Mumbai")
	inside = {"is_internal_customer": 1, "represents_company": SISTER, "companies": [{"company": COMPANY}]}
	customer.update(inside).save()
	inside = {"is_internal_supplier": 1, "represents_company": COMPANY, "companies": [{"company": SISTER}]}
	make_supplier("We", "Sister Branch", "Mumbai", **inside)
	prices = {"doctype": "Price List", "price_list_name": PRICES, "currency": "INR"}
	frappe.get_doc({**prices, "buying": 1, "selling": 1}).insert()
	switch_on()


def sold(doctype: str = "Sales Invoice", **values) -> Document:
	return documents.sales(doctype, "They", **{"selling_price_list": PRICES, **values})


def taken(doc: Document, **values) -> Document:
	"""The mapped document, with what the sister's books need."""
	for row in doc.items:
		row.expense_account = frappe.get_cached_value("Company", SISTER, "default_expense_account")
		row.cost_center = frappe.get_cached_value("Company", SISTER, "cost_center")
	return done(doc, schedule_date=nowdate(), **values)


@pytest.mark.parametrize(("branch", "there"), [("Delhi", "Sister Branch"), ("Mumbai", "Mumbai")])
def test_a_bill_takes_along_only_a_branch_of_both_companies(branch: str, there: str) -> None:
	bill = taken(make_inter_company_purchase_invoice(sold(branch=branch).name), bill_no="1")
	assert_all_in(there, bill)


def test_an_order_takes_along_no_branch_of_the_other_company() -> None:
	order = taken(make_inter_company_purchase_order(sold("Sales Order", branch="Delhi").name))
	assert (order.company, order.branch) == (SISTER, "Sister Branch")
	assert_all_in("Sister Branch", order)


def test_an_order_back_takes_along_no_branch_of_the_other_company() -> None:
	line = {"item_code": documents.ITEM, "qty": 1, "rate": 10, "schedule_date": nowdate()}
	values = {"doctype": "Purchase Order", "company": SISTER, "supplier": "We", "schedule_date": nowdate()}
	order = done(frappe.get_doc({**values, "items": [line], "buying_price_list": PRICES}))
	assert order.branch == "Sister Branch"
	back = make_inter_company_sales_order(order.name)
	back = done(back, delivery_date=nowdate())
	assert (back.company, back.branch) == (COMPANY, "Delhi")
	assert_all_in("Delhi", back)


def test_a_branch_of_the_other_company_that_somebody_chooses_is_refused() -> None:
	bill = make_inter_company_purchase_invoice(sold(branch="Mumbai").name)
	with pytest.raises(DocumentBranchError):
		taken(bill, bill_no="1", branch="Delhi")


def test_what_a_company_moves_within_itself_stays_in_its_branch() -> None:
	stock_up()
	transit = frappe.db.get_value("Warehouse", {"company": COMPANY, "name": ["like", "Finished%"]})
	inside = {"represents_company": COMPANY, "companies": [{"company": COMPANY}]}
	make_customer("Ourselves", "Delhi", "Mumbai").update({"is_internal_customer": 1, **inside}).save()
	supplier = frappe.get_doc("Supplier", "We")
	supplier.append("companies", {"company": COMPANY})
	supplier.append("branches", {"branch": "Delhi"})
	supplier.save()
	profit = {"account_name": "Unrealized", "company": COMPANY, "root_type": "Liability"}
	profit["parent_account"] = frappe.db.get_value(
		"Account", {"company": COMPANY, "name": ["like", "Current Liabilities%"]}
	)
	profit = frappe.get_doc({"doctype": "Account", **profit}).insert().name
	frappe.db.set_value("Company", COMPANY, "unrealized_profit_loss_account", profit)
	line = {"item_code": GOODS, "qty": 2, "rate": 60, "warehouse": warehouse(), "target_warehouse": transit}
	values = {"branch": "Delhi", "selling_price_list": PRICES, "items": [line]}
	delivery = documents.sales("Delivery Note", "Ourselves", set_target_warehouse=transit, **values)
	receipt = make_inter_company_purchase_receipt(delivery.name)
	for row in receipt.items:
		row.warehouse = warehouse()
	receipt = done(receipt)
	assert_all_in("Delhi", delivery, receipt)
	invoice = documents.sales(
		"Sales Invoice", "Ourselves", update_stock=1, set_target_warehouse=transit, **values
	)
	assert_all_in("Delhi", invoice)
