"""Goods on their way out and in: order, delivery, receipt, invoice, returns, each in its branch, ledger included."""

from collections.abc import Callable

import frappe
import pytest
from erpnext.accounts.doctype.purchase_invoice.purchase_invoice import make_debit_note
from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return
from erpnext.buying.doctype.purchase_order.purchase_order import make_purchase_receipt
from erpnext.buying.doctype.supplier_quotation.supplier_quotation import make_purchase_order
from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note, make_material_request
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_return as return_of_delivery
from erpnext.stock.doctype.material_request.material_request import make_supplier_quotation
from erpnext.stock.doctype.purchase_receipt.purchase_receipt import (
	make_purchase_invoice,
	make_purchase_return,
)
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from tests.site import documents
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.goods import (
	GOODS,
	TRADE,
	assert_all_in,
	done,
	has_ledger,
	make_supplier,
	ordered,
	rows,
	stock_up,
	taxes,
	warehouse,
)


@pytest.fixture(autouse=True)
def goods() -> None:
	"""Goods in stock, a customer and a supplier of Mumbai and Delhi, and scope on."""
	make_tree()
	documents.make_item()
	stock_up()
	make_customer("Buyer", "Mumbai", "Delhi")
	make_supplier("Maker", "Mumbai", "Delhi")
	switch_on()


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=TRADE)


def test_from_order_over_delivery_to_invoice_and_back(delhi: str) -> None:
	with as_user(delhi):
		order = documents.sales("Sales Order", "Buyer", items=rows(), taxes=taxes())
		delivery = done(make_delivery_note(order.name))
		invoice = done(make_sales_invoice(delivery.name))
		returned = done(return_of_delivery(delivery.name))
		credit = done(make_sales_return(invoice.name))
	assert has_ledger(delivery)
	assert_all_in("Delhi", order, delivery, invoice, returned, credit)


def test_an_invoice_that_takes_the_goods_along_and_its_amendment() -> None:
	values = {"branch": "Delhi", "update_stock": 1, "set_warehouse": warehouse(), "taxes": taxes()}
	invoice = documents.sales("Sales Invoice", "Buyer", items=rows(), **values)
	assert_all_in("Delhi", invoice)
	invoice.cancel()
	amended = frappe.copy_doc(invoice)
	done(amended, amended_from=invoice.name, docstatus=0)
	assert_all_in("Delhi", amended)


@pytest.mark.parametrize("make", ["delivery", "receipt"])
def test_an_amended_delivery_or_receipt_keeps_its_branch(make: str) -> None:
	if make == "delivery":
		doc = done(
			make_delivery_note(documents.sales("Sales Order", "Buyer", items=rows(), branch="Delhi").name)
		)
	else:
		doc = done(make_purchase_receipt(ordered(branch="Delhi").name))
	doc.cancel()
	amended = done(frappe.copy_doc(doc), amended_from=doc.name, docstatus=0)
	assert_all_in("Delhi", amended)


def test_from_a_sold_order_to_what_is_bought_for_it(delhi: str) -> None:
	with as_user(delhi):
		order = documents.sales("Sales Order", "Buyer", items=rows())
		wanted = done(make_material_request(order.name), schedule_date=nowdate())
		offer = make_supplier_quotation(wanted.name)
		offer.items[0].rate = 50
		offer = done(offer, supplier="Maker", valid_till=add_days(nowdate(), 9))
		bought = done(make_purchase_order(offer.name), schedule_date=nowdate())
		receipt = done(make_purchase_receipt(bought.name))
		bill = done(make_purchase_invoice(receipt.name), bill_no="1")
		payment = documents.get_payment_entry(
			"Purchase Invoice", bill.name, bank_account=documents.account("Cash")
		)
		payment = done(payment, reference_no="1", reference_date=nowdate())
	assert_all_in("Delhi", order, wanted, offer, bought, receipt, bill, payment)


def test_what_goes_back_to_the_supplier() -> None:
	receipt = done(make_purchase_receipt(ordered(branch="Delhi").name))
	bill = done(make_purchase_invoice(receipt.name), bill_no="2")
	back = done(make_purchase_return(receipt.name))
	debit = done(make_debit_note(bill.name))
	assert has_ledger(back)
	assert_all_in("Delhi", receipt, bill, back, debit)


@pytest.mark.parametrize(
	"make",
	[
		lambda: documents.sales("Sales Order", "Buyer", items=rows(), branch="Delhi"),
		lambda: ordered(branch="Delhi"),
	],
	ids=["sales", "purchase"],
)
def test_rows_added_to_an_order_follow_it(make: Callable[[], Document], delhi: str) -> None:
	order = make()
	new = {"item_code": GOODS, "qty": 1, "rate": 90, "delivery_date": nowdate(), "schedule_date": nowdate()}
	old = {"docname": order.items[0].name, "item_code": GOODS, "qty": 4, "rate": 100}
	with as_user(delhi):
		update_child_qty_rate(order.doctype, frappe.as_json([old, new]), order.name)
	order.reload()
	assert len(order.items) == 2
	assert_all_in("Delhi", order)
