"""Where scope could widen, stay old, or hide what it must not."""

import frappe
import pytest
from freezegun import freeze_time

from branch_crm.branch_access import api, queries
from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site.company import (
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
	permit,
	switch_on,
)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	make_customer("Of Delhi", "Delhi")
	make_customer("Of Mumbai", "Mumbai")


def test_removing_user_permissions_past_their_documents_widens_nothing() -> None:
	user = make_user("leaving", "Delhi", roles=("Sales User", "HR User"))
	switch_on()
	assert listed(user) == {"Of Delhi"}
	frappe.db.delete("User Permission", {"user": user})
	frappe.clear_cache()
	for doctype in ("Customer", "Branch", "Employee", "Contact", "Address"):
		assert listed(user, doctype) == set()


def test_dates_are_those_of_the_site_not_of_the_server() -> None:
	assert frappe.utils.get_system_timezone() == "Asia/Kolkata"
	make_customer("Of May", "Mumbai", {"branch": "Delhi", "from_date": "2026-05-01"})
	user = make_user("delhi", "Delhi")
	switch_on()
	for instant, seen in (("2026-04-30 18:00:00", False), ("2026-04-30 19:00:00", True)):
		with freeze_time(instant):
			assert ("Of May" in listed(user)) == seen
			assert bool(opened(user, "Customer", {"Of May"})) == seen


def test_a_customer_with_ended_rows_only_is_not_unassigned() -> None:
	doc = make_customer("Ended", "Mumbai", {"branch": "Delhi", "to_date": "2020-01-01"})
	frappe.db.delete("Branch Assignment", {"parent": doc.name, "branch": "Mumbai"})
	user = make_user("delhi", "Delhi")
	switch_on("Everybody")
	assert "Ended" not in listed(user)
	assert not opened(user, "Customer", {"Ended"})


def test_a_deleted_branch_leaves_nobody_with_more() -> None:
	user = make_user("agra", "Agra")
	switch_on()
	let_delete()
	try:
		frappe.delete_doc("Branch", "Agra")
	except frappe.LinkExistsError:
		frappe.delete_doc("Branch", "Agra", force=True)
	assert listed(user) == listed(user, "Branch") == set()
	assert nested_set_is_sound()


def test_a_branch_with_customers_is_not_deleted() -> None:
	let_delete()
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc("Branch", "Delhi")


def test_a_change_of_case_is_a_rename_like_any_other() -> None:
	user = make_user("north", "North")
	switch_on()
	frappe.rename_doc("Branch", "North", "NORTH")
	frappe.rename_doc("Branch", "Delhi", "DELHI")
	assert nested_set_is_sound()
	assert queries.scope(user).branches == branch_permissions(user) == {"NORTH", "DELHI", "Agra"}
	assert listed(user) == {"Of Delhi"}


def test_renaming_a_customer_takes_its_branches_along() -> None:
	user = make_user("delhi", "Delhi")
	switch_on()
	frappe.rename_doc("Customer", "Of Delhi", "Renamed")
	assert listed(user) == {"Renamed"}


def test_a_closed_default_branch_is_not_proposed() -> None:
	user = make_user("north", "North")
	permit(user, "Delhi", is_default=1)
	frappe.get_doc("Branch", "Delhi").update({"enabled": 0}).save()
	switch_on()
	with as_user(user):
		doc = frappe.get_doc(
			{"doctype": "Customer", "customer_name": "New", "customer_group": "Commercial"}
		).insert()
	assert [row.branch for row in doc.branches] == ["North"]


def test_a_closed_branch_s_member_does_not_open_it_again() -> None:
	user = make_user("delhi", "Delhi")
	frappe.get_doc("Branch", "Delhi").update({"enabled": 0}).save()
	switch_on()
	with as_user(user):
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Branch", "Delhi").update({"enabled": 1}).save()


def test_a_restricted_user_puts_a_new_customer_into_no_foreign_branch() -> None:
	user = make_user("delhi", "Delhi")
	switch_on()
	with as_user(user), pytest.raises(OutOfScopeError):
		make_customer("Spy", "Delhi", "Mumbai")


def test_a_link_to_a_customer_that_is_gone_shows_the_same_in_list_and_form() -> None:
	gone = make_contact("Gone", ("Customer", "Of Mumbai")).name
	frappe.db.set_value("Dynamic Link", {"parent": gone}, "link_name", "Never was")
	user = make_user("delhi", "Delhi")
	for answer in ("Head Office", "Everybody"):
		switch_on(answer)
		assert (gone in listed(user, "Contact")) == bool(opened(user, "Contact", {gone}))
		api.deactivate()


@pytest.mark.parametrize("values", [{}, {"applicable_for": "Customer"}, {"hide_descendants": 1}], ids=str)
def test_before_activation_the_tree_shows_what_the_list_shows(values: dict) -> None:
	user = make_user("north", "North", **values)
	frappe.get_doc("Branch", "Agra").update({"enabled": 0}).save()

	def shown(parent: str | None = None) -> set[str]:
		names = {row["value"] for row in api.get_children("Branch", parent)}
		return names.union(*map(shown, names))

	with as_user(user):
		assert shown() == listed(user, "Branch")
	switch_on()
	with as_user(user):
		assert shown() == listed(user, "Branch")


def test_activation_takes_the_text_that_the_desk_sends(monkeypatch: pytest.MonkeyPatch) -> None:
	# as in a request, Frappe converts arguments to their types then
	monkeypatch.setitem(frappe.flags, "in_test", True)
	user = make_user("chosen")
	frappe.call(
		"branch_crm.branch_access.api.activate",
		dry_run="0",
		unassigned_visible_to="Everybody",
		head_office=frappe.as_json([user]),
	)
	assert queries.is_enforced()
	assert "Of Delhi" in listed(user)


def test_head_office_with_a_user_permission_is_still_head_office() -> None:
	user = make_user("head", "Delhi", roles=("Sales User", "Branch Head Office"))
	switch_on()
	assert listed(user) >= {"Of Delhi", "Of Mumbai"}
	assert opened(user, "Customer", {"Of Delhi", "Of Mumbai"}) == {"Of Delhi", "Of Mumbai"}


def test_losing_the_role_takes_everything_at_once() -> None:
	user = make_user("head", roles=("Sales User", "Branch Head Office"))
	switch_on()
	assert "Of Delhi" in listed(user)
	frappe.get_doc("User", user).remove_roles("Branch Head Office")
	assert listed(user) == set()
	assert opened(user, "Customer", {"Of Delhi"}) == set()


def test_an_unknown_territory_proposes_nothing() -> None:
	assert api.proposed_branch(territory="Nowhere") is None


def test_a_branch_is_moved_within_the_part_of_a_restricted_user_only() -> None:
	user = make_user("north", "North")
	make_branch("Zone", "North", is_group=1)
	switch_on()
	with as_user(user):
		frappe.get_doc("Branch", "Delhi").update({"parent_branch": "Zone"}).save()
		with pytest.raises((OutOfScopeError, frappe.PermissionError)):
			frappe.get_doc("Branch", "Delhi").update({"parent_branch": "West"}).save()
	assert nested_set_is_sound()
	assert queries.scope(user).branches == {"North", "Zone", "Delhi", "Agra"}
