"""What `bench branch-crm-audit` says."""

import frappe
import pytest

from branch_crm import commands
from branch_crm.branch_access import audit_queries
from tests.site.company import join_team, make_customer, make_tree, make_user, switch_on
from tests.site.documents import make_item, sales


@pytest.fixture
def found() -> dict[str, list[dict]]:
	make_tree()
	make_item()
	make_user("audited-head", roles=("Sales User", "Branch Head Office"))
	join_team(make_user("audited", "Agra"), "Delhi", "Viewer")
	make_customer("Zq Nowhere")
	sales("Quotation", make_customer("Zq Somewhere", "Delhi").name, branch="Delhi")
	quotation = sales("Quotation", "Zq Nowhere", submit=False)
	frappe.db.set_value("Quotation", quotation.name, "branch", None)
	shared = {"doctype": "DocShare", "share_doctype": "Customer", "share_name": "Zq Nowhere", "read": 1}
	switch_on()
	frappe.get_doc({**shared, "user": "audited@branch-crm.example", "name": "zq-share"}).db_insert()
	return audit_queries.audit()


def test_it_says_who_sees_what(found: dict) -> None:
	people = {row["user"]: row for row in found["people"]}
	assert people["audited@branch-crm.example"]["branches"] == "Agra, Delhi"
	assert "Viewer" in people["audited@branch-crm.example"]["functions"]
	assert people["audited-head@branch-crm.example"]["branches"] == "all"


def test_it_counts_documents_without_a_branch(found: dict) -> None:
	numbers = {row["doctype"]: row["number"] for row in found["without_branch"]}
	assert numbers["Customer"] == frappe.db.count("Customer", {"is_unassigned": 1}) >= 1
	assert numbers["Quotation"] == frappe.db.count("Quotation", {"branch": ["is", "not set"]}) >= 1


def test_it_finds_what_is_shared_across_branches(found: dict) -> None:
	assert {
		"user": "audited@branch-crm.example",
		"kind": "Share",
		"doctype": "Customer",
		"number": 1,
	} in found["shares"]


def test_it_has_a_verdict_and_a_reason_for_every_report(found: dict) -> None:
	names = set(frappe.get_all("Report", {"disabled": 0}, pluck="name"))
	assert {row["report"] for row in found["reports"]} == names
	assert all(row["reason"] for row in found["reports"])


def test_it_names_closed_functions_with_their_reason(found: dict) -> None:
	closed = {row["function"]: row["reason"] for row in found["functions"] if row["policy"] == "closed"}
	assert closed
	assert all(closed.values())


def test_it_can_be_read(found: dict) -> None:
	text = commands.as_text(found)
	assert all(title in text for title in commands.TITLES.values())
	assert "audited@branch-crm.example" in text


def test_bench_knows_the_commands() -> None:
	names = [command.name for command in commands.commands]
	assert names == ["branch-crm-demo", "branch-crm-audit", "branch-crm-credit"]
