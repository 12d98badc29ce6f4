"""Branch is a tree whose every change keeps lft, rgt, scope and Frappe's User Permissions right."""

import frappe
import pytest
from frappe.utils.nestedset import (
	NestedSetChildExistsError,
	NestedSetInvalidMergeError,
	NestedSetRecursionError,
)

from branch_crm.branch_access import api, queries
from branch_crm.branch_access.tree_events import BranchTreeError
from tests.site.company import (
	as_user,
	branch_permissions,
	let_delete,
	listed,
	make_branch,
	make_customer,
	make_tree,
	make_user,
	nested_set_is_sound,
	switch_on,
)


@pytest.fixture
def tree() -> None:
	make_tree()


def _move(name: str, parent: str | None) -> None:
	doc = frappe.get_doc("Branch", name)
	doc.parent_branch = parent
	doc.save()


def test_an_inserted_branch_stands_in_the_tree(tree: None) -> None:
	assert nested_set_is_sound()
	assert frappe.db.get_value("Branch", "Delhi", "old_parent") == "North"
	assert frappe.get_all("Branch", {"name": ["descendants of", "HO"]}, pluck="name", order_by="name") == [
		"Agra",
		"Delhi",
		"Mumbai",
		"North",
		"West",
	]


def test_the_tree_view_adds_a_node_at_its_place(tree: None) -> None:
	frappe.local.form_dict = frappe._dict(
		doctype="Branch", branch="Pune", parent="West", is_root="false", parent_branch="West"
	)
	frappe.call("frappe.desk.treeview.add_node")
	assert frappe.db.get_value("Branch", "Pune", "parent_branch") == "West"
	assert nested_set_is_sound()


def test_moving_a_region_moves_its_branches_and_its_users(tree: None) -> None:
	user = make_user("west", "West")
	assert branch_permissions(user) == {"West", "Mumbai"}
	_move("North", "West")
	assert nested_set_is_sound()
	assert branch_permissions(user) == {"West", "Mumbai", "North", "Delhi", "Agra"}
	assert queries.scope(user).branches == {"West", "Mumbai", "North", "Delhi", "Agra"}
	_move("North", None)
	assert nested_set_is_sound()
	assert queries.scope(user).branches == {"West", "Mumbai"}


def test_a_branch_cannot_lie_below_itself(tree: None) -> None:
	for parent in ("North", "Delhi"):
		frappe.db.set_value("Branch", parent, "is_group", 1)
		with pytest.raises(NestedSetRecursionError):
			_move("North", parent)
	assert nested_set_is_sound()


def test_only_a_group_has_branches_below(tree: None) -> None:
	with pytest.raises(BranchTreeError, match="not a group"):
		frappe.get_doc({"doctype": "Branch", "branch": "Noida", "parent_branch": "Delhi"}).insert()
	region = frappe.get_doc("Branch", "North")
	region.is_group = 0
	with pytest.raises(BranchTreeError, match="stays a group"):
		region.save()


def test_a_branch_with_branches_below_is_not_deleted(tree: None) -> None:
	let_delete()
	with pytest.raises(NestedSetChildExistsError):
		frappe.delete_doc("Branch", "North")


def test_deleting_a_branch_closes_the_gap(tree: None) -> None:
	let_delete()
	frappe.delete_doc("Branch", "Agra")
	assert nested_set_is_sound()
	assert queries.tree().children_of("North") == ["Delhi"]


def test_renaming_takes_everything_along(tree: None) -> None:
	user = make_user("north", "North")
	make_customer("Of Delhi", "Delhi")
	frappe.rename_doc("Branch", "North", "Uttar")
	frappe.rename_doc("Branch", "Delhi", "Dilli")
	switch_on()
	assert nested_set_is_sound()
	assert frappe.db.get_value("Branch", "Dilli", ["parent_branch", "old_parent"]) == ("Uttar", "Uttar")
	assert queries.scope(user).branches == branch_permissions(user) == {"Uttar", "Dilli", "Agra"}
	assert listed(user) == {"Of Delhi"}


def test_a_group_does_not_merge_into_a_branch(tree: None) -> None:
	let_delete()
	with pytest.raises(NestedSetInvalidMergeError):
		frappe.rename_doc("Branch", "North", "Mumbai", merge=True)


def test_branches_below_one_another_do_not_merge(tree: None) -> None:
	let_delete()
	with pytest.raises(NestedSetRecursionError):
		frappe.rename_doc("Branch", "HO", "North", merge=True)


