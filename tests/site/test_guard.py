"""The guard over requests: whatever names a document of another branch is refused as if it were not there."""

import inspect
import json

import frappe
import pytest

from branch_crm.branch_access import guard, guard_methods, guard_requests, methods
from branch_crm.branch_access.guard_methods import Policy
from tests.site.company import make_contact, make_customer, make_tree, make_user, member, switch_on
from tests.site.documents import make_item, make_lead, sales
from tests.site.http_requests import Answer, call, send

ROLES = (
	"Sales User",
	"Sales Manager",
	"Sales Master Manager",
	"Accounts User",
	"Accounts Manager",
	"Support Team",
)


@pytest.fixture
def user() -> str:
	make_tree()
	make_item()
	user = make_user("guarded", "Delhi", roles=ROLES)
	switch_on()
	return user


@pytest.fixture
def mine(user: str) -> str:
	return make_customer("Zq Mine", "Delhi").name


@pytest.fixture
def other(user: str) -> str:
	return make_customer("Zq Other", "Agra").name


def is_refused(answer: Answer) -> bool:
	return answer.status == 404


@pytest.mark.parametrize(
	("command", "arguments"),
	[
		("erpnext.accounts.party.get_party_details", {"party": "{}", "party_type": "Customer"}),
		("erpnext.selling.doctype.customer.customer.get_loyalty_programs", {"doc": {"doctype": "Customer", "name": "{}"}}),
		("erpnext.accounts.utils.get_balance_on", {"party": "{}", "party_type": "Customer", "company": "X"}),
		("frappe.client.get", {"doctype": "Customer", "name": "{}"}),
		("frappe.contacts.doctype.address.address.get_default_address", {"doctype": "Customer", "name": "{}"}),
		("frappe.desk.form.load.get_docinfo", {"doctype": "Customer", "name": "{}"}),
		("frappe.desk.form.utils.add_comment", {
			"reference_doctype": "Customer", "reference_name": "{}", "content": "x", "comment_email": "x@x.x", "comment_by": "x",
		}),
		("frappe.desk.like.toggle_like", {"doctype": "Customer", "name": "{}", "add": "Yes"}),
		("frappe.desk.doctype.tag.tag.add_tags", {"dt": "Customer", "docs": '["{}"]', "tags": '["x"]'}),
		("erpnext.selling.doctype.customer.customer.get_customer_outstanding", {"customer": "{}", "company": "X"}),
		("frappe.client.bulk_update", {"docs": [{"doctype": "Customer", "docname": "{}", "language": "en"}]}),
		("erpnext.accounts.doctype.journal_entry.journal_entry.get_outstanding", {"args": {"doctype": "Customer", "docname": "{}"}}),
	],
)  # fmt: skip
def test_naming_a_document_of_another_branch_is_refused_as_if_it_were_not_there(
	user: str, mine: str, other: str, command: str, arguments: dict
) -> None:
	def sent(name: str) -> Answer:
		return call(user, command, **json.loads(json.dumps(arguments).replace("{}", name)))

	assert is_refused(sent(other))
	assert is_refused(sent("Zq Nobody"))
	assert sent(other).text.replace(other, "") == sent("Zq Nobody").text.replace("Zq Nobody", "")
	assert not is_refused(sent(mine))


@pytest.mark.parametrize("version", ["resource", "v1/resource", "v2/document"])
def test_rest_reads_and_changes_what_is_reached(user: str, mine: str, other: str, version: str) -> None:
	for name, status in {mine: 200, other: 404}.items():
		path = f"/api/{version}/Customer/{name}"
		assert send(user, "GET", path).status == status
		assert send(user, "PUT", path, website="x.example").status == status
	assert is_refused(send(user, "DELETE", f"/api/{version}/Customer/{other}"))


def test_a_put_of_plain_text_is_read_as_frappe_reads_it(user: str, mine: str, other: str) -> None:
	body = json.dumps({"name": other, "website": "x.example"})
	assert is_refused(send(user, "PUT", f"/api/resource/Customer/{mine}", body=body))
	assert not frappe.db.get_value("Customer", other, "website")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_row_of_a_table_belongs_to_its_document(user: str, mine: str, other: str, method: str) -> None:
	for customer, branch, is_open in ((mine, "Delhi", True), (other, "Agra", False)):
		row = sales("Sales Order", customer, submit=False, branch=branch).items[0].name
		answer = send(user, method, f"/api/resource/Sales Order Item/{row}")
		assert is_refused(answer) is not is_open
	assert frappe.db.exists("Sales Order Item", row)


def test_a_mapper_is_judged_by_its_source(user: str, mine: str, other: str) -> None:
	orders = [
		sales("Sales Order", customer, branch=branch).name
		for customer, branch in ((mine, "Delhi"), (other, "Agra"))
	]
	mapper = "erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice"
	for command, extra in ((mapper, {}), ("frappe.model.mapper.make_mapped_doc", {"method": mapper})):
		answers = [call(user, command, source_name=order, **extra) for order in orders]
		assert [answer.status for answer in answers] == [200, 404]


