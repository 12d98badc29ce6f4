"""Documents that a request sends: their links tell nothing of what is not there for whoever sends them."""

import json
import re

import frappe
import pytest

from tests.site import documents
from tests.site.company import as_user, make_customer, make_user, switch_on
from tests.site.http_requests import Answer, call, send
from tests.site.portal import ORDER, Portal
from tests.site.test_portal_pages import make_web_form

ROLES = ("Sales User", "Sales Manager", "Accounts User", "Support Team", "Projects User")
SECRET = {"tax_id": ["like", "DE1%"]}
NO_MATCH = {"tax_id": ["like", "FR%"]}
# Frappe takes each for a condition
CONDITIONS = (SECRET, NO_MATCH, ["tax_id", "like", "DE1%"], [["tax_id", "like", "DE1%"]], ["Foreign"], 1.5)
ACCEPT = "frappe.website.doctype.web_form.web_form.accept"


@pytest.fixture(autouse=True)
def company(portal: Portal) -> Portal:
	make_customer("Elsewhere", "Mumbai")
	for name in ("Foreign", "Elsewhere"):
		frappe.db.set_value("Customer", name, "tax_id", "DE123")
	# Frappe counts forms by the address that they come from
	frappe.local.request_ip = "127.0.0.1"
	return portal


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


@pytest.fixture
def viewer() -> str:
	"""Somebody of Delhi who makes no documents of sales."""
	return make_user("onlooker", "Delhi", roles=("Projects User",))


def ways_to_save(doc: dict) -> list[tuple[str, str, dict]]:
	"""The verb, the path and the body of each request that makes the document."""
	fields = {key: value for key, value in doc.items() if key != "doctype"}
	new = {**doc, "__islocal": 1, "name": "new-1"}
	return [
		("POST", f"/api/resource/{doc['doctype']}", fields),
		("POST", f"/api/v2/document/{doc['doctype']}", fields),
		("POST", f"/api/v2/document/{doc['doctype']}", {**fields, "data": "{}"}),
		("POST", "/api/method/frappe.client.insert", {"doc": doc}),
		("POST", "/api/method/frappe.client.insert", {"doc": json.dumps(doc)}),
		("POST", "/api/method/frappe.client.insert_many", {"docs": [doc]}),
		("POST", "/api/method/frappe.client.save", {"doc": new}),
		("POST", "/api/method/frappe.client.submit", {"doc": new}),
		("POST", "/api/method/frappe.desk.form.save.savedocs", {"doc": json.dumps(new), "action": "Save"}),
		(
			"POST",
			"/api/method/run_doc_method",
			{"docs": json.dumps(new), "method": "submit", "args": "{}"},
		),
	]


def filled(draft: dict, value: object) -> dict:
	return json.loads(json.dumps(draft).replace('"{}"', json.dumps(value)))


def is_silent(answer: Answer, sent: object) -> bool:
	"""Whether it names no customer but one that was sent."""
	names = {"Foreign", "Elsewhere"} - set(re.findall(r"\w+", str(sent)))
	return not any(name in answer.text for name in names)


def told(answer: Answer, sent: object) -> tuple[int, str]:
	return answer.status, answer.text.replace(str(sent), "…")


def one_answer(user: str, draft: dict, *targets: object) -> Answer:
	"""The answer to the draft with each of the targets in the place of `{}`; by each way there is only one."""
	for number, (verb, path, _body) in enumerate(ways_to_save(draft)):
		answers = {}
		for target in targets:
			answer = send(user, verb, path, **ways_to_save(filled(draft, target))[number][2])
			answers[told(answer, target)] = answer
		assert len(answers) == 1, (path, list(answers))
		(answer,) = answers.values()
		assert answer.status in (403, 404, 417), (path, answer.text)
		if not number:
			first = answer
	return first


def test_a_condition_for_a_link_is_refused(delhi: str) -> None:
	switch_on()
	for draft in (
		{"doctype": "Quotation", "quotation_to": "Customer", "party_name": "{}"},
		{"doctype": "Quotation", "party_name": "{}"},
		{"doctype": "Issue", "subject": "x", "customer": "{}"},
		{"doctype": "Sales Invoice", "customer": "Own", "items": [{"qty": 1, "sales_order": "{}"}]},
		{"doctype": "Issue", "subject": "x", "company": "{}"},
	):
		for number, (verb, path, _body) in enumerate(ways_to_save(draft)):
			for condition in CONDITIONS:
				answer = send(delhi, verb, path, **ways_to_save(filled(draft, condition))[number][2])
				assert answer.status == 404 and is_silent(answer, condition), (path, answer.text)


