"""Customer categories are a tree whose every change keeps roll-ups right, by whatever way it comes."""

import frappe
import pytest
from frappe.core.doctype.data_import.data_import import start_import
from frappe.model.document import Document
from frappe.utils.nestedset import NestedSetInvalidMergeError, NestedSetRecursionError

from branch_crm.customer_master.category_events import CustomerCategoryError
from tests.site.categories import CATEGORY, PARENT, below, is_sound, make_category, make_groups
from tests.site.company import found, let_delete, listed, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call, send

MASTER = ("Sales Master Manager", "Sales Manager", "Sales User", "Branch Head Office")
FOODS = {"Kapadia Foods", "Kapadia Dairy"}


@pytest.fixture
def groups() -> None:
	make_tree()
	make_groups()


def _move(name: str, parent: str | None) -> None:
	frappe.get_doc(CATEGORY, name).update({PARENT: parent}).save()


def _give(customer: str, category: str | None) -> Document:
	return frappe.get_doc("Customer", customer).update({"customer_category": category}).save()


def _of_category(name: str) -> set[str]:
	"""What the list of customers shows of it."""
	return set(
		frappe.get_list("Customer", {"customer_category": ["descendants of (inclusive)", name]}, pluck="name")
	)


def test_there_may_be_several_at_the_top(groups: None) -> None:
	assert is_sound()
	assert below("Kapadia Group") == {"Kapadia Group", "Kapadia Steel", *FOODS}
	assert below("Shetty Group") == {"Shetty Group", "Shetty Hotels"}


@pytest.mark.parametrize("category", ["Kapadia Group", "Kapadia Foods", "Kapadia Dairy"])
def test_a_customer_is_of_one_category_at_whatever_place(groups: None, category: str) -> None:
	make_customer("Maker", "Delhi")
	_give("Maker", category)
	assert _of_category("Kapadia Group") == _of_category(category) == {"Maker"}
	assert _of_category("Kapadia Steel") == set()


@pytest.mark.parametrize(
	("name", "parent"),
	[
		("Kapadia Foods", "Shetty Group"),
		("Kapadia Foods", None),
		("Kapadia Dairy", "Kapadia Group"),
		("Shetty Group", "Kapadia Foods"),
		("Shetty Group", "Kapadia Group"),
		("Kapadia Steel", None),
	],
)
def test_moving_takes_customers_and_all_below_along(groups: None, name: str, parent: str | None) -> None:
	make_customer("Maker", "Delhi")
	_give("Maker", name)
	with_it = below(name)
	_move(name, parent)
	assert is_sound()
	assert below(name) == with_it
	for above in ("Kapadia Group", "Kapadia Foods", "Shetty Group"):
		is_above = above in {name, parent} or (parent == "Kapadia Foods" and above == "Kapadia Group")
		assert (name in below(above)) == is_above
		assert _of_category(above) == ({"Maker"} if is_above else set())


def test_a_category_does_not_lie_below_itself(groups: None) -> None:
	for parent in ("Kapadia Foods", "Kapadia Group"):
		with pytest.raises(NestedSetRecursionError):
			_move("Kapadia Group", parent)
	assert is_sound()


def test_a_loop_with_a_move_of_another_moment_is_refused(groups: None) -> None:
	moved = frappe.get_doc(CATEGORY, "Kapadia Foods")
	# a request that began before another one moved Shetty Group below Kapadia Foods still knows the old numbers
	frappe.db.set_value(CATEGORY, "Shetty Group", PARENT, "Kapadia Foods")
	with pytest.raises(NestedSetRecursionError):
		moved.update({PARENT: "Shetty Group"}).save()


def test_only_a_group_has_categories_below(groups: None) -> None:
	with pytest.raises(CustomerCategoryError, match="not a group"):
		make_category("Kapadia Cheese", "Kapadia Dairy")
	with pytest.raises(frappe.ValidationError, match="leaf"):
		frappe.get_doc(CATEGORY, "Kapadia Foods").update({"is_group": 0}).save()


def test_numbers_that_are_sent_along_count_for_nothing(groups: None) -> None:
	form = frappe.get_doc(CATEGORY, "Kapadia Dairy")
	_move("Kapadia Foods", "Shetty Group")
	form.update({"description": "opened before the move"}).save()
	assert is_sound()
	forged = {"lft": 1, "rgt": 99, "old_parent": "Kapadia Group"}
	make_category("Forged", "Kapadia Group", **forged)
	frappe.get_doc(CATEGORY, "Kapadia Steel").update(forged).save()
	assert is_sound()


