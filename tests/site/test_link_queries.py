"""Queries of link fields that ask for no permission offer one's own, however they are asked."""

import frappe
import pytest
from erpnext.accounts.doctype.pos_closing_entry import pos_closing_entry

from tests.site import documents
from tests.site.company import make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call
from tests.site.leak.papers import paper

PLACES = ("Delhi", "Agra")
SEARCH = "frappe.desk.search.search_link"


@pytest.fixture(autouse=True)
def places() -> None:
	make_tree()
	documents.make_item()
	for place in PLACES:
		documents.sales("Sales Order", make_customer(f"Zq {place}", place).name, branch=place)
	switch_on()


def test_a_query_that_asks_no_permission_is_sorted_out_afterwards() -> None:
	query = "erpnext.projects.doctype.task.task.get_project"
	names = {}
	for place in PLACES:
		project = {
			"doctype": "Project",
			"project_name": f"Zq {place}",
			"company": documents.COMPANY,
			"branch": place,
		}
		names[place] = frappe.get_doc(project).insert().name
	arguments = {
		"doctype": "Project",
		"txt": "",
		"searchfield": "name",
		"start": 0,
		"page_len": 50,
		"filters": {},
	}
	allowed = make_user("projects", "Delhi", roles=("Projects User", "Projects Manager"))
	assert call(allowed, query, **arguments).status == 403
	found = call(allowed, SEARCH, doctype="Project", txt="", query=query).message
	assert {names["Delhi"]} == {row["value"] for row in found} & set(names.values())


def test_a_query_is_asked_only_for_what_is_sorted_out_afterwards() -> None:
	query = "erpnext.manufacturing.doctype.production_plan.production_plan.sales_order_query"
	planner = make_user(
		"planner", "Delhi", roles=("Manufacturing Manager", "Manufacturing User", "Sales User")
	)
	asked = {"txt": "", "query": query, "filters": {}}
	found = call(planner, SEARCH, doctype="Sales Order", **asked).message
	assert {frappe.db.get_value("Sales Order", row["value"], "branch") for row in found} == {"Delhi"}
	for doctype in ("UOM", "Customer"):
		answer = call(planner, SEARCH, doctype=doctype, **asked)
		assert answer.status == 403 or not answer.message


def test_cashiers_are_those_of_ones_own_tills() -> None:
	for place in PLACES:
		till = paper("POS Profile", f"zq {place}", {}, branch=place, applicable_for_users=[])
		row = {
			"doctype": "POS Profile User",
			"parenttype": "POS Profile",
			"parentfield": "applicable_for_users",
		}
		frappe.get_doc({**row, "parent": till.name, "user": make_user(f"cashier-{place}")}).db_insert()
	cashier = make_user("closer", "Delhi", roles=("Accounts Manager", "Sales Manager"))
	query = f"{pos_closing_entry.__name__}.get_cashiers"
	found = call(cashier, SEARCH, doctype="User", txt="", query=query).message
	assert [row["value"].partition("@")[0] for row in found if "cashier-" in row["value"]] == [
		"cashier-Delhi"
	]
	rows = call(cashier, query, doctype="User", txt="", searchfield="name", start=0, page_len=9, filters={})
	assert [user for (user,) in rows.message if "cashier-" in user] == [found[0]["value"]]
	till = frappe.db.get_value("POS Profile User", {"user": found[0]["value"]}, "parent")
	for filters, number in (({"parent": till}, 1), ({"parent": "nowhere"}, 0)):
		chosen = call(cashier, SEARCH, doctype="User", txt="", query=query, filters=filters).message
		assert len(chosen) == number
