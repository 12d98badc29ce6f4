"""Prices, vouchers, tills and settings that functions look up for whoever they are told."""

import json

import frappe
import pytest
from frappe.utils import add_days, nowdate

from tests.site import documents, goods
from tests.site.company import make_customer, make_user
from tests.site.documents import COMPANY, ITEM
from tests.site.http_requests import Answer, call
from tests.site.portal import make_portal_user
from tests.site.strangers import THERE, searched, user

__all__ = ["user"]

LIST = "Standard Selling"
_DETAILS = "erpnext.stock.get_item_details."
_UNRECONCILE = "erpnext.accounts.doctype.unreconcile_payment.unreconcile_payment."
_TILL = "erpnext.selling.page.point_of_sale.point_of_sale."


def _price_for(customer: str | None, rate: int = 4321, **values) -> None:
	price = {"doctype": "Item Price", "item_code": ITEM, "price_list": LIST, "customer": customer}
	price = frappe.get_doc({**price, "price_list_rate": rate, "uom": "Nos", "selling": 1}).insert()
	price.db_set(values) if values else None


def _asked(**more) -> dict:
	asked = {"item_code": ITEM, "company": COMPANY, "doctype": "Sales Order", "transaction_date": nowdate()}
	asked |= {"conversion_rate": 1, "plc_conversion_rate": 1, "currency": "INR", "price_list_currency": "INR"}
	return {**asked, "price_list": LIST, "selling_price_list": LIST, **more}


def _paid(branch: str) -> tuple[str, str]:
	"""An invoice of the branch, and its payment."""
	customer = {"Agra": THERE, "Delhi": "Zq Mine"}[branch]
	invoice = documents.sales("Sales Invoice", customer, branch=branch).name
	payment = documents.get_payment_entry("Sales Invoice", invoice, bank_account=documents.account("Cash"))
	payment.update({"reference_no": "1", "reference_date": nowdate()})
	payment.insert().submit()
	return invoice, payment.name


def _address_of(customer: str, **values) -> str:
	place = {"address_title": "Zq", "address_line1": "ZQSECRET Road", "city": "x", "country": "India"}
	links = [{"link_doctype": "Customer", "link_name": customer}]
	return frappe.get_doc({"doctype": "Address", **place, "links": links, **values}).insert().name


@pytest.mark.parametrize("more", [{"customer": "Zq Mine"}, {}])
def test_nobody_asks_for_the_price_of_whatever_party(user: str, more: dict) -> None:
	_price_for(THERE)
	answer = call(user, _DETAILS + "get_item_details", args=_asked(ignore_party=1, **more))
	assert "4321" not in answer.text


def test_an_item_has_its_price(user: str) -> None:
	_price_for(None, 77)
	answer = call(user, _DETAILS + "get_item_details", args=_asked(customer="Zq Mine"))
	assert answer.message["price_list_rate"] == 77


@pytest.mark.parametrize(("customer", "rate"), [(THERE, 0), ("Zq Mine", 4321), (None, 4321)])
def test_the_price_of_a_batch_is_ones_own_or_that_for_everybody(
	user: str, customer: str | None, rate: int
) -> None:
	_price_for(customer, batch_no="ZQBATCH")
	params = {"price_list": LIST, "uom": "Nos", "batch_no": "ZQBATCH", "transaction_date": nowdate()}
	asked = {"params": {**params, "customer": "Zq Mine"}, "item_code": ITEM}
	assert call(user, _DETAILS + "get_batch_based_item_price", **asked).message == rate


@pytest.mark.parametrize(("customer", "shown"), [("Zq Mine", True), (THERE, False)])
def test_a_quotation_shows_the_blanket_orders_of_ones_own(user: str, customer: str, shown: bool) -> None:
	order = {"doctype": "Blanket Order", "blanket_order_type": "Selling", "customer": customer}
	order |= {"company": COMPANY, "from_date": nowdate(), "to_date": add_days(nowdate(), 30)}
	order |= {"items": [{"item_code": ITEM, "qty": 10, "rate": 4321}]}
	name = goods.done(frappe.get_doc(order)).name
	asked = _asked(doctype="Quotation", customer="Zq Mine", against_blanket_order=1)
	for function in ("get_item_details", "get_blanket_order_details"):
		answer = call(user, _DETAILS + function, args=asked)
		assert (answer.status, name in answer.text, "4321" in answer.text) == (200, shown, shown)


