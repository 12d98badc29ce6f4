"""Documents without a branch of their own are seen by whoever sees all that they name."""

import frappe
import pytest

from branch_crm import hooks
from branch_crm.branch_access import naming_scopes, permissions, registry, team_permissions
from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site import documents, goods
from tests.site.company import (
	as_user,
	counted,
	join_team,
	listed,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	opened,
	switch_on,
)
from tests.site.http_requests import send
from tests.site.leak.papers import paper
from tests.site.test_naming_fields import placed

PLACES = ("Delhi", "Mumbai")
FIELDS = {entry["doctype"]: entry["fields"] for entry in hooks.branch_scopes if entry["by"] == "naming"}


@pytest.fixture(autouse=True)
def places() -> None:
	make_tree()
	documents.make_item()
	for place in PLACES:
		make_customer(f"Zq {place}", place)
		goods.make_supplier(f"Zq Maker {place}", place)


@pytest.fixture
def user() -> str:
	roles = tuple(
		set(frappe.get_all("Role", {"disabled": 0, "desk_access": 1}, pluck="name"))
		- {"Administrator", "All", "Guest", "Desk User", "Branch Head Office"}
	)
	return make_user("delhi", "Delhi", roles=roles)


def named_by_place(place: str, wanted: set[str] | None = None) -> dict[str, str]:
	"""What a document of the place may name, by DocType; of `wanted` or of all."""
	names = {"Customer": f"Zq {place}", "Supplier": f"Zq Maker {place}", "Branch": place}
	order = documents.sales("Sales Order", names["Customer"], branch=place)
	names |= {"Sales Order": order.name}
	names["Contact"] = make_contact(f"Zq {place}", ("Customer", names["Customer"])).name
	names["Address"] = _address_of(names["Customer"])
	made = placed() if wanted is None else placed() & wanted
	for doctype in sorted(made - set(names)):
		names[doctype] = paper(doctype, f"zq{place}", names, **{registry.branch_field(): place}).name
	return names


@pytest.mark.parametrize("doctype", FIELDS)
def test_a_document_is_seen_with_all_that_it_names(doctype: str, user: str) -> None:
	wanted = _named_by(doctype)
	own, foreign = (_naming_paper(doctype, place, named_by_place(place, wanted)) for place in PLACES)
	nothing = paper(doctype, "zq", {}, **_empty(doctype, FIELDS[doctype])).name
	switch_on()
	made = {own, foreign, nothing}
	condition = permissions.query_condition(user, doctype)
	shown = set(frappe.db.sql_list(f"select name from `tab{doctype}` where {condition}")) & made
	assert shown == {own, nothing}
	assert {name for name in made if permissions.reaches(doctype, name, user)} == {own, nothing}
	assert foreign not in listed(user, doctype)
	assert foreign not in opened(user, doctype, made)
	assert counted(user, doctype) == len(listed(user, doctype))


def test_each_field_by_itself_hides_what_names_a_foreign_document(user: str) -> None:
	names = named_by_place("Mumbai")
	made = {}
	for doctype in (doctype for doctype, fields in FIELDS.items() if len(fields) > 1):
		for one in registry.naming_fields(doctype):
			target = one.doctypes[0]
			if target not in names:
				names[target] = _naming_paper(target, "Mumbai", names)
			values = {one.field: names[target]} | ({one.kind: target} if one.kind else {})
			if one.row:
				values = {_table_of(doctype, one.row): [values]}
			made[doctype, one.row, one.field] = paper(
				doctype, f"zq{len(made)}", {}, **_empty(doctype, FIELDS[doctype]) | values
			).name
	switch_on()
	assert [key for key, name in made.items() if permissions.reaches(key[0], name, user)] == []


def _named_by(doctype: str) -> set[str]:
	"""What its fields may name, and what those name in their turn."""
	named = {target for one in registry.naming_fields(doctype) for target in one.doctypes}
	return named.union(*map(_named_by, named))


def _table_of(doctype: str, row: str) -> str:
	tables = frappe.get_meta(doctype).get_table_fields()
	return next(table.fieldname for table in tables if table.options == row)


def _address_of(customer: str) -> str:
	address = {"doctype": "Address", "address_title": customer, "address_line1": "x", "city": "x"}
	links = [{"link_doctype": "Customer", "link_name": customer}]
	return frappe.get_doc({**address, "country": "India", "links": links}).insert().name


def _naming_paper(doctype: str, place: str, names: dict[str, str]) -> str:
	pairs: dict[str, object] = {}
	for one in registry.naming_fields(doctype):
		if one.doctypes[0] not in names:
			names[one.doctypes[0]] = _naming_paper(one.doctypes[0], place, names)
		values = {one.kind: one.doctypes[0], one.field: names[one.doctypes[0]]}
		if one.kind and not one.row:
			pairs |= values
		elif one.kind:
			pairs[_table_of(doctype, one.row)] = [values]
	return paper(doctype, f"zq {place}", names, **pairs).name


