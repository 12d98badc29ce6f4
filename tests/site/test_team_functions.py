"""A Viewer only reads, a Manager keeps the team of his branches."""

import frappe
import frappe.handler
import pytest
from frappe.utils import nowdate

from branch_crm.branch_access import document_events, team_permissions
from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.branch_access.rules import Function
from tests.site import documents
from tests.site.company import (
	KEEPERS,
	as_user,
	join_team,
	let_delete,
	listed,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	member,
	mirror_of,
	permit,
	request,
	switch_on,
	team_of,
)

READING = ("read", "print", "email", "report", "export", "select")
WRITING = ("write", "create", "delete", "share", "import")


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	for branch in ("Delhi", "Agra", "Mumbai"):
		make_contact(branch, ("Customer", make_customer(f"Of {branch}", branch).name))
	make_customer("Of both", "Delhi", "Mumbai")


def may(user: str, right: str, doctype: str, name: str) -> bool:
	return frappe.has_permission(doctype, right, name, user=user)


@pytest.mark.parametrize("doctype", ["Customer", "Contact", "Branch"])
def test_a_viewer_reads_and_does_nothing_else(doctype: str) -> None:
	viewer, seller = member("viewer", Delhi="Viewer"), member("seller", Delhi="Sales")
	name = {"Customer": "Of Delhi", "Branch": "Delhi"}.get(doctype)
	name = name or frappe.db.get_value("Contact", {"first_name": "Delhi"})
	able = {right for right in (*READING, *WRITING) if may(viewer, right, doctype, name)}
	switch_on()
	assert {right for right in able if may(viewer, right, doctype, name)} == able & set(READING)
	assert {right for right in able if may(seller, right, doctype, name)} == able
	assert {"read", "write", "delete"} <= able


def test_the_strongest_function_among_the_reached_branches_counts() -> None:
	user = member("user", Delhi="Viewer", Mumbai="Sales")
	switch_on()
	assert [
		name for name in ("Of Delhi", "Of Mumbai", "Of both") if may(user, "write", "Customer", name)
	] == [
		"Of Mumbai",
		"Of both",
	]
	doc = frappe.get_doc("Customer", "Of both")
	assert team_permissions.functions_on(doc, user) == {Function.VIEWER, Function.SALES}


