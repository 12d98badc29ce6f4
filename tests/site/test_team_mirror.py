"""The User Permissions that repeat the teams to Frappe, beside those made by hand."""

import frappe
import pytest
from freezegun import freeze_time

from branch_crm.branch_access import api, jobs, queries, team_mirror
from branch_crm.branch_access.team_events import OwnedPermissionError
from tests.site.company import (
	as_user,
	branch_permissions,
	by_hand,
	join_team,
	leave_team,
	listed,
	listed_in_full,
	make_branch,
	make_customer,
	make_tree,
	make_user,
	mirror_of,
	permit,
	switch_on,
)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	make_customer("Of Delhi", "Delhi")
	make_customer("Of Mumbai", "Mumbai")


def test_activation_writes_user_permissions_and_deactivation_takes_only_these_away() -> None:
	user = make_user("member", "Mumbai")
	join_team(user, "Delhi")
	switch_on()
	assert mirror_of(user) == {"Delhi"}
	assert by_hand(user) == {"Mumbai"}
	assert listed(user) == {"Of Delhi", "Of Mumbai"}
	api.deactivate()
	assert mirror_of(user) == set()
	assert by_hand(user) == {"Mumbai"}


def test_an_ended_row_gives_nothing_though_its_user_permission_is_still_there() -> None:
	user = make_user("ending")
	join_team(user, "Delhi", to_date="2026-05-31")
	with freeze_time("2026-05-31 06:00:00"):
		switch_on()
		assert mirror_of(user) == {"Delhi"}
	with freeze_time("2026-06-01 06:00:00"):
		assert listed(user) == listed(user, "Branch") == set()
		assert mirror_of(user) == {"Delhi"}
		jobs.mirror_teams()
		assert mirror_of(user) == branch_permissions(user) == set()


def test_the_daily_job_can_be_repeated_and_brings_what_began_today() -> None:
	user = make_user("beginning")
	join_team(user, "Delhi", from_date="2026-06-01")
	with freeze_time("2026-05-31 06:00:00"):
		switch_on()
		assert mirror_of(user) == set()
	with freeze_time("2026-06-01 06:00:00"):
		jobs.mirror_teams()
		first = frappe.get_all("User Permission", {"user": user}, ["name", "modified"])
		jobs.mirror_teams()
		assert frappe.get_all("User Permission", {"user": user}, ["name", "modified"]) == first
		assert branch_permissions(user) == {"Delhi"}


def test_the_job_heals_what_was_changed_past_the_app() -> None:
	user, stranger = make_user("member"), make_user("stranger")
	join_team(user, "Delhi")
	switch_on()
	row = frappe.get_all("User Permission", {"user": user}, "*")[0]
	frappe.db.bulk_insert(
		"User Permission",
		list(row),
		[[*{**row, "name": "twin"}.values()], [*{**row, "name": "x", "user": stranger}.values()]],
	)
	frappe.db.delete("User Permission", {"name": row.name})
	jobs.mirror_teams()
	assert frappe.db.count("User Permission", {"user": user}) == 1
	assert mirror_of(stranger) == set()


def test_what_was_made_by_hand_stays_by_hand_and_is_not_doubled() -> None:
	user = make_user("both", "Delhi")
	join_team(user, "Delhi")
	switch_on()
	assert (by_hand(user), mirror_of(user)) == ({"Delhi"}, set())
	frappe.delete_doc("User Permission", frappe.db.get_value("User Permission", {"user": user}))
	assert (by_hand(user), mirror_of(user)) == (set(), {"Delhi"})
	assert listed(user) == {"Of Delhi"}


def test_a_user_permission_by_hand_takes_the_place_of_the_team_s() -> None:
	user = make_user("both")
	join_team(user, "Delhi", is_default=1)
	switch_on()
	permit(user, "Delhi", is_default=1)
	assert (by_hand(user), mirror_of(user)) == ({"Delhi"}, set())
	permit(user, "Agra")
	leave_team(user, "Delhi")
	assert queries.scope(user).branches == {"Delhi", "Agra"}


def test_where_a_hand_made_one_hides_the_branches_below_the_team_names_them() -> None:
	user = make_user("both", "North", hide_descendants=1)
	join_team(user, "North")
	switch_on()
	assert mirror_of(user) == {"Delhi", "Agra"}
	assert branch_permissions(user) == queries.scope(user).branches == {"North", "Delhi", "Agra"}
	make_branch("Noida", "North")
	assert branch_permissions(user) == queries.scope(user).branches == {"North", "Delhi", "Agra", "Noida"}


