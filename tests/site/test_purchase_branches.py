"""What is bought: asked for, ordered, received, billed and paid in its branch, ledger included."""

import frappe
import pytest
from erpnext.accounts.doctype.purchase_invoice.purchase_invoice import make_debit_note
from erpnext.buying.doctype.purchase_order.purchase_order import make_purchase_invoice
from erpnext.buying.doctype.purchase_order.purchase_order import make_purchase_receipt as receipt_of_order
from erpnext.buying.doctype.request_for_quotation.request_for_quotation import (
	create_supplier_quotation,
	make_supplier_quotation_from_rfq,
)
from erpnext.buying.doctype.supplier_quotation.supplier_quotation import make_purchase_order
from erpnext.selling.doctype.sales_order.sales_order import make_purchase_order as order_for_sale
from erpnext.stock.doctype.material_request.material_request import (
	make_purchase_order as order_for_request,
)
from erpnext.stock.doctype.material_request.material_request import (
	make_request_for_quotation,
	make_stock_entry,
)
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, listed, make_customer, make_tree, make_user, switch_on
from tests.site.goods import (
	TRADE,
	assert_all_in,
	done,
	make_supplier,
	ordered,
	rows,
	stock_up,
	taxes,
	warehouse,
)


@pytest.fixture(autouse=True)
def goods() -> None:
	"""Goods in stock, a supplier of Mumbai and Delhi, and scope on."""
	make_tree()
	stock_up()
	make_supplier("Maker", "Mumbai", "Delhi")
	switch_on()


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=TRADE)


def wanted(purpose: str = "Purchase", **values) -> Document:
	request = {"doctype": "Material Request", "material_request_type": purpose, "company": COMPANY}
	return done(frappe.get_doc({**request, "items": rows(), "branch": "Delhi", **values}))


def asked(request: Document) -> Document:
	"""The supplier asked for a price."""
	question = make_request_for_quotation(request.name)
	question.append("suppliers", {"supplier": "Maker"})
	return done(question, message_for_supplier="Please", schedule_date=nowdate())


def test_suppliers_are_asked_and_answer_in_the_branch_of_the_request(delhi: str) -> None:
	with as_user(delhi):
		request = wanted()
		question = asked(request)
	offer = make_supplier_quotation_from_rfq(question.name, for_supplier="Maker")
	offer.items[0].rate = 50
	offer = done(offer, valid_till=add_days(nowdate(), 9))
	order = done(make_purchase_order(offer.name), schedule_date=nowdate())
	assert_all_in("Delhi", request, question, offer, order)


def test_an_answer_over_the_portal_goes_to_the_branch_that_asked() -> None:
	question = asked(wanted())
	answer = {"supplier": "Maker", "company": COMPANY, "items": [row.as_dict() for row in question.items]}
	offer = frappe.get_doc("Supplier Quotation", create_supplier_quotation(frappe._dict(answer)))
	assert_all_in("Delhi", offer)


def test_who_asks_suppliers_is_seen_in_his_branch_only(delhi: str) -> None:
	questions = {branch: asked(wanted(branch=branch)).name for branch in ("Delhi", "Mumbai")}
	assert listed(delhi, "Request for Quotation") & set(questions.values()) == {questions["Delhi"]}


def test_a_request_is_ordered_and_billed_without_a_receipt() -> None:
	order = order_for_request(wanted().name)
	order = done(order, supplier="Maker", schedule_date=nowdate(), taxes=[{**taxes()[0], "rate": 10.1}])
	bill = done(make_purchase_invoice(order.name), bill_no="1")
	assert bill.rounding_adjustment
	assert_all_in("Delhi", order, bill, done(make_debit_note(bill.name)))


