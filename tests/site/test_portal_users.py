"""Users of the portal are named after customers and suppliers: people of other branches do not learn of them."""

import frappe
import pytest

from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call
from tests.site.portal import make_portal_user

QUERY = "frappe.core.doctype.user.user.user_query"
PROJECT_QUERY = "erpnext.projects.doctype.project.project.get_users_for_project"


@pytest.fixture
def seller() -> str:
	make_tree()
	for branch in ("Delhi", "Mumbai"):
		make_customer(f"Zq {branch}", branch)
		make_portal_user(f"zq-{branch.lower()}", ("Customer", f"Zq {branch}"))
	seller = make_user("zq-seller", "Delhi")
	switch_on()
	return seller


@pytest.mark.parametrize(
	"filters", [{}, {"ignore_user_type": 1}, {"user_type": "Website User"}, {"enabled": 1}]
)
@pytest.mark.parametrize(
	"command", [QUERY, "frappe.desk.search.search_link", "frappe.desk.search.search_widget"]
)
def test_link_fields_offer_those_of_reached_customers_alone(seller: str, command: str, filters: dict) -> None:
	asked = {
		"doctype": "User",
		"txt": "zq-",
		"searchfield": "name",
		"start": 0,
		"page_len": 50,
		"page_length": 50,
	}
	answer = call(seller, command, **asked, query=QUERY, filters=filters)
	assert "zq-" in answer.text
	assert "zq-mumbai" not in answer.text
	assert "zq-mumbai" in call("Administrator", QUERY, **asked, filters={}).text


@pytest.mark.parametrize("doctype", ["User", "UOM"])
def test_nor_do_those_of_projects_whatever_they_are_asked_for(seller: str, doctype: str) -> None:
	asked = {
		"doctype": doctype,
		"txt": "zq-",
		"searchfield": "name",
		"start": 0,
		"page_len": 50,
		"filters": {},
	}
	for command, more in ((PROJECT_QUERY, {}), ("frappe.desk.search.search_link", {"query": PROJECT_QUERY})):
		answer = call(seller, command, **asked, **more)
		assert "zq-seller" in answer.text
		assert "zq-mumbai" not in answer.text


def test_lists_and_documents_say_the_same(seller: str) -> None:
	with as_user(seller):
		names = frappe.get_list("User", pluck="name", limit_page_length=0)
	assert "zq-delhi@branch-crm.example" in names
	assert "zq-mumbai@branch-crm.example" not in names
	users = [f"zq-{name}@branch-crm.example" for name in ("delhi", "mumbai", "seller")]
	assert [frappe.has_permission("User", "select", name, user=seller) for name in users] == [
		True,
		False,
		True,
	]
