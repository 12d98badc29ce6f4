"""Who sees which customers, contacts and addresses: the same in list, count, form and link search."""

import frappe
import pytest
from freezegun import freeze_time

from branch_crm.branch_access import api
from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site.company import (
	as_user,
	counted,
	found,
	listed,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	opened,
	permit,
	switch_on,
)

CUSTOMERS = {"Of Delhi", "Of Mumbai", "Of both", "Of none", "Of region"}


@pytest.fixture(autouse=True)
def customers() -> None:
	make_tree()
	make_customer("Of Delhi", "Delhi")
	make_customer("Of Mumbai", "Mumbai")
	make_customer("Of both", "Mumbai", "Delhi")
	make_customer("Of none")
	make_customer("Of region", "North")


def assert_sees(
	user: str, expected: set[str], doctype: str = "Customer", names: set[str] = CUSTOMERS
) -> None:
	assert listed(user, doctype) & names == expected
	assert opened(user, doctype, names) == expected
	assert counted(user, doctype) == len(listed(user, doctype))
	if doctype == "Customer":
		assert found(user, "Of ") & names == expected


def test_before_activation_nobody_is_limited() -> None:
	assert_sees(make_user("delhi", "Delhi"), CUSTOMERS)
	assert_sees(make_user("none"), CUSTOMERS)


@pytest.mark.parametrize(
	("branches", "expected"),
	[
		(("Delhi",), {"Of Delhi", "Of both"}),
		(("Mumbai",), {"Of Mumbai", "Of both"}),
		(("Delhi", "Mumbai"), {"Of Delhi", "Of Mumbai", "Of both"}),
		(("North",), {"Of Delhi", "Of both", "Of region"}),
		(("HO",), {"Of Delhi", "Of Mumbai", "Of both", "Of region"}),
		(("Agra",), set()),
		((), set()),
	],
	ids=lambda value: " ".join(value) or "none" if isinstance(value, tuple) else "",
)
@pytest.mark.parametrize("unassigned", ["Head Office", "Everybody"])
def test_people_see_the_customers_of_their_branches_and_below(
	branches: tuple[str, ...], expected: set[str], unassigned: str
) -> None:
	user = make_user("somebody", *branches)
	switch_on(unassigned)
	everybodys = {"Of none"} if unassigned == "Everybody" and branches else set()
	assert_sees(user, expected | everybodys)


def test_head_office_sees_everything() -> None:
	user = make_user("head", roles=("Sales User", "Branch Head Office"))
	switch_on()
	assert_sees(user, CUSTOMERS)
	assert listed("Administrator") >= CUSTOMERS


def test_a_permission_for_one_doctype_counts_there_only() -> None:
	user = make_user("limited")
	permit(user, "Delhi", applicable_for="Customer")
	switch_on()
	assert_sees(user, {"Of Delhi", "Of both"})
	assert api.scope(user)["branches"] == []
	assert api.scope(user, "Customer")["branches"] == ["Delhi"]


def test_hidden_descendants_stay_hidden() -> None:
	user = make_user("region", "North", hide_descendants=1)
	switch_on()
	assert_sees(user, {"Of region"})


def test_an_assignment_gives_access_only_between_its_dates() -> None:
	make_customer(
		"Of Mumbai in May", "Delhi", {"branch": "Mumbai", "from_date": "2026-05-01", "to_date": "2026-05-31"}
	)
	user = make_user("mumbai", "Mumbai")
	switch_on()
	for day, seen in (("04-30", False), ("05-01", True), ("05-31", True), ("06-01", False)):
		with freeze_time(f"2026-{day} 12:00:00"):
			assert ("Of Mumbai in May" in listed(user)) == seen
			assert bool(opened(user, "Customer", {"Of Mumbai in May"})) == seen


def test_losing_the_last_branch_takes_everything_at_once() -> None:
	user = make_user("leaving", "Delhi")
	switch_on()
	assert_sees(user, {"Of Delhi", "Of both"})
	frappe.delete_doc("User Permission", frappe.db.get_value("User Permission", {"user": user}))
	assert_sees(user, set())
	assert listed(user, "Branch") == set()


