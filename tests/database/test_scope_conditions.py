"""The list's conditions agree with the rules, in every shape and for every kind of scope."""

from collections.abc import Collection

import pymysql
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_crm.branch_access import member_statements, statements
from branch_crm.branch_access.assignment_rules import Assignment, Unassigned, may_see
from branch_crm.branch_access.rules import BranchTree, Scope, scope_of
from tests.companies import TODAY, assignments, memberships, trees

SHAPES = {"few": True, "many": False}
OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def insert(connection: pymysql.Connection, table: str, rows: list[tuple]) -> None:
	with connection.cursor() as cursor:
		if rows:
			marks = ", ".join(["%s"] * len(rows[0]))
			cursor.executemany(f"insert into `tab{table}` values ({marks})", rows)


def store(connection: pymysql.Connection, customers: list[list[Assignment]]) -> None:
	"""Customers named by their number, each with its rows."""
	with connection.cursor() as cursor:
		for table in ("Customer", "Branch Assignment", "Contact", "Dynamic Link"):
			cursor.execute(f"delete from `tab{table}`")
	insert(
		connection,
		"Customer",
		[(str(number), "a@b.c", TODAY, int(not rows)) for number, rows in enumerate(customers)],
	)
	rows = [
		(f"{number}-{index}", str(number), "Customer", row.branch, None, None, row.from_date, row.to_date)
		for number, assigned in enumerate(customers)
		for index, row in enumerate(assigned)
	]
	# a row of another DocType with the same name must not count
	strangers = [(f"x{row[0]}", row[1], "Supplier", *row[3:]) for row in rows]
	insert(connection, "Branch Assignment", rows + strangers)


def always_visible(customers: int) -> st.SearchStrategy[set[str]]:
	"""Some of the customers, and one that is not there; mostly none."""
	return st.just(set()) | st.sets(st.integers(0, customers).map(str), max_size=3)


def names(connection: pymysql.Connection, doctype: str, condition: statements.Condition) -> set[str]:
	text, parameters = condition
	with connection.cursor() as cursor:
		cursor.execute(f"select name from `tab{doctype}` where {text}", parameters)
		return {row[0] for row in cursor.fetchall()}


def seen(
	scope: Scope, customers: list[list[Assignment]], unassigned: Unassigned, always: Collection[str] = ()
) -> set[str]:
	return {
		str(number)
		for number, rows in enumerate(customers)
		if may_see(scope, rows, unassigned, TODAY, str(number) in always)
	}


@pytest.mark.parametrize("unassigned", Unassigned)
@pytest.mark.parametrize("few", SHAPES.values(), ids=SHAPES)
@OFTEN
@given(data=st.data(), branches=trees())
def test_the_list_shows_what_the_rules_allow(
	connection: pymysql.Connection, few: bool, unassigned: Unassigned, data: st.DataObject, branches: list
) -> None:
	places = [branch.name for branch in branches]
	customers = data.draw(st.lists(assignments(places), max_size=12))
	scope = scope_of(data.draw(memberships(places)), BranchTree(branches), "Customer")
	store(connection, customers)
	everybody = unassigned is Unassigned.EVERYBODY
	always = data.draw(always_visible(len(customers)))
	condition = statements.assigned("Customer", scope.branches, TODAY, few, everybody, always)
	assert names(connection, "Customer", condition) == seen(scope, customers, unassigned, always)


