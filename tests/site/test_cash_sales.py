"""CASH sells to the end with payment at once, at every counter; what would be credit to it is refused."""

import frappe
import pytest
from erpnext.accounts.doctype.pos_invoice.pos_invoice import make_sales_return as return_at_the_till
from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_delivery_note as deliver_from
from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note, make_sales_invoice
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.customer_master import cash_queries
from branch_crm.customer_master.cash_sale_events import CashCreditError
from tests.site import documents, goods
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.counter import COMPANY, cash, receivable, received, refused, unpaid
from tests.site.http_requests import call
from tests.site.tills import closed, sold_at_the_till

__all__ = ["cash"]


def test_a_counter_invoice_without_a_customer_is_one_to_cash(cash: str) -> None:
	doc = documents.paid_at_once("")
	assert (doc.customer, doc.docstatus, doc.status, doc.outstanding_amount) == (cash, 1, "Paid", 0)
	other = documents.paid_at_once(make_customer("Zq Known").name)
	assert other.customer == "Zq Known"


def test_only_the_counter_sells_to_nobody_in_particular(cash: str) -> None:
	with pytest.raises(frappe.ValidationError):
		unpaid("")


@pytest.mark.parametrize("doctype", ["Sales Invoice", "POS Invoice"])
def test_the_form_proposes_cash_with_what_follows_from_it(opening: Document, doctype: str) -> None:
	sale = {"doctype": doctype, "name": "new-invoice-1", "__islocal": 1, "is_pos": 1, "company": COMPANY}
	doc = _as_the_form_asks(sale)
	cash = cash_queries.cash_customer()
	assert (doc["customer"], doc["customer_name"], doc["debit_to"]) == (cash, cash, receivable())
	sale["is_pos"] = 0
	if doctype == "Sales Invoice":
		assert not _as_the_form_asks(sale).get("customer")


def _as_the_form_asks(sale: dict) -> dict:
	asked = {"docs": frappe.as_json(sale), "method": "set_missing_values", "args": {"for_validate": False}}
	answer = call("Administrator", "run_doc_method", **asked)
	assert answer.status == 200, answer.text
	return frappe.parse_json(answer.text)["docs"][0]


def test_a_till_gets_it_by_default(opening: Document) -> None:
	till = frappe.get_doc("POS Profile", "Till")
	assert till.customer == cash_queries.cash_customer()
	sale = sold_at_the_till(100, customer=None)
	assert (sale.customer, sale.status) == (cash_queries.cash_customer(), "Paid")
	till.update({"customer": None}).save()
	assert till.customer is None


@pytest.mark.parametrize(
	("paid", "is_sold"), [(100, True), (150, True), (60, False), (0, False), (99.99, False)]
)
def test_an_invoice_is_paid_at_once_or_refused(cash: str, paid: float, is_sold: bool) -> None:
	if is_sold:
		assert documents.paid_at_once(cash, paid=paid).outstanding_amount == 0
	else:
		with pytest.raises(CashCreditError, match="pays at once"):
			documents.paid_at_once(cash, paid=paid)
		assert documents.paid_at_once(make_customer("Zq Known").name, paid=paid).outstanding_amount > 0


def test_what_is_rounded_away_is_not_owed(cash: str) -> None:
	items = [{"item_code": documents.make_item(), "qty": 3, "rate": 33.333}]
	assert documents.paid_at_once(cash, 100, items=items).outstanding_amount == 0
	items[0]["rate"] = 33.47
	assert documents.paid_at_once(cash, 100, items=items).rounded_total == 100


def test_what_the_document_says_of_itself_does_not_count(cash: str) -> None:
	doc = unpaid(cash)
	frappe.db.set_value("Sales Invoice", doc.name, {"outstanding_amount": 0, "paid_amount": 100})
	doc.reload()
	with pytest.raises(CashCreditError):
		doc.submit()


def test_a_write_off_and_what_was_paid_ahead_count(cash: str) -> None:
	account = frappe.db.get_value("Account", {"company": COMPANY, "name": ["like", "Write Off%"]})
	center = frappe.get_cached_value("Company", COMPANY, "cost_center")
	off = {"write_off_amount": 1, "write_off_account": account, "write_off_cost_center": center}
	assert documents.paid_at_once(cash, paid=99, **off).outstanding_amount == 0
	ahead = received(cash, 100)
	ahead.submit()
	row = {"reference_type": "Payment Entry", "reference_name": ahead.name, "advance_amount": 100}
	with pytest.raises(CashCreditError):
		unpaid(cash, advances=[{**row, "allocated_amount": 40}]).submit()


def test_a_return_with_the_money_back_goes_through(cash: str) -> None:
	sale = documents.paid_at_once(cash)
	back = documents.make_sales_return(sale.name)
	back.insert().submit()
	assert (back.paid_amount, back.reload().outstanding_amount) == (-100, 0)
	assert sale.reload().status == "Credit Note Issued"


def test_a_quotation_and_an_order_are_no_credit(cash: str) -> None:
	assert documents.sales("Quotation", cash).docstatus == 1
	order = documents.sales("Sales Order", cash)
	invoice = make_sales_invoice(order.name)
	with refused("pays at once"):
		invoice.insert().submit()
	invoice = make_sales_invoice(order.name)
	invoice.update({"is_pos": 1, "payments": [{"mode_of_payment": "Cash", "amount": 100}]})
	invoice.insert().submit()
	assert order.reload().per_billed == 100


