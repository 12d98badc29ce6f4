"""Requests as an attacker writes them: forged rows, numbers, owners and names open nothing and break nothing."""

import frappe
import pytest

from branch_crm.branch_access import queries
from tests.site.company import (
	REFUSALS,
	as_user,
	branch_permissions,
	let_delete,
	listed,
	make_branch,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	nested_set_is_sound,
	opened,
	request,
	switch_on,
)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	make_customer("Foreign", "Mumbai")
	make_customer("Own", "Delhi")


@pytest.fixture
def delhi() -> str:
	user = make_user("delhi", "Delhi")
	switch_on("Everybody")
	return user


def _rows(name: str) -> list[tuple]:
	return [(row.branch, row.is_primary) for row in frappe.get_doc("Customer", name).branches]


def test_a_row_of_a_foreign_customer_is_not_carried_off(delhi: str) -> None:
	stolen = frappe.get_doc("Customer", "Foreign").branches[0].name
	doc = frappe.get_doc("Customer", "Own").as_dict()
	doc.branches.append(
		{"doctype": "Branch Assignment", "name": stolen, "branch": "Delhi", "to_date": "2020-01-01"}
	)
	request(delhi, "frappe.client.save", doc=frappe.as_json(doc))
	assert _rows("Foreign") == [("Mumbai", 1)]
	doc.branches = [{"doctype": "Branch Assignment", "name": stolen, "branch": "Delhi", "is_primary": 1}]
	request(delhi, "frappe.client.save", doc=frappe.as_json(doc))
	new = {"doctype": "Customer", "customer_name": "Thief", "customer_group": "Commercial"}
	request(delhi, "frappe.client.insert", doc={**new, "branches": doc.branches})
	assert _rows("Foreign") == [("Mumbai", 1)]
	assert "Foreign" not in listed(delhi)


def test_a_forged_mark_shows_a_customer_to_nobody_else(delhi: str) -> None:
	other = make_user("mumbai", "Mumbai")
	doc = frappe.get_doc("Customer", "Own").as_dict()
	doc.is_unassigned = 1
	request(delhi, "frappe.client.save", doc=frappe.as_json(doc))
	request(
		delhi, "frappe.client.set_value", doctype="Customer", name="Own", fieldname="is_unassigned", value=1
	)
	assert "Own" not in listed(other)


def test_a_link_of_a_foreign_contact_is_not_carried_off(delhi: str) -> None:
	foreign = make_contact("Foreign contact", ("Customer", "Foreign"))
	own = make_contact("Own contact", ("Customer", "Own"))
	doc = frappe.get_doc("Contact", own.name).as_dict()
	link = {
		"doctype": "Dynamic Link",
		"name": foreign.links[0].name,
		"link_doctype": "Customer",
		"link_name": "Own",
	}
	doc.links = [link]
	request(delhi, "frappe.client.save", doc=frappe.as_json(doc))
	assert queries.links_of("Contact", foreign.name) == {("Customer", "Foreign")}
	assert not opened(delhi, "Contact", {foreign.name})


def test_a_link_row_is_not_saved_past_its_contact(delhi: str) -> None:
	foreign = make_contact("Foreign contact", ("Customer", "Foreign"))
	own = make_contact("Own contact", ("Customer", "Own"))
	row = foreign.links[0].name
	with as_user(delhi):
		for values in ({"link_name": "Own"}, {"parent": own.name}, {"parent": own.name, "link_name": "Own"}):
			frappe.db.savepoint("put")
			try:
				link = frappe.get_doc("Dynamic Link", row)
				link.update(values)
				link.save()
			except REFUSALS:
				frappe.db.rollback(save_point="put")
	assert queries.links_of("Contact", foreign.name) == {("Customer", "Foreign")}
	assert not opened(delhi, "Contact", {foreign.name})


@pytest.mark.parametrize(("old", "new"), [("Own", "Foreign"), ("Foreign", "Own")])
def test_a_customer_is_not_merged_with_a_foreign_one(delhi: str, old: str, new: str) -> None:
	let_delete()
	assert not request(
		delhi, "frappe.client.rename_doc", doctype="Customer", old_name=old, new_name=new, merge=1
	)
	assert not request(
		delhi,
		"frappe.model.rename_doc.update_document_title",
		doctype="Customer",
		docname=old,
		name=new,
		merge=1,
	)
	assert listed(delhi) >= {"Own"}
	assert "Foreign" not in listed(delhi)


def test_a_foreign_customer_is_not_renamed(delhi: str) -> None:
	assert not request(
		delhi, "frappe.client.rename_doc", doctype="Customer", old_name="Foreign", new_name="Mine"
	)


def test_a_shared_customer_is_neither_deleted_nor_merged_away(delhi: str) -> None:
	make_customer("Shared", "Mumbai", "Delhi")
	let_delete()
	assert not request(delhi, "frappe.client.delete", doctype="Customer", name="Shared")
	assert not request(
		delhi, "frappe.client.rename_doc", doctype="Customer", old_name="Shared", new_name="Own", merge=1
	)
	assert _rows("Shared") == [("Mumbai", 1), ("Delhi", 0)]
	assert request(delhi, "frappe.client.delete", doctype="Customer", name="Own")


def test_forged_places_in_the_tree_are_not_stored(tree: None) -> None:
	user = make_user("delhi", "Delhi")
	for values in (
		{"lft": 1, "rgt": 1000},
		{"old_parent": "West", "parent_branch": "West"},
		{"lft": 0, "rgt": 0},
	):
		doc = frappe.get_doc("Branch", "Delhi").as_dict()
		doc.update(values)
		frappe.get_doc(doc).save()
		assert nested_set_is_sound(), values
		assert branch_permissions(user) == {"Delhi"}
	make_branch("New", "North", lft=1, rgt=1000, old_parent="North")
	assert nested_set_is_sound()


