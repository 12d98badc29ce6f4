"""What a transfer makes of a party's rows: sound, nothing else touched, nothing done twice, and taken back exactly."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from branch_crm.branch_access.assignment_rules import Assignment, faults_of
from branch_crm.branch_access.rules import Scope
from branch_crm.branch_access.transfer_rules import (
	NEW,
	Action,
	Refusal,
	Transfer,
	Untouched,
	refusal_of,
	restored,
	transferred,
)
from tests.companies import TODAY, days

DAY = timedelta(days=1)
ALL = Scope(all=True)
TEAM = {"bela", "cora"}
DELHI = Assignment("Delhi", is_primary=True, sales_owner="anna", support_owner="bela")
GOA = Assignment("Goa", sales_owner="cora")
ENDED = Assignment("Goa", to_date=TODAY - DAY)

ADD = Transfer(Action.ADD_BRANCH, "Goa", owners={"sales_owner": "cora"})
MOVE = Transfer(Action.REPLACE_BRANCH, "Goa", "Delhi")
SET = Transfer(Action.SET_OWNER, "Delhi", owners={"support_owner": "cora"})
REPLACE = Transfer(Action.REPLACE_OWNER, from_user="anna", to_user="cora")


@pytest.mark.parametrize(
	("transfer", "rows", "expected"),
	[
		(ADD, {"a": DELHI}, {"a": DELHI, NEW: GOA}),
		(ADD, {}, {NEW: replace(GOA, is_primary=True)}),
		(ADD, {"a": DELHI, "b": ENDED}, {"a": DELHI, "b": ENDED, NEW: replace(GOA, from_date=TODAY)}),
		(ADD, {"a": DELHI, "b": replace(GOA, sales_owner=None)}, Untouched.IN_BRANCH),
		(MOVE, {"a": DELHI}, {"a": replace(DELHI, branch="Goa", sales_owner=None)}),
		(
			replace(MOVE, owners={"sales_owner": "dora"}),
			{"a": DELHI, "b": GOA},
			{"a": replace(DELHI, branch="Goa", sales_owner="dora")},
		),
		(MOVE, {"a": DELHI, "b": GOA}, {"a": replace(DELHI, branch="Goa", sales_owner="cora")}),
		(MOVE, {"a": replace(DELHI, branch="Agra")}, Untouched.NOT_IN_BRANCH),
		(MOVE, {"a": replace(DELHI, branch="Agra"), "b": replace(ENDED, branch="Delhi")}, Untouched.NOT_IN_BRANCH),
		(SET, {"a": DELHI, "b": GOA}, {"a": replace(DELHI, support_owner="cora"), "b": GOA}),
		(SET, {"a": replace(DELHI, support_owner="cora")}, Untouched.SAME_OWNER),
		(SET, {"b": GOA}, Untouched.NOT_IN_BRANCH),
		(REPLACE, {"a": DELHI, "b": replace(GOA, sales_owner="anna", support_owner="anna")},
			{"a": replace(DELHI, sales_owner="cora"), "b": replace(GOA, sales_owner="cora", support_owner="cora")}),
		(replace(REPLACE, branch="Goa"), {"a": DELHI}, Untouched.OTHER_OWNER),
		(replace(REPLACE, replaced=("support_owner",)), {"a": DELHI}, Untouched.OTHER_OWNER),
		(REPLACE, {"a": replace(DELHI, sales_owner=None), "b": replace(ENDED, sales_owner="anna")}, Untouched.OTHER_OWNER),
	],
)  # fmt: skip
def test_each_action_changes_what_it_says(transfer: Transfer, rows: dict, expected: object) -> None:
	assert transferred(rows, transfer, TODAY, ALL, TEAM) == expected


@pytest.mark.parametrize("transfer", [SET, REPLACE, MOVE])
def test_rows_of_branches_that_others_manage_stay(transfer: Transfer) -> None:
	elsewhere = Scope(branches=frozenset({"Goa"}))
	assert isinstance(transferred({"a": DELHI}, transfer, TODAY, elsewhere, TEAM), Untouched)


def test_what_saving_would_refuse_is_known_before() -> None:
	new = {"a": replace(DELHI, branch="Goa", sales_owner=None)}
	assert refusal_of({"a": DELHI}, new, ["sales_owner"], TODAY) is Refusal.OWNER_MISSING
	assert refusal_of({"a": DELHI}, new, ["support_owner"], TODAY) is None
	later = {"a": DELHI, NEW: replace(GOA, from_date=TODAY, to_date=TODAY - DAY)}
	assert refusal_of({"a": DELHI}, later, [], TODAY) is Refusal.UNSOUND


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Assignment]:
	"""The stored rows of a party, sound as saving leaves them."""
	user = st.sampled_from([None, "anna", "bela", "cora"])
	row = st.builds(
		Assignment,
		st.sampled_from(["Delhi", "Goa", "Agra"]),
		sales_owner=user,
		support_owner=user,
		from_date=days(),
		to_date=days(),
	)
	rows = draw(st.lists(row, max_size=4))
	if rows:
		rows[0] = replace(rows[0], is_primary=True, from_date=None, to_date=None)
	sound = max(number for number in range(len(rows) + 1) if not faults_of(rows[:number], TODAY))
	return {f"row {number}": row for number, row in enumerate(rows[:sound])}


TRANSFERS = st.sampled_from([ADD, MOVE, SET, REPLACE, replace(MOVE, owners={"sales_owner": "dora"})])
SCOPES = st.just(ALL) | st.builds(Scope, branches=st.frozensets(st.sampled_from(["Delhi", "Goa", "Agra"])))


@given(tables(), TRANSFERS, SCOPES)
def test_a_transfer_leaves_sound_rows_touches_no_other_branch_and_works_once(
	rows: dict, transfer: Transfer, scope: Scope
) -> None:
	new = transferred(rows, transfer, TODAY, scope, TEAM)
	assume(not isinstance(new, Untouched))
	assert faults_of(list(new.values()), TODAY) == []
	named = {transfer.branch, transfer.from_branch}
	for key in rows.keys() | new.keys():
		before, after = rows.get(key), new.get(key)
		if before != after:
			assert transfer.branch is None or {row.branch for row in (before, after) if row} <= named
	again = {("stored" if key == NEW else key): row for key, row in new.items()}
	assert isinstance(transferred(again, transfer, TODAY, scope, TEAM), Untouched)


@given(tables(), TRANSFERS, tables())
def test_what_stands_as_it_was_left_is_taken_back_exactly(
	rows: dict, transfer: Transfer, changed: dict
) -> None:
	new = transferred(rows, transfer, TODAY, ALL, TEAM)
	new = rows if isinstance(new, Untouched) else new
	assert restored(new, rows, new) == rows
	assert changed == new or restored(changed, rows, new) is None
