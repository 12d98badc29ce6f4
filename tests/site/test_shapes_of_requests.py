"""Columns and filters in the shapes that Frappe takes, whatever their arguments are called: none finds what is not the
user's."""

import json

import frappe
import pytest
from frappe.permissions import add_permission

from tests.site.company import as_user, make_contact
from tests.site.documents import COMPANY
from tests.site.http_requests import Answer, call, send
from tests.site.strangers import THERE, foreign_contact, user

__all__ = ["user"]
# true of every row, where Frappe writes it as it is
ALL = "ifnull(name,1)||1||name"
SECRET = "left(concat(name, (select group_concat(tax_id) from tabCustomer)), 99) as name"
SWAPPED = {"fields": {ALL: "x"}, "filters": {"name": 1, "tax_id": 1}}
FILTERS = ([{ALL: "x"}], json.dumps([{ALL: "x"}]), json.dumps(json.dumps([[ALL, "=", "x"]])))


def _tells(answer: Answer) -> bool:
	return THERE in answer.text or "ZQSECRET" in answer.text


@pytest.mark.parametrize("as_text", [False, True])
def test_texts_for_filters_are_no_columns(user: str, as_text: bool) -> None:
	for filters in (["creation", SECRET], ["name", "creation", SECRET]):
		sent = json.dumps(filters) if as_text else filters
		for doctype in ("Customer", "File"):
			answer = call(user, "frappe.client.get", doctype=doctype, filters=sent)
			assert answer.status == 403
			assert not _tells(answer)


def test_one_document_is_still_found_by_filters(user: str) -> None:
	for filters in (
		{"name": "Zq Mine"},
		[["name", "=", "Zq Mine"]],
		json.dumps({"customer_name": "Zq Mine"}),
	):
		assert (
			call(user, "frappe.client.get", doctype="Customer", filters=filters).message["name"] == "Zq Mine"
		)
	assert call(user, "frappe.client.get", doctype="Customer", filters={"name": THERE}).status == 404


@pytest.mark.parametrize("path", ["/api/resource/Customer", "/api/v2/document/Customer"])
def test_columns_that_frappe_takes_for_filters(user: str, path: str) -> None:
	for verb in ("GET", "HEAD"):
		assert send(user, verb, path, **SWAPPED).status == 403
	for command in ("frappe.client.get_list", "frappe.desk.reportview.get_list"):
		assert call(user, command, doctype="Customer", **SWAPPED).status == 403


@pytest.mark.parametrize("filters", FILTERS, ids=["objects", "text of objects", "text of a text"])
def test_filters_in_other_shapes(user: str, filters: object) -> None:
	chart = {"chart_name": "x", "chart_type": "Count", "document_type": "Customer", "filters_json": filters}
	for command, asked in {
		"frappe.client.get_count": {"filters": filters},
		"frappe.client.get_list": {"filters": filters},
		"frappe.desk.listview.get_group_by_count": {"current_filters": filters, "field": "customer_name"},
		"frappe.desk.form.utils.get_next": {"value": "Zq Mine", "prev": 0, "filters": filters},
		"frappe.desk.search.search_link": {"txt": "", "filters": filters},
		"frappe.client.insert": {"doc": {"doctype": "Dashboard Chart", **chart}},
	}.items():
		answer = call(user, command, **{"doctype": "Customer", **asked})
		assert answer.status == 403, command
		assert not _tells(answer)


def test_what_is_plucked_is_one_column(user: str) -> None:
	raw = "name` from tabCustomer where tax_id like 'ZQS%' union all select `tabCustomer`.`name"
	asked = {"doctype": "Customer", "order_by": "name", "update": {raw: 1}}
	assert call(user, "frappe.desk.reportview.get_list", pluck=raw, **asked).status == 403


def test_addresses_to_write_to_are_one_s_own(user: str) -> None:
	foreign_contact()
	filters = json.dumps([["ifnull(1,1) || `tabContact`.name", "=", "x"]])
	assert call(user, "frappe.email.get_contact_list", txt="", extra_filters=filters).status == 403


def test_conditions_on_any_level_name_no_document(user: str) -> None:
	path = "erpnext.assets.doctype.asset_capitalization.asset_capitalization.get_consumed_asset_details"
	for asset in ({"asset_name": ["like", "ZQ%"]}, ["like", "ZQ%"], json.dumps({"asset_name": "x"})):
		args = {"asset": asset, "company": COMPANY, "posting_date": "2026-01-01"}
		for sent in (args, json.dumps(args)):
			assert call(user, path, args=sent).status == 404


