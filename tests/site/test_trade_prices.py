"""Prices of trade types, on real quotations and invoices."""

import frappe
import pytest
from erpnext.accounts.doctype.pricing_rule.pricing_rule import apply_pricing_rule
from erpnext.stock.get_item_details import get_item_details
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents, prices
from tests.site.goods import GOODS
from tests.site.prices import LIST_PRICE, make_document, make_price, make_rule, rate

DOCUMENTS = ("Quotation", "Sales Order", "Delivery Note", "Sales Invoice")


@pytest.fixture(autouse=True)
def company() -> None:
	prices.make_dealer_and_retailer()


@pytest.mark.parametrize("doctype", DOCUMENTS)
def test_a_type_pays_its_price_on_every_document_and_others_the_list_price(doctype: str) -> None:
	make_price()
	document = make_document(doctype, "Dealer One")
	assert document.items[0].rate == 90
	document.submit()
	assert document.items[0].rate == 90
	assert rate("Retail One", doctype=doctype) == LIST_PRICE


@pytest.mark.parametrize(
	("terms", "expected"),
	[({"discount_percentage": 12.5}, 87.5), ({"discount_amount": 7}, 93), ({"rate": 81.25}, 81.25)],
)
def test_percent_amount_and_rate(terms: dict, expected: float) -> None:
	make_price(**terms)
	assert rate("Dealer One", doctype="Sales Invoice") == expected


def test_a_rate_holds_in_its_currency_alone() -> None:
	make_price(rate=80)
	assert rate("Dealer One", currency="USD", conversion_rate=50) == LIST_PRICE / 50


@pytest.mark.parametrize("on", ["Item Group", "Brand"])
def test_prices_of_a_group_and_of_a_brand(on: str) -> None:
	frappe.get_doc({"doctype": "Brand", "brand": "Trade Brand"}).insert()
	frappe.db.set_value("Item", GOODS, "brand", "Trade Brand")
	frappe.clear_document_cache("Item", GOODS)
	make_price(apply_on=on, applies_to={"Item Group": "Products", "Brand": "Trade Brand"}[on])
	assert rate("Dealer One") == 90


def test_the_nearest_branch_then_the_nearest_group_then_the_highest_quantity() -> None:
	parent = {"doctype": "Item Group", "item_group_name": "Trade Goods", "is_group": 1}
	frappe.get_doc({**parent, "parent_item_group": "All Item Groups"}).insert()
	frappe.get_doc(
		{"doctype": "Item Group", "item_group_name": "Trade Pumps", "parent_item_group": "Trade Goods"}
	).insert()
	frappe.db.set_value("Item", GOODS, "item_group", "Trade Pumps")
	frappe.clear_document_cache("Item", GOODS)
	make_price(apply_on="Item Group", applies_to="Trade Goods", discount_percentage=1)
	assert rate("Dealer One") == 99
	make_price(apply_on="Item Group", applies_to="Trade Pumps", discount_percentage=2)
	assert rate("Dealer One") == 98
	make_price(apply_on="Item Group", applies_to="Trade Pumps", discount_percentage=3, min_qty=10)
	assert (rate("Dealer One", 9), rate("Dealer One", 10)) == (98, 97)
	make_price(apply_on="Item Group", applies_to="Trade Goods", discount_percentage=4, branch="North")
	assert (rate("Dealer One", 10), rate("Dealer One", 10, "Mumbai")) == (96, 97)
	make_price(apply_on="Item Group", applies_to="Trade Goods", discount_percentage=5, branch="Delhi")
	assert (rate("Dealer One"), rate("Dealer One", branch="Mumbai")) == (95, 98)
	make_price(discount_percentage=6)
	assert (rate("Dealer One"), rate("Dealer One", branch="Mumbai")) == (95, 94)


def test_a_price_ends_and_the_former_one_holds_again() -> None:
	make_price()
	make_price(discount_percentage=20, valid_from=nowdate(), valid_upto=add_days(nowdate(), 2), min_qty=1)
	days = {day: add_days(nowdate(), day) for day in (-1, 0, 2, 3)}
	found = {day: rate("Dealer One", transaction_date=date) for day, date in days.items()}
	assert found == {-1: 90, 0: 80, 2: 80, 3: 90}


