"""What a master's branch table may look like, and where a new master goes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from branch_crm.branch_access.assignment_rules import (
	Assignment,
	AssignmentFault,
	faults_of,
	merged,
	missing_owners,
	touched_branches,
	with_primary,
)
from branch_crm.branch_access.default_rules import Catchment, default_branch, proposed_branch
from branch_crm.branch_access.rules import Membership, Scope
from tests.companies import TODAY, assignments

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)
DELHI = Assignment("Delhi", is_primary=True)
GOA = Assignment("Goa")
NAMES = ["Delhi", "Goa"]


@pytest.mark.parametrize(
	("rows", "fault"),
	[
		([GOA, replace(DELHI, is_primary=False)], AssignmentFault.NO_PRIMARY),
		([DELHI, replace(GOA, is_primary=True)], AssignmentFault.SEVERAL_PRIMARY),
		([replace(DELHI, to_date=TOMORROW)], AssignmentFault.PRIMARY_ENDS),
		([replace(DELHI, from_date=TOMORROW)], AssignmentFault.PRIMARY_NOT_BEGUN),
		([DELHI, replace(GOA, from_date=TODAY, to_date=YESTERDAY)], AssignmentFault.ENDS_BEFORE_START),
		([DELHI, GOA, replace(GOA, from_date=TODAY)], AssignmentFault.OVERLAP),
	],
	ids=lambda value: value.value if isinstance(value, AssignmentFault) else "",
)
def test_each_fault_is_named(rows: list[Assignment], fault: AssignmentFault) -> None:
	assert [found for found, _branch in faults_of(rows, TODAY)] == [fault]


@pytest.mark.parametrize(
	"rows",
	[
		[],
		[DELHI],
		[DELHI, GOA],
		[replace(DELHI, from_date=TODAY)],
		[DELHI, replace(GOA, to_date=YESTERDAY), replace(GOA, from_date=TODAY)],
	],
	ids=["none", "one", "two", "begins today", "one branch in two periods"],
)
def test_sound_tables_have_no_fault(rows: list[Assignment]) -> None:
	assert faults_of(rows, TODAY) == []


def test_a_single_row_is_primary_by_itself() -> None:
	assert with_primary([GOA]) == [replace(GOA, is_primary=True)]
	assert with_primary([DELHI, GOA]) == [DELHI, GOA]


def test_a_change_touches_the_branch_before_and_after() -> None:
	assert touched_branches({"1": DELHI}, {"1": replace(DELHI, branch="Goa")}) == {"Delhi", "Goa"}
	assert touched_branches({"1": DELHI}, {}) == {"Delhi"}
	assert touched_branches({}, {"1": GOA}) == {"Goa"}
	assert touched_branches({"1": DELHI}, {"1": replace(DELHI, sales_owner="a@b.c")}) == {"Delhi"}


@given(assignments(NAMES), assignments(NAMES))
def test_only_a_change_touches(before: list[Assignment], after: list[Assignment]) -> None:
	stored = {str(index): row for index, row in enumerate(before)}
	new = {str(index): row for index, row in enumerate(after)}
	assert touched_branches(stored, new) == touched_branches(new, stored)
	assert bool(touched_branches(stored, new)) == (before != after)


@given(assignments(NAMES))
def test_merging_joins_double_rows_and_loses_no_branch_and_no_primary(rows: list[Assignment]) -> None:
	joined = merged(rows)
	assert {row.branch for row in joined} == {row.branch for row in rows}
	assert any(row.is_primary for row in joined) == any(row.is_primary for row in rows)
	for day in (YESTERDAY, TODAY, TOMORROW):
		before = {row.branch for row in rows if row.is_active_on(day)}
		assert before <= {row.branch for row in joined if row.is_active_on(day)}


def test_merging_keeps_the_primary_row_and_takes_the_other_s_owner() -> None:
	other = Assignment("Delhi", sales_owner="a@b.c", from_date=TODAY, to_date=TOMORROW)
	assert merged([other, DELHI]) == [replace(DELHI, sales_owner="a@b.c")]


CATCHMENTS = [
	Catchment("Delhi", frozenset({"North"}), (("110001", "110099"),)),
	Catchment("Goa", frozenset({"West", "Goa State"}), (("403001", "403001"),)),
	Catchment("Pune", frozenset({"West"})),
]


@pytest.mark.parametrize(
	("territories", "pin_code", "branch"),
	[
		(["North"], None, "Delhi"),
		(["North"], "403001", "Goa"),
		(["North"], "403 001", "Goa"),
		(["Goa State", "West"], None, "Goa"),
		(["Panaji", "Goa State", "West"], None, "Goa"),
		(["West"], None, None),
		(["East"], "999999", None),
		([], "11000", None),
		([], None, None),
	],
)
def test_the_pin_code_decides_then_the_nearest_territory(
	territories: list[str], pin_code: str | None, branch: str | None
) -> None:
	assert proposed_branch(CATCHMENTS, territories, pin_code) == branch


@pytest.mark.parametrize(
	("scope", "memberships", "proposed", "branch"),
	[
		({"Delhi", "Goa"}, [Membership("Goa"), Membership("Delhi", is_default=True)], "Goa", "Delhi"),
		({"Delhi"}, [Membership("Delhi")], None, "Delhi"),
		({"Delhi", "Goa"}, [Membership("Goa"), Membership("Delhi")], "Goa", "Goa"),
		({"Delhi", "Goa"}, [Membership("Goa"), Membership("Delhi")], "Pune", None),
		({"Delhi"}, [Membership("Closed", is_default=True), Membership("Delhi")], None, "Delhi"),
		(set(), [], "Delhi", None),
	],
	ids=["default", "only one", "proposed", "proposed elsewhere", "default closed", "none"],
)
def test_a_new_master_goes_to_a_branch_of_its_creator(
	scope: set[str], memberships: list[Membership], proposed: str | None, branch: str | None
) -> None:
	assert default_branch(Scope(branches=frozenset(scope)), memberships, proposed) == branch


def test_head_office_gets_the_proposed_branch() -> None:
	assert default_branch(Scope(all=True), [], "Goa") == "Goa"
	assert default_branch(Scope(all=True), [], None) is None


@pytest.mark.parametrize(
	("row", "missing"),
	[
		(Assignment("Delhi", sales_owner="a@b.c"), []),
		(Assignment("Delhi"), [("Delhi", "sales_owner")]),
		(Assignment("Delhi", to_date=TODAY), [("Delhi", "sales_owner")]),
		(Assignment("Delhi", to_date=TODAY - timedelta(days=1)), []),
	],
)
def test_an_owner_is_asked_for_in_rows_that_have_not_ended(row: Assignment, missing: list) -> None:
	assert missing_owners({}, {"new": row}, ["sales_owner"], TODAY) == missing
	assert missing_owners({"new": row}, {"new": row}, ["sales_owner"], TODAY) == []
	assert missing_owners({}, {"new": row}, [], TODAY) == []
