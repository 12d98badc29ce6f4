"""The team of a branch gives and takes access by itself; Frappe's User Permissions follow it and nothing else."""

import frappe
import pytest
from freezegun import freeze_time

from branch_crm.branch_access import api, jobs, queries
from branch_crm.branch_access.team_events import BranchTeamError
from tests.site.company import (
	as_user,
	branch_permissions,
	by_hand,
	join_team,
	leave_team,
	let_delete,
	listed,
	make_customer,
	make_tree,
	make_user,
	mirror_of,
	opened,
	switch_on,
)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	make_customer("Of Delhi", "Delhi")
	make_customer("Of Mumbai", "Mumbai")


def test_before_activation_a_team_limits_nobody_and_writes_nothing() -> None:
	user = make_user("member")
	join_team(user, "Delhi")
	jobs.mirror_teams()
	assert listed(user) >= {"Of Delhi", "Of Mumbai"}
	assert mirror_of(user) == set()
	assert api.scope(user)["branches"] == ["Delhi"]


def test_joining_and_leaving_count_at_once() -> None:
	user = make_user("member")
	switch_on()
	assert listed(user) == set()
	join_team(user, "Delhi")
	assert listed(user) == opened(user, "Customer", {"Of Delhi", "Of Mumbai"}) == {"Of Delhi"}
	assert branch_permissions(user) == listed(user, "Branch") == {"Delhi"}
	leave_team(user, "Delhi")
	assert listed(user) == listed(user, "Branch") == branch_permissions(user) == set()


def test_a_member_reaches_the_branches_below_unless_the_row_says_otherwise() -> None:
	whole, alone = make_user("whole"), make_user("alone")
	join_team(whole, "North")
	join_team(alone, "North", include_descendants=0)
	switch_on()
	assert queries.scope(whole).branches == branch_permissions(whole) == {"North", "Delhi", "Agra"}
	assert queries.scope(alone).branches == branch_permissions(alone) == {"North"}


def test_scope_follows_the_dates_at_midnight_of_the_site_without_a_job() -> None:
	user = make_user("may")
	join_team(user, "Delhi", from_date="2026-05-01", to_date="2026-05-31")
	switch_on()
	# midnight of the site in Kolkata is half past six in the evening before
	for instant, seen in (
		("2026-04-30 18:00:00", False),
		("2026-04-30 19:00:00", True),
		("2026-05-31 18:00:00", True),
		("2026-05-31 19:00:00", False),
	):
		with freeze_time(instant):
			assert listed(user) == opened(user, "Customer", {"Of Delhi"}) == ({"Of Delhi"} if seen else set())


def test_who_is_disabled_is_out_at_once_and_back_when_enabled() -> None:
	user = make_user("away")
	join_team(user, "Delhi")
	switch_on()
	for enabled, reached in ((0, set()), (1, {"Delhi"})):
		frappe.get_doc("User", user).update({"enabled": enabled}).save()
		assert queries.scope(user).branches == mirror_of(user) == reached


def test_a_user_disabled_past_his_document_reaches_nothing() -> None:
	user = make_user("away")
	join_team(user, "Delhi")
	switch_on()
	frappe.db.set_value("User", user, "enabled", 0)
	queries.forget_scopes()
	assert queries.scope(user).branches == set()


def test_closing_a_branch_ends_its_team_s_access_and_leaves_the_region_s() -> None:
	member, region = make_user("member"), make_user("region")
	join_team(member, "Delhi")
	join_team(region, "North")
	switch_on()
	for enabled, seen in ((0, set()), (1, {"Of Delhi"})):
		frappe.get_doc("Branch", "Delhi").update({"enabled": enabled}).save()
		assert listed(member) == seen
		assert mirror_of(member) == ({"Delhi"} if seen else set())
		assert listed(region) == {"Of Delhi"}


def test_the_default_of_the_team_is_the_branch_of_what_is_created() -> None:
	user = make_user("two")
	join_team(user, "Agra")
	join_team(user, "Delhi", is_default=1)
	switch_on()
	with as_user(user):
		doc = frappe.get_doc(
			{"doctype": "Customer", "customer_name": "New", "customer_group": "Commercial"}
		).insert()
	assert [row.branch for row in doc.branches] == ["Delhi"]


@pytest.mark.parametrize(
	("values", "message"),
	[
		({"from_date": "2026-05-31", "to_date": "2026-05-01"}, "ends before it starts"),
		({}, "stands twice"),
		({"function": "Credit", "is_default": 1}, "another default branch"),
		({"function": "Credit", "capacity": -1}, "capacity"),
	],
	ids=["dates", "double", "default", "capacity"],
)
def test_faulty_teams_are_refused_with_a_sentence(values: dict, message: str) -> None:
	user = make_user("member")
	join_team(user, "Delhi")
	join_team(user, "Agra", is_default=1)
	with pytest.raises(BranchTeamError, match=message):
		join_team(user, "Delhi", **values)


def test_an_unknown_function_is_refused() -> None:
	with pytest.raises(frappe.ValidationError, match="Function"):
		join_team(make_user("member"), "Delhi", "King")


def test_renaming_a_branch_takes_its_team_along() -> None:
	user = make_user("member")
	join_team(user, "Delhi")
	switch_on()
	frappe.rename_doc("Branch", "Delhi", "Dilli")
	assert mirror_of(user) == branch_permissions(user) == queries.scope(user).branches == {"Dilli"}
	assert listed(user) == {"Of Delhi"}


def test_merging_branches_makes_one_team_of_two() -> None:
	both, other, kept = make_user("both", "Delhi"), make_user("other"), make_user("kept")
	join_team(both, "Delhi", capacity=3, to_date="2099-05-31")
	join_team(both, "Agra", capacity=7, from_date="2026-01-01", is_default=1)
	join_team(both, "Delhi", "Credit")
	join_team(other, "Delhi", "Viewer")
	join_team(kept, "Agra", "Manager")
	switch_on()
	let_delete()
	frappe.rename_doc("Branch", "Delhi", "Agra", merge=True)
	rows = [
		(row.user, row.function, row.capacity, row.is_default, row.from_date, row.to_date)
		for row in frappe.get_doc("Branch", "Agra").team
	]
	assert sorted(rows) == sorted(
		[
			(both, "Sales", 7, 1, None, None),
			(both, "Credit", 0, 0, None, None),
			(other, "Viewer", 0, 0, None, None),
			(kept, "Manager", 0, 0, None, None),
		]
	)
	assert (by_hand(both), mirror_of(both)) == ({"Agra"}, set())
	assert mirror_of(other) == mirror_of(kept) == {"Agra"}
	assert not frappe.db.exists("Branch Team Member", {"parent": "Delhi"})
	frappe.get_doc("Branch", "Agra").save()


def test_deleting_a_branch_takes_its_team_and_their_user_permissions_away() -> None:
	user = make_user("member")
	join_team(user, "Agra")
	join_team(user, "Delhi")
	switch_on()
	let_delete()
	frappe.delete_doc("Branch", "Agra")
	assert mirror_of(user) == branch_permissions(user) == queries.scope(user).branches == {"Delhi"}
	assert not frappe.db.exists("Branch Team Member", {"parent": "Agra"})


def test_renaming_a_user_takes_his_memberships_along() -> None:
	user = make_user("maiden")
	join_team(user, "Delhi")
	switch_on()
	name = frappe.rename_doc("User", user, "married@branch-crm.example", force=True)
	assert mirror_of(name) == queries.scope(name).branches == {"Delhi"}
	assert listed(name) == {"Of Delhi"}