@pytest.mark.parametrize("path", ["/api/resource/Sales Order", "/api/v2/document/Sales Order"])
def test_the_head_of_a_list_is_judged_as_the_list(user: str, path: str) -> None:
	for fields, status in ((["name", "customer.tax_id"], 403), (["name"], 200)):
		assert send(user, "HEAD", path, fields=json.dumps(fields)).status == status


def test_contacts_and_addresses_of_what_is_no_party_follow_it(user: str) -> None:
	of_agra = {
		"doctype": "Opportunity",
		"opportunity_from": "Customer",
		"party_name": THERE,
		"branch": "Agra",
	}
	foreign = frappe.get_doc({**of_agra, "company": COMPANY}).insert()
	own = frappe.get_doc({**of_agra, "party_name": "Zq Mine", "branch": "Delhi", "company": COMPANY}).insert()
	bank = frappe.get_doc({"doctype": "Bank", "bank_name": "Zq Bank"}).insert()
	account = {
		"doctype": "Bank Account",
		"account_name": "ZQ acc",
		"bank": bank.name,
		"party_type": "Customer",
	}
	account = frappe.get_doc({**account, "party": THERE}).insert()
	for linked, is_seen in ((foreign, False), (account, False), (own, True)):
		contact = make_contact(f"Zq {linked.name}", (linked.doctype, linked.name)).name
		found = call(user, "frappe.client.get_list", doctype="Contact", limit_page_length=0).message
		assert (contact in {row["name"] for row in found}) is is_seen
		assert (call(user, "frappe.client.get", doctype="Contact", name=contact).status == 200) is is_seen


def test_the_address_of_a_branch_is_known_to_everybody(user: str) -> None:
	address = {"doctype": "Address", "address_title": "Agra", "address_type": "Office", "address_line1": "x"}
	links = [{"link_doctype": "Branch", "link_name": "Agra"}]
	address = frappe.get_doc({**address, "city": "Agra", "country": "India", "links": links}).insert().name
	assert call(user, "frappe.client.get", doctype="Address", name=address).status == 200


def test_a_foreign_address_is_as_missing_as_one_that_is_not_there(user: str) -> None:
	address = {"doctype": "Address", "address_title": THERE, "address_type": "Billing", "address_line1": "x"}
	links = [{"link_doctype": "Customer", "link_name": THERE}]
	foreign = frappe.get_doc({**address, "city": "Agra", "country": "India", "links": links}).insert().name
	asked = {"party": "Zq Mine", "party_type": "Customer", "company": COMPANY, "ignore_permissions": 1}
	for key in ("party_address", "shipping_address", "dispatch_address"):
		answers = [
			call(user, "erpnext.accounts.party.get_party_details", **asked, **{key: name})
			for name in (foreign, foreign.replace("Other", "Nobody"))
		]
		assert {answer.status for answer in answers} == {404}, key


def test_calls_of_a_foreign_contact(user: str) -> None:
	contact = make_contact("ZQ person", ("Customer", THERE))
	contact.append("phone_nos", {"phone": "+915551234567", "is_primary_phone": 1})
	contact.save()
	call_log = {
		"doctype": "Call Log",
		"id": "zqcall1",
		"from": "+915551234567",
		"to": "123",
		"type": "Incoming",
	}
	log = frappe.get_doc({**call_log, "status": "Completed", "summary": "ZQSECRET"}).insert()
	assert {link.link_doctype for link in log.links} >= {"Contact"}
	role = frappe.get_doc({"doctype": "Role", "role_name": "Zq Calls", "desk_access": 1}).insert().name
	add_permission("Call Log", role)
	frappe.get_doc("User", user).add_roles(role)
	with as_user(user):
		assert frappe.has_permission("Call Log")
		assert not frappe.get_list("Call Log")
		assert not frappe.has_permission("Call Log", "read", log.name)


def test_groups_by_person_without_filters(user: str) -> None:
	call(
		user,
		"frappe.desk.form.assign_to.add",
		doctype="Customer",
		name="Zq Mine",
		assign_to=json.dumps([user]),
	)
	for filters in ("[]", "{}", json.dumps([["name", "=", "Zq Mine"]])):
		asked = {"doctype": "Customer", "current_filters": filters, "field": "assigned_to"}
		found = call(user, "frappe.desk.listview.get_group_by_count", **asked)
		assert [(row["name"], row["count"]) for row in found.message] == [(user, 1)]