def test_merging_joins_what_became_double(tree: None) -> None:
	user = make_user("both", "Delhi", "Agra")
	make_customer("Of both", "Delhi", {"branch": "Agra", "sales_owner": user}, "Mumbai")
	let_delete()
	frappe.rename_doc("Branch", "Delhi", "Agra", merge=True)
	switch_on()
	rows = frappe.get_doc("Customer", "Of both").branches
	assert [(row.branch, row.is_primary, row.sales_owner) for row in rows] == [
		("Agra", 1, user),
		("Mumbai", 0, None),
	]
	assert frappe.db.count("User Permission", {"user": user}) == 1
	assert nested_set_is_sound()
	assert listed(user) == {"Of both"}


def test_merging_joins_a_chain_of_periods(tree: None) -> None:
	periods = [("Delhi", "01-01", "02-28"), ("Delhi", "04-01", "05-31"), ("Agra", "02-01", "04-30")]
	rows = [
		{"branch": b, "from_date": f"2026-{first}", "to_date": f"2026-{last}"} for b, first, last in periods
	]
	make_customer("Chain", "Mumbai", *rows)
	let_delete()
	frappe.rename_doc("Branch", "Agra", "Delhi", merge=True)
	doc = frappe.get_doc("Customer", "Chain").save()
	joined = [(row.branch, str(row.from_date), str(row.to_date)) for row in doc.branches[1:]]
	assert joined == [("Delhi", "2026-01-01", "2026-05-31")]


def test_a_region_merges_with_its_branches(tree: None) -> None:
	user = make_user("north", "North")
	let_delete()
	frappe.rename_doc("Branch", "West", "North", merge=True)
	assert nested_set_is_sound()
	assert queries.scope(user).branches == {"North", "Delhi", "Agra", "Mumbai"}


def test_closing_a_branch_ends_its_members_access_and_leaves_the_region_s(tree: None) -> None:
	member, region = make_user("delhi", "Delhi"), make_user("north", "North")
	make_customer("Of Delhi", "Delhi")
	switch_on()
	branch = frappe.get_doc("Branch", "Delhi")
	branch.enabled = 0
	branch.save()
	assert listed(member) == set()
	assert listed(region) == {"Of Delhi"}


def test_the_tree_starts_at_the_user_s_topmost_branches(tree: None) -> None:
	users = {
		make_user("leaf", "Delhi"): ["Delhi"],
		make_user("two", "Delhi", "West"): ["Delhi", "West"],
		make_user("region", "North"): ["North"],
		make_user("none"): [],
		make_user("head", roles=("Sales User", "Branch Head Office")): ["HO"],
	}
	switch_on()
	own = {row["value"] for row in api.get_children("Branch")} - {"HO"}
	for user, roots in users.items():
		with as_user(user):
			shown = [row["value"] for row in api.get_children("Branch") if row["value"] not in own]
			assert shown == roots
	with as_user(make_user("north", "North")):
		assert [(row["value"], row["expandable"]) for row in api.get_children("Branch", "North")] == [
			("Agra", 0),
			("Delhi", 0),
		]
		assert api.get_children("Branch", "West") == []


@pytest.mark.parametrize("role", ["Sales User", "Accounts User", "Support Team"])
def test_sales_accounts_and_support_read_branches(tree: None, role: str) -> None:
	user = make_user("reader", "Delhi", roles=(role,))
	assert listed(user, "Branch") == {"Delhi"}
	assert not frappe.has_permission("Branch", "write", "Delhi", user=user)


def test_defaults_belong_to_the_branch_s_company() -> None:
	company = frappe.get_all("Company", pluck="name")[0]
	other = frappe.get_doc(
		{
			"doctype": "Company",
			"company_name": "Other",
			"abbr": "OTH",
			"default_currency": "INR",
			"country": "India",
		}
	).insert()
	warehouse = frappe.get_all("Warehouse", {"company": other.name, "is_group": 0}, pluck="name")[0]
	with pytest.raises(BranchTreeError, match="does not belong to company"):
		make_branch("Wrong", company=company, warehouse=warehouse)
	assert make_branch("Right", company=other.name, warehouse=warehouse)


def test_a_pin_code_range_runs_upwards() -> None:
	with pytest.raises(BranchTreeError, match="row 1"):
		make_branch("Wrong", pin_codes=[{"first": "110099", "last": "110001"}])