@pytest.mark.parametrize(("customer", "rate"), [(THERE, 77), (None, 4321)])
def test_a_till_shows_the_price_for_everybody(user: str, customer: str | None, rate: int) -> None:
	_price_for(None, 77, valid_from=add_days(nowdate(), -9))
	_price_for(customer, valid_from=nowdate())
	frappe.get_doc(
		{"doctype": "POS Profile", "name": "ZQ-TILL", "company": COMPANY, "branch": "Delhi"}
	).db_insert()
	asked = {"start": 0, "page_length": 40, "price_list": LIST, "item_group": "Services"}
	answer = call(user, _TILL + "get_items", pos_profile="ZQ-TILL", search_term="", **asked)
	rates = {item["item_code"]: item["price_list_rate"] for item in answer.message["items"]}
	assert rates[ITEM] == rate


def test_the_tills_that_somebody_else_has_opened_are_not_told(user: str) -> None:
	for who in ("agra@x.example", user):
		entry = {"doctype": "POS Opening Entry", "name": f"ZQ-OPEN-{who}", "pos_profile": "x", "user": who}
		frappe.get_doc({**entry, "docstatus": 1, "company": COMPANY, "pos_closing_entry": ""}).db_insert()
	answer = call(user, _TILL + "check_opening_entry", user="agra@x.example")
	assert [entry["name"] for entry in answer.message] == [f"ZQ-OPEN-{user}"]


def test_the_permissions_of_somebody_else_are_not_told(user: str) -> None:
	other = make_user("zqcolleague", "Agra")
	limit = {"doctype": "User Permission", "user": other, "allow": "Customer", "for_value": THERE}
	frappe.get_doc(limit).insert()
	path = "frappe.core.doctype.user_permission.user_permission.get_user_permissions"
	assert "Delhi" in call(user, path).text
	assert THERE not in call(user, path, user=other).text


def test_a_guarantee_tells_the_orders_of_ones_own(user: str) -> None:
	path = "erpnext.accounts.doctype.bank_guarantee.bank_guarantee.get_voucher_details"
	own, theirs = (
		documents.sales("Sales Order", customer, branch=branch).name
		for customer, branch in (("Zq Mine", "Delhi"), (THERE, "Agra"))
	)
	mine, foreign, none = (
		call(user, path, bank_guarantee_type="Receiving", reference_name=name)
		for name in (own, theirs, "ZQ-NONE")
	)
	assert mine.message["customer"] == "Zq Mine"
	assert (foreign.status, foreign.text.replace(theirs, "ZQ-NONE")) == (none.status, none.text)


@pytest.mark.parametrize("kind", ["Item", "Customer", None])
def test_allocations_are_told_by_the_kind_of_voucher(user: str, kind: str | None) -> None:
	_invoice, payment = _paid("Agra")
	make_customer(payment, "Delhi")
	for function in ("get_linked_payments_for_doc", "doc_has_references"):
		asked = {"company": COMPANY, "doctype": kind, "docname": payment}
		assert not call(user, _UNRECONCILE + function, **asked).message


def test_the_allocations_of_ones_own_are_told(user: str) -> None:
	invoice, payment = _paid("Delhi")
	asked = {"company": COMPANY, "doctype": "Sales Invoice", "docname": invoice}
	assert call(user, _UNRECONCILE + "doc_has_references", **asked).message == 1
	found = call(user, _UNRECONCILE + "get_linked_payments_for_doc", **asked).message
	assert [row["voucher_no"] for row in found] == [payment]