@pytest.mark.parametrize("doctype", ["Customer", "Contact", "Branch"])
def test_the_form_offers_a_viewer_no_saving(doctype: str, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(frappe.local, "request", frappe._dict(method="POST"), raising=False)
	users = [member(name, Delhi=name.title()) for name in ("viewer", "sales")]
	users.append(make_user("head", roles=(*KEEPERS, "Branch Head Office")))
	name = {"Customer": "Of Delhi", "Branch": "Delhi"}.get(doctype)
	name = name or frappe.db.get_value("Contact", {"first_name": "Delhi"})
	switch_on()
	offered = []
	for user in users:
		with as_user(user):
			frappe.local.form_dict = frappe._dict(doctype=doctype, name=name)
			frappe.local.response = frappe._dict(docs=[])
			frappe.handler.execute_cmd("frappe.desk.form.load.getdoc")
			permissions = frappe.local.response["docinfo"]["permissions"]
			offered.append([permissions[right] for right in ("read", "print", "write", "delete")])
	assert offered == [[1, 1, 0, 0], [1, 1, 1, 1], [1, 1, 1, 1]]


def test_a_customer_that_is_only_viewed_swallows_no_other_and_is_not_renamed() -> None:
	user = member("user", Delhi="Viewer", Mumbai="Sales")
	switch_on()
	let_delete()
	rename = {"method": "frappe.client.rename_doc", "doctype": "Customer"}
	assert not request(user, **rename, old_name="Of Delhi", new_name="Mine")
	assert not request(user, **rename, old_name="Of Mumbai", new_name="Of Delhi", merge=1)
	assert not request(user, **rename, old_name="Of Delhi", new_name="Of Mumbai", merge=1)
	assert request(user, **rename, old_name="Of Mumbai", new_name="Mine")


def test_a_user_permission_by_hand_is_more_than_viewing() -> None:
	user = member("user", Delhi="Viewer")
	permit(user, "North")
	switch_on()
	assert may(user, "write", "Customer", "Of Delhi")


def test_an_ended_assignment_lends_no_function() -> None:
	make_customer("Moved", "Delhi", {"branch": "Mumbai", "to_date": "2020-01-01"})
	user = member("user", Delhi="Viewer", Mumbai="Sales")
	switch_on()
	assert may(user, "read", "Customer", "Moved")
	assert not may(user, "write", "Customer", "Moved")


def test_who_only_views_creates_nothing_and_changes_nothing_without_a_branch() -> None:
	make_customer("Free")
	user, seller = member("user", North="Viewer"), member("seller", North="Sales")
	switch_on("Everybody")
	assert "Free" in listed(user)
	assert not may(user, "write", "Customer", "Free")
	assert may(seller, "write", "Customer", "Free")
	for values in (
		{"doctype": "Customer", "customer_name": "New", "customer_group": "Commercial"},
		{"doctype": "Contact", "first_name": "New"},
	):
		assert not request(user, "frappe.client.insert", doc=values)
		assert request(seller, "frappe.client.insert", doc=values)


def test_what_else_is_linked_to_a_branch_is_read_only_for_its_viewers() -> None:
	company = frappe.get_all("Company", pluck="name")[0]
	person = {"gender": "Female", "date_of_birth": "1990-01-01", "date_of_joining": "2020-01-01"}
	values = {"doctype": "Employee", "first_name": "Worker", "company": company, "branch": "Delhi", **person}
	employee = frappe.get_doc(values).insert().name
	viewer = member("viewer", ("HR Manager",), Delhi="Viewer", Mumbai="Accounts")
	worker = member("worker", ("HR Manager",), Delhi="Accounts")
	switch_on()
	assert [may(user, "read", "Employee", employee) for user in (viewer, worker)] == [True, True]
	assert [may(user, "write", "Employee", employee) for user in (viewer, worker)] == [False, True]


def test_a_viewer_changes_no_assignment_of_his_branch() -> None:
	user = member("user", Delhi="Viewer", Mumbai="Sales")
	switch_on()
	with as_user(user):
		for change in (
			lambda doc: doc.branches[0].update({"sales_owner": user}),
			lambda doc: doc.set("branches", [{"branch": "Mumbai", "is_primary": 1}]),
		):
			doc = frappe.get_doc("Customer", "Of both")
			change(doc)
			with pytest.raises(OutOfScopeError):
				doc.save()
		doc = frappe.get_doc("Customer", "Of Mumbai")
		doc.append("branches", {"branch": "Delhi"})
		with pytest.raises(OutOfScopeError):
			doc.save()
		let_delete()
		with pytest.raises(OutOfScopeError):
			frappe.delete_doc("Customer", "Of both")


@pytest.mark.parametrize(("viewed", "worked"), [("Delhi", "Mumbai"), ("Delhi", "North")])
def test_a_new_customer_does_not_go_to_a_branch_that_its_creator_only_views(viewed: str, worked: str) -> None:
	user = make_user("user")
	join_team(user, viewed, "Viewer", is_default=1)
	join_team(user, worked, "Sales")
	switch_on()
	values = {"doctype": "Customer", "customer_name": "New", "customer_group": "Commercial"}
	with as_user(user):
		assert [row.branch for row in frappe.get_doc(values).insert().branches] == [worked]
		assert frappe.call("branch_crm.branch_access.api.proposed_branch") == worked


def test_a_manager_keeps_the_teams_of_his_branch_and_those_below() -> None:
	manager, new = member("manager", North="Manager"), make_user("new")
	switch_on()
	with as_user(manager):
		join_team(new, "North", "Support")
		join_team(new, "Delhi", "Manager")
		doc = frappe.get_doc("Branch", "Delhi")
		doc.team = []
		doc.save()
	assert team_of("Delhi") == set()
	assert team_of("North") == {(manager, "Manager"), (new, "Support")}
	assert mirror_of(new) == {"North"}
	assert "Of Agra" in listed(new)


def test_a_manager_needs_the_role_to_write_branches() -> None:
	manager, new = member("manager", ("Sales User",), Delhi="Manager"), make_user("new")
	switch_on()
	with as_user(manager), pytest.raises(frappe.PermissionError):
		join_team(new, "Delhi")


@pytest.mark.parametrize("function", ["Sales", "Support", "Credit", "Accounts", "Viewer"])
def test_nobody_else_of_the_team_changes_it(function: str) -> None:
	user, new = member("user", Delhi=function), make_user("new")
	switch_on()
	with as_user(user), pytest.raises(frappe.PermissionError):
		join_team(new, "Delhi", "Viewer")
	assert team_of("Delhi") == {(user, function)}


def test_who_is_no_viewer_still_changes_the_rest_of_the_branch() -> None:
	user = member("user", Delhi="Sales")
	switch_on()
	with as_user(user):
		frappe.get_doc("Branch", "Delhi").update({"phone": "+91 11 2222 2222"}).save()
	assert frappe.db.get_value("Branch", "Delhi", "phone")


def test_who_was_permitted_by_hand_keeps_the_team_too() -> None:
	user, new = make_user("user", "Delhi", roles=KEEPERS), make_user("new")
	limited = make_user("limited", "Delhi", roles=KEEPERS, applicable_for="Customer")
	switch_on()
	with as_user(user):
		join_team(new, "Delhi")
	with as_user(limited), pytest.raises(frappe.PermissionError):
		join_team(limited, "Delhi", "Support")
	assert team_of("Delhi") == {(new, "Sales")}


def test_while_scope_is_off_roles_alone_decide_on_teams() -> None:
	user = member("user", Delhi="Viewer")
	with as_user(user):
		join_team(user, "Delhi", "Manager")
	assert may(user, "write", "Customer", "Of Delhi")


def test_functions_count_on_documents_too() -> None:
	user = member("user", Delhi="Sales", Mumbai="Viewer")
	documents.make_item()
	orders = {
		branch: documents.sales("Sales Order", "Of both", submit=False, branch=branch).name
		for branch in ("Delhi", "Mumbai")
	}
	switch_on()
	for branch, able in {"Delhi": True, "Mumbai": False}.items():
		assert may(user, "read", "Sales Order", orders[branch])
		assert may(user, "submit", "Sales Order", orders[branch]) is able
	with as_user(user):
		assert documents.sales("Sales Order", "Of both", submit=False).branch == "Delhi"
		with pytest.raises(OutOfScopeError):
			documents.sales("Sales Order", "Of both", submit=False, branch="Mumbai")


def test_nothing_is_hung_on_made_for_or_settled_against_what_is_only_viewed() -> None:
	user = member("user", Delhi="Viewer", Mumbai="Sales")
	for role in ("Sales Master Manager", "Maintenance User", "Accounts User"):
		frappe.get_doc("User", user).add_roles(role)
	file = {"doctype": "File", "file_name": "x.txt", "content": "x", "attached_to_doctype": "Customer"}
	file = frappe.get_doc({**file, "attached_to_name": "Of Mumbai", "is_private": 1}).insert()
	viewed, worked = (
		documents.sales("Sales Invoice", f"Of {branch}", branch=branch) for branch in ("Delhi", "Mumbai")
	)
	switch_on()
	with as_user(user):
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("File", file.name).update({"attached_to_name": "Of Delhi"}).save()
		claim = {"doctype": "Warranty Claim", "complaint": "-", "complaint_date": nowdate()}
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc({**claim, "customer": "Of Delhi"}).insert()
		frappe.get_doc({**claim, "customer": "Of Mumbai"}).insert()
		payment = documents.get_payment_entry("Sales Invoice", worked.name)
		payment.update({"reference_no": "x", "reference_date": nowdate()})
		payment.references[0].reference_name = viewed.name
		with pytest.raises(frappe.PermissionError, match="only view"):
			document_events.refuse_foreign_references(payment)
		payment.references[0].reference_name = worked.name
		document_events.refuse_foreign_references(payment)
