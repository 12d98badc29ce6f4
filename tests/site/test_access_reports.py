"""Who can see a branch, what can a person see, and since when."""

import frappe
import pytest
from freezegun import freeze_time

from tests.site.company import as_user, join_team, make_tree, make_user, permit, switch_on


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


def run(asker: str, report: str, **filters) -> list[dict]:
	with as_user(asker):
		result = frappe.call("frappe.desk.query_report.run", report_name=report, filters=filters)
		return [row for row in result["result"] if isinstance(row, dict)]


def by_branch(user: str, **filters) -> set[tuple]:
	rows = run(user, "Branch Access by Branch", **filters)
	return {(row["branch"], row["full_name"], row["function"], row["through"]) for row in rows}


def by_user(user: str, whom: str) -> set[tuple]:
	rows = run(user, "Branch Access by User", user=whom)
	return {(row["branch"], row["function"], row["through"]) for row in rows}


@pytest.fixture
def people() -> dict[str, str]:
	users = {name: make_user(name) for name in ("region", "seller", "hand", "stranger", "gone", "late")}
	users["head"] = make_user("head", roles=("Branch Head Office",))
	join_team(users["region"], "North", "Manager")
	join_team(users["seller"], "Delhi", "Sales", from_date="2026-01-01", to_date="2099-12-31")
	join_team(users["seller"], "North", "Viewer", include_descendants=0)
	permit(users["hand"], "Delhi")
	join_team(users["stranger"], "Mumbai")
	join_team(users["gone"], "Delhi")
	frappe.get_doc("User", users["gone"]).update({"enabled": 0}).save()
	join_team(users["late"], "Delhi", from_date="2099-01-01")
	return users


def test_a_branch_s_people_are_named_with_function_and_way(people: dict[str, str]) -> None:
	own = {
		("Delhi", "region", "Manager", "North"),
		("Delhi", "seller", "Sales", "Delhi"),
		("Delhi", "hand", "By Hand", "Delhi"),
		("Delhi", "head", "Head Office", ""),
	}
	before = {name for name in by_branch("Administrator", branch="Delhi") if "@" in name[1]}
	assert by_branch("Administrator", branch="Delhi") - before == own
	switch_on()
	assert by_branch("Administrator", branch="Delhi") - before == own
	below = by_branch(people["head"], branch="North", with_below=1)
	assert own <= below
	assert ("North", "seller", "Viewer", "North") in below
	assert {row[0] for row in below} == {"North", "Delhi", "Agra"}


def test_a_person_s_branches_are_named_with_function_and_way(people: dict[str, str]) -> None:
	assert by_user("Administrator", people["seller"]) == {
		("Delhi", "Sales", "Delhi"),
		("North", "Viewer", "North"),
	}
	assert by_user("Administrator", people["region"]) == {
		(branch, "Manager", "North") for branch in ("North", "Delhi", "Agra")
	}
	assert by_user("Administrator", people["head"]) >= {
		("Mumbai", "Head Office", ""),
		("HO", "Head Office", ""),
	}
	assert by_user("Administrator", people["gone"]) == set()
	assert by_user("Administrator", people["late"]) == set()


def test_since_is_the_first_day_or_else_the_day_it_was_written(people: dict[str, str]) -> None:
	with freeze_time("2026-03-03 06:00:00"):
		join_team(people["stranger"], "Agra")
		permit(people["hand"], "Mumbai", applicable_for="Customer")
	rows = run("Administrator", "Branch Access by User", user=people["seller"])
	assert [(str(row["since"]), str(row["until"])) for row in rows if row["branch"] == "Delhi"] == [
		("2026-01-01", "2099-12-31")
	]
	rows = run("Administrator", "Branch Access by User", user=people["stranger"])
	assert [(str(row["since"]), row["until"]) for row in rows if row["branch"] == "Agra"] == [
		("2026-03-03", None)
	]
	rows = run("Administrator", "Branch Access by User", user=people["hand"])
	assert [(str(row["since"]), row["document_type"]) for row in rows if row["branch"] == "Mumbai"] == [
		("2026-03-03", "Customer")
	]


def test_a_restricted_user_learns_only_of_branches_that_he_reaches(people: dict[str, str]) -> None:
	switch_on()
	asker = people["region"]
	assert {row[0] for row in by_branch(asker, branch="HO", with_below=1)} == {"North", "Delhi", "Agra"}
	assert by_branch(asker, branch="Mumbai") == set()
	assert by_user(asker, people["stranger"]) == set()
	assert by_user(asker, people["seller"]) == {("Delhi", "Sales", "Delhi"), ("North", "Viewer", "North")}


def test_who_reaches_a_branch_from_above_is_named_to_its_members(people: dict[str, str]) -> None:
	asker = make_user("asker")
	join_team(asker, "Delhi", "Manager")
	switch_on()
	assert ("Delhi", "region", "Manager", "North") in by_branch(asker, branch="Delhi")
	assert by_branch(asker, branch="North") == set()


def test_a_forged_date_of_a_row_is_not_kept(people: dict[str, str]) -> None:
	doc = frappe.get_doc("Branch", "Mumbai")
	written = doc.team[0].creation
	doc.team[0].creation = "2001-01-01 00:00:00"
	doc.append("team", {"user": people["late"], "function": "Sales", "creation": "2001-01-01 00:00:00"})
	doc.save()
	stored = frappe.get_doc("Branch", "Mumbai").team
	assert stored[0].creation == written
	assert stored[1].creation >= written


def test_a_system_manager_learns_of_all(people: dict[str, str]) -> None:
	admin = make_user("admin", "Delhi", roles=("System Manager",))
	switch_on()
	assert by_user(admin, people["stranger"]) == {("Mumbai", "Sales", "Mumbai")}


def test_sales_people_are_not_told(people: dict[str, str]) -> None:
	user = make_user("plain", "Delhi", roles=("Sales User",))
	with pytest.raises(frappe.PermissionError):
		run(user, "Branch Access by Branch", branch="Delhi")
