"""Rows stay in their documents, and documents keep their names: what is sent instead tells nothing and moves nothing."""

import json

import frappe
import pytest
from frappe.utils import nowdate

from tests.site import documents
from tests.site.company import make_customer
from tests.site.documents import COMPANY
from tests.site.http_requests import Answer, call, send
from tests.site.portal import make_portal_user
from tests.site.strangers import THERE, user

__all__ = ["user"]
_BULK = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
_WAYS = ("bulk", "calendar", "gantt", "set_value", "REST")


def _give(user: str, way: str, doctype: str, name: str, /, **values: str) -> Answer:
	"""Ask for these values of a stored document or row, of which there is one for charts."""
	((field, value),) = values.items()
	fields = {"start": field, "end": "modified_by"}
	if way == "bulk":
		data = {"docnames": json.dumps([name]), "data": json.dumps(values)}
		return call(user, _BULK, doctype=doctype, action="update", **data)
	if way == "calendar":
		args = {"doctype": doctype, "name": name, field: value}
		return call(
			user, "frappe.desk.calendar.update_event", args=json.dumps(args), field_map=json.dumps(fields)
		)
	if way == "gantt":
		args = {"doctype": doctype, "name": name, "start": value}
		return call(
			user, "frappe.desk.gantt.update_task", args=json.dumps(args), field_map=json.dumps(fields)
		)
	if way == "set_value":
		asked = {"doctype": doctype, "name": name, "fieldname": json.dumps(values)}
		return call(user, "frappe.client.set_value", **asked)
	return send(user, "PUT", f"/api/resource/{doctype}/{name}", **values)


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize("submit", [False, True])
def test_no_row_is_put_into_a_foreign_document(user: str, way: str, submit: bool) -> None:
	own = documents.sales("Sales Order", "Zq Mine", branch="Delhi", submit=submit)
	foreign = documents.sales("Sales Order", THERE, branch="Agra", submit=submit)
	asked = ("Sales Order Item", own.items[0].name)
	answers = [_give(user, way, *asked, parent=name) for name in (foreign.name, "SAL-ORD-NONE")]
	assert {answer.status for answer in answers} == {404}
	assert [len(frappe.get_doc("Sales Order", doc.name).items) for doc in (own, foreign)] == [1, 1]


@pytest.mark.parametrize("way", _WAYS)
def test_nobody_is_let_in_at_a_foreign_customer(user: str, way: str) -> None:
	buyer = make_portal_user("zqbuyer", ("Customer", "Zq Mine"))
	row = frappe.db.get_value("Portal User", {"parent": "Zq Mine"})
	assert _give(user, way, "Portal User", row, parent=THERE).status == 404
	assert frappe.get_all("Portal User", {"user": buyer}, pluck="parent") == ["Zq Mine"]


@pytest.mark.parametrize("way", _WAYS)
def test_a_name_that_is_given_to_a_document_tells_nothing(user: str, way: str) -> None:
	own = frappe.get_doc({"doctype": "Task", "subject": "Zq own", "branch": "Delhi"}).insert().name
	foreign = frappe.get_doc({"doctype": "Task", "subject": "Zq foreign", "branch": "Agra"}).insert().name
	told = set()
	for name in (foreign, "TASK-0000-99999"):
		answer = _give(user, way, "Task", own, name=name)
		told.add((answer.status, answer.text.replace(name, "…")))
	((status, _text),) = told
	assert status == 404


@pytest.mark.parametrize("way", _WAYS)
def test_what_one_may_change_is_changed(user: str, way: str) -> None:
	task = frappe.get_doc({"doctype": "Task", "subject": "Zq own", "branch": "Delhi"}).insert().name
	assert _give(user, way, "Task", task, subject="Zq changed").status == 200
	assert frappe.db.get_value("Task", task, "subject") == "Zq changed"
	order = documents.sales("Sales Order", "Zq Mine", branch="Delhi", submit=False)
	assert _give(user, way, "Sales Order Item", order.items[0].name, description="Zq changed").status == 200


def test_a_row_that_is_saved_by_itself_stays_where_it_is(user: str) -> None:
	"""Whatever saves it."""
	foreign = documents.sales("Sales Order", THERE, branch="Agra", submit=False)
	own = documents.sales("Sales Order", "Zq Mine", branch="Delhi", submit=False)
	frappe.set_user(user)
	row = frappe.get_doc("Sales Order Item", own.items[0].name)
	row.parent = foreign.name
	with pytest.raises(frappe.DoesNotExistError):
		row.save()


def test_a_draft_with_a_name_is_printed_whether_it_is_free_or_not(user: str) -> None:
	foreign = documents.sales("Sales Order", THERE, branch="Agra").name
	draft = {"doctype": "Sales Order", "__islocal": 1, "customer": "Zq Mine", "company": COMPANY, "items": []}
	said = {
		name: call(
			user, "frappe.www.printview.get_html_and_style", doc=json.dumps({**draft, "name": name})
		).status
		for name in (foreign, foreign[:-1] + "9", "new-sales-order-abc")
	}
	assert list(said.values()) == [404, 404, 200]


def _prospect_of(lead: str) -> str:
	rows = {"branches": [{"branch": "Agra", "is_primary": 1}], "leads": [{"lead": lead}]}
	made = {"doctype": "Prospect", "company_name": "ZQSECRET prospect", "company": COMPANY, **rows}
	return frappe.get_doc(made).insert().name


def test_the_opportunity_of_a_lead_leaves_the_prospect_of_others_alone(user: str) -> None:
	lead = documents.make_lead("Zq Lead", branch="Delhi").name
	prospect = _prospect_of(lead)
	opportunity = {
		"doctype": "Opportunity",
		"opportunity_from": "Lead",
		"party_name": lead,
		"branch": "Delhi",
	}
	answer = call(user, "frappe.client.insert", doc={**opportunity, "company": COMPANY})
	assert answer.message["customer_name"] == "Zq Lead"
	assert not frappe.get_doc("Prospect", prospect).opportunities
	assert (
		call("Administrator", "frappe.client.insert", doc={**opportunity, "company": COMPANY}).status == 200
	)
	assert len(frappe.get_doc("Prospect", prospect).opportunities) == 1


def test_the_form_of_a_lead_shows_what_was_made_of_it_in_one_s_own_branches(user: str) -> None:
	lead = documents.make_lead("Zq Lead", branch="Delhi").name
	_prospect_of(lead)
	make_customer("ZQSECRET customer", "Agra")
	frappe.db.set_value("Customer", "ZQSECRET customer", "lead_name", lead)
	opened = {"doctype": "Lead", "name": lead}
	shown = [call(one, "frappe.desk.form.load.getdoc", **opened).text for one in (user, "Administrator")]
	assert ["ZQSECRET" in text for text in shown] == [False, True]


def test_an_invoice_is_filled_in_on_its_form(user: str) -> None:
	own = documents.sales("Sales Invoice", "Zq Mine", branch="Delhi", submit=False)
	sent = frappe.as_json({**own.as_dict(), "due_date": nowdate()})
	for who in (user, "Administrator"):
		assert call(who, "run_doc_method", docs=sent, method="set_missing_values").status == 200