def test_who_it_is_for_decides_before_what_it_is_on() -> None:
	group = [{"item_group": "Products"}]
	# before there is any price of a type, nothing is other than it was
	make_price("Wholesaler")
	make_rule(discount_percentage=1, title="everybody")
	assert rate("Dealer One") == 99
	make_rule(
		discount_percentage=2,
		title="commercial",
		apply_on="Item Group",
		item_groups=group,
		applicable_for="Customer Group",
		customer_group="Commercial",
	)
	assert rate("Dealer One") == 98
	make_price(discount_percentage=3, apply_on="Item Group", applies_to="Products")
	assert (rate("Dealer One"), rate("Retail One")) == (97, 98)
	make_price(discount_percentage=4, apply_on="Item Group", applies_to="Products", branch="North")
	assert (rate("Dealer One"), rate("Dealer One", branch="Mumbai")) == (96, 97)
	make_rule(
		discount_percentage=5,
		title="one customer",
		apply_on="Item Group",
		item_groups=group,
		applicable_for="Customer",
		customer="Dealer One",
	)
	assert (rate("Dealer One"), rate("Retail One")) == (95, 98)
	assert rate("Dealer One", doctype="Sales Invoice") == 95


def test_without_a_document_no_type_s_price_is_told_and_a_customer_s_own_is() -> None:
	make_price("Dealer")
	make_price("Wholesaler", discount_percentage=30)
	make_price("Wholesaler", discount_percentage=20, apply_on="Item Group", applies_to="Products")
	asked = {
		"doctype": "Quotation",
		"item_code": GOODS,
		"customer": "Dealer One",
		"company": COMPANY,
		"qty": 4,
	}
	asked |= {
		"price_list": "Standard Selling",
		"currency": "INR",
		"conversion_rate": 1,
		"plc_conversion_rate": 1,
	}
	asked |= {"transaction_type": "selling", "price_list_currency": "INR", "stock_qty": 4}
	told = get_item_details(frappe._dict(asked))
	assert (told.price_list_rate, told.get("discount_percentage") or 0) == (LIST_PRICE, 0)
	(told,) = apply_pricing_rule(
		frappe._dict(
			asked, items=[{"doctype": "Quotation Item", "item_code": GOODS, "price_list_rate": LIST_PRICE}]
		)
	)
	assert not told.get("discount_percentage") and not told.get("discount_amount")
	make_rule(applicable_for="Customer", customer="Dealer One")
	assert get_item_details(frappe._dict(asked)).discount_percentage == 50


def test_a_rule_that_was_claimed_or_is_of_another_type_gives_way() -> None:
	make_price()
	rule = frappe.db.get_value("Pricing Rule", {"trade_type": "Dealer"})
	row = {"item_code": GOODS, "qty": 4, "pricing_rules": frappe.as_json([rule]), "discount_percentage": 10}
	claimed = make_document("Quotation", "Retail One", items=[row])
	assert (claimed.items[0].rate, claimed.items[0].pricing_rules or "") == (LIST_PRICE, "")
	moved = make_document("Quotation", "Dealer One")
	assert moved.items[0].rate == 90
	moved.update({"party_name": "Retail One"}).save()
	assert moved.items[0].rate == LIST_PRICE
	moved.update({"party_name": "Dealer One"}).save()
	assert moved.items[0].rate == 90


def test_rules_of_erpnext_s_own_on_a_row_are_left_to_erpnext() -> None:
	rule = make_rule(condition="customer_group == 'Commercial'")
	quotation = make_document("Quotation", "Retail One")
	assert quotation.items[0].rate == 50
	rule.update({"condition": "customer_group == 'Individual'"}).save()
	quotation.reload().save()
	assert quotation.items[0].rate == 50


def test_a_rate_that_gives_way_gives_the_list_price_back() -> None:
	make_price(rate=80, branch="Delhi")
	order = make_document("Sales Order", "Dealer One")
	assert order.items[0].rate == 80
	order.update({"branch": "Mumbai"}).save()
	assert (order.items[0].price_list_rate, order.items[0].rate) == (LIST_PRICE, LIST_PRICE)


