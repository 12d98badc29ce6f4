"""The conditions of portal users find what belongs to their parties, and nothing else."""

from collections.abc import Iterator

import pymysql
import pytest

from branch_crm.branch_access import portal_statements
from branch_crm.branch_access.statements import EVERYTHING, NOTHING, Condition, in_column
from tests.database.test_scope_conditions import names

# characters that hurt in SQL
OWN, FOREIGN = "O'Hare 100%s", "Foreign"
PARTIES = {"Customer": {OWN}, "Supplier": set()}
TABLES = {
	"Contact": "user varchar(140)",
	"Contact Email": "parent varchar(140), parenttype varchar(140), email_id varchar(140)",
	"Portal User": "parent varchar(140), parenttype varchar(140), user varchar(140)",
	"Dynamic Link": "parent varchar(140), parenttype varchar(140), link_doctype varchar(140), link_name varchar(140)",
	"Payment": "party_type varchar(140), party varchar(140)",
	"Project": "customer varchar(140)",
	"Project User": "parent varchar(140), parenttype varchar(140), user varchar(140)",
	"Task": "project varchar(140)",
	"DocShare": "share_doctype varchar(140), share_name varchar(140), `read` int, user varchar(140), everyone int",
}
ROWS = {
	"Contact": [("by user", "me@x"), ("by mail", None), ("other", "you@x")],
	"Contact Email": [("m1", "by mail", "Contact", "me@x"), ("m2", "other", "Contact", "you@x")],
	"Dynamic Link": [
		("l1", "by user", "Contact", "Customer", OWN),
		("l2", "by mail", "Contact", "Supplier", "By Mail"),
		("l3", "by mail", "Contact", "Company", "Ours"),
		("l4", "other", "Contact", "Customer", FOREIGN),
		("l5", "by user", "Address", "Customer", FOREIGN),
	],
	"Portal User": [("p1", "Listed", "Supplier", "me@x"), ("p2", FOREIGN, "Customer", "you@x")],
	"Payment": [("own", "Customer", OWN), ("namesake", "Supplier", OWN), ("foreign", "Customer", FOREIGN)],
	"Project": [("own", OWN), ("shared", FOREIGN), ("foreign", FOREIGN), ("nobody's", None)],
	"Project User": [("u1", "shared", "Project", "me@x"), ("u2", "foreign", "Template", "me@x")],
	"Task": [("of own", "own"), ("of foreign", "foreign"), ("of none", None), ("of empty", "")],
	"DocShare": [
		("s1", "Task", "of foreign", 1, "me@x", 0),
		("s2", "Task", "of own", 0, "me@x", 0),
		("s3", "Task", "of none", 1, None, 1),
		("s4", "Project", "of empty", 1, "me@x", 0),
	],
}


@pytest.fixture
def portal(connection: pymysql.Connection) -> Iterator[pymysql.Connection]:
	"""Tables of their own for this connection alone, beside those of the other tests."""
	with connection.cursor() as cursor:
		for table, columns in TABLES.items():
			cursor.execute(f"create temporary table `tab{table}` (name varchar(140) primary key, {columns})")
			for row in ROWS[table]:
				marks = ", ".join(["%s"] * len(row))
				cursor.execute(f"insert into `tab{table}` values ({marks})", row)
		yield connection
		for table in TABLES:
			cursor.execute(f"drop temporary table `tab{table}`")


def test_a_user_stands_for_the_parties_of_his_contacts_and_those_that_name_him(
	portal: pymysql.Connection,
) -> None:
	with portal.cursor() as cursor:
		cursor.execute(*portal_statements.parties_of("me@x", ["Customer", "Supplier"]))
		assert set(cursor.fetchall()) == {
			("Customer", OWN),
			("Supplier", "By Mail"),
			("Supplier", "Listed"),
		}


OF_CUSTOMER: Condition = in_column("Project", "customer", {OWN}, with_unassigned=False)


@pytest.mark.parametrize(
	("doctype", "condition", "found"),
	[
		("Payment", portal_statements.paired("Payment", "party_type", "party", PARTIES), {"own"}),
		("Payment", portal_statements.paired("Payment", "party_type", "party", {"Customer": set()}), set()),
		("Project", portal_statements.in_rows("Project", "Project User", "user", ["me@x"]), {"shared"}),
		("Project", portal_statements.in_rows("Project", "Project User", "user", []), set()),
		("Contact", portal_statements.linked("Contact", PARTIES), {"by user"}),
		("Contact", portal_statements.linked("Contact", {"Customer": set()}), set()),
		("Task", portal_statements.led_to("Task", "project", "Project", OF_CUSTOMER), {"of own"}),
		("Task", portal_statements.led_to("Task", "project", "Project", NOTHING), set()),
		("Task", portal_statements.lent("Task", "me@x"), {"of foreign"}),
		("Project", portal_statements.any_of([]), set()),
		("Project", portal_statements.any_of([NOTHING, NOTHING]), set()),
		("Project", portal_statements.any_of([NOTHING, OF_CUSTOMER]), {"own"}),
		("Project", portal_statements.any_of([OF_CUSTOMER, EVERYTHING]), {row[0] for row in ROWS["Project"]}),
	],
)
def test_what_belongs_to_a_party_is_found(
	portal: pymysql.Connection, doctype: str, condition: Condition, found: set[str]
) -> None:
	assert names(portal, doctype, condition) == found
	# within a larger condition it means the same
	text, parameters = condition
	assert names(portal, doctype, (f"1=1 and {text} and 1=1", parameters)) == found
	assert names(portal, doctype, (f"1=0 and {text}", parameters)) == set()
