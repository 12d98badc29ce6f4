"""Messages and refusals name no document of other branches, and what the user reaches or has named himself as before."""

import json

import frappe
import pytest
from frappe.utils import nowdate

from branch_crm.branch_access import guard_messages
from tests.site import documents, goods
from tests.site.company import as_user, make_user
from tests.site.documents import COMPANY
from tests.site.http_requests import Answer, call
from tests.site.strangers import THERE, user

__all__ = ["user"]

OTHER = "another document"


def test_what_is_sold_in_a_bundle_is_named_where_it_is_ones_own(user: str) -> None:
	for code in ("ZQ-BUNDLE", "ZQ-PART"):
		item = {"doctype": "Item", "item_code": code, "item_group": "Services", "stock_uom": "Nos"}
		frappe.get_doc({**item, "is_stock_item": 0}).insert()
	bundle = {"doctype": "Product Bundle", "new_item_code": "ZQ-BUNDLE"}
	bundle = frappe.get_doc({**bundle, "items": [{"item_code": "ZQ-PART", "qty": 1}]}).insert()
	rows = [{"item_code": "ZQ-BUNDLE", "qty": 1, "rate": 5}]
	own, foreign = (
		documents.sales("Sales Invoice", customer, branch=branch, items=[dict(row) for row in rows]).name
		for customer, branch in (("Zq Mine", "Delhi"), (THERE, "Agra"))
	)
	answer = call(user, "frappe.client.delete", doctype="Product Bundle", name=bundle.name)
	assert own in answer.text
	assert foreign not in answer.text
	assert OTHER in answer.text


def test_an_item_that_is_delivered_elsewhere_names_no_delivery(user: str) -> None:
	note = documents.sales("Delivery Note", THERE, branch="Agra").name
	change = {"doctype": "Item", "name": documents.ITEM, "fieldname": "is_stock_item", "value": 1}
	answer = call(user, "frappe.client.set_value", **change)
	assert answer.status != 200
	assert note not in answer.text


def test_hours_that_overlap_name_no_timesheet_of_others(user: str) -> None:
	project = frappe.get_doc({"doctype": "Project", "project_name": "zq", "branch": "Agra"}).insert().name
	times = {"from_time": f"{nowdate()} 09:00:00", "to_time": f"{nowdate()} 10:00:00", "hours": 1}
	times["activity_type"] = frappe.get_all("Activity Type", pluck="name")[0]
	sheet = {"doctype": "Timesheet", "company": COMPANY, "user": make_user("colleague", "Agra")}
	theirs = {**sheet, "parent_project": project, "time_logs": [{**times, "project": project}]}
	theirs = frappe.get_doc(theirs).insert()
	answer = call(user, "frappe.client.insert", doc={**sheet, "time_logs": [times]})
	assert "overlapping" in answer.text
	assert theirs.name not in answer.text


def test_a_way_to_pay_names_no_till_of_others(user: str) -> None:
	for name, branch in (("Zq Own Till", "Delhi"), ("Zq Till", "Agra")):
		till = frappe.get_doc({"doctype": "POS Profile", "name": name, "company": COMPANY, "branch": branch})
		till.db_insert()
		row = {"doctype": "Sales Invoice Payment", "name": name, "parent": name, "parenttype": "POS Profile"}
		frappe.get_doc({**row, "parentfield": "payments", "mode_of_payment": "Cash"}).db_insert()
	change = {"doctype": "Mode of Payment", "name": "Cash", "fieldname": json.dumps({"enabled": 0})}
	answer = call(user, "frappe.client.set_value", **change)
	assert "Zq Own Till" in answer.text
	assert "Zq Till" not in answer.text


def test_a_till_names_no_till_of_others(user: str) -> None:
	cashier = make_user("cashier", "Agra", roles=("Sales User",))
	frappe.get_doc(
		{"doctype": "POS Profile", "name": "Zq Till", "company": COMPANY, "branch": "Agra"}
	).db_insert()
	row = {"doctype": "POS Profile User", "name": "zqrow", "parent": "Zq Till", "parenttype": "POS Profile"}
	row |= {"parentfield": "applicable_for_users", "user": cashier, "default": 1}
	frappe.get_doc(row).db_insert()
	company = frappe.get_doc("Company", COMPANY)
	mine = {"doctype": "POS Profile", "__newname": "Zq Mine", "company": COMPANY, "branch": "Delhi"}
	mine |= {"currency": "INR", "warehouse": goods.warehouse(), "selling_price_list": "Standard Selling"}
	mine |= {"write_off_cost_center": company.cost_center, "write_off_account": company.write_off_account}
	mine |= {"write_off_limit": 1, "payments": [{"mode_of_payment": "Cash", "default": 1}]}
	mine["applicable_for_users"] = [{"user": cashier, "default": 1}]
	answer = call(user, "frappe.client.insert", doc=mine)
	assert answer.status != 200
	assert "Zq Till" not in answer.text


@pytest.mark.parametrize("as_json", [False, True])
def test_what_one_has_named_oneself_is_answered_as_what_is_not_there(user: str, as_json: bool) -> None:
	foreign = documents.sales("Sales Order", THERE, branch="Agra").name
	missing = foreign[:-5] + "99999"

	def asked(name: str) -> Answer:
		doc = frappe.as_json({"doctype": "Sales Order Item", "parent": name})
		# as a client may write it
		sent = doc.replace(name, "".join(f"\\u{ord(letter):04x}" for letter in name)) if as_json else doc
		return call(user, "frappe.client.insert", doc=sent)

	one, other = asked(foreign), asked(missing)
	assert (one.status, one.text.replace(foreign, missing)) == (other.status, other.text)
	assert OTHER not in one.text


def test_messages_beside_an_answer_are_read_as_well(user: str, monkeypatch: pytest.MonkeyPatch) -> None:
	foreign = documents.sales("Sales Order", THERE, branch="Agra").name
	link = frappe.utils.get_link_to_form("Sales Order", foreign, label="an order")

	def ping() -> None:
		frappe.msgprint(f"<b>{THERE}</b>: {link}")

	ping.__module__, ping.__qualname__ = "frappe", "ping"
	monkeypatch.setattr("frappe.ping", frappe.whitelist()(ping))
	assert foreign not in call(user, "frappe.ping").text
	assert THERE not in call(user, "frappe.ping").text
	told = call(user, "frappe.ping").text
	assert f"<b>{OTHER}</b>: {OTHER}" in told
	head_office = make_user("office", roles=("Branch Head Office",))
	assert THERE in call(head_office, "frappe.ping").text


def test_nothing_is_read_where_nothing_is_said(user: str, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(guard_messages, "_asked", lambda request: pytest.fail("it was read"))
	with as_user(user):
		assert call(user, "frappe.client.get_count", doctype="Customer").status == 200
