"""Ways round the scope that somebody found: each stays closed."""

import json

import frappe
import pytest

from branch_crm.branch_access import api, queries
from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.demo import loader
from tests.site import documents
from tests.site.company import (
	SALES,
	as_user,
	found,
	let_delete,
	listed,
	make_branch,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	opened,
	permit,
	switch_on,
)

ADMINISTRATOR_OF_DELHI = (*SALES, "System Manager", "Accounts User", "Accounts Manager")


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	make_customer("Own", "Delhi")
	make_customer("Foreign", "Mumbai")


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=ADMINISTRATOR_OF_DELHI)


def test_merging_users_gives_nobody_the_branches_of_another(delhi: str) -> None:
	mumbai = make_user("mumbai", "Mumbai")
	switch_on()
	with as_user(delhi), pytest.raises(OutOfScopeError):
		frappe.call("frappe.client.rename_doc", "User", mumbai, delhi, merge=True)
	assert queries.scope(delhi).branches == {"Delhi"}


@pytest.mark.parametrize("remove", ["delete", "merge"])
def test_a_contact_that_others_share_is_neither_deleted_nor_merged_away(delhi: str, remove: str) -> None:
	shared = make_contact("Shared", ("Customer", "Own"), ("Customer", "Foreign")).name
	own = make_contact("Mine", ("Customer", "Own")).name
	switch_on()
	let_delete()
	with as_user(delhi), pytest.raises(frappe.PermissionError):
		if remove == "delete":
			frappe.call("frappe.client.delete", "Contact", shared)
		else:
			frappe.rename_doc("Contact", shared, own, merge=True)
	assert frappe.db.exists("Contact", shared)


def test_no_document_takes_over_rows_of_another(delhi: str) -> None:
	foreign = documents.sales("Sales Order", "Foreign", submit=False).reload()
	own = documents.sales("Sales Order", "Own", submit=False)
	switch_on()
	with as_user(delhi):
		taken = frappe.get_doc("Sales Order", own.name)
		taken.append("items", {**foreign.items[0].as_dict(), "parent": own.name})
		taken.items[-1].set("__islocal", 0)
		with pytest.raises(OutOfScopeError):
			taken.save()
	assert frappe.db.count("Sales Order Item", {"parent": foreign.name}) == 1


def test_every_table_of_links_is_guarded(delhi: str) -> None:
	"""Whatever DocType has a table of Dynamic Link rows, it cannot carry off those of a contact."""
	contact = make_contact("Foreign person", ("Customer", "Foreign"))
	row = contact.links[0].as_dict()
	log = frappe.get_doc({"doctype": "Call Log", "id": "1", "from": "1", "to": "2"}).insert()
	frappe.get_doc(
		{"doctype": "Custom DocPerm", "parent": "Call Log", "role": "System Manager", "read": 1, "write": 1}
	).insert()
	switch_on("Everybody")
	with as_user(delhi):
		log = frappe.get_doc("Call Log", log.name)
		log.append("links", {**row, "__islocal": 0})
		with pytest.raises((OutOfScopeError, frappe.LinkValidationError)):
			log.save()
	assert frappe.db.get_value("Dynamic Link", row.name, "parent") == contact.name


def test_link_fields_offer_reached_branches_though_they_ignore_user_permissions(delhi: str) -> None:
	switch_on()
	with as_user(delhi):
		frappe.local.form_dict = frappe._dict()
		offered = frappe.call(
			"frappe.desk.search.search_link",
			doctype="Branch",
			txt="",
			ignore_user_permissions=1,
			reference_doctype="Branch Assignment",
			filters=json.dumps({"enabled": 1}),
		)
	assert {row["value"] for row in offered} == {"Delhi"}
	assert found(delhi, "De", "Branch") == {"Delhi"}


def test_branches_are_found_by_their_code(delhi: str) -> None:
	frappe.get_doc("Branch", "Delhi").update({"branch_code": "DEL-7"}).save()
	switch_on()
	assert found(delhi, "DEL-7", "Branch") == {"Delhi"}


def test_who_reaches_no_branch_sees_no_contact_without_a_party() -> None:
	nobody = make_user("nobody")
	contact = make_contact("Free person").name
	switch_on("Everybody")
	assert contact not in listed(nobody, "Contact")
	assert opened(nobody, "Contact", {contact}) == set()


def test_nobody_is_made_head_office_in_vain() -> None:
	profile = frappe.get_doc({"doctype": "Role Profile", "role_profile": f"Sellers {frappe.generate_hash()}"})
	profile.append("roles", {"role": "Sales User"})
	profile.insert()
	user = make_user("profiled")
	frappe.get_doc("User", user).update({"role_profile_name": profile.name}).save()
	with pytest.raises(frappe.ValidationError, match="role profile"):
		api.activate(dry_run=False, unassigned_visible_to="Everybody", head_office=[user])
	assert not queries.is_enforced()


def test_the_dry_run_names_everybody_who_would_see_nothing() -> None:
	make_branch("Closed", "North", enabled=0)
	closed = make_user("closed", "Closed")
	elsewhere = make_user("elsewhere", "Delhi", applicable_for="Employee")
	fine = make_user("fine", "Delhi")
	nothing = set(api.activate(dry_run=True)["without_branch"])
	assert {closed, elsewhere} <= nothing
	assert fine not in nothing


def test_the_tree_shows_reached_branches_below_a_gap() -> None:
	user = make_user("gap", "HO", hide_descendants=1)
	permit(user, "Mumbai")
	switch_on()
	with as_user(user):
		roots = [row["value"] for row in api.get_children("Branch")]
		below = [row["value"] for row in api.get_children("Branch", "HO")]
	assert (roots, below) == (["HO"], ["Mumbai"])


def test_a_permission_on_territories_does_not_shut_the_branch_s_form() -> None:
	for name in ("T1", "T2"):
		frappe.get_doc({"doctype": "Territory", "territory_name": name, "parent_territory": "India"}).insert()
	rows = [{"territory": "T1"}, {"territory": "T2"}]
	frappe.get_doc("Branch", "Delhi").update({"territories": rows}).save()
	user = make_user("south", "Delhi")
	frappe.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Territory", "for_value": "T1"}
	).insert()
	switch_on()
	assert opened(user, "Branch", {"Delhi"}) == {"Delhi"}


def test_an_emptied_branch_can_be_deleted_at_once() -> None:
	branch = make_branch("Short lived", "North")
	frappe.get_doc({"doctype": "Branch Member Count", "document_type": "Customer", "branch": branch}).insert()
	let_delete()
	frappe.delete_doc("Branch", branch)
	assert not frappe.db.exists("Branch", branch)


def test_a_region_s_new_customer_goes_where_its_territory_lies() -> None:
	user = make_user("west", "West")
	frappe.get_doc({"doctype": "Territory", "territory_name": "Konkan", "parent_territory": "India"}).insert()
	frappe.get_doc("Branch", "Mumbai").update({"territories": [{"territory": "Konkan"}]}).save()
	switch_on()
	with as_user(user):
		new = {"doctype": "Customer", "customer_name": "New", "customer_group": "Commercial"}
		customer = frappe.get_doc({**new, "territory": "Konkan"}).insert()
	assert [row.branch for row in customer.branches] == ["Mumbai"]


def test_the_demo_company_leaves_a_company_s_own_site_alone() -> None:
	with pytest.raises(frappe.ValidationError, match="site of its own"):
		loader.load()
	loader.remove()
	assert frappe.db.exists("Customer", "Foreign") and frappe.db.exists("Branch", "Mumbai")
