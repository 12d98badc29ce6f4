"""Website users see what is of their own parties, in whatever branch, whichever way they ask."""

import frappe
import pytest

from branch_crm.branch_access import portal_queries
from tests.site.company import listed, make_contact, opened, switch_on
from tests.site.documents import account, journal
from tests.site.http_requests import call, send
from tests.site.portal import (
	ORDER,
	Portal,
	add_to_portal,
	is_not_there,
	make_contact_of,
	make_more,
	make_portal_user,
)


def test_he_sees_every_kind_of_document_of_his_customer_in_whatever_branch(
	portal: Portal, rights: None
) -> None:
	make_more(portal)
	switch_on()
	for doctype in (ORDER, "Quotation", "Sales Invoice", "Issue", "Project", "Task", "Customer", "Address"):
		own, foreign = portal.own[doctype], portal.foreign[doctype]
		assert listed(portal.buyer, doctype) == {own}, doctype
		assert opened(portal.buyer, doctype, {own, foreign}) == {own}, doctype
		assert send(portal.buyer, "GET", f"/api/resource/{doctype}/{own}").status == 200, doctype
		assert is_not_there(send(portal.buyer, "GET", f"/api/resource/{doctype}/{foreign}"), foreign), doctype


def test_nothing_changes_while_scope_is_off(portal: Portal, rights: None) -> None:
	foreign = portal.foreign[ORDER]
	assert listed(portal.buyer, ORDER) == {portal.own[ORDER], foreign}
	assert send(portal.buyer, "GET", f"/api/resource/{ORDER}/{foreign}").status == 200
	assert call(portal.buyer, "erpnext.accounts.party.get_party_details", party="Foreign").status == 200


@pytest.mark.parametrize("by_mail", [False, True])
def test_a_contact_alone_says_whose_documents_he_sees(portal: Portal, rights: None, by_mail: bool) -> None:
	other = make_portal_user("other")
	make_contact_of(other, ("Customer", "Foreign"), by_mail=by_mail)
	switch_on()
	assert listed(other, ORDER) == {portal.foreign[ORDER]}
	assert portal_queries.parties_of("Guest") == {"Customer": set(), "Supplier": set(), "Lead": set()}


def test_who_stands_for_nobody_sees_nothing(portal: Portal, rights: None) -> None:
	stranger = make_portal_user("stranger")
	switch_on()
	assert listed(stranger, ORDER) == set()
	assert opened(stranger, ORDER, {portal.own[ORDER], portal.foreign[ORDER]}) == set()
	add_to_portal(stranger, "Customer", "Foreign")
	frappe.local.request_cache.clear()
	assert listed(stranger, ORDER) == {portal.foreign[ORDER]}


def test_what_names_no_party_is_not_for_him(portal: Portal, rights: None) -> None:
	entry = journal(
		{"account": account("Cash"), "debit_in_account_currency": 1, "branch": "Delhi"},
		{"account": account("Bank"), "credit_in_account_currency": 1, "branch": "Delhi"},
	).name
	assert opened(portal.buyer, "Journal Entry", {entry}) == {entry}
	switch_on()
	assert listed(portal.buyer, "Journal Entry") == set()
	assert opened(portal.buyer, "Journal Entry", {entry}) == set()
	assert opened(portal.buyer, "Branch", {"Delhi"}) == set()


@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE"])
def test_rest_answers_as_if_documents_of_others_were_not_there(
	portal: Portal, rights: None, verb: str
) -> None:
	switch_on()
	for path in (f"/api/resource/{ORDER}/", f"/api/v2/document/{ORDER}/"):
		foreign = send(portal.buyer, verb, path + portal.foreign[ORDER])
		missing = send(portal.buyer, verb, path + "SAL-ORD-0000-00000")
		assert foreign.status == missing.status == 404
		assert foreign.text.replace(portal.foreign[ORDER], "…") == missing.text.replace(
			"SAL-ORD-0000-00000", "…"
		)
	assert send(portal.buyer, "PUT", f"/api/resource/{ORDER}/{portal.own[ORDER]}", po_no="7").status == 200


def test_filters_are_no_oracle(portal: Portal, rights: None) -> None:
	switch_on()
	for name, number in ((portal.own[ORDER], 1), (portal.foreign[ORDER], 0), ("nothing", 0)):
		asked = {"doctype": ORDER, "filters": {"name": name}}
		assert len(call(portal.buyer, "frappe.client.get_list", **asked).message) == number
		assert call(portal.buyer, "frappe.client.get_count", **asked).message == number
		value = call(portal.buyer, "frappe.client.get_value", **asked, fieldname="customer").message
		assert bool(value) == bool(number)
	answers = {
		name: call(portal.buyer, "frappe.client.get", doctype=ORDER, filters={"customer": name})
		for name in ("Own", "Foreign", "nobody")
	}
	assert answers["Own"].status == 200
	assert answers["Foreign"].status == answers["nobody"].status == 404
	assert answers["Foreign"].text.replace("Foreign", "…") == answers["nobody"].text.replace("nobody", "…")
	told = [
		call(portal.buyer, "frappe.client.get", doctype=ORDER, filters={"customer_name": name}).text
		for name in ("Foreign", "nobody")
	]
	assert told[0] == told[1]


