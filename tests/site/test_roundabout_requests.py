"""Functions that call what they are told to call, and arguments that hold something else than a name: the guard reads
them as Frappe does."""

import json

import frappe
import pytest

from branch_crm.branch_access.refusals import ClosedMethodError
from tests.site import documents, goods
from tests.site.company import (
	join_team,
	let_delete,
	make_customer,
	make_tree,
	make_user,
	roles_of_branches,
	switch_on,
)
from tests.site.http_requests import call, send
from tests.site.portal import make_portal_user

FUNNEL = "erpnext.selling.page.sales_funnel.sales_funnel.get_funnel_data"
BALANCE = "erpnext.accounts.utils.get_balance_on"


@pytest.fixture
def user() -> str:
	make_tree()
	documents.make_item()
	user = make_user("roundabout", "Delhi", roles=roles_of_branches())
	make_customer("Zq Mine", "Delhi")
	make_customer("Zq Other", "Agra")
	switch_on()
	return user


@pytest.mark.parametrize(
	("tree_method", "doctype", "parent"),
	[
		("frappe.workflow.doctype.workflow.workflow.get_workflow_state_count", "Customer", "mobile_no"),
		("erpnext.selling.doctype.sales_order.sales_order.get_events", "2000-01-01", "2099-01-01"),
		(FUNNEL, "2000-01-01", "2099-01-01"),
	],
)
def test_a_tree_is_asked_for_its_nodes_only(user: str, tree_method: str, doctype: str, parent: str) -> None:
	asked = {"doctype": doctype, "label": "x", "parent": parent, "tree_method": tree_method, "states": "[1]"}
	answer = call(user, "frappe.desk.treeview.get_all_nodes", **asked, company="x")
	assert isinstance(answer.refusal, ClosedMethodError)


def test_a_tree_still_opens(user: str) -> None:
	asked = {"doctype": "Territory", "label": "All Territories", "parent": "All Territories"}
	asked["tree_method"] = "frappe.desk.treeview.get_children"
	nodes = call(user, "frappe.desk.treeview.get_all_nodes", **asked).message
	assert [node["value"] for node in nodes[0]["data"]] == frappe.get_all(
		"Territory", {"parent_territory": "All Territories"}, pluck="name", order_by="name"
	)


@pytest.mark.parametrize(
	"path", ["/api/method/upload_file", "/api/v2/method/upload_file", "/api/method/uploadfile"]
)
@pytest.mark.parametrize("method", [BALANCE, FUNNEL])
def test_no_upload_calls_what_is_answered_otherwise_or_closed(user: str, path: str, method: str) -> None:
	account = documents.account("Receivable")
	refusals = [send(one, "POST", path, method=method, account=account) for one in (user, portal_user())]
	assert all(isinstance(answer.refusal, ClosedMethodError) for answer in refusals)


def portal_user() -> str:
	return make_portal_user("roundabout-buyer", ("Customer", "Zq Mine"))


@pytest.mark.parametrize("command", ["run", "export_query", "get_script"])
@pytest.mark.parametrize("name", [{"name": "Gross Profit"}, ["Gross Profit"]])
def test_a_report_is_asked_for_by_its_name(user: str, command: str, name: object) -> None:
	answer = call(
		user, f"frappe.desk.query_report.{command}", report_name=name, filters={}, user="Administrator"
	)
	assert answer.status in (403, 404)


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_renaming_reads_and_merges_nothing(user: str, verb: str) -> None:
	own = documents.sales("Sales Order", "Zq Mine", submit=False, branch="Delhi").name
	other = documents.sales("Sales Order", "Zq Other", submit=False, branch="Agra").name
	sent = {"name": other, "merge": 1, "validate_rename": 0}
	named = {"dt": "Sales Order", "dn": own, "method": "rename"}
	answers = [
		send(user, verb, "/api/method/run_doc_method", **named, args=sent),
		send(user, verb, "/api/method/run_doc_method", **named, arg=sent),
		send(user, verb, f"/api/v2/document/Sales Order/{own}/method/rename", **sent),
		send(user, verb, f"/api/resource/Sales Order/{own}", run_method="rename", **sent),
	]
	assert all(answer.status in (403, 404) for answer in answers)
	assert frappe.db.exists("Sales Order", own)