def test_a_default_made_by_hand_goes_before_the_team_s() -> None:
	user = make_user("two")
	permit(user, "Mumbai", is_default=1)
	join_team(user, "Delhi", is_default=1)
	switch_on()
	defaults = frappe.get_all("User Permission", {"user": user, "is_default": 1}, pluck="for_value")
	assert defaults == ["Mumbai"]
	assert [m.branch for m in queries.open_memberships_of(user) if m.is_default] == ["Mumbai", "Delhi"]


def test_several_expertises_are_several_rows_and_one_user_permission() -> None:
	user = make_user("expert")
	groups = frappe.get_all("Item Group", {"is_group": 0}, pluck="name", limit=2)
	for group in groups:
		join_team(user, "Delhi", item_group=group, capacity=5)
	switch_on()
	assert len(groups) == 2
	assert frappe.db.count("User Permission", {"user": user}) == 1


def test_head_office_in_a_team_is_not_limited_by_frappe() -> None:
	user = make_user("head", roles=("Sales User", "Branch Head Office"))
	join_team(user, "Delhi", "Manager")
	switch_on()
	assert mirror_of(user) == set()
	assert listed(user) >= {"Of Delhi", "Of Mumbai"}
	assert listed(user, "Branch") >= {"Delhi", "Mumbai"}
	frappe.get_doc("User", user).remove_roles("Branch Head Office")
	assert mirror_of(user) == {"Delhi"}
	assert listed(user) == {"Of Delhi"}


def test_what_a_team_owns_is_changed_in_the_team_only() -> None:
	user = make_user("member")
	join_team(user, "Delhi")
	switch_on()
	name = frappe.db.get_value("User Permission", {"user": user})
	for change in (
		lambda: frappe.get_doc("User Permission", name).update({"for_value": "Mumbai"}).save(),
		lambda: frappe.get_doc("User Permission", name).update({"branch_team": 0}).save(),
		lambda: frappe.delete_doc("User Permission", name),
	):
		with pytest.raises(OwnedPermissionError, match="Delhi"):
			change()
	assert mirror_of(user) == {"Delhi"}


def test_nobody_marks_a_user_permission_as_the_team_s() -> None:
	user = make_user("member")
	switch_on()
	assert not permit(user, "Delhi", branch_team=1).branch_team
	assert listed(user) == {"Of Delhi"}


def test_the_dry_run_counts_what_teams_will_give_and_what_frappe_will_restrict() -> None:
	user = make_user("hr", roles=("HR Manager", "Sales User"))
	company = frappe.get_all("Company", pluck="name")[0]
	person = {"gender": "Female", "date_of_birth": "1990-01-01", "date_of_joining": "2020-01-01"}
	for branch in ("Delhi", "Mumbai"):
		values = {"doctype": "Employee", "first_name": branch, "company": company, "branch": branch, **person}
		frappe.get_doc(values).insert()
	join_team(user, "Delhi")
	result = api.activate(dry_run=True)
	row = next(row for row in result["users"] if row["user"] == user)
	assert row["branches"] == ["Delhi"]
	assert user not in result["without_branch"]
	beyond = [row for row in result["beyond"] if (row["user"], row["doctype"]) == (user, "Employee")]
	total = frappe.db.count("Employee")
	assert beyond == [{"user": user, "doctype": "Employee", "now": total, "then": total - 1, "all": total}]
	assert mirror_of(user) == set()
	switch_on()
	assert row["doctypes"]["Customer"]["Head Office"] == len(listed_in_full(user))
	assert beyond[0]["then"] == len(listed(user, "Employee"))


def test_the_form_shows_what_was_made_by_hand_to_who_may_read_the_branch() -> None:
	permit(make_user("hand"), "Delhi", hide_descendants=1)
	member, stranger = make_user("member"), make_user("stranger")
	join_team(member, "Delhi")
	join_team(stranger, "Mumbai")
	switch_on()
	with as_user(member):
		beside = frappe.call("branch_crm.branch_access.team_api.beside_team", branch="Delhi")
	assert [(row["full_name"], row["hide_descendants"]) for row in beside["by_hand"]] == [("hand", True)]
	assert not beside["keeps_team"]
	with as_user(stranger), pytest.raises(frappe.PermissionError):
		frappe.call("branch_crm.branch_access.team_api.beside_team", branch="Delhi")


def test_the_team_names_what_it_would_own_before_activation() -> None:
	user = make_user("member")
	join_team(user, "Delhi", is_default=1)
	assert {
		(membership.branch, membership.is_default)
		for name, membership in team_mirror.wanted()
		if name == user
	} == {("Delhi", True)}
