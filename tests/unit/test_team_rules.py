"""Teams of branches: who is in them on which day, what a function allows, and what Frappe is told."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.branch_access import team_rules
from branch_crm.branch_access.rules import Branch, BranchTree, Function, Membership, scope_of
from branch_crm.branch_access.team_rules import TeamFault, TeamRow, team_faults_of
from tests.companies import TODAY, memberships, team_rows, trees

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
A_WEEK = [TODAY + timedelta(days=offset) for offset in range(-4, 5)]
TREE = BranchTree([Branch("North"), Branch("Delhi", "North"), Branch("Agra", "North"), Branch("Mumbai")])
FUNCTIONS = st.sampled_from([None, *Function])
READ = ("select", "read", "report", "export", "print", "email", None)
WRITE = ("write", "create", "delete", "submit", "cancel", "amend", "share", "import")


def row(user: str = "meera", branch: str = "Delhi", function: Function = Function.SALES, **values) -> TeamRow:
	return TeamRow(user, branch, function, **values)


@given(st.data(), st.sampled_from(A_WEEK))
def test_a_row_counts_from_its_first_day_to_its_last(data: st.DataObject, today: date) -> None:
	for member in data.draw(team_rows(["a"], ["Delhi"])):
		begun = member.from_date is None or member.from_date <= today
		ended = member.to_date is not None and member.to_date < today
		assert member.is_active_on(today) == (begun and not ended)


@pytest.mark.parametrize("right", WRITE)
def test_a_viewer_only_reads(right: str) -> None:
	assert not team_rules.allows({Function.VIEWER}, right)


@pytest.mark.parametrize("right", READ)
def test_a_viewer_reads_prints_and_exports(right: str | None) -> None:
	assert team_rules.allows({Function.VIEWER}, right)


@given(st.sets(FUNCTIONS, min_size=1), st.sampled_from(WRITE))
def test_the_strongest_function_decides(functions: set[Function | None], right: str) -> None:
	assert team_rules.allows(functions, right) == bool(functions - {Function.VIEWER})


@given(st.data(), trees())
def test_the_functions_on_a_document_are_those_that_reach_one_of_its_branches(
	data: st.DataObject, branches: list[Branch]
) -> None:
	names = [branch.name for branch in branches]
	tree = BranchTree(branches)
	own = [replace(m, function=data.draw(FUNCTIONS)) for m in data.draw(memberships(names))]
	of_document = data.draw(st.sets(st.sampled_from(names)))
	expected = {m.function for m in own if scope_of([m], tree, "Customer").branches & of_document}
	assert team_rules.functions_on(own, tree, "Customer", of_document) == expected
	anywhere = {m.function for m in own if scope_of([m], tree, "Customer").branches}
	assert team_rules.functions_on(own, tree, "Customer", None) == anywhere
	assert bool(expected) == bool(scope_of(own, tree, "Customer").branches & of_document)


def test_who_manages_one_branch_and_views_another_writes_in_the_one() -> None:
	own = [
		row(function=Function.MANAGER).membership,
		row(branch="Mumbai", function=Function.VIEWER).membership,
	]
	assert team_rules.functions_on(own, TREE, None, {"Delhi"}) == {Function.MANAGER}
	assert team_rules.functions_on(own, TREE, None, {"Mumbai"}) == {Function.VIEWER}
	assert team_rules.functions_on(own, TREE, None, {"Delhi", "Mumbai"}) == {
		Function.MANAGER,
		Function.VIEWER,
	}
	assert team_rules.functions_on(own, TREE, None, {"North"}) == frozenset()


@pytest.mark.parametrize(
	("function", "works", "manages"),
	[
		(None, True, True),
		(Function.MANAGER, True, True),
		(Function.SALES, True, False),
		(Function.SUPPORT, True, False),
		(Function.CREDIT, True, False),
		(Function.ACCOUNTS, True, False),
		(Function.VIEWER, False, False),
	],
)
def test_only_managers_and_full_members_manage_and_only_viewers_do_not_work(
	function: Function | None, works: bool, manages: bool
) -> None:
	membership = Membership("Delhi", function=function)
	assert (membership.works, membership.manages) == (works, manages)


@pytest.mark.parametrize(
	("team", "elsewhere", "faults"),
	[
		([row()], [], []),
		([row(from_date=TODAY, to_date=TODAY)], [], []),
		([row(from_date=TODAY, to_date=YESTERDAY)], [], [TeamFault.ENDS_BEFORE_START]),
		([row(), row()], [], [TeamFault.DOUBLE]),
		([row(to_date=TODAY), row(from_date=TODAY)], [], [TeamFault.DOUBLE]),
		([row(to_date=YESTERDAY), row(from_date=TODAY)], [], []),
		([row(), row(function=Function.CREDIT)], [], []),
		([row(item_group="Pumps"), row(item_group="Tiles")], [], []),
		([row(item_group="Pumps"), row(item_group="Pumps")], [], [TeamFault.DOUBLE]),
		([row(), row("wasim")], [], []),
		([row(is_default=True)], [row(branch="Agra", is_default=True)], [TeamFault.SEVERAL_DEFAULTS]),
		([row(is_default=True)], [row(branch="Agra")], []),
		([row(is_default=True)], [row("wasim", "Agra", is_default=True)], []),
		(
			[row(is_default=True, from_date=TODAY)],
			[row(branch="Agra", is_default=True, to_date=YESTERDAY)],
			[],
		),
		(
			[row(is_default=True), row(function=Function.CREDIT, is_default=True)],
			[],
			[TeamFault.SEVERAL_DEFAULTS],
		),
		([row(capacity=-1)], [], [TeamFault.NEGATIVE_CAPACITY]),
	],
)
def test_a_team_is_judged_as_a_whole(
	team: list[TeamRow], elsewhere: list[TeamRow], faults: list[TeamFault]
) -> None:
	assert [fault for fault, _user in team_faults_of(team, elsewhere)] == faults


def test_a_change_names_whose_rows_it_touches() -> None:
	stored = {"1": row("meera"), "2": row("wasim")}
	assert team_rules.changed_users(stored, dict(stored)) == frozenset()
	assert team_rules.changed_users(stored, {"1": row("meera")}) == {"wasim"}
	assert team_rules.changed_users(stored, {**stored, "2": row("divya")}) == {"wasim", "divya"}


@pytest.mark.parametrize(
	("new", "favours"),
	[
		({"1": row("me", function=Function.SALES)}, False),
		({}, False),
		({"1": row("me", function=Function.MANAGER)}, True),
		({"1": row("me", to_date=TOMORROW)}, True),
		({"1": row("me"), "new 2": row("me", "Mumbai")}, True),
		({"1": row("me"), "new 2": row("other")}, False),
		({"1": row("other")}, False),
	],
	ids=["unchanged", "leaves", "promoted", "other dates", "joins", "adds another", "hands over"],
)
def test_nobody_favours_himself(new: dict[str, TeamRow], favours: bool) -> None:
	assert team_rules.favours("me", {"1": row("me", function=Function.SALES)}, new) == favours


def test_a_row_of_another_that_becomes_mine_favours_me() -> None:
	assert team_rules.favours("me", {"1": row("other")}, {"1": row("me")})


@given(st.data())
def test_a_merged_team_has_nobody_twice_and_loses_no_day(data: st.DataObject) -> None:
	rows = data.draw(team_rows(["a", "b"], ["Delhi"]))
	rows = [member for member in rows if not (member.from_date and member.to_date)]
	keyed = {str(index): member for index, member in enumerate(rows)}
	merged = team_rules.merged_team(keyed)
	assert merged.keys() <= keyed.keys()
	assert not any(one.doubles(other) for one, other in combinations(merged.values(), 2))
	for day in [*A_WEEK, date.min, date.max]:
		before, after = (
			{(m.user, m.function, m.item_group) for m in team if m.is_active_on(day)}
			for team in (rows, merged.values())
		)
		assert before == after
	assert team_rules.merged_team(merged) == merged


def test_a_merge_keeps_the_default_the_wider_reach_and_the_larger_capacity() -> None:
	narrow = row(capacity=5, include_descendants=False, is_default=True, from_date=TODAY)
	wide = row(capacity=9, to_date=TOMORROW)
	assert team_rules.merged_team({"1": narrow, "2": wide}) == {
		"1": row(capacity=9, include_descendants=True, is_default=True)
	}
	assert team_rules.merged_team({"1": wide, "2": row()})["1"].capacity == 0


def frappe_s_reach(permissions: set[Membership] | list[Membership], tree: BranchTree) -> set[str]:
	"""What Frappe makes of User Permissions: it knows no closed branches."""
	reached: set[str] = set()
	for permission in permissions:
		hides = permission.hide_descendants
		reached |= {permission.branch} if hides else tree.with_descendants(permission.branch)
	return reached


@given(st.data(), trees())
def test_frappe_reaches_with_the_mirror_what_the_team_reaches(
	data: st.DataObject, branches: list[Branch]
) -> None:
	names = [branch.name for branch in branches]
	tree = BranchTree(branches)
	by_hand = data.draw(memberships(names))
	team = [member.membership for member in data.draw(team_rows(["me"], names))]
	mirror = team_rules.mirrored(by_hand, team, tree)
	whole = [membership for membership in by_hand if not membership.doctype]
	assert (
		frappe_s_reach([*whole, *mirror], tree) == frappe_s_reach(whole, tree) | scope_of(team, tree).branches
	)
	keys = [membership.branch for membership in [*whole, *mirror]]
	assert len(keys) == len(set(keys)), "Frappe refuses a second User Permission of a branch"
	assert len([membership for membership in mirror if membership.is_default]) <= 1


def test_a_default_made_by_hand_stays_the_only_one() -> None:
	team = [row(is_default=True).membership]
	assert team_rules.mirrored([], team, TREE) == {Membership("Delhi", is_default=True)}
	by_hand = [Membership("Mumbai", is_default=True)]
	assert team_rules.mirrored(by_hand, team, TREE) == {Membership("Delhi")}


def test_what_was_made_by_hand_is_not_doubled() -> None:
	team = [row(branch="North").membership]
	assert team_rules.mirrored([Membership("North")], team, TREE) == frozenset()
	beside = team_rules.mirrored([Membership("North", hide_descendants=True)], team, TREE)
	assert beside == {Membership("Delhi"), Membership("Agra")}


def test_a_closed_branch_is_not_mirrored() -> None:
	tree = BranchTree([Branch("Delhi", enabled=False)])
	assert team_rules.mirrored([], [row().membership], tree) == frozenset()