def _empty(doctype: str, naming: tuple) -> dict[str, object]:
	"""Values with which a document names nothing."""
	return {
		name: [] if name in tables else None
		for tables in [{field.fieldname for field in frappe.get_meta(doctype).get_table_fields()}]
		for fields in naming
		for name in [(fields if isinstance(fields, str) else fields[1]).partition(".")[0]]
	}


def test_what_names_a_foreign_document_is_neither_opened_nor_changed(user: str) -> None:
	own, foreign = (paper("Warranty Claim", "zq", {"Customer": f"Zq {place}"}).name for place in PLACES)
	switch_on()
	for verb, path in (("GET", "resource"), ("PUT", "resource"), ("DELETE", "resource")):
		answers = [
			send(user, verb, f"/api/{path}/Warranty Claim/{name}", complaint="x").text.replace(name, "X")
			for name in (foreign, "nobody")
		]
		assert answers[0] == answers[1]
	assert send(user, "PUT", f"/api/resource/Warranty Claim/{own}", complaint="mine").status == 200
	assert frappe.db.get_value("Warranty Claim", own, "complaint") != "zq complaint"


def test_a_claim_is_not_moved_to_oneself(user: str) -> None:
	foreign = frappe.get_doc("Warranty Claim", paper("Warranty Claim", "zq", {"Customer": "Zq Mumbai"}).name)
	switch_on()
	foreign.customer = "Zq Delhi"
	with as_user(user), pytest.raises((OutOfScopeError, frappe.PermissionError, frappe.DoesNotExistError)):
		foreign.save()


def test_a_viewer_of_the_customer_only_views_its_claims(user: str) -> None:
	viewer = make_user("viewer", roles=("Maintenance User", "Support Team"))
	join_team(viewer, "Delhi", "Viewer")
	claim = frappe.get_doc("Warranty Claim", paper("Warranty Claim", "zq", {"Customer": "Zq Delhi"}).name)
	switch_on()
	assert team_permissions.allows(claim, "read", viewer)
	assert not team_permissions.allows(claim, "write", viewer)
	assert team_permissions.allows(claim, "write", user)


def test_what_was_shared_is_withdrawn_where_the_customer_moves(user: str) -> None:
	claim = paper("Warranty Claim", "zq", {"Customer": "Zq Delhi"}).name
	switch_on()
	share = {"doctype": "DocShare", "user": user, "share_doctype": "Warranty Claim", "share_name": claim}
	share = frappe.get_doc({**share, "read": 1}).insert()
	customer = frappe.get_doc("Customer", "Zq Delhi")
	customer.branches[0].branch = "Mumbai"
	customer.save()
	assert not frappe.db.exists("DocShare", share.name)


def test_so_is_what_names_the_customer_through_something_else(user: str) -> None:
	make_customer("Zq Both", *PLACES)
	order = documents.sales("Sales Order", "Zq Both", submit=False, branch="Delhi")
	work = paper("Work Order", "zq", {}, sales_order=order.name, project=None).name
	card = paper("Job Card", "zq", {}, work_order=work, project=None).name
	switch_on()
	share = {"doctype": "DocShare", "user": user, "share_doctype": "Job Card", "share_name": card}
	share = frappe.get_doc({**share, "read": 1}).insert()
	order.branch = "Mumbai"
	order.save()
	assert not frappe.db.exists("DocShare", share.name)


@pytest.mark.parametrize("doctype", naming_scopes.WITHOUT_BRANCH)
def test_what_has_no_branch_is_seen_with_all_that_it_names(doctype: str, user: str) -> None:
	field = naming_scopes.WITHOUT_BRANCH[doctype][0]
	target = frappe.get_meta(doctype).get_field(field).options
	by_place = {place: named_by_place(place, {target}) for place in PLACES}
	empty = _empty(doctype, naming_scopes.WITHOUT_BRANCH[doctype]) | {registry.branch_field(): None}
	own, foreign = (
		paper(doctype, f"zq {place}", {}, **empty | {field: names[target]}).name
		for place, names in by_place.items()
	)
	elsewhere = {field: by_place["Mumbai"][target], registry.branch_field(): "Delhi"}
	nothing, placed = (paper(doctype, "zq", {}, **empty | values).name for values in ({}, elsewhere))
	switch_on()
	made = {own, foreign, nothing, placed}
	condition = permissions.query_condition(user, doctype)
	shown = set(frappe.db.sql_list(f"select name from `tab{doctype}` where {condition}")) & made
	assert shown == {own, nothing, placed}
	assert {name for name in made if permissions.reaches(doctype, name, user)} == shown
	assert opened(user, doctype, made) <= shown
