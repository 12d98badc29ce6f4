"""The trade type of a customer, and of the documents made for it."""

import frappe
import pytest

from branch_crm.customer_master import trade_type_queries
from branch_crm.customer_master.custom_fields import PRICED
from branch_crm.customer_master.trade_type_events import TradeTypeError
from branch_crm.demo.records import COMPANY
from tests.site import goods
from tests.site.company import let_delete, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call

SETTINGS = "Customer Master Settings"


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	goods.stock_up()


def _make_document(doctype: str, customer: str, **values) -> object:
	document = {"doctype": doctype, "company": COMPANY, "customer": customer, "items": goods.rows()}
	if doctype == "Quotation":
		document |= {"quotation_to": "Customer", "party_name": customer}
	return frappe.get_doc(document | {"delivery_date": frappe.utils.nowdate(), **values}).insert()


def test_the_usual_types_are_there() -> None:
	names = set(frappe.get_all("Trade Type", pluck="name"))
	assert {"General", "Dealer", "Wholesaler", "Distributor"} <= names
	assert frappe.db.get_single_value(SETTINGS, "default_trade_type") == "General"


def test_what_an_administrator_makes_of_the_types_stays() -> None:
	frappe.rename_doc("Trade Type", "General", "Walk-in")
	let_delete()
	frappe.delete_doc("Trade Type", "Distributor")
	trade_type_queries.insert_usual()
	assert set(frappe.get_all("Trade Type", pluck="name")) == {"Walk-in", "Dealer", "Wholesaler"}
	assert make_customer("Usual", "Delhi").trade_type == "Walk-in"


def test_a_new_customer_has_the_usual_type_unless_another_is_chosen() -> None:
	assert make_customer("Usual", "Delhi").trade_type == "General"
	chosen = {"doctype": "Customer", "customer_name": "Chosen", "trade_type": "Dealer"}
	customer = frappe.get_doc(chosen).insert()
	assert customer.trade_type == "Dealer"
	customer.trade_type = None
	customer.save()
	assert customer.trade_type is None
	frappe.db.set_single_value(SETTINGS, "default_trade_type", None)
	assert make_customer("None", "Delhi").trade_type is None


def test_a_disabled_type_is_neither_given_nor_chosen() -> None:
	kept = make_customer("Kept", "Delhi")
	frappe.get_doc("Trade Type", "General").update({"disabled": 1}).save()
	assert make_customer("Usual", "Delhi").trade_type is None
	kept.reload()
	kept.customer_details = "still saved"
	kept.save()
	with pytest.raises(TradeTypeError, match="disabled"):
		make_customer("Other", "Delhi").update({"trade_type": "General"}).save()


def test_the_legal_form_is_left_alone() -> None:
	customer = frappe.get_doc(
		{"doctype": "Customer", "customer_name": "Form", "trade_type": "Dealer"}
	).insert()
	assert customer.customer_type == frappe.get_meta("Customer").get_field("customer_type").default


@pytest.mark.parametrize("doctype", sorted({*PRICED} - {"POS Invoice"}))
def test_documents_carry_the_type_of_their_customer_whatever_was_sent(doctype: str) -> None:
	make_customer("Carried", "Delhi").update({"trade_type": "Dealer"}).save()
	make_customer("Other", "Delhi").update({"trade_type": "Wholesaler"}).save()
	doc = _make_document(doctype, "Carried", trade_type="Distributor")
	assert doc.trade_type == "Dealer"
	doc.update(
		{"customer": "Other", "party_name": "Other"} if doctype == "Quotation" else {"customer": "Other"}
	)
	doc.save()
	assert doc.trade_type == "Wholesaler"


def test_a_sale_at_the_till_carries_it_as_well() -> None:
	sale = frappe.new_doc("POS Invoice", customer=make_customer("At the Till", "Delhi").name)
	sale.run_method("before_validate")
	assert sale.trade_type == "General"


def test_a_quotation_to_a_lead_has_no_type() -> None:
	lead = frappe.get_doc({"doctype": "Lead", "first_name": "Asked", "branch": "Delhi"}).insert()
	doc = _make_document("Quotation", "", quotation_to="Lead", party_name=lead.name, trade_type="Dealer")
	assert doc.trade_type is None


def test_what_is_submitted_keeps_its_type() -> None:
	make_customer("Kept", "Delhi").update({"trade_type": "Dealer"}).save()
	order = _make_document("Sales Order", "Kept").submit()
	frappe.get_doc("Customer", "Kept").update({"trade_type": "Wholesaler"}).save()
	order.reload()
	order.save()
	assert order.reload().trade_type == "Dealer"


def test_a_person_of_one_branch_chooses_types_but_makes_none() -> None:
	make_customer("Own", "Delhi")
	user = make_user("seller", "Delhi")
	switch_on()
	change = {"doctype": "Customer", "name": "Own", "fieldname": "trade_type", "value": "Dealer"}
	assert call(user, "frappe.client.set_value", **change).status == 200
	new = {"doctype": "Trade Type", "trade_type_name": "Mine"}
	assert call(user, "frappe.client.insert", doc=frappe.as_json(new)).status == 403
	change = {"doctype": "Trade Type", "name": "Dealer", "fieldname": "disabled", "value": 1}
	assert call(user, "frappe.client.set_value", **change).status == 403
