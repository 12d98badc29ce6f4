"""The branch table of a customer: its defaults, its faults, and who changes which row."""

import frappe
import pytest
from frappe.utils import add_days, getdate

from branch_crm.branch_access.doctype.branch_assignment.branch_assignment import DirectAssignmentError
from branch_crm.branch_access.events import BranchAssignmentError
from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site.company import as_user, listed, make_branch, make_customer, make_tree, make_user, switch_on

TOMORROW, YESTERDAY = add_days(getdate(), 1), add_days(getdate(), -1)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


def _rows(name: str) -> list[tuple]:
	return [(row.branch, row.is_primary) for row in frappe.get_doc("Customer", name).branches]


def _new_customer(name: str, **values) -> object:
	return frappe.get_doc(
		{"doctype": "Customer", "customer_name": name, "customer_group": "Commercial", **values}
	)


def test_a_single_branch_is_primary_by_itself() -> None:
	make_customer("One", {"branch": "Delhi", "is_primary": 0})
	assert _rows("One") == [("Delhi", 1)]


@pytest.mark.parametrize(
	("rows", "message"),
	[
		([{"branch": "Delhi"}, {"branch": "Agra"}], "Tick one"),
		([{"branch": "Delhi", "is_primary": 1}, {"branch": "Agra", "is_primary": 1}], "Only one"),
		([{"branch": "Delhi", "is_primary": 1, "to_date": TOMORROW}], "end date"),
		([{"branch": "Delhi", "is_primary": 1, "from_date": TOMORROW}], "begin in the future"),
		([{"branch": "Delhi", "is_primary": 1}, {"branch": "Delhi"}], "twice"),
	],
	ids=["no primary", "two primaries", "primary ends", "primary not begun", "double"],
)
def test_faulty_tables_are_refused_with_a_sentence(rows: list[dict], message: str) -> None:
	with pytest.raises(BranchAssignmentError, match=message):
		_new_customer("Faulty", branches=rows).insert()


def test_a_closed_branch_takes_no_new_customer_and_keeps_its_own() -> None:
	kept = make_customer("Kept", "Delhi")
	frappe.get_doc("Branch", "Delhi").update({"enabled": 0}).save()
	with pytest.raises(BranchAssignmentError, match="closed"):
		make_customer("New", "Delhi")
	kept.customer_details = "still editable"
	kept.save()


def test_a_new_customer_gets_the_creator_s_only_branch_or_his_default() -> None:
	one = make_user("one", "Delhi")
	two = make_user("two", "Agra")
	frappe.get_doc(
		{"doctype": "User Permission", "user": two, "allow": "Branch", "for_value": "Delhi", "is_default": 1}
	).insert()
	switch_on()
	for user in (one, two):
		with as_user(user):
			_new_customer(f"By {user}").insert()
		assert _rows(f"By {user}") == [("Delhi", 1)]


def test_a_new_customer_goes_where_pin_code_or_territory_point() -> None:
	frappe.get_doc({"doctype": "Territory", "territory_name": "Konkan", "parent_territory": "India"}).insert()
	make_branch("Pune", "West", territories=[{"territory": "India"}])
	make_branch("Goa", "West", pin_codes=[{"first": "403001", "last": "403999"}])
	_new_customer("By territory", territory="Konkan").insert()
	assert _rows("By territory") == [("Pune", 1)]
	address = frappe.get_doc(
		{
			"doctype": "Address",
			"address_title": "X",
			"address_line1": "1",
			"city": "X",
			"pincode": "403 521",
			"country": "India",
		}
	).insert()
	_new_customer("By pin", territory="Konkan", customer_primary_address=address.name).insert()
	assert _rows("By pin") == [("Goa", 1)]


def test_a_closed_default_is_never_chosen() -> None:
	user = make_user("closed", "North")
	frappe.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Branch", "for_value": "Delhi", "is_default": 1}
	).insert()
	frappe.get_doc("Branch", "Delhi").update({"enabled": 0}).save()
	switch_on()
	with as_user(user):
		_new_customer("Somewhere open").insert()
	assert _rows("Somewhere open") == [("North", 1)]


def test_who_has_several_branches_and_no_default_chooses() -> None:
	user = make_user("two", "Delhi", "Agra")
	switch_on()
	with as_user(user):
		with pytest.raises(BranchAssignmentError, match="Choose the branch"):
			_new_customer("Undecided").insert()
		_new_customer("Decided", branches=[{"branch": "Agra"}]).insert()
	assert _rows("Decided") == [("Agra", 1)]


