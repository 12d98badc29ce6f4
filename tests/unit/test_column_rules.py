import json

import pytest

from branch_crm.branch_access import column_rules
from branch_crm.branch_access.argument_rules import Malformed

ASKED = [
	"name",
	"*",
	"`tabSales Order`.`name`",
	"tabSales Order.name",
	"`tabSerial and Batch Bundle`.`name`",
	"`tabSales Order Item`.`name` as 'Sales Order Item:name'",
	"count(*) as count",
	"sum(`tabSales Invoice`.`grand_total`) as _aggregate_column",
	"name, customer, grand_total",
	"`tabTask`.`modified` desc, name asc",
	"concat(first_name, ' ', last_name)",
	"from_date",
	# a column of Call Log
	"from",
]
REFUSED = [
	"(name), ( select group_concat(sid) from tabSessions ) as x",
	"name from `tabCustomer` -- ",
	"name /* x */",
	"name # x",
	"1||1",
	"name or 1",
	"`name` ( SELECT 1 )",
	"'`' (select 1) '`'",
	"name; drop",
	"name\n-- ",
	"x'\\' union '",
	"@@version",
]
FILTERED = [
	{"name": "x"},
	{"customer": ["like", "select % from"]},
	[["status", "=", "x or y"]],
	[["Sales Order", "status", "=", "x"]],
	[["Sales Order", "status", "in", ["a", "b"], False]],
	[["`tabSales Order`.`name`", "like", "%"]],
	[{"fieldname": "x", "value": "or"}],
	"name",
]
UNFILTERED = [
	# Frappe takes a list of texts for columns
	["name", "=", "A || B"],
	["creation", "(select group_concat(tax_id) from tabCustomer)"],
	[{"ifnull(name,1)||1||name": "x"}],
	[["name", "=", "x"], {"ifnull(name,1)||1||name": "x"}],
	[["ifnull(1,1)||1||`tabSales Invoice`.name", "=", "x"]],
	{"ifnull(1,1)||1": "x"},
	[["Sales Order", "name) or (1", "=", "x"]],
]


def asked(**arguments: object) -> list[tuple[str, str]]:
	return list(column_rules.columns_in({"doctype": "Sales Order", **arguments}))


@pytest.mark.parametrize("column", ASKED)
@pytest.mark.parametrize("key", ["fields", "order_by", "group_by", "fieldname"])
def test_columns_and_functions_of_them_are_asked_for(key: str, column: str) -> None:
	assert asked(**{key: column}) == asked(**{key: [column]}) == [("Sales Order", column)]


@pytest.mark.parametrize("column", REFUSED)
@pytest.mark.parametrize("key", ["fields", "order_by", "group_by", "fieldname"])
def test_what_brings_other_tables_or_rows_is_none(key: str, column: str) -> None:
	for value in (column, [column], json.dumps([column]), [[column, "Sales Order"]]):
		with pytest.raises(Malformed):
			asked(**{key: value})
	for holding in (
		{"doc": {key: column}},
		{"doc": json.dumps({key: [column]})},
		{"json": json.dumps({key: column})},
	):
		with pytest.raises(Malformed):
			asked(**holding)


@pytest.mark.parametrize("filters", FILTERED)
def test_filters_compare_columns_with_anything(filters: object) -> None:
	asked(filters=filters)
	asked(filters=json.dumps(filters))


@pytest.mark.parametrize("filters", UNFILTERED)
def test_filters_compare_columns_only(filters: object) -> None:
	for sent in (
		{"filters": filters},
		{"or_filters": json.dumps(filters)},
		{"doc": {"filters_json": json.dumps(filters)}},
	):
		with pytest.raises(Malformed):
			asked(**sent)


def test_maps_of_fields_are_read() -> None:
	assert asked(field_map={"title": "customer.tax_id"}) == [("Sales Order", "customer.tax_id")]
	with pytest.raises(Malformed):
		asked(field_map=json.dumps({"title": "(select 1)"}))


def test_what_frappe_takes_for_filters_is_read_as_such() -> None:
	for sent in (
		{"fields": {"ifnull(name,1)||1||name": "x"}},
		{"filters": json.dumps(json.dumps([["ifnull(name,1)||1||name", "=", "x"]]))},
		{"extra_filters": json.dumps([["ifnull(1,1) || `tabContact`.name", "=", "x"]])},
		{"pluck": "name` from tabCustomer union all select `name"},
	):
		with pytest.raises(Malformed):
			asked(**sent)
	assert asked(fields={"customer.tax_id": "x"}) == [("Sales Order", "customer.tax_id")]
	assert asked(filters=["name", "customer.tax_id"])[-1] == ("Sales Order", "customer.tax_id")


def test_values_are_no_columns() -> None:
	assert asked(fieldname={"notes": "select from; --"}) == [("Sales Order", "notes")]
	assert asked(fields=[{"fieldname": "x", "options": "select 1"}]) == [("Sales Order", "x")]
	assert asked(value="(select 1)") == []


@pytest.mark.parametrize(
	("column", "links"),
	[
		("customer.tax_id", {"customer"}),
		("`customer`.`tax_id` as x", {"customer"}),
		("sum(project.cost)", {"project"}),
		("`tabCustomer`.`name`", {"tabCustomer"}),
		("name", set()),
	],
)
def test_a_column_of_what_is_linked_names_the_link(column: str, links: set[str]) -> None:
	assert column_rules.leads_over(column) == links


def test_what_is_stored_names_the_doctype_that_it_asks_for_beside_its_own() -> None:
	card = {
		"doctype": "Number Card",
		"document_type": "Sales Order",
		"aggregate_function_based_on": "customer.tax_id",
	}
	found = {("Number Card", "customer.tax_id"), ("Sales Order", "customer.tax_id")}
	assert (
		set(column_rules.columns_in(card)) == set(column_rules.columns_in({"doc": json.dumps(card)})) == found
	)


def test_expressions_are_refused_where_no_doctype_is_named() -> None:
	with pytest.raises(Malformed):
		list(column_rules.columns_in({"fields": ["(select 1)"]}))