def test_a_form_opened_before_the_tree_moved_on_breaks_nothing() -> None:
	form = frappe.get_doc("Branch", "Mumbai")
	make_branch("Noida", "North")
	form.phone = "+91 22 2222 2222"
	form.save()
	assert nested_set_is_sound()


@pytest.fixture
def admin() -> str:
	user = make_user("admin", "Delhi", roles=("System Manager", "Sales User", "Sales Master Manager"))
	switch_on()
	return user


def test_the_role_is_not_taken_as_a_row(admin: str) -> None:
	row = {"doctype": "Has Role", "parenttype": "User", "parentfield": "roles", "role": "Branch Head Office"}
	with as_user(admin):
		try:
			frappe.get_doc({**row, "parent": admin}).insert()
		except REFUSALS:
			pass
		try:
			doc = frappe.get_doc(
				"Has Role", frappe.db.get_value("Has Role", {"parent": admin, "role": "Sales User"})
			)
			doc.role = "Branch Head Office"
			doc.save()
		except REFUSALS:
			pass
	frappe.clear_cache()
	assert "Branch Head Office" not in frappe.get_roles(admin)


def test_the_role_is_not_taken_by_renaming_or_deleting_roles(admin: str) -> None:
	request(
		admin,
		"frappe.client.rename_doc",
		doctype="Role",
		old_name="Sales User",
		new_name="Branch Head Office",
		merge=1,
	)
	frappe.clear_cache()
	assert "Branch Head Office" not in frappe.get_roles(admin)
	head = make_user("head", roles=("Sales User", "Branch Head Office"))
	request(admin, "frappe.client.rename_doc", doctype="Role", old_name="Branch Head Office", new_name="X")
	request(admin, "frappe.client.delete", doctype="Role", name="Branch Head Office")
	frappe.clear_cache()
	assert "Branch Head Office" in frappe.get_roles(head)


def test_the_role_is_not_taken_through_a_role_profile(admin: str, monkeypatch: pytest.MonkeyPatch) -> None:
	# Frappe updates the users of a profile at once then, not in a job
	monkeypatch.setitem(frappe.flags, "in_test", True)
	roles = [{"role": "System Manager"}, {"role": "Sales User"}]
	own = frappe.get_doc({"doctype": "Role Profile", "role_profile": "Own", "roles": roles})
	wanted = frappe.copy_doc(own).update({"role_profile": "Wanted"})
	wanted.append("roles", {"role": "Branch Head Office"})
	own.insert()
	wanted.insert()
	frappe.get_doc("User", admin).update({"role_profile_name": "Own"}).save()
	with as_user(admin):
		for trick in (
			lambda: frappe.get_doc("User", admin).update({"role_profile_name": "Wanted"}).save(),
			lambda: frappe.get_doc("Role Profile", "Own").update({"roles": wanted.roles}).save(),
		):
			frappe.db.savepoint("trick")
			with pytest.raises(frappe.PermissionError):
				trick()
			frappe.db.rollback(save_point="trick")
	frappe.clear_cache()
	assert "Branch Head Office" not in frappe.get_roles(admin)


@pytest.mark.parametrize(
	("method", "values"),
	[
		(
			"frappe.client.set_value",
			{"doctype": "User Permission", "fieldname": "for_value", "value": "Mumbai"},
		),
		("frappe.client.set_value", {"doctype": "Branch", "fieldname": "parent_branch", "value": ""}),
		(
			"frappe.client.set_value",
			{"doctype": "Branch Access Settings", "fieldname": "enforced", "value": 0},
		),
		("frappe.client.set_value", {"doctype": "Role", "fieldname": "disabled", "value": 1}),
		(
			"frappe.core.doctype.user_permission.user_permission.add_user_permissions",
			{"doctype": "Branch", "docname": "Mumbai", "apply_to_all_doctypes": 1, "applicable_doctypes": []},
		),
	],
	ids=["own permission", "own branch", "settings", "role", "new permission"],
)
def test_a_restricted_administrator_s_requests_change_no_scope(admin: str, method: str, values: dict) -> None:
	head = make_user("head", roles=("Sales User", "Branch Head Office"))
	names = {
		"User Permission": frappe.db.get_value("User Permission", {"user": admin}),
		"Branch": "Delhi",
		"Branch Access Settings": "Branch Access Settings",
		"Role": "Branch Head Office",
	}
	if method.endswith("add_user_permissions"):
		values = {"data": {"user": admin, "is_default": 0, "hide_descendants": 0, **values}}
	else:
		values = {"name": names[values["doctype"]], **values}
	assert not request(admin, method, **values)
	frappe.clear_cache()
	assert queries.is_enforced()
	assert queries.scope(admin).branches == {"Delhi"}
	assert queries.is_unrestricted(head)


def test_nobody_turns_website_user_by_a_role_without_desk(admin: str) -> None:
	with as_user(admin):
		try:
			user = frappe.get_doc("User", admin)
			user.user_type = "Website User"
			user.save()
		except REFUSALS:
			pass
	for role in ("System Manager", "Sales User", "Sales Master Manager"):
		values = {"doctype": "Role", "name": role, "fieldname": "desk_access", "value": 0}
		request(admin, "frappe.client.set_value", **values)
	frappe.clear_cache()
	assert not queries.is_unrestricted(admin)
	assert listed(admin) == {"Own"}