def test_the_stored_document_decides_not_the_one_sent(user: str, mine: str, other: str) -> None:
	order = sales("Sales Order", other, branch="Agra")
	sent = {**json.loads(frappe.as_json(order)), "branch": "Delhi", "customer": mine}
	for command in ("run_doc_method", "frappe.handler.run_doc_method"):
		for extra in ({}, {"__islocal": 1}):
			answer = call(user, command, docs=json.dumps({**sent, **extra}), method="get_payment_entry")
			assert is_refused(answer)
	assert is_refused(
		send(user, "POST", "/api/v2/method/run_doc_method", document=sent, method="unlink_payment")
	)


def test_a_method_of_a_new_document_names_what_it_links_to(user: str, mine: str, other: str) -> None:
	new = {"doctype": "Sales Order", "name": "new-sales-order-1", "__islocal": 1, "company": "Branch Demo"}
	for customer, is_open in ((mine, True), (other, False)):
		answer = call(
			user,
			"run_doc_method",
			docs=json.dumps({**new, "customer": customer}),
			method="set_missing_values",
		)
		assert is_refused(answer) is not is_open


def test_a_link_that_the_stored_document_has_already_is_no_news(user: str, mine: str, other: str) -> None:
	order = sales("Sales Order", mine, submit=False, branch="Delhi")
	frappe.db.set_value("Sales Order", order.name, "customer", other)
	sent = {**json.loads(frappe.as_json(order)), "customer": other}
	assert not is_refused(call(user, "run_doc_method", docs=json.dumps(sent), method="get_advance_entries"))


def test_a_new_document_may_bring_its_name(user: str, other: str) -> None:
	new = {
		"doctype": "Customer",
		"customer_name": "Zq New",
		"customer_group": "Commercial",
		"territory": "India",
	}
	for name, status in (("Zq New", 200), (other, 404)):
		answer = call(user, "frappe.client.insert", doc={**new, "name": name})
		assert answer.status == status, answer.text
	missing, foreign = (
		send(user, "PUT", f"/api/resource/Customer/{name}", website="x") for name in ("Zq No", other)
	)
	assert missing.text.replace("Zq No", "") == foreign.text.replace(other, "")


def test_a_function_is_reached_by_its_own_path_only(user: str, other: str) -> None:
	arguments = {"doctype": "Customer", "name": other, "fieldname": "website", "value": "x"}
	assert call(user, "frappe.email.inbox.set_value", **arguments).status == 403
	assert call(user, "runserverobj", dt="Customer", dn=other, method="x").status == 403
	assert call("Administrator", "frappe.email.inbox.set_value", **arguments).status == 200


@pytest.mark.parametrize("path", ["/", "/api/method/ping", "/app", "/api/resource/Customer/x"])
def test_a_command_counts_on_whatever_path(user: str, other: str, path: str) -> None:
	assert is_refused(send(user, "GET", path, cmd="frappe.client.get", doctype="Customer", name=other))


def test_conditions_in_place_of_a_name_are_refused(user: str, mine: str, other: str) -> None:
	order = sales("Sales Order", other, submit=False, branch="Agra")
	for name in ({"parent": order.name}, [["parent", "=", order.name]]):
		assert is_refused(call(user, "frappe.client.delete", doctype="Sales Order Item", name=name))
	assert frappe.db.exists("Sales Order Item", order.items[0].name)


def test_conditions_in_an_argument_called_after_its_doctype_are_refused(user: str, mine: str) -> None:
	order = sales("Sales Order", mine, submit=False, branch="Delhi").name
	command = "erpnext.selling.doctype.customer.customer.get_customer_outstanding"
	assert call(user, command, customer=mine, company="Branch Demo").status != 404
	for customer in (["like", "%"], {"name": ["like", "%"]}, {}):
		assert is_refused(call(user, command, customer=customer, company="Branch Demo"))
		named = {"doctype": "Sales Order", "filters": {"name": order, "customer": ["like", "%"]}}
		assert call(user, "frappe.client.get_count", **named).message == 1


def test_another_spelling_of_a_name_opens_nothing(user: str, other: str) -> None:
	for name in (other.upper(), f"{other} ", other.replace("o", "ó")):
		assert is_refused(
			call(user, "frappe.client.get_value", doctype="Customer", fieldname="website", name=name)
		)
		sent = {"doctype": "Customer", "name": name, "__islocal": 1}
		assert is_refused(
			call(user, "run_doc_method", docs=json.dumps(sent), method="get_customer_group_details")
		)