@pytest.mark.parametrize("unassigned", Unassigned)
@OFTEN
@given(data=st.data())
def test_contacts_follow_their_customers(
	connection: pymysql.Connection, unassigned: Unassigned, data: st.DataObject
) -> None:
	places = ["Delhi", "O'Hare", "100% Pune"]
	customers = data.draw(st.lists(assignments(places), min_size=1, max_size=4))
	# branches limit projects, but who sees one is not asked here
	others = [("Company", "Ours"), ("Project", "Theirs")]
	parties = st.sampled_from([*(("Customer", str(n)) for n in range(len(customers))), *others])
	contacts = data.draw(st.lists(st.lists(parties, max_size=3, unique=True), max_size=6))
	scope = Scope(branches=frozenset(data.draw(st.sets(st.sampled_from(places)))))
	store(connection, customers)
	owners = ["me@b.c" if number % 2 else "you@b.c" for number in range(len(contacts))]
	insert(connection, "Contact", [(str(n), owner, TODAY) for n, owner in enumerate(owners)])
	insert(
		connection,
		"Dynamic Link",
		[
			(f"{n}-{i}", str(n), "Contact", *link)
			for n, links in enumerate(contacts)
			for i, link in enumerate(links)
		],
	)
	everybody = unassigned is Unassigned.EVERYBODY
	always = data.draw(always_visible(len(customers)))
	of_customers = statements.assigned("Customer", scope.branches, TODAY, True, everybody, always)
	of_parties = {"Customer": of_customers}
	condition = statements.linked("Contact", of_parties, "me@b.c", everybody, judged=["Customer", "Project"])

	visible = seen(scope, customers, unassigned, always)
	expected = set()
	for number, links in enumerate(contacts):
		limited = [name for doctype, name in links if doctype != "Company"]
		if limited:
			shown = bool(visible & set(limited))
		else:
			shown = bool(links) or everybody or owners[number] == "me@b.c"
		expected |= {str(number)} if shown else set()
	assert names(connection, "Contact", condition) == expected


def test_who_reaches_nothing_gets_nothing(connection: pymysql.Connection) -> None:
	store(connection, [[Assignment("Delhi")], []])
	for everybody in (False, True):
		condition = statements.assigned("Customer", set(), TODAY, True, everybody, {"1"})
		assert names(connection, "Customer", condition) == set()
	assert names(connection, "Customer", statements.named("Customer", set())) == set()


def test_members_are_counted_by_valid_rows(connection: pymysql.Connection) -> None:
	ended = Assignment("Delhi", to_date=TODAY.replace(year=2025))
	store(connection, [[Assignment("Delhi")], [Assignment("Delhi"), Assignment("Goa")], [ended], []])
	with connection.cursor() as cursor:
		cursor.execute(*member_statements.member_counts("Customer", TODAY))
		assert dict(cursor.fetchall()) == {"Delhi": 2, "Goa": 1, "": 1}


def test_flags_of_the_unassigned_are_set_right(connection: pymysql.Connection) -> None:
	store(connection, [[Assignment("Delhi")], []])
	with connection.cursor() as cursor:
		cursor.execute("update `tabCustomer` set is_unassigned = 1 - is_unassigned")
		cursor.execute(*statements.unassigned_flags("Customer"))
		cursor.execute("select name, is_unassigned from `tabCustomer` order by name")
		assert cursor.fetchall() == (("0", 0), ("1", 1))
		cursor.execute(*statements.unassigned_flags("Customer", {"1", "gone"}))
		cursor.execute("select name, is_unassigned from `tabCustomer` order by name")
		assert cursor.fetchall() == (("0", 0), ("1", 0))


def test_depth_is_how_far_down_a_page_of_a_branch_reaches(connection: pymysql.Connection) -> None:
	store(connection, [[Assignment("Delhi" if number < 30 else "Goa")] for number in range(100)])
	with connection.cursor() as cursor:
		cursor.execute("update `tabCustomer` set modified = date_add('2020-01-01', interval name day)")
		for branch, depth in {"Goa": statements.PAGE, "Delhi": 70 + statements.PAGE, "Agra": 100}.items():
			cursor.execute(*member_statements.depth("Customer", branch))
			assert cursor.fetchone() == (depth,)


def test_a_customer_of_two_branches_counts_once_in_their_sum(connection: pymysql.Connection) -> None:
	store(connection, [[Assignment("Delhi"), Assignment("Goa")], [Assignment("Goa")], [Assignment("Agra")]])
	with connection.cursor() as cursor:
		cursor.execute(*statements.owner_counts("Customer", {"Delhi", "Goa"}, TODAY, ""))
		assert cursor.fetchone() == (2, 2, 2)
		visible = "`tabCustomer`.name like '0%'"
		cursor.execute(*statements.owner_counts("Customer", {"Delhi", "Goa"}, TODAY, visible))
		assert cursor.fetchone() == (1, 1, 1)
