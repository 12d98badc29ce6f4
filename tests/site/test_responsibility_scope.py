"""Who sees the history of a party: whoever sees the party, of the branches that he reaches."""

import json

import frappe
import pytest

from branch_crm.branch_access import responsibility_api
from branch_crm.branch_access.responsibility_queries import RECORD
from tests.site.company import (
	SALES,
	as_user,
	found,
	listed,
	make_customer,
	make_tree,
	make_user,
	member,
	opened,
	permit,
	switch_on,
)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


@pytest.fixture
def anna() -> str:
	return make_user("anna", "Delhi")


@pytest.fixture
def bela() -> str:
	return make_user("bela", "Mumbai")


def owned(name: str, *owners: tuple[str, str | None]) -> object:
	return make_customer(name, *({"branch": branch, "sales_owner": owner} for branch, owner in owners))


@pytest.fixture
def shared(anna: str, bela: str) -> dict[str, set[str]]:
	"""Records by branch of customers of Delhi, of Mumbai, and of both; and of one that has left Delhi."""
	owned("Northern", ("Delhi", anna))
	owned("Western", ("Mumbai", bela))
	owned("Both", ("Delhi", anna), ("Mumbai", bela))
	left = owned("Left", ("Mumbai", bela), ("Delhi", anna))
	left.remove(left.branches[1])
	left.save()
	rows = frappe.get_all(
		RECORD, {"party": ["in", ["Northern", "Western", "Both", "Left"]]}, ["name", "party", "branch"]
	)
	result: dict[str, set[str]] = {}
	for row in rows:
		result.setdefault(f"{row.party} {row.branch}", set()).add(row.name)
	return result


def everything(records: dict[str, set[str]]) -> set[str]:
	return set().union(*records.values())


def seen(user: str, records: dict[str, set[str]]) -> set[str]:
	"""What list, count, form and link search of a user agree on."""
	names = everything(records)
	in_list = listed(user, RECORD) & names
	assert opened(user, RECORD, names) == in_list
	assert {name for name in names if name in found(user, name, RECORD)} == in_list
	with as_user(user):
		frappe.local.form_dict = frappe._dict(
			doctype=RECORD, filters=json.dumps({"name": ["in", list(names)]})
		)
		counted = frappe.call("frappe.desk.reportview.get_count")
	assert counted == len(in_list)
	return in_list


def test_the_history_is_seen_with_the_party_and_the_branch(
	shared: dict[str, set[str]], anna: str, bela: str
) -> None:
	nobody, head = make_user("nobody"), make_user("head", roles=(*SALES, "Branch Head Office"))
	viewer = member("viewer", Delhi="Viewer")
	of_north = make_user("north", "North")
	for user in (anna, bela, nobody, head, viewer):
		assert seen(user, shared) == everything(shared)
	switch_on()
	northern = shared["Northern Delhi"] | shared["Both Delhi"]
	for user in (anna, viewer, of_north):
		assert seen(user, shared) == northern
	assert seen(bela, shared) == shared["Western Mumbai"] | shared["Both Mumbai"] | shared["Left Mumbai"]
	assert seen(nobody, shared) == set()
	assert seen(head, shared) == seen("Administrator", shared) == everything(shared)


def test_who_may_not_read_a_party_reads_nothing_of_its_history(shared: dict[str, set[str]]) -> None:
	buyer = make_user("buyer", "Delhi", roles=("Purchase User", "Support Team"))
	head = make_user("head", roles=("Purchase User", "Branch Head Office"))
	reads = frappe.has_permission("Customer", "read", user=buyer)
	supplier = {"doctype": "Supplier", "supplier_name": "Some", "supplier_group": "Local"}
	frappe.get_doc({**supplier, "branches": [{"branch": "Delhi"}]}).insert()
	mine = {"Some": set(frappe.get_all(RECORD, {"party_type": "Supplier", "party": "Some"}, pluck="name"))}
	assert mine["Some"]
	limited = make_user("limited", roles=SALES)
	permission = {"doctype": "User Permission", "user": limited, "allow": "Customer", "for_value": "Northern"}
	frappe.get_doc(permission).insert()
	for switch in (lambda: None, switch_on):
		switch()
		for user in (buyer, head):
			assert seen(user, mine) == mine["Some"]
			assert bool(seen(user, shared)) is bool(reads)
	permit(limited, "North")
	assert seen(limited, shared) == shared["Northern Delhi"]


def test_the_form_shows_the_history_of_the_reader_s_branches(
	shared: dict[str, set[str]], anna: str, bela: str
) -> None:
	switch_on()
	with as_user(anna):
		rows = responsibility_api.history("Customer", "Both")
		with pytest.raises(frappe.PermissionError):
			responsibility_api.history("Customer", "Western")
		with pytest.raises(frappe.ValidationError):
			responsibility_api.history("User", anna)
	assert [(row["branch"], row["function"], row["full_name"]) for row in rows] == [
		("Delhi", "Sales", "anna"),
		("Delhi", "Support", None),
	]
	assert [(row["by"], row["to_time"]) for row in rows] == [("Administrator", None)] * 2
	assert {row["branch"] for row in responsibility_api.history("Customer", "Left")} == {"Mumbai", "Delhi"}