def test_to_merge_tells_nothing_of_the_target(user: str) -> None:
	let_delete()
	frappe.get_meta("Customer").allow_rename = 1
	for command in ("frappe.model.rename_doc.update_document_title", "frappe.client.rename_doc"):
		answers = []
		for target in ("Zq Other", "Zq Nobody"):
			sent = {"doctype": "Customer", "docname": "Zq Mine", "old_name": "Zq Mine", "merge": 1}
			answer = call(user, command, **sent, name=target, new_name=target)
			answers.append((answer.status, answer.text.replace(target, "X")))
		assert answers[0] == answers[1] and answers[0][0] != 200


@pytest.mark.parametrize("key", ["args", "arg", "kwargs"])
def test_what_a_method_of_a_document_takes_is_judged_whatever_holds_it(user: str, key: str) -> None:
	goods.stock_up()
	own = documents.sales("Sales Order", "Zq Mine", items=goods.rows(), branch="Delhi")
	other = documents.sales("Sales Order", "Zq Other", items=goods.rows(), branch="Agra")
	rows = [{"sales_order_item": row.name, "qty_to_reserve": 1} for row in other.items]
	named = {"dt": "Sales Order", "dn": own.name, "method": "create_stock_reservation_entries"}
	answer = call(user, "run_doc_method", **named, **{key: {"items_details": rows}})
	assert answer.status == 404


def test_a_method_still_takes_what_its_form_sends_it(user: str) -> None:
	goods.stock_up()
	own, other = (
		documents.sales("Sales Order", f"Zq {name}", branch=branch).name
		for name, branch in (("Mine", "Delhi"), ("Other", "Agra"))
	)
	plan = {"doctype": "Production Plan", "company": goods.COMPANY, "__islocal": 1, "sales_orders": []}
	for order, status in ((own, 200), (other, 404)):
		for args in ({"sales_order": order}, order):
			answer = call(user, "run_doc_method", docs=plan, method="validate_sales_orders", args=args)
			assert (answer.status == 404) == (status == 404), (order, args, answer)


def test_a_viewer_changes_nothing_over_rest_either(user: str) -> None:
	lead = documents.make_lead("Zq Viewed Lead", branch="Delhi")
	viewer = make_user("rest-viewer", roles=("Sales User", "Sales Manager"))
	join_team(viewer, "Delhi", "Viewer")
	sent = {"note": "x"}
	for verb, path, named in (
		("POST", f"/api/v2/document/Lead/{lead.name}/method/add_note", {}),
		("POST", f"/api/resource/Lead/{lead.name}", {"run_method": "add_note"}),
		("GET", f"/api/resource/Lead/{lead.name}", {"run_method": "add_note"}),
	):
		answer = send(viewer, verb, path, **sent, **named)
		assert answer.status == 403 and "only view" in answer.text, answer


def test_a_viewer_cancels_and_deletes_no_row(user: str, monkeypatch: pytest.MonkeyPatch) -> None:
	order = documents.sales("Sales Order", "Zq Mine", branch="Delhi")
	viewer = make_user("row-viewer", roles=("Sales User", "Sales Manager"))
	join_team(viewer, "Delhi", "Viewer")
	# another app's hook may say yes to everything, and Frappe 15 takes the first answer
	monkeypatch.setattr("frappe.model.document.Document.has_permission", lambda *args, **kwargs: True)
	for command in ("frappe.client.cancel", "frappe.client.delete"):
		answer = call(viewer, command, doctype="Sales Order Item", name=order.items[0].name)
		assert answer.status == 403 and "only view" in answer.text, answer


def test_a_guest_is_asked_to_log_in_before_anything_is_looked_at(user: str) -> None:
	answers = [
		call("Guest", "frappe.client.save", doc={"doctype": "Sales Order", "name": "x", "customer": customer})
		for customer in ("Zq Mine", "none")
	]
	assert [answer.status for answer in answers] == [403, 403]
	assert answers[0].text == answers[1].text


