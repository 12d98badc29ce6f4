"""MariaDB takes the plan that each shape is made for."""

from collections.abc import Iterator

import pymysql
import pytest

from branch_crm.branch_access import statements
from tests.companies import TODAY

CUSTOMERS = 30_000


@pytest.fixture(scope="module")
def customers(connection: pymysql.Connection) -> Iterator[pymysql.Connection]:
	"""Many customers of one branch, the oldest hundred also of a tiny one."""
	with connection.cursor() as cursor:
		for table in ("Customer", "Branch Assignment"):
			cursor.execute(f"truncate table `tab{table}`")
		rows = f"seq_1_to_{CUSTOMERS}"
		cursor.execute(
			"insert into `tabCustomer` select seq, 'a@b.c', date_add('2020-01-01', interval seq minute), 0"
			f" from {rows}"
		)
		for prefix, branch, upto in (("big", "Mumbai", CUSTOMERS), ("tiny", "Leh", 100)):
			cursor.execute(
				"insert into `tabBranch Assignment` select concat(%s, seq), seq, 'Customer', %s, null, null,"
				f" null, null from seq_1_to_{upto}",
				(prefix, branch),
			)
		cursor.execute("analyze table `tabCustomer`, `tabBranch Assignment`")
	yield connection


def plan(connection: pymysql.Connection, condition: statements.Condition) -> list[dict]:
	text, parameters = condition
	query = f"select name from `tabCustomer` where {text} order by modified desc limit 20"
	with connection.cursor(pymysql.cursors.DictCursor) as cursor:
		cursor.execute(f"explain {query}", parameters)
		return list(cursor.fetchall())


def test_few_members_are_looked_up_one_by_one(customers: pymysql.Connection) -> None:
	condition = statements.assigned("Customer", {"Leh"}, TODAY, True, with_unassigned=False)
	rows = {row["table"]: row for row in plan(customers, condition)}
	assert rows["assignment"]["key"] == "branch_masters"
	assert rows["tabCustomer"]["type"] == "eq_ref"


def test_many_members_are_met_on_the_list_s_own_way(customers: pymysql.Connection) -> None:
	condition = statements.assigned("Customer", {"Mumbai"}, TODAY, False, with_unassigned=False)
	rows = {row["table"]: row for row in plan(customers, condition)}
	assert rows["assignment"]["select_type"] == "DEPENDENT SUBQUERY"
	assert rows["assignment"]["key"] == "master_branch"
	assert rows["tabCustomer"]["key"] == "modified"
	assert int(rows["tabCustomer"]["rows"]) <= 20
