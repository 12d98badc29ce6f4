"""The report Branch Customers shows a person what he may see, and every customer once per total."""

import frappe
import pytest

from branch_crm.branch_access import jobs, member_queries
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

REPORT = "Branch Customers"


@pytest.fixture(autouse=True)
def customers() -> None:
	make_tree()
	make_customer("One", {"branch": "Delhi", "is_primary": 1, "sales_owner": "Administrator"})
	make_customer("Two", "Delhi", "Agra")
	make_customer("Three", "Mumbai", "Delhi")
	make_customer("Ended", "Mumbai", {"branch": "Agra", "to_date": "2020-01-01"})


def run(user: str, **filters) -> list[dict]:
	with as_user(user):
		result = frappe.call("frappe.desk.query_report.run", report_name=REPORT, filters=filters)
		return [row for row in result["result"] if isinstance(row, dict)]


def numbers(rows: list[dict]) -> dict[str, tuple]:
	return {
		row["branch"]: (row["customers"], row["customers_below"], row["without_sales_owner"]) for row in rows
	}


def test_numbers_roll_up_and_count_each_customer_once() -> None:
	rows = run("Administrator", branch="HO")
	assert numbers(rows) == {
		"HO": (0, 4, 3),
		"North": (0, 3, 2),
		"Agra": (1, 1, 1),
		"Delhi": (3, 3, 2),
		"West": (0, 2, 2),
		"Mumbai": (2, 2, 2),
	}
	assert [(row["branch"], row["indent"]) for row in rows][:3] == [("HO", 0), ("North", 1), ("Agra", 2)]


def test_a_restricted_user_gets_his_branches_only() -> None:
	user = make_user("north", "North")
	switch_on()
	assert numbers(run(user)) == {"North": (0, 3, 2), "Agra": (1, 1, 1), "Delhi": (3, 3, 2)}
	assert run(user, branch="West") == []


def test_customers_are_listed_by_owner() -> None:
	def listed(**filters) -> list[tuple]:
		rows = run("Administrator", branch="North", show_customers=1, **filters)
		return [(row["branch"], row["party"]) for row in rows]

	assert listed() == [("Agra", "Two"), ("Delhi", "One"), ("Delhi", "Three"), ("Delhi", "Two")]
	assert listed(owner="With Sales Owner") == [("Delhi", "One")]
	assert ("Delhi", "One") not in listed(owner="Without Sales Owner")
	assert len(listed(owner="Without Support Owner")) == 4


def test_the_kept_member_counts_are_those_of_today() -> None:
	jobs.count_members()
	jobs.count_members()
	kept = frappe.get_all(
		"Branch Member Count", {"document_type": "Customer"}, ["branch", "members"], as_list=True
	)
	assert {branch: members for branch, members in kept if branch} == {"Delhi": 3, "Agra": 1, "Mumbai": 2}
	assert member_queries.is_few("Customer", {"Delhi"}, with_unassigned=False)