def test_a_condition_in_a_single_field_is_refused(delhi: str, company: Portal) -> None:
	issue = frappe.get_doc({"doctype": "Issue", "subject": "x", "customer": "Foreign"}).insert().name
	switch_on()
	stored = {"doctype": "Issue", "name": issue}
	bulk = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
	for condition in CONDITIONS:
		sent = [
			call(delhi, "frappe.client.set_value", **stored, fieldname="customer", value=condition),
			call(delhi, "frappe.client.set_value", **stored, fieldname={"customer": condition}),
			call(delhi, "frappe.client.set_value", **stored, fieldname=json.dumps({"customer": condition})),
			call(
				delhi,
				bulk,
				doctype="Issue",
				docnames=[issue],
				action="update",
				data=json.dumps({"customer": condition}),
			),
			call(
				delhi,
				"frappe.client.bulk_update",
				docs=json.dumps([{"doctype": "Issue", "docname": issue, "customer": condition}]),
			),
			send(delhi, "PUT", f"/api/resource/Issue/{issue}", customer=condition),
			send(delhi, "PUT", f"/api/v2/document/Issue/{issue}", customer=condition),
			call(
				delhi,
				"frappe.desk.treeview.add_node",
				doctype="Task",
				subject="x",
				is_root="false",
				parent="",
				project=condition,
			),
			call(delhi, "frappe.client.validate_link", doctype="Customer", docname=condition),
		]
		assert {answer.status for answer in sent} <= {404, 417}, [answer.text for answer in sent]
		assert all(is_silent(answer, condition) for answer in sent)


@pytest.mark.parametrize("who", ["Guest", "buyer", "viewer"])
def test_who_may_not_make_a_document_learns_nothing_from_its_links(
	who: str, company: Portal, viewer: str
) -> None:
	user = {"Guest": "Guest", "buyer": company.buyer, "viewer": viewer}[who]
	order = documents.sales(ORDER, "Elsewhere", branch="Mumbai")
	order.cancel()
	invoice = {"doctype": "Sales Invoice", "customer": "Own"}
	switch_on()
	for draft, foreign in (
		({"doctype": ORDER, "customer": "{}"}, "Elsewhere"),
		({**invoice, "items": [{"qty": 1, "sales_order": "{}"}]}, order.name),
		({"doctype": ORDER, "customer": "Own", "amended_from": "{}"}, order.name),
	):
		assert one_answer(user, draft, foreign, "None such").status in (403, 404)
		for number, (verb, path, _body) in enumerate(ways_to_save(draft)):
			statuses = set()
			for condition in (SECRET, NO_MATCH):
				answer = send(user, verb, path, **ways_to_save(filled(draft, condition))[number][2])
				statuses.add(answer.status)
			assert len(statuses) == 1 and statuses <= {403, 404}, path


def test_a_link_to_what_is_foreign_is_one_to_nothing(delhi: str, company: Portal) -> None:
	order = frappe.get_doc(ORDER, company.own[ORDER])
	order.cancel()
	items = [{"item_code": documents.make_item(), "qty": 1, "sales_order": "{}"}]
	switch_on()
	for draft, *targets in (
		({"doctype": "Issue", "subject": "x", "customer": "{}"}, "Elsewhere", "elsewhere", "ELSEWHERE "),
		({"doctype": "Quotation", "party_name": "{}"}, "Elsewhere", "elsewhere"),
		({"doctype": "Issue", "subject": "x", "customer": "{}", "project": "No project"}, "Elsewhere"),
		({"doctype": "Sales Invoice", "customer": "Foreign", "items": items}, order.name),
		({"doctype": ORDER, "customer": "Foreign", "amended_from": "{}"}, order.name),
		({"doctype": "Appointment", "appointment_with": "Customer", "party": "{}"}, "Elsewhere"),
	):
		answer = one_answer(delhi, draft, *targets, "None such")
		assert answer.status == 417 and "Could not find" in answer.text


def test_single_fields_link_to_what_is_foreign_as_to_nothing(delhi: str) -> None:
	issue = frappe.get_doc({"doctype": "Issue", "subject": "x", "customer": "Foreign"}).insert().name
	switch_on()
	stored = {"doctype": "Issue", "name": issue}
	for ways in (
		lambda name: call(delhi, "frappe.client.set_value", **stored, fieldname="customer", value=name),
		lambda name: send(delhi, "PUT", f"/api/resource/Issue/{issue}", customer=name),
		lambda name: send(delhi, "PUT", f"/api/v2/document/Issue/{issue}", customer=name),
	):
		answers = {told(ways(name), name) for name in ("Elsewhere", "elsewhere", "None such")}
		assert len(answers) == 1
	assert (
		call(delhi, "frappe.client.set_value", **stored, fieldname="customer", value="foreign").status == 200
	)
	assert frappe.db.get_value("Issue", issue, "customer") == "Foreign"


