"""Each amount is counted once on its way from order to payment."""

import frappe
import pytest
from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.selling.doctype.sales_order.sales_order import update_status
from erpnext.stock.doctype.delivery_note import delivery_note
from frappe.model.document import Document

from branch_crm.demo.records import COMPANY
from tests.site import documents, goods
from tests.site.company import make_tree
from tests.site.credit import (
	BUYER,
	billed,
	buyer,
	by_branch,
	contributed,
	count,
	not_billed,
	of_order,
	ordered,
	received,
)
from tests.site.documents import make_delivery_note, make_sales_invoice, make_sales_return


@pytest.fixture(autouse=True)
def _customer() -> None:
	buyer()
	count()


def _returned(doc: Document, quantity: float, **values) -> Document:
	back = make_return_doc(doc.doctype, doc.name)
	for row in back.items:
		row.qty = -quantity
	back.update(values)
	return back.insert().submit()


def test_an_order_is_owed_until_it_is_delivered_billed_and_paid() -> None:
	order = ordered()
	assert contributed() == {"orders": 1000}
	note = of_order(order, make_delivery_note)
	assert contributed() == {"deliveries": 1000}
	invoice = of_order(note, delivery_note.make_sales_invoice)
	assert contributed() == {"receivable": 1000}
	received(1000, invoice)
	assert contributed() == {}


def test_parts_of_an_order_stand_where_they_have_come_to() -> None:
	order = ordered()
	note = of_order(order, make_delivery_note, 6)
	assert contributed() == {"orders": 400, "deliveries": 600}
	of_order(note, delivery_note.make_sales_invoice, 2)
	assert contributed() == {"orders": 400, "deliveries": 400, "receivable": 200}
	assert not_billed() == 800


def test_what_is_billed_by_the_order_is_not_owed_for_its_delivery() -> None:
	order = ordered()
	of_order(order, make_sales_invoice, 4)
	assert contributed() == {"orders": 600, "receivable": 400}
	of_order(order, make_delivery_note, 6)
	assert contributed() == {"orders": 400, "deliveries": 200, "receivable": 400}
	assert not_billed() == 600


def test_taxes_and_charges_are_owed_with_the_goods() -> None:
	order = ordered(taxes=goods.taxes())
	assert contributed() == {"orders": 1100}
	note = of_order(order, make_delivery_note, 5)
	assert contributed() == {"orders": 550, "deliveries": 550}
	of_order(note, delivery_note.make_sales_invoice)
	assert contributed() == {"orders": 550, "receivable": 550}


def test_a_delivery_without_an_order_is_owed() -> None:
	note = documents.sales("Delivery Note", BUYER)
	assert contributed() == {"deliveries": 100}
	of_order(note, delivery_note.make_sales_invoice)
	assert contributed() == {"receivable": 100}


def test_a_delivery_of_what_was_billed_before_is_owed_once() -> None:
	order = ordered()
	invoice = of_order(order, make_sales_invoice)
	from_invoice = frappe.get_attr("erpnext.accounts.doctype.sales_invoice.sales_invoice.make_delivery_note")
	of_order(invoice, from_invoice)
	assert contributed() == {"receivable": 1000}


def test_an_invoice_that_delivers_is_owed_once_and_pays_for_no_other_delivery() -> None:
	goods.stock_up()
	row = {"item_code": goods.GOODS, "qty": 10, "rate": 100, "warehouse": goods.warehouse()}
	order = documents.sales("Sales Order", BUYER, items=[row])
	of_order(order, make_delivery_note, 4)
	of_order(order, make_sales_invoice, 6, update_stock=1)
	assert contributed() == {"deliveries": 400, "receivable": 600}
	assert not_billed() == 400


def test_more_may_be_billed_than_was_ordered() -> None:
	frappe.db.set_single_value("Accounts Settings", "over_billing_allowance", 50)
	order = ordered()
	of_order(order, make_sales_invoice, 12)
	assert contributed() == {"receivable": 1200}


def test_what_is_returned_without_a_credit_note_is_to_be_delivered_again() -> None:
	order = ordered()
	note = of_order(order, make_delivery_note)
	_returned(note, 3)
	assert contributed() == {"orders": 300, "deliveries": 700}
	assert not_billed() == 1000


def test_a_delivery_that_comes_back_after_it_was_billed_is_owed_until_the_credit_note() -> None:
	order = ordered()
	note = of_order(order, make_delivery_note)
	invoice = of_order(note, delivery_note.make_sales_invoice)
	_returned(note, 10)
	assert contributed() == {"receivable": 1000}
	of_order(invoice, make_sales_return, update_billed_amount_in_delivery_note=0)
	assert contributed() == {}


@pytest.mark.parametrize(("reopens", "left"), [(1, {"orders": 1000}), (0, {})])
def test_a_credit_note_opens_the_order_again_where_it_says_so(reopens: int, left: dict) -> None:
	order = ordered()
	invoice = of_order(order, make_sales_invoice)
	of_order(invoice, make_sales_return, update_billed_amount_in_sales_order=reopens)
	assert contributed() == left