def test_what_a_customer_ordered_is_bought_in_his_branch() -> None:
	make_customer("Buyer", "Delhi")
	line = {**rows()[0], "delivered_by_supplier": 1, "supplier": "Maker"}
	order = documents.sales("Sales Order", "Buyer", items=[line])
	items = [row.as_dict() for row in order.items]
	bought = order_for_sale(order.name, selected_items=frappe.as_json(items))
	assert_all_in("Delhi", done(bought, supplier="Maker", schedule_date=nowdate()))


def test_goods_are_moved_and_taken_out_in_the_branch_of_the_request() -> None:
	other = frappe.db.get_value("Warehouse", {"company": COMPANY, "name": ["like", "Finished%"]})
	for purpose, source in (("Material Transfer", warehouse()), ("Material Issue", None)):
		line = {**rows()[0], "from_warehouse": source, "warehouse": other if source else warehouse()}
		entry = make_stock_entry(wanted(purpose, items=[line]).name)
		entry = done(entry)
		assert_all_in("Delhi", entry)


def test_the_costs_of_a_landing_and_a_repost_leave_the_ledger_in_its_branch() -> None:
	receipt = done(receipt_of_order(ordered(branch="Delhi").name))
	costs = {"doctype": "Landed Cost Voucher", "company": COMPANY}
	costs |= {
		"purchase_receipts": [{"receipt_document_type": receipt.doctype, "receipt_document": receipt.name}]
	}
	account = frappe.db.get_value(
		"Account", {"company": COMPANY, "name": ["like", "Expenses Included In Val%"]}
	)
	costs["purchase_receipts"][0] |= {"supplier": "Maker", "grand_total": receipt.grand_total}
	costs = frappe.get_doc(
		{**costs, "taxes": [{"expense_account": account, "amount": 40, "description": "Freight"}]}
	)
	costs.get_items_from_purchase_receipts()
	done(costs)
	assert frappe.db.exists("GL Entry", {"voucher_no": receipt.name, "account": account})
	assert_all_in("Delhi", receipt)


def test_amended_orders_and_bills_keep_their_branch() -> None:
	order = ordered(branch="Delhi")
	bill = done(make_purchase_invoice(ordered(branch="Delhi").name), bill_no="1")
	for doc in (order, bill):
		doc.reload()
		doc.cancel()
		assert_all_in("Delhi", done(frappe.copy_doc(doc), amended_from=doc.name, docstatus=0))


def test_a_bill_in_another_currency_books_the_gain_in_its_branch() -> None:
	payable = frappe.db.get_value(
		"Account", {"company": COMPANY, "account_type": "Payable", "is_group": 0}, "parent_account"
	)
	account = {
		"doctype": "Account",
		"account_name": "Payable USD",
		"parent_account": payable,
		"company": COMPANY,
	}
	account = frappe.get_doc({**account, "account_type": "Payable", "account_currency": "USD"}).insert().name
	accounts = [{"company": COMPANY, "account": account}]
	make_supplier("Abroad", "Mumbai", "Delhi", default_currency="USD", accounts=accounts)
	line = {"item_code": documents.make_item(), "qty": 1, "rate": 100, "schedule_date": nowdate()}
	order = ordered(
		branch="Delhi", supplier="Abroad", currency="USD", conversion_rate=80, items=[line], taxes=[]
	)
	bill = done(make_purchase_invoice(order.name), bill_no="1", credit_to=account)
	payment = documents.get_payment_entry(
		"Purchase Invoice", bill.name, bank_account=documents.account("Cash")
	)
	payment.update({"reference_no": "1", "reference_date": nowdate(), "target_exchange_rate": 82})
	payment.paid_amount = payment.base_paid_amount = payment.received_amount * 82
	payment = done(payment)
	assert_all_in("Delhi", bill, payment)
	gain = frappe.get_all("Journal Entry Account", {"reference_name": payment.name}, pluck="parent")
	assert gain
	for ledger in ("GL Entry", "Payment Ledger Entry"):
		assert set(frappe.get_all(ledger, {"voucher_no": ["in", gain]}, pluck="branch")) == {"Delhi"}