def test_every_way_of_the_desk_and_of_rest_keeps_the_tree(groups: None) -> None:
	user = make_user("master", roles=MASTER)
	switch_on()
	steel = {"doctype": CATEGORY, "docname": "Kapadia Steel", PARENT: "Shetty Group"}
	bulk = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
	node = {
		"doctype": CATEGORY,
		"customer_category_name": "Added",
		"parent": "Shetty Group",
		"is_root": "false",
	}
	root = {
		"doctype": CATEGORY,
		"customer_category_name": "Top",
		"parent": "",
		"is_root": "true",
		"is_group": 1,
	}
	moved = {"doctype": CATEGORY, "name": "Shetty Hotels", "fieldname": PARENT, "value": "Top"}
	form = frappe.get_doc(CATEGORY, "Kapadia Dairy").as_dict() | {PARENT: "Top"}
	answers = [
		call(user, "frappe.desk.treeview.add_node", **node),
		call(user, "frappe.desk.treeview.add_node", **root),
		call(user, "frappe.client.bulk_update", docs=frappe.as_json([steel])),
		call(user, "frappe.client.set_value", **moved),
		call(user, "frappe.desk.form.save.savedocs", doc=frappe.as_json(form), action="Save"),
		send(user, "PUT", f"/api/resource/{CATEGORY}/Kapadia Foods", **{PARENT: "Top"}),
		send(user, "POST", f"/api/resource/{CATEGORY}", customer_category_name="Sent", **{PARENT: "Top"}),
		call(user, "frappe.client.rename_doc", doctype=CATEGORY, old_name="Top", new_name="Topmost"),
	]
	assert [answer.status for answer in answers] == [200] * len(answers), [one.text for one in answers]
	call(user, bulk, doctype=CATEGORY, docnames=["Added"], action="update", data={PARENT: "Topmost"})
	assert is_sound()
	assert below("Topmost") == {"Topmost", "Added", "Shetty Hotels", "Sent", *FOODS}
	assert below("Shetty Group") == {"Shetty Group", "Kapadia Steel"}


def test_the_tree_view_shows_the_top_and_what_lies_below(groups: None) -> None:
	user = make_user("seller", "Delhi", roles=("Sales User",))
	switch_on()
	shown = {
		parent: [row["value"] for row in call(user, "frappe.desk.treeview.get_children", **asked).message]
		for parent in ("", "Kapadia Group")
		for asked in [{"doctype": CATEGORY, "parent": parent}]
	}
	assert shown == {
		"": ["Kapadia Group", "Shetty Group"],
		"Kapadia Group": ["Kapadia Foods", "Kapadia Steel"],
	}


def _imported(kind: str, head: str, *lines: str) -> list[int]:
	"""What became of each line."""
	file = {"doctype": "File", "file_name": "categories.csv", "is_private": 1}
	file = frappe.get_doc({**file, "content": "\n".join([head, *lines])}).insert()
	job = {"doctype": "Data Import", "reference_doctype": CATEGORY, "import_type": kind}
	job = frappe.get_doc({**job, "import_file": file.file_url}).insert()
	frappe.db.commit()
	start_import(job.name)
	return frappe.get_all("Data Import Log", {"data_import": job.name}, pluck="success", order_by="log_index")


def test_imported_categories_stand_in_the_tree(taken_away: None) -> None:
	new, change = "Insert New Records", "Update Existing Records"
	head = "Customer Category,Parent Category,Is Group"
	# Frappe takes no file with a parent that is not there before it, so each level is a file
	assert _imported(new, head, "Kapadia Group,,1", "Shetty Group,,1") == [1, 1]
	lines = ("Kapadia Foods,Kapadia Group,1", "Shetty Hotels,Shetty Group,0")
	assert _imported(new, head, *lines) == [1, 1]
	assert _imported(new, head, "Kapadia Dairy,Kapadia Foods,0", "Lost,Shetty Hotels,0") == [1, 0]
	assert is_sound()
	assert below("Kapadia Group") == {"Kapadia Group", *FOODS}
	moves = ("Kapadia Foods,Shetty Group", "Shetty Group,Kapadia Foods")
	assert _imported(change, "ID,Parent Category", *moves) == [1, 0]
	assert is_sound()
	assert below("Shetty Group") == {"Shetty Group", "Shetty Hotels", *FOODS}


def test_merging_joins_customers_and_what_lies_below(groups: None) -> None:
	let_delete()
	for customer, category in (("One", "Kapadia Foods"), ("Two", "Shetty Group"), ("Three", "Shetty Hotels")):
		make_customer(customer, "Delhi")
		_give(customer, category)
	frappe.rename_doc(CATEGORY, "Shetty Group", "Kapadia Foods", merge=True)
	assert is_sound()
	assert below("Kapadia Foods") == {*FOODS, "Shetty Hotels"}
	assert _of_category("Kapadia Foods") == _of_category("Kapadia Group") == {"One", "Two", "Three"}


