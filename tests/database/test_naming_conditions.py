"""What documents name decides who sees them, on rows of every kind."""

from itertools import product

import pymysql

from branch_crm.branch_access import statements
from branch_crm.branch_access.naming_statements import Naming, naming
from tests.database.test_scope_conditions import insert, names
from tests.database.test_scope_kinds import TODAY

SEEN = statements.named("Customer", ["own", "100%"])
NAMES = (None, "", "own", "100%", "foreign", "deleted")
# the kind is not one that branches limit
OTHERS = (None, "", "Company")


def store(connection: pymysql.Connection, trips: list[tuple], stops: list[tuple] = ()) -> None:
	for table in ("Customer", "Delivery Trip", "Delivery Stop"):
		with connection.cursor() as cursor:
			cursor.execute(f"delete from `tab{table}`")
	insert(connection, "Customer", [(name, "a@b.c", TODAY, 0) for name in ("own", "100%", "foreign")])
	insert(connection, "Delivery Trip", [(str(number), *trip) for number, trip in enumerate(trips)])
	insert(connection, "Delivery Stop", [(str(number), *stop) for number, stop in enumerate(stops)])


def is_seen(name: str | None) -> bool:
	return name in (None, "", "own", "100%")


def test_a_document_is_seen_by_whoever_sees_what_its_fields_name(connection: pymysql.Connection) -> None:
	trips = list(product(NAMES, ("Customer", *OTHERS), NAMES))
	store(connection, trips)
	condition = naming(
		"Delivery Trip",
		[Naming("customer", {"Customer": SEEN}), Naming("party", {"Customer": SEEN}, kind="party_type")],
	)
	expected = {
		str(number)
		for number, (customer, kind, party) in enumerate(trips)
		if is_seen(customer) and (kind in OTHERS or is_seen(party))
	}
	assert names(connection, "Delivery Trip", condition) == expected
	rest = names(connection, "Delivery Trip", (f"not {condition[0]}", condition[1]))
	assert rest == {str(number) for number in range(len(trips))} - expected


def test_one_row_that_names_what_is_not_seen_is_enough(connection: pymysql.Connection) -> None:
	stops_of = [(), *((name,) for name in NAMES), *product(NAMES, repeat=2)]
	stops = [
		(str(number), "Delivery Trip", name, "Customer", name)
		for number, stop_names in enumerate(stops_of)
		for name in stop_names
	]
	# rows of a document of the same name of another DocType
	stops += [
		(str(number), "Other Trip", "foreign", "Customer", "foreign") for number in range(len(stops_of))
	]
	store(connection, [(None, None, None)] * len(stops_of), stops)
	expected = {str(number) for number, stop_names in enumerate(stops_of) if all(map(is_seen, stop_names))}
	for kind, field in (("", "customer"), ("party_type", "party")):
		condition = naming("Delivery Trip", [Naming(field, {"Customer": SEEN}, kind, "Delivery Stop")])
		assert names(connection, "Delivery Trip", condition) == expected