@pytest.mark.parametrize(("branch", "told"), [("Delhi", True), ("Agra", False)])
@pytest.mark.parametrize("kind", ["Sales Invoice", "POS Invoice"])
def test_how_an_invoice_was_paid_is_told_of_ones_own(user: str, kind: str, branch: str, told: bool) -> None:
	invoice = documents.sales("Sales Invoice", "Zq Shared", branch=branch).name
	if kind == "POS Invoice":
		invoice = "ZQ-POS"
		frappe.get_doc(
			{"doctype": kind, "name": invoice, "branch": branch, "company": COMPANY, "customer": "Zq Shared"}
		).db_insert()
	row = {"doctype": "Sales Invoice Payment", "name": "zqpay", "parent": invoice, "parenttype": kind}
	frappe.get_doc({**row, "parentfield": "payments", "mode_of_payment": "Cash", "amount": 4321}).db_insert()
	answer = call(user, "erpnext.controllers.sales_and_purchase_return.get_payment_data", invoice=invoice)
	assert ("4321" in answer.text) is told


@pytest.mark.parametrize(("party", "kind"), [("Zq Mine", "Customer"), ("Zq Maker", "Supplier")])
def test_no_address_of_others_stands_for_that_of_the_company(user: str, party: str, kind: str) -> None:
	name = _address_of(THERE)
	asked = {"party": party, "party_type": kind, "company": COMPANY, "ignore_permissions": 1}
	asked["doctype"] = {"Customer": "Sales Order", "Supplier": "Purchase Order"}[kind]
	path = "erpnext.accounts.party.get_party_details"
	assert "ZQSECRET" not in call(user, path, company_address=name, **asked).text


def test_the_address_of_the_company_is_everybodys(user: str) -> None:
	name = _address_of(THERE, links=[{"link_doctype": "Company", "link_name": COMPANY}])
	asked = {"party": "Zq Mine", "party_type": "Customer", "company": COMPANY, "doctype": "Sales Order"}
	answer = call(user, "erpnext.accounts.party.get_party_details", company_address=name, **asked)
	assert answer.message["company_address"] == name


@pytest.mark.parametrize(("customer", "told"), [("Zq Mine", True), (THERE, False)])
def test_the_tax_category_of_an_address_of_ones_own_is_told(user: str, customer: str, told: bool) -> None:
	frappe.get_doc({"doctype": "Tax Category", "title": "ZQTAX"}).insert()
	name = _address_of(customer, tax_category="ZQTAX")
	answer = call(user, "erpnext.accounts.party.get_address_tax_category", billing_address=name)
	assert ("ZQTAX" in answer.text) is told


def _applied(user: str, customer: str) -> Answer:
	"""A rule for `customer` that somebody says is applied to a row of his own."""
	item = {"doctype": "Item", "item_code": "ZQFREE", "item_group": "Services", "stock_uom": "Nos"}
	frappe.get_doc({**item, "is_stock_item": 0}).insert()
	rule = {"doctype": "Pricing Rule", "title": "zq", "price_or_product_discount": "Product", "selling": 1}
	rule |= {"apply_on": "Item Code", "items": [{"item_code": ITEM}], "currency": "INR", "company": COMPANY}
	rule |= {"applicable_for": "Customer", "customer": customer, "free_item": "ZQFREE", "free_qty": 1}
	rule = frappe.get_doc({**rule, "min_qty": 1}).insert().name
	row = {"doctype": "Sales Order Item", "name": "x", "child_docname": "x", "item_code": ITEM, "qty": 1}
	row["pricing_rules"] = json.dumps([rule])
	asked = {**_asked(), "customer": "Zq Mine", "transaction_type": "selling", "items": [row]}
	path = "erpnext.accounts.doctype.pricing_rule.pricing_rule.apply_pricing_rule"
	return call(user, path, args=asked)


@pytest.mark.parametrize(("customer", "told"), [("Zq Mine", True), (THERE, False)])
def test_a_pricing_rule_that_is_said_to_be_applied_is_ones_own(user: str, customer: str, told: bool) -> None:
	assert ("ZQFREE" in _applied(user, customer).text) is told


