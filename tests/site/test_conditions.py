"""Conditions and expressions where names and columns belong: nobody limited asks the database by them."""

import json

import frappe
import pytest
from frappe.utils import nowdate

from branch_crm.branch_access.refusals import ClosedMethodError
from tests.site import documents
from tests.site.company import (
	as_user,
	join_team,
	make_customer,
	make_tree,
	make_user,
	roles_of_branches,
	switch_on,
)
from tests.site.http_requests import call, send
from tests.site.leak.papers import paper
from tests.site.portal import make_portal_user, page

SESSIONS = "(name), ( select group_concat(sid) from tabSessions ) as x"
ALL_ROWS = "ifnull(1,1)||1||`tabToDo`.name"


@pytest.fixture
def user() -> str:
	make_tree()
	documents.make_item()
	user = make_user("conditions", "Delhi", roles=roles_of_branches())
	make_customer("Zq Mine", "Delhi")
	make_customer("Zq Other", "Agra")
	switch_on()
	return user


@pytest.mark.parametrize(
	"sent",
	[
		{"fields": [SESSIONS]},
		{"fields": json.dumps([SESSIONS])},
		{"fields": ["name"], "order_by": SESSIONS},
		{"fields": ["name"], "group_by": SESSIONS},
		{"fields": ["name"], "filters": [[ALL_ROWS, "=", "x"]]},
		{"fields": ["name"], "or_filters": {ALL_ROWS: "x"}},
	],
)
def test_no_list_is_asked_for_by_expressions(user: str, sent: dict) -> None:
	buyer = make_portal_user("conditions-buyer", ("Customer", "Zq Mine"))
	for who in (user, buyer):
		answers = [
			call(who, "frappe.client.get_list", doctype="ToDo", **sent),
			send(who, "GET", "/api/resource/ToDo", **sent),
			send(who, "GET", "/api/v2/document/ToDo", **sent),
		]
		assert [answer.status for answer in answers] == [403] * 3
	assert call(user, "frappe.desk.reportview.get", doctype="ToDo", **sent).status == 403


def test_nobody_limited_stores_what_asks_by_expressions(user: str) -> None:
	report = {
		"doctype": "Report",
		"report_name": "Zq",
		"ref_doctype": "Customer",
		"report_type": "Report Builder",
	}
	report |= {"is_standard": "No", "json": json.dumps({"fields": [["name", "Customer"]], "filters": []})}
	with as_user(user):
		doc = frappe.get_doc(report).insert()
		for asked in ({"fields": [[SESSIONS, "Customer"]]}, {"filters": [["Customer", ALL_ROWS, "=", "x"]]}):
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc("Report", doc.name).update({"json": json.dumps(asked)}).save()


def test_no_card_or_report_asks_for_columns_of_what_is_linked(user: str) -> None:
	card = {"doctype": "Number Card", "label": "Zq", "document_type": "Sales Order", "function": "Sum"}
	card |= {"type": "Document Type", "aggregate_function_based_on": "customer.tax_id", "filters_json": "[]"}
	report = {"doctype": "Report", "report_name": "Zq", "ref_doctype": "Sales Order", "is_standard": "No"}
	report |= {
		"report_type": "Report Builder",
		"json": json.dumps({"fields": [["customer.tax_id", "Sales Order"]]}),
	}
	get_result = "frappe.desk.doctype.number_card.number_card.get_result"
	assert call(user, get_result, doc=json.dumps(card), filters="[]").status == 403
	for sent in (card, report):
		assert call(user, "frappe.client.insert", doc=sent).status == 403


