"""Pages and forms of the website: the visitor's own, in whatever branch."""

import json
import re

import frappe
import pytest

from tests.site.company import make_branch, make_customer, switch_on
from tests.site.documents import make_lead, sales
from tests.site.http_requests import call, send
from tests.site.portal import (
	ORDER,
	Portal,
	make_more,
	make_portal_user,
	page,
)

WEB_FORM = "frappe.website.doctype.web_form.web_form"
ROUTES = {
	"Quotation": "quotations",
	ORDER: "orders",
	"Sales Invoice": "invoices",
	"Delivery Note": "shipments",
}


@pytest.fixture(autouse=True)
def address() -> None:
	# Frappe counts forms by the address that they come from
	frappe.local.request_ip = "127.0.0.1"


def make_web_form(doctype: str, *fields: str, **values) -> str:
	meta = frappe.get_meta(doctype)
	rows = [
		{
			"fieldname": name,
			"label": name,
			"fieldtype": meta.get_field(name).fieldtype,
			"options": meta.get_field(name).options,
			"allow_read_on_all_link_options": 1,
		}
		for name in fields
	]
	form = {"doctype": "Web Form", "title": f"Form {doctype}", "doc_type": doctype, "published": 1}
	allowed = {"login_required": 1, "allow_edit": 1, "allow_multiple": 1, "allow_delete": 1, "show_list": 1}
	frappe.cache.delete_keys("get_published_web_forms")
	return (
		frappe.get_doc({**form, "route": "form", **allowed, **values, "web_form_fields": rows}).insert().name
	)


def test_portal_lists_show_his_documents_of_all_branches(portal: Portal) -> None:
	make_more(portal)
	for doctype in ROUTES:
		sales(doctype, "Own", branch="Delhi")
	switch_on()
	for doctype in (*ROUTES, "Issue", "Project"):
		found = json.loads(call(portal.buyer, "frappe.www.list.get", doctype=doctype).message["raw_result"])
		own = frappe.get_all(
			doctype, {"party_name" if doctype == "Quotation" else "customer": "Own"}, pluck="name"
		)
		assert {row["name"] for row in found} == set(own), doctype
		assert len(own) == (2 if doctype in ROUTES else 1)


def test_pages_of_documents_of_others_are_not_there(portal: Portal) -> None:
	make_more(portal)
	switch_on()
	for doctype, route in ROUTES.items():
		own, foreign = portal.own[doctype], portal.foreign[doctype]
		assert page(portal.buyer, f"/{route}/{own}").status == 200, doctype
		answers = [page(portal.buyer, f"/{route}/{name}") for name in (foreign, "none")]
		assert [answer.status for answer in answers] == [404, 404], doctype
		assert "Foreign" not in answers[0].text
		assert page(portal.buyer, f"/{doctype}/{foreign}").status == 404, doctype
	# ERPNext's page fails by itself, once the task may be seen
	assert page(portal.buyer, "/task_info", task=portal.own["Task"]).status == 417
	assert page(portal.buyer, "/task_info", task=portal.foreign["Task"]).status == 404


def test_guests_are_asked_to_log_in_whatever_they_name(portal: Portal) -> None:
	switch_on()
	for name in (portal.own[ORDER], "none"):
		asked = page("Guest", f"/orders/{name}")
		assert asked.status == 403 and "/login?redirect-to" in asked.text
		assert page("Guest", "/printview", doctype=ORDER, name=name).status == 403
		assert send("Guest", "GET", f"/api/resource/{ORDER}/{name}").status == 403
		said = {"comment": "x", "comment_email": "g@x.example", "comment_by": "G", "reference_doctype": ORDER}
		add = "frappe.templates.includes.comments.comments.add_comment"
		assert call("Guest", add, **said, reference_name=name, route="x").status == 403
	assert call("Guest", "frappe.client.get_list", doctype=ORDER).status == 403
	assert page("Guest", "/login").status == 200
	assert page("Guest", "/login", lead="1").status == 200


def test_a_document_is_open_to_whom_its_key_was_sent(portal: Portal) -> None:
	order = frappe.get_doc(ORDER, portal.foreign[ORDER])
	key = order.get_document_share_key(no_expiry=True)
	switch_on()
	for user, status in (("Guest", 403), (portal.buyer, 404)):
		shown = page(user, "/printview", doctype=ORDER, name=order.name, key=key)
		assert shown.status == 200 and "Foreign" in shown.text
		assert page(user, "/printview", doctype=ORDER, name=order.name, key="wrong").status == status
	assert page("Guest", "/printview", doctype=ORDER, name=portal.own[ORDER], key=key).status == 403


def test_guests_see_files_only_of_what_nobody_limits(portal: Portal) -> None:
	file = {"doctype": "File", "file_name": "a.txt", "is_private": 1, "content": "a"}
	attached = {"attached_to_doctype": ORDER, "attached_to_name": portal.own[ORDER]}
	url = frappe.get_doc({**file, **attached}).insert().file_url
	switch_on()
	foreign, missing = (
		call("Guest", "download_file", file_url=one) for one in (url, "/private/files/none.txt")
	)
	assert foreign.status == missing.status == 404
	assert foreign.text.replace(url, "…") == missing.text.replace("/private/files/none.txt", "…")
	opened = frappe.get_doc({**file, "file_name": "b.txt", "content": "b", "is_private": 0}).insert().file_url
	assert call("Guest", "download_file", file_url=opened).status == 200


