"""What a payment, and a choice of requests to buy by, say of other branches: nothing."""

import json

import frappe
import pytest
from erpnext.accounts.doctype.payment_request.payment_request import make_payment_request
from frappe.utils import nowdate

from tests.site import goods
from tests.site.company import KEEPERS, make_customer, make_tree, make_user, switch_on
from tests.site.documents import COMPANY, make_item, sales
from tests.site.http_requests import call

PAYMENT = "erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry"
PLACES = {"Delhi": 1013, "Agra": 7919}


@pytest.fixture
def user() -> str:
	make_tree()
	make_customer("Zq Shared", *PLACES)
	for place, rate in PLACES.items():
		items = [{"item_code": make_item(), "qty": 1, "rate": rate}]
		sales("Sales Invoice", "Zq Shared", branch=place, items=items)
	user = make_user("payer", "Delhi", roles=(*KEEPERS, "Accounts User", "Accounts Manager", "Stock User"))
	switch_on()
	return user


def test_a_payment_says_the_balances_of_ones_own(user: str) -> None:
	own = frappe.db.get_value("Sales Invoice", {"branch": "Delhi", "customer": "Zq Shared"})
	sent = {"dt": "Sales Invoice", "dn": own, "ignore_permissions": 1}
	payment = call(user, PAYMENT, **sent).message
	assert payment["party_balance"] == PLACES["Delhi"]
	assert payment["paid_from_account_balance"] == PLACES["Delhi"]
	foreign = frappe.db.get_value("Sales Invoice", {"branch": "Agra", "customer": "Zq Shared"})
	assert call(user, PAYMENT, **{**sent, "dn": foreign}).status == 404


def test_the_form_of_a_company_shows_no_sales_of_all_branches(user: str) -> None:
	graph = {
		"title": "Sales",
		"doctype": "Company",
		"docname": COMPANY,
		"goal_value_field": "monthly_sales_target",
	}
	graph |= {"goal_total_field": "total_monthly_sales", "goal_history_field": "sales_monthly_history"}
	graph |= {
		"goal_doctype": "Sales Invoice",
		"goal_doctype_link": "company",
		"goal_field": "base_grand_total",
	}
	graph |= {"date_field": "posting_date", "filters": "docstatus = 1"}
	assert not call(user, "frappe.utils.goal.get_monthly_goal_graph_data", **graph).message
	assert call("Administrator", "frappe.utils.goal.get_monthly_goal_graph_data", **graph).message


def test_material_requests_for_items_are_ones_own(user: str) -> None:
	made = {place: _request(place) for place in PLACES}
	items = json.dumps([make_item()])
	found = call(user, "erpnext.buying.utils.get_linked_material_requests", items=items).message
	assert [row["mr_name"] for rows in found for row in rows] == [made["Delhi"]]


def _request(branch: str) -> str:
	asked_for = {"doctype": "Material Request", "material_request_type": "Purchase", "company": COMPANY}
	items = [{"item_code": make_item(), "qty": 1, "schedule_date": nowdate(), "warehouse": goods.warehouse()}]
	doc = frappe.get_doc({**asked_for, "items": items, "schedule_date": nowdate(), "branch": branch}).insert()
	doc.submit()
	return doc.name


def test_a_payment_of_what_was_requested_says_the_balances_of_ones_own(user: str) -> None:
	own = frappe.db.get_value("Sales Invoice", {"branch": "Delhi", "customer": "Zq Shared"})
	request = make_payment_request(
		dt="Sales Invoice", dn=own, recipient_id="x@x.example", submit_doc=1, return_doc=1, mute_email=1
	)
	payment = call(
		user, f"{make_payment_request.__module__}.make_payment_entry", docname=request.name
	).message
	assert payment["party_balance"] == PLACES["Delhi"]
	assert payment["paid_from_account_balance"] == PLACES["Delhi"]


def test_what_a_function_does_not_take_hides_no_document(user: str) -> None:
	foreign = frappe.db.get_value("Sales Invoice", {"branch": "Agra", "customer": "Zq Shared"})
	request = make_payment_request(
		dt="Sales Invoice", dn=foreign, recipient_id="x@x.example", submit_doc=1, return_doc=1, mute_email=1
	)
	for more in ({}, {"doctype": "UOM"}, {"dt": "UOM"}, {"ref_doctype": "UOM"}):
		command = f"{make_payment_request.__module__}.make_payment_entry"
		assert call(user, command, docname=request.name, **more).status == 404