CONDITIONS = [[["name", "like", "%"]], [{"name": ["like", "%"]}], [{"docstatus": ["<", 2]}]]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_no_document_is_found_by_conditions(user: str, condition: list) -> None:
	other = documents.sales("Sales Order", "Zq Other", branch="Agra").name
	lead = documents.make_lead("Zq Lead", branch="Agra").name
	plan = "erpnext.manufacturing.doctype.production_plan.production_plan.get_so_details"
	for command, sent in (
		(plan, {"sales_order": condition}),
		("erpnext.crm.doctype.lead.lead.get_lead_details", {"lead": condition}),
		("frappe.desk.doctype.tag.tag.add_tags", {"dt": "Sales Order", "tags": ["x"], "docs": condition}),
	):
		answer = call(user, command, **sent)
		assert answer.status == 404, command
		assert other not in answer.text and lead not in answer.text
	assert not frappe.db.get_value("Sales Order", other, "_user_tags")


def test_a_tool_of_the_whole_bank_is_closed_however_it_is_sent(user: str) -> None:
	row = {"payment_document": "Payment Entry", "payment_entry": "x", "clearance_date": nowdate()}
	whole = {"doctype": "Bank Clearance", "name": "Bank Clearance", "payment_entries": [row]}
	for method, docs in (
		("update_clearance_date", whole),
		("get_payment_entries", whole),
		("get_payment_entries", '"Bank Clearance"'),
		("update_clearance_date", '"Bank Clearance"'),
	):
		answers = [
			call(user, "run_doc_method", method=method, docs=docs),
			send(user, "POST", "/api/v2/method/run_doc_method", method=method, document=docs),
		]
		for answer in answers:
			is_closed = isinstance(answer.refusal, ClosedMethodError)
			# a row that names what is not there is refused before
			assert is_closed or answer.status == 404, (method, docs, answer)


def test_rows_are_judged_though_they_do_not_say_what_they_are(user: str) -> None:
	other = documents.sales("Sales Order", "Zq Other", branch="Agra").name
	rows = [{"document_type": "Sales Order", "sales_order": other}]
	sent = {"doctype": "Production Plan", "company": documents.COMPANY, "sales_orders": rows}
	assert call(user, "run_doc_method", method="get_items", docs=sent).status == 404


@pytest.mark.parametrize("has_invoice", [False, True])
def test_a_customer_without_invoices_is_not_shown_everybodys_timesheets(user: str, has_invoice: bool) -> None:
	sheet = paper("Timesheet", "zq", {"Customer": "Zq Other"}).name
	if has_invoice:
		documents.sales("Sales Invoice", "Zq Mine", branch="Delhi")
	buyer = make_portal_user("hours-buyer", ("Customer", "Zq Mine"))
	answers = [
		call(buyer, "frappe.www.list.get", doctype="Timesheet"),
		call(buyer, "frappe.www.list.get_list_data", doctype="Timesheet"),
		page(buyer, "/timesheets"),
	]
	for answer in answers:
		assert answer.status == (200 if has_invoice else 404)
		assert sheet not in answer.text


def test_a_viewer_tags_and_unassigns_nothing(user: str) -> None:
	viewer = make_user("tagging-viewer", roles=("Sales Master Manager", "Sales Manager"))
	join_team(viewer, "Delhi", "Viewer")
	todo = {"doctype": "ToDo", "description": "x", "allocated_to": user, "reference_type": "Customer"}
	todo = frappe.get_doc({**todo, "reference_name": "Zq Mine"}).insert()
	named = {"dt": "Customer", "dn": "Zq Mine"}
	for command, sent in (
		("frappe.desk.doctype.tag.tag.add_tag", {**named, "tag": "x"}),
		("frappe.desk.doctype.tag.tag.remove_tag", {**named, "tag": "x"}),
		("frappe.desk.doctype.tag.tag.add_tags", {"dt": "Customer", "docs": ["Zq Mine"], "tags": ["x"]}),
		("frappe.desk.form.assign_to.remove", {"doctype": "Customer", "name": "Zq Mine", "assign_to": user}),
	):
		assert call(viewer, command, **sent).status == 403, command
	assert frappe.db.get_value("ToDo", todo.name, "status") == "Open"


def test_nobody_limited_turns_an_auto_repeat_onto_another_document(user: str) -> None:
	path = "frappe.automation.doctype.auto_repeat.auto_repeat.update_reference"
	assert isinstance(call(user, path, docname="x", reference="y").refusal, ClosedMethodError)