def test_the_serial_numbers_of_a_schedule_of_others_are_not_told(user: str) -> None:
	schedule = {"doctype": "Maintenance Schedule", "name": "ZQ-PLAN", "customer": THERE, "company": COMPANY}
	frappe.get_doc(schedule).db_insert()
	row = {"doctype": "Maintenance Schedule Item", "name": "zqrow", "parent": "ZQ-PLAN", "item_code": ITEM}
	row |= {"parenttype": "Maintenance Schedule", "parentfield": "items", "serial_no": "ZQSERIAL"}
	frappe.get_doc(row).db_insert()
	path = "erpnext.maintenance.doctype.maintenance_schedule.maintenance_schedule"
	answer = call(user, f"{path}.get_serial_nos_from_schedule", item_code=ITEM, schedule="ZQ-PLAN")
	assert "ZQSERIAL" not in answer.text


def test_no_hours_are_logged_on_a_job_of_others(user: str) -> None:
	order = documents.sales("Sales Order", THERE, branch="Agra").name
	work = {"doctype": "Work Order", "name": "ZQ-WORK", "company": COMPANY, "sales_order": order, "qty": 5}
	frappe.get_doc({**work, "status": "In Process"}).db_insert()
	job = {"doctype": "Job Card", "name": "ZQ-JOB", "company": COMPANY, "work_order": "ZQ-WORK"}
	frappe.get_doc({**job, "status": "Open", "for_quantity": 5}).db_insert()
	hours = {"start_time": "2026-01-01 00:00:00", "status": "Work In Progress", "employees": []}
	path = "erpnext.manufacturing.doctype.job_card.job_card.make_time_log"
	one, other = (call(user, path, args={**hours, "job_card_id": name}) for name in ("ZQ-JOB", "ZQ-NONE"))
	assert (one.status, one.text.replace("ZQ-JOB", "ZQ-NONE")) == (other.status, other.text)


def test_head_office_looks_at_the_bank_and_at_what_is_reconciled(user: str) -> None:
	bank = "erpnext.accounts.doctype.bank_reconciliation_tool.bank_reconciliation_tool"
	process = "erpnext.accounts.doctype.process_payment_reconciliation.process_payment_reconciliation"
	for path in (f"{bank}.get_bank_transactions", f"{process}.is_any_doc_running"):
		assert call(user, path, bank_account="x").status == 403


@pytest.mark.parametrize(("customer", "branch"), [("Zq Mine", "Delhi"), (THERE, "Agra")])
def test_the_terms_of_a_voucher_of_ones_own_are_told(user: str, customer: str, branch: str) -> None:
	term = {"doctype": "Payment Term", "payment_term_name": "ZQSECRET term", "invoice_portion": 100}
	schedule = {"payment_term": frappe.get_doc(term).insert().name, "invoice_portion": 100}
	schedule["due_date"] = nowdate()
	invoice = documents.sales("Sales Invoice", customer, branch=branch, payment_schedule=[schedule])
	terms = "erpnext.controllers.queries.get_payment_terms_for_references"
	for filters in ({"reference": invoice.name}, json.dumps({"reference": invoice.name})):
		for via_link in (False, True):
			answer = searched(user, terms, filters, via_link=via_link)
			assert ("ZQSECRET" in answer.text) is (branch == "Delhi"), answer.text
	assert "ZQSECRET" in searched("Administrator", terms, {"reference": invoice.name}).text


@pytest.mark.parametrize(("customer", "told"), [("Zq Mine", True), (THERE, False)])
def test_who_buys_in_the_portal_is_told_to_whoever_sees_the_contact(
	user: str, customer: str, told: bool
) -> None:
	buyer = make_portal_user("zqbuyer", ("Customer", customer))
	contact = "erpnext.stock.doctype.shipment.shipment.get_company_contact"
	assert call(user, contact, user=buyer).status == (200 if told else 404)
	assert call(user, contact, user="nobody@example.com").status == 404
	assert call(user, contact, user=user).status == 200
	viewers = "frappe.desk.form.load.get_user_info_for_viewers"
	answer = call(user, viewers, users=json.dumps([buyer, user, "nobody@example.com"]))
	assert (buyer in answer.text) is told
	assert user in answer.text