def test_an_order_is_owed_in_company_currency() -> None:
	receivable = documents.make_account("Zq Receivable USD", "Receivable", account_currency="USD")
	party = frappe.get_doc("Customer", BUYER)
	party.default_currency = "USD"
	party.append("accounts", {"company": COMPANY, "account": receivable})
	party.save()
	dollars = {"currency": "USD", "conversion_rate": 80, "plc_conversion_rate": 80}
	order = ordered(**dollars)
	assert contributed() == {"orders": 80000}
	note = of_order(order, make_delivery_note, 5, conversion_rate=82)
	assert contributed() == {"orders": 40000, "deliveries": 41000}
	of_order(note, delivery_note.make_sales_invoice, conversion_rate=84)
	assert contributed() == {"orders": 40000, "receivable": 42000}


def test_a_closed_order_is_not_owed_until_it_is_opened_again() -> None:
	order = ordered()
	of_order(order, make_delivery_note, 4)
	update_status("Closed", order.name)
	assert contributed() == {"deliveries": 400}
	update_status("Draft", order.name)
	assert contributed() == {"orders": 600, "deliveries": 400}


def test_a_closed_delivery_is_not_owed() -> None:
	note = documents.sales("Delivery Note", BUYER)
	delivery_note.update_delivery_note_status(note.name, "Closed")
	assert contributed() == {}


def test_an_order_whose_items_are_changed_is_owed_as_it_is_now() -> None:
	order = ordered()
	row = {"docname": order.items[0].name, "item_code": documents.ITEM, "qty": 15, "rate": 120}
	update_child_qty_rate("Sales Order", frappe.as_json([row]), order.name)
	assert contributed() == {"orders": 1800}


def test_what_is_amended_is_owed_once() -> None:
	order = ordered()
	order.cancel()
	assert contributed() == {}
	amended = frappe.copy_doc(order)
	amended.amended_from = order.name
	amended.docstatus = 0
	amended.insert().submit()
	assert contributed() == {"orders": 1000}


def test_an_advance_lessens_what_is_owed_and_is_allocated_once() -> None:
	order = ordered()
	received(400, order)
	assert contributed() == {"orders": 1000, "advances": -400}
	received(100)
	assert contributed() == {"orders": 1000, "advances": -500}
	invoice = make_sales_invoice(order.name)
	invoice.allocate_advances_automatically = 1
	invoice.set_advances()
	invoice.insert().submit()
	assert contributed()["receivable"] + contributed().get("advances", 0) == 500


def test_money_paid_back_takes_from_what_was_paid_in_advance() -> None:
	received(500)
	back = {"payment_type": "Pay", "paid_from": documents.account("Cash")}
	received(200, paid_to=documents.account("Receivable"), **back)
	assert contributed() == {"advances": -300}


def test_journals_count_as_they_are_posted() -> None:
	receivable, cash = documents.account("Receivable"), documents.account("Cash")
	party = {"party_type": "Customer", "party": BUYER, "account": receivable}
	documents.journal(
		{**party, "debit_in_account_currency": 700},
		{**party, "credit_in_account_currency": 200},
		{"account": cash, "credit_in_account_currency": 500},
	).submit()
	assert contributed() == {"receivable": 700, "advances": -200}


def test_an_invoice_that_was_open_before_counts_and_what_is_written_off_does_not() -> None:
	invoice = billed(1000, is_opening="Yes", income_account=documents.account("Temporary"))
	assert contributed() == {"receivable": 1000}
	write_off = frappe.db.get_value("Company", COMPANY, "write_off_account")
	received(
		900,
		invoice,
		references=[
			{"reference_doctype": invoice.doctype, "reference_name": invoice.name, "allocated_amount": 1000}
		],
		deductions=[
			{"account": write_off, "cost_center": invoice.items[0].cost_center, "amount": 100},
		],
	)
	assert contributed() == {}


def test_allocated_money_counts_for_the_branch_of_the_invoice_and_the_rest_for_its_own() -> None:
	make_tree()
	customer = frappe.get_doc("Customer", BUYER)
	for branch in ("Delhi", "Agra", "Mumbai"):
		customer.append("branches", {"branch": branch, "is_primary": branch == "Delhi"})
	customer.save()
	invoice = billed(1000, branch="Delhi")
	assert by_branch() == {"Delhi": 1000}
	received(600, invoice, branch="Agra")
	assert by_branch() == {"Delhi": 400}
	received(50, branch="Agra")
	assert by_branch() == {"Delhi": 400, "Agra": -50}
	order = ordered(branch="Mumbai")
	received(300, order, branch="Agra")
	assert by_branch() == {"Delhi": 400, "Agra": -50, "Mumbai": 700}


def test_of_what_is_cancelled_nothing_is_owed() -> None:
	order = ordered()
	note = of_order(order, make_delivery_note, 5)
	invoice = of_order(note, delivery_note.make_sales_invoice)
	payment = received(200, invoice)
	assert contributed() == {"orders": 500, "receivable": 300}
	for doc, left in (
		(payment, {"orders": 500, "receivable": 500}),
		(invoice, {"orders": 500, "deliveries": 500}),
		(note, {"orders": 1000}),
		(order, {}),
	):
		frappe.get_doc(doc.doctype, doc.name).cancel()
		assert contributed() == left