def test_contacts_and_leads_are_named_as_well(user: str, mine: str, other: str) -> None:
	for customer, branch, is_open in ((mine, "Delhi", True), (other, "Agra", False)):
		contact = make_contact(f"Zq {customer}", ("Customer", customer)).name
		lead = make_lead(f"Zq {customer}", branch=branch).name
		answers = [
			call(user, "frappe.contacts.doctype.contact.contact.get_contact_details", contact=contact),
			call(user, "erpnext.crm.doctype.lead.lead.get_lead_details", lead=lead),
		]
		assert [is_refused(answer) for answer in answers] == [not is_open] * 2


def test_who_is_not_limited_by_branch_is_not_asked(user: str, other: str) -> None:
	head_office = make_user("everywhere", roles=(*ROLES, "Branch Head Office"))
	assert call(head_office, "frappe.client.get", doctype="Customer", name=other).status == 200


def test_nobody_is_asked_while_scope_is_off(user: str, other: str) -> None:
	guard.queries.forget_scopes()
	frappe.db.set_single_value("Branch Access Settings", "enforced", 0)
	guard.queries.forget_scopes()
	assert call(user, "frappe.client.get", doctype="Customer", name=other).status == 200


def test_a_viewer_may_name_what_he_views_but_not_where_it_is_changed(mine: str) -> None:
	viewer = member("guarded-viewer", roles=ROLES, Delhi="Viewer")
	order = sales("Sales Order", mine, branch="Delhi").name
	assert call(viewer, "frappe.client.get", doctype="Customer", name=mine).status == 200
	update = "erpnext.selling.doctype.sales_order.sales_order.update_status"
	assert call(viewer, update, status="Closed", name=order).status == 403
	assert frappe.db.get_value("Sales Order", order, "status") != "Closed"


def test_a_page_of_a_document_is_judged_by_its_address(user: str, mine: str, other: str) -> None:
	for customer, branch, is_open in ((mine, "Delhi", True), (other, "Agra", False)):
		order = sales("Sales Order", customer, branch=branch).name
		assert is_refused(send(user, "GET", f"/orders/{order}")) is not is_open


def test_rows_of_items_are_updated_in_ones_own_order_only(user: str, mine: str, other: str) -> None:
	own, foreign = (
		sales("Sales Order", customer, branch=place) for customer, place in ((mine, "Delhi"), (other, "Agra"))
	)
	command = "erpnext.controllers.accounts_controller.update_child_qty_rate"
	for row, is_open in ((own.items[0], True), (foreign.items[0], False)):
		items = [{"docname": row.name, "item_code": row.item_code, "qty": 1, "rate": 90}]
		answer = call(
			user,
			command,
			parent_doctype="Sales Order",
			trans_items=json.dumps(items),
			parent_doctype_name=own.name,
		)
		assert is_refused(answer) is not is_open
	assert frappe.db.get_value("Sales Order Item", foreign.items[0].name, "rate") == 100


def test_every_function_that_is_known_one_by_one_exists() -> None:
	for entry in methods.METHODS:
		path = entry["method"]
		if path in ("resource", "download_file"):
			continue
		module, _, name = path.rpartition(".")
		if name != name.lower() or module.rpartition(".")[2][0].isupper():
			holder = frappe.get_attr(module)
			function = getattr(holder, name)
		else:
			function = frappe.get_attr(path)
		assert function in frappe.whitelisted, path
		assert guard_requests.path_of(function) == path
		said = {key.split(".")[0] for key in entry.get("arguments", {})} - {"fid", "source_names"}
		taken = inspect.signature(function).parameters
		assert said <= set(taken) or any(one.kind is one.VAR_KEYWORD for one in taken.values()), path


def test_a_closed_function_says_what_to_do_instead(user: str) -> None:
	command = "erpnext.utilities.doctype.rename_tool.rename_tool.upload"
	answer = call(user, command, select_doctype="Customer", rows="[]")
	assert answer.status == 403
	assert "Head office does this." in answer.text


def test_functions_of_other_apps_are_judged_or_refused_as_the_settings_say() -> None:
	for answer, policy in (("Check", Policy.CHECKED), ("Refuse", Policy.CLOSED)):
		frappe.db.set_single_value("Branch Access Settings", "methods_of_other_apps", answer)
		frappe.local.request_cache.clear()
		assert guard_methods.method("another_app.api.do_it").policy is policy
		assert guard_methods.method("frappe.client.set_value").policy is Policy.CHECKED


def test_a_form_of_another_branch_is_not_there_as_one_that_is_yet_to_be_made(
	user: str, mine: str, other: str
) -> None:
	opened = {
		name: call(user, "frappe.desk.form.load.getdoc", doctype="Customer", name=name)
		for name in (mine, other, "new")
	}
	assert [answer.status for answer in opened.values()] == [200, 200, 200]
	assert opened[other].text == opened["new"].text
	assert "docs" not in json.loads(opened[other].text)
	assert json.loads(opened[mine].text)["docs"][0]["name"] == mine
