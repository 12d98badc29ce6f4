"""Pages of the website that people of a branch open: documents of other branches are not there, whoever their
customer is."""

from urllib.parse import quote

import frappe
import pytest
from frappe.utils import set_request

from branch_crm.branch_access import queries
from tests.site.company import as_user, make_user, switch_on
from tests.site.http_requests import Answer, call, send
from tests.site.portal import ORDER, Portal, make_more, page

ROLES = ("Sales User", "Accounts User", "Support Team", "Projects User", "Stock User")
ROUTES = {
	"Quotation": "quotations",
	ORDER: "orders",
	"Sales Invoice": "invoices",
	"Delivery Note": "shipments",
}
PRINTED = (*ROUTES, "Issue", "Project")
MULTI = "frappe.utils.print_format.download_multi_pdf"


@pytest.fixture
def company(portal: Portal) -> Portal:
	"""Of the customers, Delhi has both; of the documents, only those of Foreign."""
	make_more(portal)
	switch_on()
	return portal


@pytest.fixture
def delhi(company: Portal) -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


def alike(user: str, path: str, name: str, /, **query: str) -> Answer:
	"""The page of a document, after it was compared with that of one that does not exist."""
	shown, missing = (
		page(user, path.replace("{}", one), **{key: value.replace("{}", one) for key, value in query.items()})
		for one in (name, "none")
	)
	assert shown.status == missing.status
	assert shown.text.replace(name, "none") == missing.text
	return shown


@pytest.mark.parametrize("space", ["", " /"])
def test_pages_of_documents_of_other_branches_are_not_there(company: Portal, delhi: str, space: str) -> None:
	for doctype, route in ROUTES.items():
		assert page(delhi, f"/{space}{route}/{company.foreign[doctype]}").status == 200, doctype
		assert alike(delhi, f"/{space}{route}/{{}}", company.own[doctype]).status == 404, doctype


@pytest.mark.parametrize("space", ["", " /"])
def test_prints_of_documents_of_other_branches_are_not_there(company: Portal, delhi: str, space: str) -> None:
	for doctype in PRINTED:
		assert page(delhi, f"/{space}{doctype}/{company.foreign[doctype]}").status == 200, doctype
		foreign = company.own[doctype]
		assert alike(delhi, f"/{space}{doctype}/{{}}", foreign).status == 404, doctype
		assert alike(delhi, f"/{space}printview", foreign, doctype=doctype, name="{}").status == 404, doctype


def test_whole_requests_for_pages_are_answered_alike(company: Portal, delhi: str) -> None:
	assert alike(delhi, "/orders/{}.html", company.own[ORDER]).status == 404
	for path in ("/orders/{}", "/ /orders/{}", f"/{ORDER}/{{}}"):
		foreign, missing = (whole(delhi, path.replace("{}", name)) for name in (company.own[ORDER], "none"))
		assert foreign == missing == 404, path
		assert whole(delhi, path.replace("{}", company.foreign[ORDER])) == 200, path


def whole(user: str, path: str) -> int:
	"""What the guards and then the page answer."""
	guarded = send(user, "GET", quote(path))
	return page(user, path).status if guarded.status == 200 else guarded.status


def test_no_way_to_print_takes_a_document_of_another_branch(company: Portal, delhi: str) -> None:
	for doctype in ("Sales Invoice", ORDER):
		answers = [
			call(delhi, MULTI, doctype={doctype: names}, name="x")
			for names in ([company.own[doctype]], ["none"], company.own[doctype])
		]
		assert [answer.status for answer in answers] == [404, 404, 404]
		foreign, missing, _ = answers
		assert foreign.text.replace(company.own[doctype], "none") == missing.text


def test_what_others_may_see_on_the_website_is_no_more_than_they_reach(company: Portal, delhi: str) -> None:
	for user, seen, hidden in (
		(delhi, company.foreign, company.own),
		(company.buyer, company.own, company.foreign),
	):
		with as_user(user):
			for doctype in PRINTED:
				docs = [frappe.get_doc(doctype, found[doctype]) for found in (seen, hidden)]
				assert [bool(frappe.has_website_permission(doc)) for doc in docs] == [True, False], doctype


def test_head_office_still_sees_pages_of_all_branches(company: Portal) -> None:
	head = make_user("head", roles=(*ROLES, queries.HEAD_OFFICE))
	for found in (company.own, company.foreign):
		for doctype, route in ROUTES.items():
			assert page(head, f"/{route}/{found[doctype]}").status == 200


def test_a_print_within_a_request_is_of_its_own_document(company: Portal, delhi: str) -> None:
	with as_user(delhi):
		before = frappe.local.form_dict, frappe.local.request
		# else the log of prints is committed
		frappe.flags.in_test = True
		set_request(method="POST", path="/api/method/x")
		frappe.local.form_dict = frappe._dict(cmd="x", docname="ACC-PRQ-0000-00000", customer="none")
		try:
			printed = frappe.get_print(ORDER, company.foreign[ORDER])
			with pytest.raises(frappe.PageDoesNotExistError):
				frappe.get_print(ORDER, company.own[ORDER])
		finally:
			frappe.flags.in_test = False
			frappe.local.form_dict, frappe.local.request = before
	assert company.foreign[ORDER] in printed