def test_no_list_shows_columns_of_what_it_links_to(user: str) -> None:
	for doctype, column in (
		("Batch", "supplier.tax_id"),
		("Stock Reservation Entry", "project.customer"),
		("BOM", "`project`.`estimated_costing` as cost"),
		("Customer", "lead_name.email_id"),
	):
		sent = {"fields": ["name", column]}
		answers = [
			send(user, "GET", f"/api/resource/{doctype}", **sent),
			send(user, "GET", f"/api/v2/document/{doctype}", **sent),
			call(user, "frappe.client.get_list", doctype=doctype, **sent),
			call(user, "frappe.client.get_value", doctype=doctype, fieldname=column),
			call(user, "frappe.desk.reportview.get", doctype=doctype, **sent),
		]
		assert [answer.status for answer in answers] == [403] * 5
	assert send(user, "GET", "/api/resource/Customer", fields=["name", "customer_group"]).status == 200
	columns = ["`tabCustomer`.`name`", "`tabCustomer`.`customer_group`"]
	assert call(user, "frappe.desk.reportview.get", doctype="Customer", fields=columns).status == 200


def test_no_second_body_hides_what_is_saved(user: str) -> None:
	own, other = (documents.make_lead(f"Zq {place}", branch=place).name for place in ("Delhi", "Agra"))
	hidden = send(user, "PATCH", f"/api/v2/document/Lead/{own}", name=other, company_name="Mine", data="{}")
	assert hidden.status == 404
	assert send(user, "PATCH", f"/api/v2/document/Lead/{own}", company_name="Mine").status == 200
	assert frappe.get_all("Lead", {"company_name": "Mine"}, pluck="name") == [own]


@pytest.mark.parametrize(
	"command", ["frappe.client.save", "frappe.client.submit", "frappe.desk.form.save.savedocs"]
)
def test_a_stored_document_that_is_missing_is_refused_before_its_links(user: str, command: str) -> None:
	order = documents.sales("Sales Order", "Zq Other", branch="Agra")
	sent = frappe.parse_json(frappe.as_json(order))
	sent = {key: value for key, value in sent.items() if not isinstance(value, list)}
	answers = []
	for name in (sent["name"], "SAL-ORD-0000-00000"):
		# what is missing has links to what is missing
		doc = {**sent, "name": name, "items": [{"item_code": documents.make_item(), "qty": 1}]}
		if name != sent["name"]:
			doc["customer"] = "None such"
		answer = call(user, command, doc=json.dumps(doc), action="Save")
		answers.append((answer.status, answer.text.replace(name, "X")))
	assert answers[0] == answers[1] and answers[0][0] == 404


def test_an_import_shows_no_foreign_file(user: str) -> None:
	content = "Customer Name\nsecret\n"
	attached = {"attached_to_doctype": "Customer", "attached_to_name": "Zq Other", "is_private": 1}
	file = frappe.get_doc({"doctype": "File", "file_name": "zq.csv", "content": content, **attached}).insert()
	new = {"doctype": "Data Import", "reference_doctype": "Customer", "import_type": "Insert New Records"}
	own = frappe.get_doc(new).insert().name
	module = "frappe.core.doctype.data_import.data_import"
	for url in (file.file_url, "/private/files/none.csv"):
		stored = {**new, "name": own, "import_file": url}
		answers = [
			call(user, f"{module}.get_preview_from_template", data_import=own, import_file=url),
			call(user, "run_doc_method", docs=stored, method="get_preview_from_template"),
		]
		for answer in answers:
			assert answer.status == 404 and answer.text.count(url) == answers[0].text.count(url)
			assert "secret" not in answer.text


def test_rows_with_a_number_for_a_name_are_judged(user: str) -> None:
	own, other = (documents.make_lead(f"Zq {place}", branch=place) for place in ("Delhi", "Agra"))
	for lead in (own, other):
		lead.append("notes", {"note": "secret"})
		lead.save()
	for lead, status in ((own, 200), (other, 404)):
		answer = call(user, "frappe.client.has_permission", doctype="CRM Note", docname=lead.notes[0].name)
		assert (answer.status == 404) == (status == 404), (lead.name, answer)
