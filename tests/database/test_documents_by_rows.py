"""Documents whose rows have a branch each: the conditions agree with the rule, and the plans are those meant."""

from collections import Counter

import pymysql
import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.branch_access import member_statements, statements
from branch_crm.branch_access.assignment_rules import Unassigned
from branch_crm.branch_access.document_rules import may_see
from branch_crm.branch_access.rules import Scope
from tests.companies import TODAY
from tests.database.test_scope_conditions import OFTEN, SHAPES, insert, names

ROWS = ("Journal Entry", "Journal Entry Account", "branch")
PLACES = ["Delhi", "O'Hare", "100% Pune", "Goa"]
ENTRIES = st.lists(st.lists(st.sampled_from([*PLACES, None, ""]), min_size=1, max_size=4), max_size=10)


def store(connection: pymysql.Connection, entries: list[list[str | None]]) -> None:
	"""Entries named by their number, each with a row of each branch."""
	with connection.cursor() as cursor:
		for doctype in ROWS[:2]:
			cursor.execute(f"delete from `tab{doctype}`")
	insert(connection, ROWS[0], [(str(number), TODAY) for number in range(len(entries))])
	rows = [
		(f"{number}-{index}", str(number), ROWS[0], branch)
		for number, branches in enumerate(entries)
		for index, branch in enumerate(branches)
	]
	# rows of another document with the same name must not count
	strangers = [(f"x{name}", parent, "Template", "Goa") for name, parent, *_rest in rows]
	insert(connection, ROWS[1], rows + strangers)


@pytest.mark.parametrize("unassigned", Unassigned)
@pytest.mark.parametrize("few", SHAPES.values(), ids=SHAPES)
@OFTEN
@given(entries=ENTRIES, reached=st.sets(st.sampled_from(PLACES)))
def test_the_list_shows_what_the_rule_allows(
	connection: pymysql.Connection, few: bool, unassigned: Unassigned, entries: list, reached: set
) -> None:
	store(connection, entries)
	scope = Scope(branches=frozenset(reached))
	condition = statements.in_rows(*ROWS, reached, few, unassigned is Unassigned.EVERYBODY)
	carried = [{branch for branch in branches if branch} for branches in entries]
	expected = {
		str(number) for number, branches in enumerate(carried) if may_see(scope, branches, unassigned)
	}
	assert names(connection, ROWS[0], condition) == expected


@OFTEN
@given(entries=ENTRIES)
def test_documents_are_counted_once_by_each_of_their_branches(
	connection: pymysql.Connection, entries: list
) -> None:
	store(connection, entries)
	with connection.cursor() as cursor:
		cursor.execute(*member_statements.row_counts(*ROWS))
		counted = dict(cursor.fetchall())
	assert counted == Counter(branch for branches in entries for branch in {name or "" for name in branches})


def test_depth_is_how_far_down_a_page_of_a_branch_reaches(connection: pymysql.Connection) -> None:
	store(connection, [["Delhi", "Delhi"] if number < 30 else ["Goa", None] for number in range(100)])
	with connection.cursor() as cursor:
		cursor.execute("update `tabJournal Entry` set modified = date_add('2020-01-01', interval name day)")
		depths = {"Goa": statements.PAGE, "": statements.PAGE, "Delhi": 70 + statements.PAGE, "Agra": 100}
		for branch, depth in depths.items():
			cursor.execute(*member_statements.row_depth(*ROWS, branch))
			assert cursor.fetchone() == (depth,)


@pytest.mark.parametrize(("few", "first"), [(True, "branch_parent"), (False, "modified")])
def test_the_plan_is_the_one_that_the_shape_is_made_for(
	connection: pymysql.Connection, few: bool, first: str
) -> None:
	store(connection, [["Leh"] if number < 20 else ["Mumbai"] for number in range(5000)])
	text, parameters = statements.in_rows(*ROWS, {"Leh"} if few else {"Mumbai"}, few, False)
	with connection.cursor(pymysql.cursors.DictCursor) as cursor:
		cursor.execute(
			"update `tabJournal Entry` set modified = date_add('2020-01-01', interval name minute)"
		)
		cursor.execute("analyze table `tabJournal Entry`, `tabJournal Entry Account`")
		query = f"select name from `tabJournal Entry` where {text} order by modified desc limit 20"
		cursor.execute(f"explain {query}", parameters)
		plan = list(cursor.fetchall())
	assert first in {row["key"] for row in plan if row["select_type"] != "DEPENDENT SUBQUERY"}