def test_clearing_user_permissions_takes_everything_at_once() -> None:
	user = make_user("leaving", "Delhi")
	switch_on()
	assert_sees(user, {"Of Delhi", "Of both"})
	frappe.call(
		"frappe.core.doctype.user_permission.user_permission.clear_user_permissions",
		user=user,
		for_doctype="Branch",
	)
	assert_sees(user, set())


def test_a_new_branch_gives_access_at_once() -> None:
	user = make_user("joining")
	switch_on()
	assert_sees(user, set())
	permit(user, "Mumbai")
	assert_sees(user, {"Of Mumbai", "Of both"})


def test_an_assignment_changes_access_at_once() -> None:
	user = make_user("delhi", "Delhi")
	switch_on()
	doc = frappe.get_doc("Customer", "Of Mumbai")
	doc.append("branches", {"branch": "Delhi"})
	doc.save()
	assert_sees(user, {"Of Delhi", "Of both", "Of Mumbai"})


def test_who_reaches_no_branch_sees_nothing_that_links_to_one() -> None:
	user = make_user("none", roles=("HR Manager", "HR User", "Sales User"))
	employee = frappe.get_doc(
		{
			"doctype": "Employee",
			"first_name": "Worker",
			"gender": "Female",
			"date_of_birth": "1990-01-01",
			"date_of_joining": "2020-01-01",
			"company": frappe.get_all("Company", pluck="name")[0],
		}
	).insert()
	assert employee.name in listed(user, "Employee")
	switch_on("Everybody")
	for doctype in ("Customer", "Branch", "Employee"):
		assert listed(user, doctype) == set()
	assert not opened(user, "Employee", {employee.name})
	permit(user, "Delhi")
	assert employee.name in listed(user, "Employee")


def test_contacts_and_addresses_follow_their_parties() -> None:
	company = ("Company", frappe.get_all("Company", pluck="name")[0])
	links = {
		"Delhi": [("Customer", "Of Delhi")],
		"Mumbai": [("Customer", "Of Mumbai")],
		"Mumbai and Delhi": [("Customer", "Of Mumbai"), ("Customer", "Of Delhi")],
		"Company": [company],
		"Nobody": [],
	}
	names = {make_contact(name, *rows).name: name for name, rows in links.items()}
	user = make_user("delhi", "Delhi")
	mine = {name for name, title in names.items() if title in ("Delhi", "Mumbai and Delhi", "Company")}
	free = {name for name, title in names.items() if title == "Nobody"}
	switch_on()
	assert_sees(user, mine, "Contact", set(names))
	api.deactivate()
	switch_on("Everybody")
	assert_sees(user, mine | free, "Contact", set(names))


def test_who_makes_a_contact_keeps_seeing_it() -> None:
	user = make_user("delhi", "Delhi")
	switch_on()
	with as_user(user):
		own = make_contact("Own").name
	assert_sees(user, {own}, "Contact", {own})


def test_a_restricted_user_links_no_contact_to_a_foreign_customer_and_cuts_no_such_link() -> None:
	both = make_contact("Both", ("Customer", "Of Delhi"), ("Customer", "Of Mumbai"))
	user = make_user("delhi", "Delhi")
	switch_on()
	with as_user(user):
		with pytest.raises(frappe.LinkValidationError):
			make_contact("Spy", ("Customer", "Of Mumbai"))
		doc = frappe.get_doc("Contact", both.name)
		doc.links = doc.links[:1]
		with pytest.raises(OutOfScopeError):
			doc.save()
		doc = frappe.get_doc("Contact", both.name)
		doc.designation = "Buyer"
		doc.save()


def test_website_users_are_not_judged_by_branch() -> None:
	user = make_user("portal", roles=("Customer",))
	assert frappe.db.get_value("User", user, "user_type") == "Website User"
	switch_on()
	assert api.scope(user) == {"all": True, "branches": []}


def test_the_list_filter_finds_customers_of_a_branch_and_below() -> None:
	names = frappe.get_list(
		"Customer",
		filters=[["Branch Assignment", "branch", "descendants of (inclusive)", "North"]],
		group_by="`tabCustomer`.name",
		pluck="name",
	)
	assert set(names) == {"Of Delhi", "Of both", "Of region"}
