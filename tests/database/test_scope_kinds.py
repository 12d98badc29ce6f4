"""Every condition agrees with the rules for each kind of scope, on a company of some size."""

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

import pymysql
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_crm.branch_access import member_statements, statements
from branch_crm.branch_access.assignment_rules import Assignment, Unassigned
from branch_crm.branch_access.rules import Branch, BranchTree, Membership, Scope, scope_of
from tests.companies import NAMES, TODAY, assignments, days
from tests.database.test_scope_conditions import SHAPES, insert, names, seen, store

SOME = settings(
	max_examples=12,
	deadline=None,
	suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SEEDS = st.integers(0, 2**32)
KINDS = ("nothing", "one tiny", "one large", "many", "everything")
HURTING = [
	*NAMES,
	"%s",
	"%(name)s",
	"100%%",
	"' or 1=1 -- ",
	'"); drop table `tabCustomer`; --',
	"\\",
	"\\'",
	"`Goa`",
	"a_b",
	"A%B",
	"{0}",
	"?",
	"line\nbreak",
]
# two of them, and one that is not there
ALWAYS = {"3", "17", "Gone"}
EVERYBODY = {Unassigned.EVERYBODY: True, Unassigned.HEAD_OFFICE: False}


@dataclass(frozen=True)
class Company:
	"""A tree whose branch names hurt, customers with their rows, and a scope of each kind."""

	tree: BranchTree
	customers: list[list[Assignment]]
	scopes: dict[str, Scope]


def company(seed: int, size: int = 150) -> Company:
	"""Half of all rows are of one large branch, one row is of a tiny one; the same for the same seed."""
	random = Random(seed)
	places = random.sample(HURTING, 12)
	large, tiny = places[0], places[-1]
	branches = [Branch(large), Branch(tiny, random.choice([None, large]))]
	for place in places[1:-1]:
		parent = random.choice([None, *(branch.name for branch in branches if branch.name != tiny)])
		branches.append(Branch(place, parent, enabled=random.random() < 0.8))
	random.shuffle(branches)
	tree = BranchTree(branches)
	customers = [_rows(random, large, places[1:-1]) for _ in range(size)]
	customers.append([Assignment(tiny)])
	some = [Membership(place, hide_descendants=random.random() < 0.3) for place in random.sample(places, 4)]
	kinds = {
		"nothing": [Membership("Gone")],
		"one tiny": [Membership(tiny)],
		"one large": [Membership(large, hide_descendants=True)],
		"many": [Membership(large), *some],
		"everything": [Membership(branch.name) for branch in branches if branch.parent is None],
	}
	opened = BranchTree(replace(branch, enabled=branch.enabled or not branch.parent) for branch in branches)
	return Company(tree, customers, {kind: scope_of(own, opened) for kind, own in kinds.items()})


def _rows(random: Random, large: str, places: list[str]) -> list[Assignment]:
	dates = [None, None, *(TODAY.replace(day=day) for day in range(12, 19))]
	return [
		Assignment(
			large if random.random() < 0.5 else random.choice(places),
			sales_owner=random.choice([None, "", "a@b.c"]),
			support_owner=random.choice([None, "", "a@b.c"]),
			from_date=random.choice(dates),
			to_date=random.choice(dates),
		)
		for _ in range(random.choice([0, 1, 1, 1, 2, 3]))
	]


def visible(company: Company, scope: Scope, unassigned: Unassigned) -> set[str]:
	return seen(scope, company.customers, unassigned, ALWAYS)


def ask(connection: pymysql.Connection, query: statements.Condition) -> list[tuple]:
	with connection.cursor() as cursor:
		cursor.execute(*query)
		return list(cursor.fetchall())


def test_the_kinds_of_scope_are_what_they_are_called() -> None:
	made = company(1)
	assert tuple(made.scopes) == KINDS
	assert made.scopes["nothing"] == Scope()
	assert made.scopes["everything"].branches == made.tree.names
	sizes = {kind: len(seen(made.scopes[kind], made.customers, Unassigned.HEAD_OFFICE)) for kind in KINDS}
	assert sizes["nothing"] == 0 < sizes["one tiny"] == 1 < sizes["one large"] <= sizes["many"]
	assert sizes["many"] <= sizes["everything"] < len(made.customers)


@SOME
@given(SEEDS)
def test_every_shape_lists_what_the_rules_allow(connection: pymysql.Connection, seed: int) -> None:
	made = company(seed)
	store(connection, made.customers)
	for kind, scope in made.scopes.items():
		for shape, few in SHAPES.items():
			for unassigned, everybody in EVERYBODY.items():
				condition = statements.assigned("Customer", scope.branches, TODAY, few, everybody, ALWAYS)
				shown = names(connection, "Customer", condition)
				assert shown == visible(made, scope, unassigned), (kind, shape, unassigned)


@SOME
@given(SEEDS)
def test_a_condition_means_the_same_as_escaped_text(connection: pymysql.Connection, seed: int) -> None:
	# Frappe's hook takes no parameters: names with a percent sign or a quote must survive that as well
	made = company(seed, size=40)
	store(connection, made.customers)
	for scope in made.scopes.values():
		for few in SHAPES.values():
			text, parameters = statements.assigned("Customer", scope.branches, TODAY, few, True, ALWAYS)
			pasted = text % tuple(connection.escape(str(value)) for value in parameters)
			shown = visible(made, scope, Unassigned.EVERYBODY)
			assert names(connection, "Customer", (pasted, None)) == shown


@SOME
@given(SEEDS)
def test_a_list_can_be_narrowed_and_excluded_by_the_condition(
	connection: pymysql.Connection, seed: int
) -> None:
	# Frappe joins it with filters by "and", so an "or" inside must not reach out; the rest is its opposite
	made = company(seed, size=40)
	store(connection, made.customers)
	everything = {str(number) for number in range(len(made.customers))}
	for scope in made.scopes.values():
		for few in SHAPES.values():
			for unassigned, everybody in EVERYBODY.items():
				text, parameters = statements.assigned(
					"Customer", scope.branches, TODAY, few, everybody, ALWAYS
				)
				shown = visible(made, scope, unassigned)
				assert names(connection, "Customer", (f"1=0 and {text}", parameters)) == set()
				rest = names(connection, "Customer", (f"ifnull({text}, 0) = 0", parameters))
				assert rest == everything - shown


@pytest.mark.parametrize("few", SHAPES.values(), ids=SHAPES)
@SOME
@given(SEEDS)
def test_contacts_follow_parties_of_every_kind(connection: pymysql.Connection, few: bool, seed: int) -> None:
	made = company(seed, size=60)
	store(connection, made.customers)
	random = Random(seed)
	candidates = [("Customer", str(number)) for number in range(len(made.customers))]
	# a company, and a supplier with the name of a customer, are limited by no branch here
	candidates += [("Company", "Ours"), ("Supplier", "1"), ("Customer", "deleted")] * 12
	contacts = [random.sample(candidates, random.choice([0, 1, 1, 2, 3])) for _ in range(60)]
	owners = [random.choice(["me@b.c", "you@b.c"]) for _ in contacts]
	insert(connection, "Contact", [(str(n), owner, TODAY) for n, owner in enumerate(owners)])
	links = [(str(n), "Contact", *link) for n, found in enumerate(contacts) for link in found]
	# the same names as contacts, but another DocType's rows
	links += [(str(n), "Address", *random.choice(candidates)) for n in range(len(contacts))]
	insert(connection, "Dynamic Link", [(str(row), *link) for row, link in enumerate(links)])
	for kind, scope in made.scopes.items():
		for unassigned, everybody in EVERYBODY.items():
			of_customers = statements.assigned("Customer", scope.branches, TODAY, few, everybody, ALWAYS)
			condition = statements.linked("Contact", {"Customer": of_customers}, "me@b.c", everybody)
			customers = visible(made, scope, unassigned)
			expected = set()
			for number, found in enumerate(contacts):
				limiting = {name for doctype, name in found if doctype == "Customer"}
				nobody_s = not found and (everybody or owners[number] == "me@b.c")
				if customers & limiting or (found and not limiting) or nobody_s:
					expected.add(str(number))
			assert names(connection, "Contact", condition) == expected, (kind, unassigned)


@SOME
@given(st.sets(st.sampled_from(HURTING)), st.sets(st.sampled_from(HURTING)))
def test_branches_are_listed_by_their_exact_name(
	connection: pymysql.Connection, present: set[str], wanted: set[str]
) -> None:
	store(connection, [])
	insert(connection, "Customer", [(name, "a@b.c", TODAY, 0) for name in present])
	assert names(connection, "Customer", statements.named("Customer", wanted)) == present & wanted


@SOME
@given(st.lists(assignments(HURTING), max_size=8))
def test_member_counts_are_the_rows_valid_today_and_the_unassigned(
	connection: pymysql.Connection, customers: list[list[Assignment]]
) -> None:
	store(connection, customers)
	valid = Counter(row.branch for rows in customers for row in rows if row.is_active_on(TODAY))
	unassigned = sum(not rows for rows in customers)
	counted = dict(ask(connection, member_statements.member_counts("Customer", TODAY)))
	assert counted == {**valid, "": unassigned}


@SOME
@given(SEEDS, st.sampled_from(KINDS), days())
def test_owner_counts_count_each_master_once(
	connection: pymysql.Connection, seed: int, kind: str, day: object
) -> None:
	made = company(seed, size=60)
	today = day or TODAY
	store(connection, made.customers)
	with connection.cursor() as cursor:
		for number, rows in enumerate(made.customers):
			for index, row in enumerate(rows):
				cursor.execute(
					"update `tabBranch Assignment` set sales_owner = %s, support_owner = %s where name = %s",
					(row.sales_owner, row.support_owner, f"{number}-{index}"),
				)
	reached = made.scopes[kind].branches or {"Gone"}
	counted = [
		[row for row in rows if row.branch in reached and row.is_active_on(today)] for rows in made.customers
	]
	expected = (
		sum(bool(rows) for rows in counted),
		sum(any(not row.sales_owner for row in rows) for rows in counted),
		sum(any(not row.support_owner for row in rows) for rows in counted),
	)
	assert ask(connection, statements.owner_counts("Customer", reached, today, "")) == [expected]
	nobody = "`tabCustomer`.name like '%%none' and `tabCustomer`.owner = '%s'"
	assert ask(connection, statements.owner_counts("Customer", reached, today, nobody)) == [(0, 0, 0)]