def test_rows_follow_their_document(portal: Portal, rights: None) -> None:
	rows = {
		who: frappe.get_all("Sales Order Item", {"parent": names[ORDER]}, pluck="name")[0]
		for who, names in {"own": portal.own, "foreign": portal.foreign}.items()
	}
	switch_on()
	of_order = {"doctype": "Sales Order Item", "parent": ORDER}
	found = call(portal.buyer, "frappe.client.get_list", **of_order, fields=["name"]).message
	assert [row["name"] for row in found] == [rows["own"]]
	assert call(portal.buyer, "frappe.client.get", **of_order, name=rows["own"]).status == 200
	assert call(portal.buyer, "frappe.client.get", **of_order, name=rows["foreign"]).status == 404
	assert send(portal.buyer, "DELETE", f"/api/resource/Sales Order Item/{rows['foreign']}").status == 404


def test_links_to_what_is_not_his_are_not_found(portal: Portal, rights: None) -> None:
	switch_on()
	issue = {"doctype": "Issue", "subject": "Broken"}
	assert call(portal.buyer, "frappe.client.insert", doc={**issue, "customer": "Own"}).status == 200
	foreign = call(portal.buyer, "frappe.client.insert", doc={**issue, "customer": "Foreign"})
	missing = call(portal.buyer, "frappe.client.insert", doc={**issue, "customer": "Nobody"})
	assert foreign.status == missing.status == 417
	assert foreign.text.replace("Foreign", "…") == missing.text.replace("Nobody", "…")
	asked = {"doctype": "Customer", "txt": ""}
	assert [
		row["value"] for row in call(portal.buyer, "frappe.desk.search.search_link", **asked).message
	] == ["Own"]
	typed = {"doctype": "Customer", "docname": "Foreign", "fields": ["customer_name"]}
	assert call(portal.buyer, "frappe.client.validate_link", **typed).message == {"name": None}


def test_he_moves_nothing_to_his_customer(portal: Portal, rights: None) -> None:
	switch_on()
	changed = {"doctype": ORDER, "name": portal.foreign[ORDER], "fieldname": "customer", "value": "Own"}
	assert call(portal.buyer, "frappe.client.set_value", **changed).status == 404
	contact = frappe.db.get_value("Contact", {"user": portal.buyer})
	links = [{"link_doctype": "Customer", "link_name": name} for name in ("Own", "Foreign")]
	assert send(portal.buyer, "PUT", f"/api/resource/Contact/{contact}", links=links).status == 417


def test_a_share_lends_a_document_to_him_alone(portal: Portal) -> None:
	other = make_portal_user("other")
	frappe.share.add(ORDER, portal.foreign[ORDER], portal.buyer, read=1)
	switch_on()
	assert send(portal.buyer, "GET", f"/api/resource/{ORDER}/{portal.foreign[ORDER]}").status == 200
	assert listed(portal.buyer, ORDER) == {portal.foreign[ORDER]}
	assert send(other, "GET", f"/api/resource/{ORDER}/{portal.foreign[ORDER]}").status == 404


def test_who_raised_an_issue_sees_it(portal: Portal, rights: None) -> None:
	mine = frappe.get_doc({"doctype": "Issue", "subject": "A", "raised_by": portal.buyer}).insert().name
	frappe.get_doc({"doctype": "Issue", "subject": "B", "raised_by": "else@x.example"}).insert()
	switch_on()
	assert listed(portal.buyer, "Issue") == {mine}


def test_a_project_user_sees_his_project_and_its_tasks(portal: Portal, rights: None) -> None:
	project = {"doctype": "Project", "project_name": "Shared", "customer": "Foreign"}
	name = (
		frappe.get_doc({**project, "users": [{"user": portal.buyer, "welcome_email_sent": 1}]}).insert().name
	)
	task = frappe.get_doc({"doctype": "Task", "subject": "T", "project": name}).insert().name
	switch_on()
	assert listed(portal.buyer, "Project") == {name}
	assert listed(portal.buyer, "Task") == {task}
	# where none is named, ERPNext answers with what belongs to no project, or to any
	tasks = "erpnext.templates.pages.projects.get_task_html"
	assert call(portal.buyer, tasks, project=name).status == 200
	for anything in ("", ["like", "%"], {"name": ["like", "%"]}):
		assert call(portal.buyer, tasks, project=anything).status == 404


def test_contacts_of_his_customer_are_his(portal: Portal, rights: None) -> None:
	colleague = make_contact("Colleague", ("Customer", "Own")).name
	make_contact("Stranger", ("Customer", "Foreign"))
	switch_on()
	mine = frappe.db.get_value("Contact", {"user": portal.buyer})
	assert listed(portal.buyer, "Contact") == {colleague, mine}
