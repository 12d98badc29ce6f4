"""JSON has numbers where a field has text, and text where it has a day: rules take either, or refuse it with a sentence."""

import json

import frappe
import pytest
from frappe.utils import add_days, nowdate

from tests.site import prices
from tests.site.goods import GOODS
from tests.site.http_requests import call, send

PARTY = {
	"Customer": {"customer_name": "Zq Sent", "customer_group": "Commercial", "territory": "India"},
	"Supplier": {"supplier_name": "Zq Sent", "supplier_group": "Services"},
}
PRICE = {
	"trade_type": "Dealer",
	"apply_on": "Item",
	"applies_to": GOODS,
	"rate_or_discount": "Discount Percentage",
	"discount_percentage": 10,
}
PLACE = {"address_line1": "1 Road", "city": "Mumbai", "country": "India"}


def _post(doctype: str, **values) -> str | None:
	"""The name of what was made; None where a sentence refused it."""
	answer = send("Administrator", "POST", f"/api/resource/{doctype}", **values)
	assert answer.refusal is None or isinstance(answer.refusal, frappe.ValidationError), answer.refusal
	return None if answer.refusal else answer.message["name"]


@pytest.mark.parametrize("doctype", PARTY)
@pytest.mark.parametrize("fieldname", ["gstin", "pan", "cin", "llpin", "tan"])
def test_a_number_is_no_identifier(doctype: str, fieldname: str) -> None:
	assert _post(doctype, **PARTY[doctype], **{fieldname: 27}) is None


@pytest.mark.parametrize(
	"values",
	[
		{"tax_id": 123456789},
		{"mobile_no": 9820012345},
		{"customer_code": 5501},
		{"trading_name": 5},
		{**PLACE, "pincode": 400001},
		{**PLACE, "address_line1": 12, "contact_name": 5, "mobile_no": 9820012345},
	],
)
def test_a_number_is_read_as_the_text_that_it_is(values: dict) -> None:
	doc = frappe.get_doc("Customer", _post("Customer", **PARTY["Customer"], **values))
	for fieldname in {"tax_id", "customer_code", "trading_name"} & set(values):
		assert doc.get(fieldname) == str(values[fieldname])
	if "mobile_no" in values:
		assert doc.mobile_no == "+919820012345"


def test_contacts_and_addresses_take_numbers() -> None:
	contact = _post("Contact", first_name="Zq", phone_nos=[{"phone": 9820012345}])
	assert frappe.get_doc("Contact", contact).phone_nos[0].phone == "+919820012345"
	assert _post("Address", address_title="Zq", **PLACE, state=27, pincode=400001)


def test_a_price_ends_where_the_next_begins() -> None:
	prices.make_dealer_and_retailer()
	assert _post("Trade Price", **PRICE | {"valid_upto": nowdate(), "min_qty": "0"})
	assert _post("Trade Price", **PRICE | {"valid_from": nowdate()}) is None
	assert _post("Trade Price", **PRICE | {"discount_percentage": "20", "valid_from": add_days(nowdate(), 1)})
	assert prices.rate("Dealer One", valid_till=add_days(nowdate(), 9)) == 90


def test_a_price_is_ended_on_its_form() -> None:
	prices.make_dealer_and_retailer()
	doc = frappe.get_doc("Trade Price", _post("Trade Price", **PRICE)).as_dict(convert_dates_to_str=True)
	sent = json.dumps({**doc, "valid_upto": nowdate()}, default=str)
	answer = call("Administrator", "frappe.desk.form.save.savedocs", doc=sent, action="Save")
	assert answer.refusal is None
	assert _post("Trade Price", **PRICE | {"valid_from": add_days(nowdate(), 1)})


@pytest.mark.parametrize(
	"values",
	[
		{"discount_percentage": "much"},
		{"discount_percentage": -5},
		{"apply_on": "Nonsense"},
		{"rate_or_discount": "Nonsense"},
		{"valid_from": "2026-02-31"},
		{"min_qty": -3},
		{"applies_to": 5},
	],
)
def test_a_price_that_says_nothing_is_refused(values: dict) -> None:
	prices.make_dealer_and_retailer()
	assert _post("Trade Price", **PRICE | values) is None


@pytest.mark.parametrize("values", [{"apply_on": "Nonsense"}, {"rate_or_discount": None}])
def test_a_price_that_says_nothing_any_more_is_refused(values: dict) -> None:
	prices.make_dealer_and_retailer()
	path = f"/api/resource/Trade Price/{_post('Trade Price', **PRICE)}"
	assert isinstance(send("Administrator", "PUT", path, **values).refusal, frappe.ValidationError)


def test_a_price_may_hold_to_the_end_of_all_days() -> None:
	prices.make_dealer_and_retailer()
	assert _post("Trade Price", **PRICE, valid_upto="9999-12-31")
	assert prices.rate("Dealer One") == 90