def test_goods_leave_against_a_paid_invoice(cash: str) -> None:
	goods.stock_up()
	order = documents.sales("Sales Order", cash, items=goods.rows())
	with refused("Row 1: .* pays before it gets the goods"):
		make_delivery_note(order.name).insert().submit()
	direct = {"doctype": "Delivery Note", "company": COMPANY, "customer": cash, "items": goods.rows()}
	with refused("Row 1"):
		frappe.get_doc(direct).insert().submit()
	invoice = documents.paid_at_once(cash, 400, items=goods.rows())
	delivery = deliver_from(invoice.name)
	delivery.insert().submit()
	assert delivery.items[0].against_sales_invoice == invoice.name
	back = frappe.get_attr("erpnext.stock.doctype.delivery_note.delivery_note.make_sales_return")(
		delivery.name
	)
	back.insert().submit()
	present = [{**row, "discount_percentage": 100} for row in goods.rows()]
	frappe.get_doc({**direct, "items": present, "ignore_pricing_rule": 1}).insert().submit()


def test_somebody_else_s_invoice_does_not_pay_for_it(cash: str) -> None:
	goods.stock_up()
	known = make_customer("Zq Known").name
	invoice = documents.paid_at_once(known, 400, items=goods.rows())
	delivery = deliver_from(invoice.name)
	delivery.customer = cash
	with pytest.raises(frappe.ValidationError):
		delivery.insert().submit()


def test_goods_leave_with_the_invoice_at_the_counter(cash: str) -> None:
	goods.stock_up()
	sold = documents.paid_at_once(
		cash, 400, items=goods.rows(), update_stock=1, set_warehouse=goods.warehouse()
	)
	assert frappe.db.exists("Stock Ledger Entry", {"voucher_no": sold.name})


def test_a_till_that_takes_part_payments_takes_none_of_cash(opening: Document) -> None:
	frappe.db.set_value("POS Profile", "Till", "allow_partial_payment", 1)
	part = [{"mode_of_payment": "Cash", "amount": 60, "account": documents.account("Cash")}]
	with refused("pays at once"):
		sold_at_the_till(100, customer=None, payments=part)
	points = {"redeem_loyalty_points": 1, "loyalty_amount": 40}
	points |= {"loyalty_redemption_account": documents.account("Cost of Goods Sold")}
	points |= {"loyalty_redemption_cost_center": frappe.get_cached_value("Company", COMPANY, "cost_center")}
	for claimed in ({"change_amount": -40}, points):
		with refused("pays at once"):
			sold_at_the_till(100, customer=None, payments=part, **claimed)
	assert sold_at_the_till(100, payments=part).docstatus == 1


def test_a_till_is_closed_with_its_sales_and_returns_to_cash(taken_away: None, opening: Document) -> None:
	cash = cash_queries.cash_customer()
	sales = [sold_at_the_till(rate, customer=None) for rate in (100, 33.33, 0.07)]
	back = return_at_the_till(sales[0].name)
	back.insert().submit()
	closing = closed(opening)
	fields = ["is_return", "outstanding_amount", "docstatus"]
	found = frappe.get_all("Sales Invoice", {"is_consolidated": 1, "customer": cash}, fields)
	assert sorted((row.is_return, row.docstatus) for row in found) == [(0, 1), (1, 1)]
	assert closing.reload().docstatus == 1


def test_an_invoice_that_only_says_it_was_brought_together_is_judged(cash: str) -> None:
	payment = {"mode_of_payment": "Cash", "amount": 1}
	doc = unpaid(cash, is_pos=1, payments=[payment])
	doc.db_set("is_consolidated", 1)
	with refused("pays at once"):
		doc.reload().submit()


def test_people_of_two_branches_sell_to_the_same_cash(cash: str) -> None:
	make_tree()
	roles = ("Sales User", "Accounts User", "Stock User")
	sellers = {
		branch: make_user(f"in {branch}".lower().replace(" ", ""), branch, roles=roles)
		for branch in ("Delhi", "Mumbai")
	}
	switch_on()
	for branch, user in sellers.items():
		with as_user(user):
			sold = documents.paid_at_once("")
		assert (sold.customer, sold.branch, sold.outstanding_amount) == (cash, branch, 0)


def test_points_of_loyalty_count(cash: str) -> None:
	account, center = (
		documents.account("Cost of Goods Sold"),
		frappe.get_cached_value("Company", COMPANY, "cost_center"),
	)
	program = {"doctype": "Loyalty Program", "loyalty_program_name": "Zq Points", "company": COMPANY}
	program |= {"from_date": nowdate(), "auto_opt_in": 0, "conversion_factor": 1, "expiry_duration": 10}
	program |= {
		"loyalty_program_type": "Single Tier Program",
		"expense_account": account,
		"cost_center": center,
	}
	rules = [{"tier_name": "All", "collection_factor": 1, "min_spent": 0}]
	frappe.get_doc({**program, "collection_rules": rules}).insert()
	frappe.get_doc("Customer", cash).update({"loyalty_program": "Zq Points"}).save()
	documents.paid_at_once(cash, 100)
	redeem = {"redeem_loyalty_points": 1, "loyalty_points": 40, "loyalty_program": "Zq Points"}
	redeem |= {"loyalty_redemption_account": account, "loyalty_redemption_cost_center": center}
	with pytest.raises(CashCreditError):
		documents.paid_at_once(cash, 100, paid=50, **redeem, loyalty_amount=40)
	assert documents.paid_at_once(cash, 100, paid=60, **redeem, loyalty_amount=40).outstanding_amount == 0