def test_a_group_merges_into_the_one_above_it(groups: None) -> None:
	let_delete()
	make_customer("One", "Delhi")
	_give("One", "Kapadia Foods")
	frappe.rename_doc(CATEGORY, "Kapadia Foods", "Kapadia Group", merge=True)
	assert is_sound()
	assert below("Kapadia Group") == {"Kapadia Group", "Kapadia Dairy", "Kapadia Steel"}
	assert frappe.db.get_value("Customer", "One", "customer_category") == "Kapadia Group"


def test_what_would_come_to_lie_below_itself_does_not_merge(groups: None) -> None:
	let_delete()
	with pytest.raises(NestedSetRecursionError):
		frappe.rename_doc(CATEGORY, "Kapadia Group", "Kapadia Foods", merge=True)
	with pytest.raises(NestedSetInvalidMergeError):
		frappe.rename_doc(CATEGORY, "Kapadia Group", "Shetty Hotels", merge=True)
	assert is_sound()
	assert below("Kapadia Group") == {"Kapadia Group", "Kapadia Steel", *FOODS}


def test_renaming_takes_customers_along(groups: None) -> None:
	make_customer("One", "Delhi")
	_give("One", "Kapadia Dairy")
	frappe.rename_doc(CATEGORY, "Kapadia Foods", "Kapadia Kitchen")
	frappe.rename_doc(CATEGORY, "Kapadia Dairy", "Kapadia Milk")
	assert is_sound()
	assert below("Kapadia Kitchen") == {"Kapadia Kitchen", "Kapadia Milk"}
	assert _of_category("Kapadia Kitchen") == {"One"}


def test_a_disabled_category_is_no_longer_chosen_but_counts(groups: None) -> None:
	make_customer("Kept", "Delhi")
	make_customer("Other", "Delhi")
	_give("Kept", "Kapadia Foods")
	frappe.get_doc(CATEGORY, "Kapadia Foods").update({"disabled": 1}).save()
	assert is_sound()
	assert found("Administrator", "Kapadia", CATEGORY) == {"Kapadia Group", "Kapadia Dairy", "Kapadia Steel"}
	with pytest.raises(CustomerCategoryError, match="disabled"):
		_give("Other", "Kapadia Foods")
	with pytest.raises(CustomerCategoryError, match="disabled"):
		make_category("Kapadia Bakery", "Kapadia Foods")
	frappe.get_doc("Customer", "Kept").update({"customer_details": "still saved"}).save()
	frappe.get_doc(CATEGORY, "Kapadia Dairy").update({"description": "still saved"}).save()
	assert _of_category("Kapadia Group") == {"Kept"}


def test_what_has_customers_or_categories_below_is_not_deleted(groups: None) -> None:
	make_customer("One", "Delhi")
	_give("One", "Kapadia Steel")
	for name in ("Kapadia Steel", "Kapadia Foods"):
		assert call("Administrator", "frappe.client.delete", doctype=CATEGORY, name=name).status == 417
	assert is_sound()


def test_a_person_of_one_branch_chooses_categories_but_makes_none(groups: None) -> None:
	let_delete()
	make_customer("Own", "Delhi")
	user = make_user("seller", "Delhi")
	switch_on()
	assert listed(user, CATEGORY) == listed("Administrator", CATEGORY)
	change = {
		"doctype": "Customer",
		"name": "Own",
		"fieldname": "customer_category",
		"value": "Kapadia Steel",
	}
	assert call(user, "frappe.client.set_value", **change).status == 200
	new = {"doctype": CATEGORY, "customer_category_name": "Mine", "parent": "", "is_root": "true"}
	change = {"doctype": CATEGORY, "name": "Kapadia Steel", "fieldname": PARENT, "value": "Shetty Group"}
	merge = {"doctype": CATEGORY, "old_name": "Kapadia Steel", "new_name": "Shetty Hotels", "merge": 1}
	rename = {"doctype": CATEGORY, "old_name": "Kapadia Steel", "new_name": "Mine"}
	refused = [
		call(user, "frappe.desk.treeview.add_node", **new),
		call(user, "frappe.client.set_value", **change),
		call(user, "frappe.client.rename_doc", **rename),
		call(user, "frappe.client.rename_doc", **merge),
		call(user, "frappe.client.delete", doctype=CATEGORY, name="Shetty Hotels"),
	]
	assert {answer.status for answer in refused} == {403}
