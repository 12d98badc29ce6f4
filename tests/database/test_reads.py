"""The first page of a list touches few rows, however many there are: counted by MariaDB, not by the clock."""

from collections.abc import Collection, Iterator

import pymysql
import pytest

from branch_crm.branch_access import statements
from tests.companies import TODAY

SIZE = 20_000
FEW = 100
# a page is 20 rows; whoever reads a tenth of the table has not found them by an index
PAGE_MAY_READ = SIZE // 10
ALWAYS = {"none always": (), "one always": ("CASH",)}


@pytest.fixture(scope="module")
def company(connection: pymysql.Connection) -> Iterator[pymysql.Connection]:
	"""All customers of one branch, the oldest hundred also of a tiny one; each customer with a contact."""
	tables = ("Customer", "Branch Assignment", "Contact", "Dynamic Link")
	with connection.cursor() as cursor:
		for table in tables:
			# the optimizer's estimates count deleted and overwritten rows until they are purged
			cursor.execute(f"truncate table `tab{table}`")
		for table, columns, values in (("Customer", ", is_unassigned", ", 0"), ("Contact", "", "")):
			cursor.execute(
				f"insert into `tab{table}` (name, owner, modified{columns})"
				f" select seq, 'a@b.c', date_add('2020-01-01', interval seq minute){values} from seq_1_to_{SIZE}"
			)
		for branch, upto in (("Mumbai", SIZE), ("Leh's", FEW)):
			cursor.execute(
				"insert into `tabBranch Assignment` select concat(%s, seq), seq, 'Customer', %s, null, null,"
				f" null, null from seq_1_to_{upto}",
				(branch, branch),
			)
		cursor.execute(
			f"insert into `tabDynamic Link` select seq, seq, 'Contact', 'Customer', seq from seq_1_to_{SIZE}"
		)
		cursor.execute(f"analyze table {', '.join(f'`tab{table}`' for table in tables)}")
	yield connection


def page(doctype: str, condition: statements.Condition) -> statements.Condition:
	text, parameters = condition
	return f"select name from `tab{doctype}` where {text} order by modified desc limit 20", parameters


def rows_read(connection: pymysql.Connection, query: statements.Condition) -> int:
	with connection.cursor() as cursor:
		cursor.execute("flush status")
		assert cursor.execute(*query) == 20
		cursor.execute("show session status like 'Handler_read%'")
		return sum(int(value) for _name, value in cursor.fetchall())


def plan(connection: pymysql.Connection, query: statements.Condition) -> list[dict]:
	with connection.cursor(pymysql.cursors.DictCursor) as cursor:
		cursor.execute(f"explain {query[0]}", query[1])
		return list(cursor.fetchall())


def assigned(branch: str, few: bool, everybody: bool, always: Collection[str] = ()) -> statements.Condition:
	return statements.assigned("Customer", {branch}, TODAY, few, everybody, always)


def test_the_counter_sees_a_walk_through_the_table(company: pymysql.Connection) -> None:
	wrong_shape = page("Customer", assigned("Leh's", False, everybody=False))
	assert rows_read(company, wrong_shape) > SIZE


@pytest.mark.parametrize(
	("branch", "few"), [("Leh's", True), ("Mumbai", False)], ids=["tiny branch", "large branch"]
)
@pytest.mark.parametrize("everybody", [False, True], ids=["head office", "everybody"])
@pytest.mark.parametrize("always", ALWAYS.values(), ids=ALWAYS)
def test_the_first_page_of_customers_reads_few_rows(
	company: pymysql.Connection, branch: str, few: bool, everybody: bool, always: Collection[str]
) -> None:
	assert rows_read(company, page("Customer", assigned(branch, few, everybody, always))) < PAGE_MAY_READ


@pytest.mark.parametrize("everybody", [False, True], ids=["head office", "everybody"])
@pytest.mark.parametrize("always", ALWAYS.values(), ids=ALWAYS)
def test_the_many_shape_stays_a_lookup_for_each_row(
	company: pymysql.Connection, everybody: bool, always: Collection[str]
) -> None:
	steps = plan(company, page("Customer", assigned("Mumbai", False, everybody, always)))
	lookups = [step for step in steps if step["table"] == "assignment"]
	assert len(lookups) == 1
	assert {step["select_type"] for step in lookups} == {"DEPENDENT SUBQUERY"}
	assert {step["key"] for step in lookups} == {"master_branch"}


@pytest.mark.parametrize("always", ALWAYS.values(), ids=ALWAYS)
def test_the_few_shape_never_scans_the_customers(
	company: pymysql.Connection, always: Collection[str]
) -> None:
	steps = plan(company, page("Customer", assigned("Leh's", True, everybody=False, always=always)))
	customers = next(step for step in steps if step["table"] == "tabCustomer")
	assert (customers["type"], customers["key"]) == ("eq_ref", "PRIMARY")


@pytest.mark.parametrize(
	("branch", "few"), [("Leh's", True), ("Mumbai", False)], ids=["tiny branch", "large branch"]
)
@pytest.mark.parametrize("always", ALWAYS.values(), ids=ALWAYS)
def test_the_first_page_of_contacts_does_not_collect_all_links(
	company: pymysql.Connection, branch: str, few: bool, always: Collection[str]
) -> None:
	of_customers = assigned(branch, few, False, always)
	condition = statements.linked("Contact", {"Customer": of_customers}, "me@b.c", False)
	steps = plan(company, page("Contact", condition))
	assert [step for step in steps if step["table"] == "link" and step["type"] == "ALL"] == []