def test_head_office_may_leave_a_customer_without_branch() -> None:
	switch_on()
	_new_customer("Free").insert()
	assert _rows("Free") == []


@pytest.fixture
def shared() -> object:
	return make_customer("Shared", "Mumbai", {"branch": "Delhi"})


@pytest.fixture
def delhi() -> str:
	user = make_user("delhi", "Delhi")
	switch_on()
	return user


def _change(doc: object, change: str) -> None:
	mumbai, delhi = doc.branches[0], doc.branches[1]
	if change == "add foreign":
		doc.append("branches", {"branch": "Agra"})
	elif change == "remove foreign":
		doc.remove(mumbai)
		delhi.is_primary = 1
	elif change == "alter foreign":
		mumbai.sales_owner = "Administrator"
	elif change == "turn foreign into own":
		doc.remove(delhi)
		mumbai.branch = "Delhi"
	elif change == "take primary":
		mumbai.is_primary, delhi.is_primary = 0, 1
	elif change == "remove all":
		doc.set("branches", [])
	elif change == "alter own":
		delhi.sales_owner = "Administrator"
	elif change == "remove own":
		doc.remove(delhi)


@pytest.mark.parametrize(
	"change",
	["add foreign", "remove foreign", "alter foreign", "turn foreign into own", "take primary", "remove all"],
)
def test_a_restricted_user_changes_no_row_of_another_branch(shared: object, delhi: str, change: str) -> None:
	with as_user(delhi):
		doc = frappe.get_doc("Customer", shared.name)
		_change(doc, change)
		with pytest.raises(OutOfScopeError):
			doc.save()


@pytest.mark.parametrize("change", ["alter own", "remove own"])
def test_a_restricted_user_changes_his_own_rows(shared: object, delhi: str, change: str) -> None:
	with as_user(delhi):
		doc = frappe.get_doc("Customer", shared.name)
		_change(doc, change)
		doc.save()
	assert listed(delhi) == ({"Shared"} if change == "alter own" else set())


def test_nobody_moves_a_foreign_customer_to_himself(delhi: str) -> None:
	foreign = make_customer("Foreign", "Mumbai")
	row = foreign.branches[0].name
	attacks = {
		"frappe.client.save": {
			"doc": {**foreign.as_dict(), "branches": [{"branch": "Delhi", "is_primary": 1}]}
		},
		"frappe.client.set_value": {
			"doctype": "Branch Assignment",
			"name": row,
			"fieldname": "branch",
			"value": "Delhi",
		},
		"frappe.client.delete": {"doctype": "Branch Assignment", "name": row},
		"frappe.client.insert": {
			"doc": {
				"doctype": "Branch Assignment",
				"parent": foreign.name,
				"parenttype": "Customer",
				"parentfield": "branches",
				"branch": "Delhi",
			}
		},
		"frappe.client.bulk_update": {
			"docs": frappe.as_json(
				[{"doctype": "Customer", "docname": foreign.name, "customer_details": "x"}]
			)
		},
	}
	with as_user(delhi):
		for method, arguments in attacks.items():
			frappe.db.savepoint("attack")
			try:
				frappe.call(method, **arguments)
			except (frappe.PermissionError, frappe.ValidationError):
				frappe.db.rollback(save_point="attack")
	assert _rows("Foreign") == [("Mumbai", 1)]
	assert not frappe.db.get_value("Customer", "Foreign", "customer_details")


def test_a_branch_row_is_not_changed_past_its_customer(delhi: str) -> None:
	own = make_customer("Own", "Delhi")
	row = frappe.get_doc("Branch Assignment", own.branches[0].name)
	with as_user(delhi):
		row.branch = "Mumbai"
		with pytest.raises(DirectAssignmentError):
			row.save()
		with pytest.raises((DirectAssignmentError, frappe.PermissionError)):
			frappe.delete_doc("Branch Assignment", row.name)
		with pytest.raises((DirectAssignmentError, frappe.PermissionError)):
			frappe.get_doc(
				{
					"doctype": "Branch Assignment",
					"parent": "Own",
					"parenttype": "Customer",
					"parentfield": "branches",
					"branch": "Mumbai",
				}
			).insert()
	assert _rows("Own") == [("Delhi", 1)]


def test_an_unsaved_document_with_a_foreign_name_opens_nothing(delhi: str) -> None:
	make_customer("Foreign", "Mumbai")
	forged = _new_customer("Foreign", branches=[{"branch": "Delhi"}])
	forged.name = "Foreign"
	assert not frappe.has_permission("Customer", "write", forged, user=delhi)
