"""Prices of trade types in several currencies: ERPNext prefers a rule in the document's currency to the first in line."""

import frappe
import pytest
from erpnext.stock.get_item_details import get_item_details
from frappe.desk.query_report import run

from branch_crm.customer_master.price_events import TradePriceError
from branch_crm.demo.records import COMPANY
from tests.site import prices
from tests.site.goods import GOODS
from tests.site.prices import make_price, make_rule, rate

DOLLARS = {"currency": "USD", "conversion_rate": 50}


@pytest.fixture(autouse=True)
def company() -> None:
	prices.make_dealer_and_retailer()


def test_each_currency_has_its_rate() -> None:
	make_price(rate=80)
	make_price(rate=1.5, currency="USD")
	assert (rate("Dealer One"), rate("Dealer One", **DOLLARS)) == (80, 1.5)
	with pytest.raises(TradePriceError):
		make_price(rate=1.4, currency="USD")


def test_a_rate_in_the_currency_goes_before_a_share_of_the_same() -> None:
	make_price(discount_percentage=10)
	make_price(rate=1.5, currency="USD")
	assert (rate("Dealer One"), rate("Dealer One", **DOLLARS)) == (90, 1.5)


def test_a_step_of_one_currency_is_none_of_another() -> None:
	make_price(rate=80)
	make_price(rate=1.5, currency="USD", min_qty=10)
	assert rate("Dealer One", qty=12) == 80
	assert (rate("Dealer One", qty=12, **DOLLARS), rate("Dealer One", qty=9, **DOLLARS)) == (1.5, 2)


def test_the_share_of_a_branch_goes_before_the_rate_of_everywhere() -> None:
	make_price(rate=1.5, currency="USD")
	make_price(discount_percentage=10, branch="Delhi")
	assert rate("Dealer One", **DOLLARS) == 1.8


def test_the_share_of_an_item_goes_before_the_rate_of_its_group_that_came_later() -> None:
	make_price(discount_percentage=10)
	make_price(apply_on="Item Group", applies_to="Products", rate=1.5, currency="USD")
	assert (rate("Dealer One", **DOLLARS), rate("Dealer One")) == (1.8, 90)


def test_without_a_document_no_price_in_any_currency_is_told() -> None:
	make_price(rate=1.5, currency="USD")
	asked = {"doctype": "Quotation", "item_code": GOODS, "customer": "Dealer One", "company": COMPANY}
	asked |= {"qty": 4, "stock_qty": 4, "price_list": "Standard Selling", "transaction_type": "selling"}
	asked |= {
		"currency": "USD",
		"conversion_rate": 50,
		"plc_conversion_rate": 1,
		"price_list_currency": "INR",
	}
	told = get_item_details(frappe._dict(asked))
	assert told.price_list_rate == 2


def test_a_rule_in_another_currency_is_listed() -> None:
	make_price(rate=1.5, currency="USD")
	rule = make_rule(applicable_for="Customer", customer="Dealer One").name
	listed = run("Pricing Rule Conflicts", filters={})["result"]
	assert "another currency" in next(row["conflict"] for row in listed if row["name"] == rule)
	frappe.db.set_value("Pricing Rule", rule, "currency", "USD")
	assert rate("Dealer One", **DOLLARS) == 1