def test_a_form_opens_and_saves_his_own_documents(portal: Portal) -> None:
	make_more(portal)
	form = make_web_form("Issue", "subject", "customer")
	mine = frappe.get_doc({"doctype": "Issue", "subject": "Mine", "customer": "Own"}).insert()
	switch_on()
	opened = {"doctype": "Issue", "web_form_name": form}
	own = call(portal.buyer, f"{WEB_FORM}.get_form_data", **opened, docname=mine.name)
	assert own.message["doc"]["subject"] == "Mine"
	data = {"name": mine.name, "subject": "Changed", "customer": "Own"}
	assert call(portal.buyer, f"{WEB_FORM}.accept", web_form=form, data=json.dumps(data)).status == 200
	assert frappe.db.get_value("Issue", mine.name, "subject") == "Changed"
	for name in (portal.foreign["Issue"], "ISS-0000-00000"):
		answers = [
			call(portal.buyer, f"{WEB_FORM}.get_form_data", **opened, docname=name),
			call(portal.buyer, f"{WEB_FORM}.accept", web_form=form, data=json.dumps({**data, "name": name})),
			call(portal.buyer, f"{WEB_FORM}.delete", web_form_name=form, docname=name),
			call(
				portal.buyer, f"{WEB_FORM}.delete_multiple", web_form_name=form, docnames=json.dumps([name])
			),
			page(portal.buyer, f"/form/{name}"),
			page(portal.buyer, f"/form/{name}/edit"),
		]
		assert {answer.status for answer in answers} == {404}
	assert page(portal.buyer, f"/form/{mine.name}/edit").status == 200


def test_a_form_links_to_nothing_of_others(portal: Portal) -> None:
	form = make_web_form("Issue", "subject", "customer")
	switch_on()
	sent = {
		customer: call(
			portal.buyer,
			f"{WEB_FORM}.accept",
			web_form=form,
			data=json.dumps({"subject": f"To {customer}", "customer": customer}),
		)
		for customer in ("Own", "Foreign", "Nobody")
	}
	assert {customer: answer.status for customer, answer in sent.items()} == {
		"Own": 200,
		"Foreign": 417,
		"Nobody": 417,
	}
	assert sent["Foreign"].text.replace("Foreign", "…") == sent["Nobody"].text.replace("Nobody", "…")


def test_a_form_offers_his_own_in_its_links(portal: Portal) -> None:
	make_customer("Third", "Delhi")
	make_lead("Somebody")
	form = make_web_form("Issue", "subject", "customer", "lead", "issue_type")
	frappe.get_doc({"doctype": "Issue Type", "name": "Question"}).insert()
	asked = {"doctype": "Issue", "web_form_name": form}

	def offered(user: str) -> dict[str, set[str]]:
		fields = call(user, f"{WEB_FORM}.get_form_data", **asked).message["web_form"]["web_form_fields"]
		return {
			row["fieldname"]: set(re.findall(r"\w[\w -]*", str(row.get("options") or ""))) for row in fields
		}

	before = offered(portal.buyer)
	assert {"Own", "Foreign", "Third"} <= before["customer"]
	switch_on()
	after = offered(portal.buyer)
	assert "Own" in after["customer"] and not {"Foreign", "Third"} & after["customer"]
	assert after["issue_type"] == before["issue_type"] and "Question" in after["issue_type"]
	shown = page(portal.buyer, "/form/new").text
	assert "Own" in shown and "Third" not in shown


def test_a_form_for_everybody_offers_branches_but_no_customers(portal: Portal) -> None:
	make_branch("Pune", "West")
	form = make_web_form("Issue", "subject", "customer", login_required=0)
	switch_on()
	asked = {"doctype": "Issue", "web_form_name": form}
	fields = call("Guest", f"{WEB_FORM}.get_form_data", **asked).message["web_form"]["web_form_fields"]
	assert {row["fieldname"]: row.get("options") or "" for row in fields}["customer"] in ("", "[]")
	sent = {"web_form": form, "data": json.dumps({"subject": "Help", "customer": "Own"})}
	assert call("Guest", f"{WEB_FORM}.accept", **sent).status == 417
	sent["data"] = json.dumps({"subject": "Help"})
	assert call("Guest", f"{WEB_FORM}.accept", **sent).status == 200


def test_what_the_website_has_for_everybody_stays_open(portal: Portal) -> None:
	stranger = make_portal_user("stranger")
	switch_on()
	for user in ("Guest", portal.buyer, stranger):
		assert call(user, "frappe.ping").status == 200
		assert call(user, "frappe.translate.get_all_languages").status == 200
		test = "frappe.core.doctype.user.user.test_password_strength"
		assert call(user, test, new_password="x").status == 200
	assert call(stranger, "frappe.core.doctype.user.user.get_timezones").status == 200
