"""The requests that the desk itself sends for a list, a count, a form and a link field, in both shapes of SQL."""

import frappe
import pytest

from branch_crm.branch_access import member_queries
from tests.site.company import (
	as_user,
	make_branch,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	switch_on,
)

FIELDS = {"Customer": "customer_name", "Contact": "first_name", "Address": "address_title"}


@pytest.fixture(autouse=True)
def documents() -> None:
	make_tree()
	make_branch("100% 'Goa' \\", "West")
	for title, branch in {"Zq Delhi": "Delhi", "Zq Goa": "100% 'Goa' \\", "Zq none": None}.items():
		link = ("Customer", make_customer(title, *filter(None, [branch])).name)
		make_contact(title, link)
		address = {"address_line1": "1", "city": "X", "country": "India", "address_type": "Billing"}
		links = [{"link_doctype": link[0], "link_name": link[1]}]
		frappe.get_doc({"doctype": "Address", "address_title": title, **address, "links": links}).insert()


@pytest.fixture(params=["few", "many"])
def members(request: pytest.FixtureRequest) -> None:
	"""Kept member counts decide which SQL the list gets."""
	if request.param == "many":
		for branch in ("Delhi", "100% 'Goa' \\"):
			kept = {"document_type": "Customer", "branch": branch, "members": 9, "depth": 1}
			frappe.get_doc({"doctype": "Branch Member Count", **kept}).insert()
		member_queries.forget_member_counts()


def ask(user: str, method: str, **arguments) -> object:
	"""A request of this user's desk."""
	with as_user(user):
		frappe.local.form_dict = frappe._dict(arguments)
		frappe.local.response = frappe._dict(docs=[])
		return frappe.call(method, **arguments)


def titles(user: str, doctype: str) -> set[str]:
	"""What the list view shows."""
	field = FIELDS[doctype]
	arguments = {
		"doctype": doctype,
		"fields": f'["name", "{field}"]',
		"filters": f'[["{field}", "like", "Zq%"]]',
	}
	found = ask(user, "frappe.desk.reportview.get", **arguments, page_length=100, start=0)
	rows = [dict(zip(found["keys"], row, strict=True)) for row in found["values"]] if found else []
	count = ask(user, "frappe.desk.reportview.get_count", cmd="frappe.desk.reportview.get_count", **arguments)
	assert count == len(rows)
	assert ask(user, "frappe.desk.reportview.get_count", **arguments, limit=10) == len(rows)
	assert ask(user, "frappe.desk.reportview.get_count", **arguments, distinct="true") == len(rows)
	listed = ask(
		user, "frappe.client.get_list", doctype=doctype, fields=["name"], filters={field: ["like", "Zq%"]}
	)
	assert {row["name"] for row in listed} == {row["name"] for row in rows}
	forms = {
		name
		for name in frappe.get_all(doctype, {field: ["like", "Zq%"]}, pluck="name")
		if opens(user, doctype, name)
	}
	assert forms == {row["name"] for row in rows}
	return {row[field] for row in rows}


def opens(user: str, doctype: str, name: str) -> bool:
	answers = []
	for method in ("frappe.desk.form.load.getdoc", "frappe.client.get"):
		try:
			ask(user, method, doctype=doctype, name=name)
		except frappe.PermissionError:
			answers.append(False)
		else:
			answers.append(True)
	assert len(set(answers)) == 1
	return answers[0]


def offered(user: str, doctype: str, **arguments) -> set[str]:
	"""What a link field offers."""
	rows = ask(
		user, "frappe.desk.search.search_link", doctype=doctype, txt="Zq", page_length=100, **arguments
	)
	return {frappe.db.get_value(doctype, row["value"], FIELDS[doctype]) for row in rows}


@pytest.mark.parametrize("unassigned", ["Head Office", "Everybody"])
@pytest.mark.parametrize("doctype", FIELDS)
def test_list_count_form_and_link_field_show_the_same(members: None, doctype: str, unassigned: str) -> None:
	users = {
		make_user("delhi", "Delhi"): {"Zq Delhi"},
		make_user("west", "West"): {"Zq Goa"},
		make_user("none"): set(),
	}
	head = make_user("head", roles=("Sales User", "Sales Master Manager", "Branch Head Office"))
	switch_on(unassigned)
	everybodys = {"Zq none"} if unassigned == "Everybody" else set()
	expected = {user: own | (everybodys if own else set()) for user, own in users.items()}
	for user, own in {**expected, head: {"Zq Delhi", "Zq Goa", "Zq none"}}.items():
		assert titles(user, doctype) == own
		assert offered(user, doctype) == own


@pytest.mark.parametrize(
	("doctype", "query"),
	[
		("Contact", "frappe.contacts.doctype.contact.contact.contact_query"),
		("Address", "frappe.contacts.doctype.address.address.address_query"),
	],
)
def test_queries_of_erpnext_s_link_fields_are_limited_too(members: None, doctype: str, query: str) -> None:
	users = {
		make_user("delhi", "Delhi"): {"Zq Delhi"},
		make_user("west", "West"): {"Zq Goa"},
		make_user("none"): set(),
	}
	switch_on()
	for user, own in users.items():
		found = set()
		for customer in ("Zq Delhi", "Zq Goa", "Zq none"):
			filters = {"link_doctype": "Customer", "link_name": customer}
			found |= offered(user, doctype, query=query, filters=filters)
		assert found == own


def test_the_branch_field_offers_reached_branches_only() -> None:
	region, none = make_user("north", "North"), make_user("none")
	switch_on()
	for user, own in {region: {"North", "Delhi", "Agra"}, none: set()}.items():
		rows = ask(user, "frappe.desk.search.search_link", doctype="Branch", txt="", page_length=100)
		assert {row["value"] for row in rows} == own


def test_a_customer_with_its_contact_and_address_is_made_by_a_restricted_user() -> None:
	user = make_user("delhi", "Delhi")
	switch_on()
	values = {
		"doctype": "Customer",
		"customer_name": "Zq made",
		"customer_group": "Commercial",
		"territory": "India",
	}
	values |= {"email_id": "zq@made.example", "address_line1": "1", "city": "Delhi", "country": "India"}
	ask(user, "frappe.client.insert", doc=values)
	assert titles(user, "Customer") == {"Zq Delhi", "Zq made"}
	assert [row.branch for row in frappe.get_doc("Customer", "Zq made").branches] == ["Delhi"]
	links = frappe.get_all("Dynamic Link", {"link_name": "Zq made"}, ["parenttype", "parent"], as_list=True)
	assert {doctype for doctype, _name in links} == {"Contact", "Address"}
	assert all(opens(user, *link) for link in links)


def test_frappe_s_strict_user_permissions_take_nothing_away() -> None:
	user = make_user("delhi", "Delhi")
	frappe.db.set_single_value("System Settings", "apply_strict_user_permissions", 1)
	switch_on()
	for doctype in FIELDS:
		assert titles(user, doctype) == {"Zq Delhi"}