def test_a_variant_has_the_price_of_its_template_unless_it_has_its_own() -> None:
	frappe.get_doc(
		{
			"doctype": "Item Attribute",
			"attribute_name": "Trade Size",
			"item_attribute_values": [{"attribute_value": size, "abbr": size} for size in ("S", "L")],
		}
	).insert()
	template = {
		"doctype": "Item",
		"item_code": "Trade Template",
		"item_group": "Products",
		"stock_uom": "Nos",
	}
	frappe.get_doc(
		{**template, "has_variants": 1, "is_stock_item": 0, "attributes": [{"attribute": "Trade Size"}]}
	).insert()
	for size in ("S", "L"):
		variant = {
			**template,
			"item_code": f"Trade {size}",
			"variant_of": "Trade Template",
			"is_stock_item": 0,
		}
		frappe.get_doc(
			{**variant, "attributes": [{"attribute": "Trade Size", "attribute_value": size}]}
		).insert()
		price = {"doctype": "Item Price", "item_code": f"Trade {size}", "price_list": "Standard Selling"}
		frappe.get_doc({**price, "price_list_rate": 100}).insert()
	make_price(applies_to="Trade Template")
	make_price(applies_to="Trade L", discount_percentage=40)
	found = {
		size: make_document("Quotation", "Dealer One", items=[{"item_code": f"Trade {size}", "qty": 1}])
		.items[0]
		.rate
		for size in ("S", "L")
	}
	assert found == {"S": 90, "L": 60}


@pytest.mark.parametrize("doctype", ["Sales Order", "Sales Invoice", "Delivery Note"])
def test_what_was_agreed_on_holds_after_the_type_of_the_customer_changed(doctype: str) -> None:
	make_price()
	first = make_document("Quotation" if doctype == "Sales Order" else "Sales Order", "Dealer One")
	first.submit()
	frappe.get_doc("Customer", "Dealer One").update({"trade_type": "General"}).save()
	maker = {
		"Sales Order": documents.make_sales_order,
		"Sales Invoice": documents.make_sales_invoice,
		"Delivery Note": documents.make_delivery_note,
	}[doctype]
	made = maker(first.name)
	made.update({"delivery_date": nowdate(), "branch": "Delhi"})
	made.insert()
	made.save()
	assert made.items[0].rate == 90


def test_an_amendment_keeps_its_price_unless_it_is_for_somebody_else() -> None:
	make_price()
	invoice = make_document("Sales Invoice", "Dealer One")
	invoice.submit()
	invoice.cancel()
	frappe.get_doc("Customer", "Dealer One").update({"trade_type": "General"}).save()
	amended = frappe.copy_doc(invoice)
	amended.update({"amended_from": invoice.name, "docstatus": 0})
	amended.insert()
	assert amended.items[0].rate == 90
	amended.update({"customer": "Retail One", "customer_name": None}).save()
	assert amended.items[0].rate == LIST_PRICE


def test_a_quantity_between_two_steps_has_the_price_of_the_lower() -> None:
	frappe.db.set_value("UOM", "Nos", "must_be_whole_number", 0)
	make_price()
	make_price(discount_percentage=20, min_qty=10)
	(priced,) = make_document("Quotation", "Dealer One", qty=9.9996).items
	assert priced.discount_percentage == 10


def test_a_type_may_be_called_anything() -> None:
	frappe.get_doc({"doctype": "Trade Type", "trade_type_name": 'Gold 🥇 "R&D"'}).insert()
	frappe.get_doc("Customer", "Dealer One").update({"trade_type": 'Gold 🥇 "R&D"'}).save()
	make_price('Gold 🥇 "R&D"')
	assert rate("Dealer One") == 90


def test_a_draft_is_priced_anew_for_another_quantity_day_or_customer() -> None:
	make_price(valid_upto=nowdate())
	make_price(discount_percentage=20, min_qty=10, valid_upto=nowdate())
	quotation = make_document("Quotation", "Dealer One")
	assert quotation.items[0].rate == 90
	quotation.items[0].qty = 12
	quotation.save()
	assert quotation.items[0].rate == 80
	later = {"transaction_date": add_days(nowdate(), 3), "valid_till": add_days(nowdate(), 9)}
	quotation.update(later).save()
	assert quotation.items[0].rate == LIST_PRICE


def test_a_rule_for_a_customer_goes_with_him() -> None:
	make_rule(applicable_for="Customer", customer="Retail One")
	quotation = make_document("Quotation", "Retail One")
	assert quotation.items[0].rate == 50
	quotation.update({"party_name": "Dealer One", "customer_name": None}).save()
	assert quotation.items[0].rate == LIST_PRICE