def test_forms_of_the_website_take_no_condition(delhi: str, company: Portal) -> None:
	form = make_web_form("Issue", "subject", "customer", login_required=0)
	switch_on()
	for user in ("Guest", company.buyer, delhi):
		for customer in CONDITIONS:
			data = json.dumps({"subject": "x", "customer": customer})
			answer = call(user, ACCEPT, web_form=form, data=data)
			assert answer.status == (403 if user == "Guest" else 404) and is_silent(answer, customer)
		answers = {
			told(call(user, ACCEPT, web_form=form, data=json.dumps({"subject": "x", "customer": name})), name)
			for name in ("Elsewhere", "elsewhere", "None such")
		}
		assert len(answers) == 1 and next(iter(answers))[0] in (403, 404, 417)


def test_rows_sent_by_themselves_are_judged_with_their_document(delhi: str, company: Portal) -> None:
	project = {"doctype": "Project", "project_name": "Elsewhere", "branch": "Mumbai"}
	foreign = frappe.get_doc(project).insert().name
	invoice = documents.sales("Sales Invoice", "Foreign", submit=False, branch="Delhi")
	switch_on()
	row = {"doctype": "Sales Invoice Item", "parenttype": "Sales Invoice", "parent": invoice.name}
	row |= {"parentfield": "items", "item_code": documents.ITEM, "qty": 1, "rate": 1}
	for names in ((foreign, "None such"), ({"status": "Open"}, {"status": "Cancelled"})):
		answers = set()
		for name in names:
			sent = {**row, "project": name}
			answers.add(told(call(delhi, "frappe.client.insert", doc=sent), name))
		assert len(answers) == 1 and next(iter(answers))[0] in (404, 417)
	# the table decides of which DocType a row is
	wrong = {**row, "doctype": "Sales Order Item", "project": foreign}
	assert call(delhi, "frappe.client.insert", doc=wrong).status == 404
	assert call(delhi, "frappe.client.insert", doc=row).status == 200
	value = {"doctype": "Sales Invoice Item", "name": invoice.items[0].name, "fieldname": "project"}
	answers = {
		told(call(delhi, "frappe.client.set_value", **value, value=name), name)
		for name in (foreign, "None such")
	}
	assert len(answers) == 1


def test_what_was_linked_before_is_saved_by_every_way(delhi: str) -> None:
	project = frappe.get_doc({"doctype": "Project", "project_name": "Zq", "branch": "Mumbai"}).insert().name
	old = frappe.get_doc({"doctype": "Issue", "subject": "x", "customer": "Foreign", "project": project})
	old.update({"branch": "Delhi"}).insert()
	switch_on()
	path = f"Issue/{old.name}"
	for send_changed in (
		lambda values: call(delhi, "frappe.client.save", doc={**whole(old.name), **values}),
		lambda values: call(
			delhi,
			"frappe.desk.form.save.savedocs",
			doc=json.dumps({**whole(old.name), **values}),
			action="Save",
		),
		lambda values: send(delhi, "PUT", f"/api/resource/{path}", **values),
		lambda values: send(delhi, "PUT", f"/api/v2/document/{path}", **values),
		lambda values: call(
			delhi, "frappe.client.set_value", doctype="Issue", name=old.name, fieldname=values
		),
	):
		for values in ({"subject": "y"}, {"subject": "z", "project": project}):
			answer = send_changed(values)
			if answer.status != 404:
				assert answer.status == 200, answer.text
	assert frappe.db.get_value("Issue", old.name, "project") == project


def whole(name: str) -> dict:
	return json.loads(frappe.as_json(frappe.get_doc("Issue", name).as_dict()))


def test_own_documents_are_made_as_before(delhi: str, company: Portal) -> None:
	documents.make_item()
	items = [{"item_code": documents.ITEM, "qty": 1, "rate": 1}]
	project = frappe.get_doc({"doctype": "Project", "project_name": "Zq", "branch": "Mumbai"}).insert().name
	order = documents.sales(ORDER, "Foreign", branch="Delhi", project=project).name
	switch_on()
	draft = {"doctype": "Quotation", "party_name": "Foreign", "items": items, "company": documents.COMPANY}
	assert send(delhi, "POST", "/api/resource/Quotation", **draft).status == 200
	assert call(delhi, "frappe.client.insert", doc={**draft, "party_name": "foreign"}).status == 200
	with as_user(delhi):
		invoice = documents.make_sales_invoice(order)
	sent = {**json.loads(frappe.as_json(invoice.as_dict())), "__islocal": 1, "name": "new-sales-invoice-1"}
	assert sent["project"] == project
	saved = call(delhi, "frappe.desk.form.save.savedocs", doc=json.dumps(sent), action="Save")
	assert saved.status == 200, saved.text
