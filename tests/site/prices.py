"""Prices of trade types, and documents that are priced by them, each in one line."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import goods
from tests.site.company import make_customer, make_tree
from tests.site.goods import GOODS

LIST_PRICE = 100


def make_dealer_and_retailer() -> None:
	"""With the goods in stock, and their list price."""
	make_tree()
	goods.stock_up()
	price = {"doctype": "Item Price", "item_code": GOODS, "price_list": "Standard Selling"}
	frappe.get_doc({**price, "price_list_rate": LIST_PRICE, "valid_from": add_days(nowdate(), -9)}).insert()
	for name, trade_type in {"Dealer One": "Dealer", "Retail One": "General"}.items():
		make_customer(name, "Delhi", "Mumbai").update({"trade_type": trade_type}).save()


def make_price(trade_type: str = "Dealer", **values) -> Document:
	price = {"doctype": "Trade Price", "trade_type": trade_type, "apply_on": "Item", "applies_to": GOODS}
	if not {"rate", "discount_amount", "discount_percentage"} & set(values):
		values["discount_percentage"] = 10
	kind = {"rate": "Rate", "discount_amount": "Discount Amount"}
	chosen = next((kind[field] for field in kind if field in values), "Discount Percentage")
	return frappe.get_doc({**price, "rate_or_discount": chosen, **values}).insert()


def make_rule(**values) -> Document:
	"""One of ERPNext's own."""
	rule = {
		"doctype": "Pricing Rule",
		"title": "Own",
		"apply_on": "Item Code",
		"selling": 1,
		"currency": "INR",
	}
	rule |= {"rate_or_discount": "Discount Percentage", "discount_percentage": 50}
	if not {"items", "item_groups", "brands"} & set(values):
		values["items"] = [{"item_code": GOODS}]
	return frappe.get_doc({**rule, **values}).insert()


def make_document(doctype: str, customer: str, qty: float = 4, branch: str = "Delhi", **values) -> Document:
	party = {"customer": customer}
	if doctype == "Quotation":
		party = {"quotation_to": "Customer", "party_name": customer}
	row = {"item_code": GOODS, "qty": qty, "warehouse": goods.warehouse(), "delivery_date": nowdate()}
	document = {"doctype": doctype, "company": COMPANY, "branch": branch, **party, "items": [row]}
	return frappe.get_doc(document | values).insert()


def rate(customer: str, qty: float = 4, branch: str = "Delhi", doctype: str = "Quotation", **values) -> float:
	return make_document(doctype, customer, qty, branch, **values).items[0].rate
