"""Shares, assignments and follows stay within branches, and are withdrawn when a document or a person moves."""

import frappe
import pytest
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs

from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site import documents
from tests.site.company import (
	as_user,
	join_team,
	leave_team,
	listed,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	opened,
	permit,
	request,
	switch_on,
)
from tests.site.http_requests import call
from tests.site.sharing import ROLES, assign, assigned_to, follow, let_cross, share, shared_with


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	make_customer("Own", "Delhi")
	make_customer("Foreign", "Mumbai")


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


@pytest.fixture
def agra() -> str:
	return make_user("agra", "Agra", roles=ROLES)


def test_nothing_is_shared_with_who_does_not_reach_it(delhi: str, agra: str) -> None:
	other = make_user("other", "Delhi", roles=ROLES)
	switch_on()
	for sender in ("Administrator", delhi):
		with as_user(sender):
			with pytest.raises(OutOfScopeError, match="does not reach"):
				share(agra, write=1)
			with pytest.raises(OutOfScopeError, match="does not reach"):
				assign(agra)
			with pytest.raises(OutOfScopeError, match="everyone"):
				share(None, everyone=1)
	with as_user(delhi):
		share(other, write=1)
		assign(other)
	assert shared_with() == {other}
	assert assigned_to() == {other}
	assert opened(agra, "Customer", {"Own"}) == set()


def test_a_share_makes_no_more_of_who_only_views(delhi: str) -> None:
	viewer = make_user("viewer", roles=ROLES)
	join_team(viewer, "Delhi", "Viewer")
	switch_on()
	with pytest.raises(OutOfScopeError, match="only views"):
		share(viewer, write=1)
	share(viewer)
	assert opened(viewer, "Customer", {"Own"}) == {"Own"}
	assert opened(viewer, "Customer", {"Own"}, "write") == set()


def test_head_office_receives_everything(delhi: str) -> None:
	head = make_user("head", roles=(*ROLES, "Branch Head Office"))
	switch_on()
	with as_user(delhi):
		share(head)
		assign(head)
	assert shared_with() == assigned_to() == {head}


def test_a_restricted_user_shares_nothing_that_he_does_not_reach(delhi: str, agra: str) -> None:
	mumbai = make_user("mumbai", "Mumbai", roles=ROLES)
	switch_on()
	for user in (delhi, mumbai):
		with as_user(delhi), pytest.raises(frappe.PermissionError):
			frappe.call("frappe.share.add", doctype="Customer", name="Foreign", user=user)
	values = {"assign_to": f'["{mumbai}"]', "doctype": "Customer", "name": "Foreign"}
	assert not request(delhi, "frappe.desk.form.assign_to.add", args=values)
	values = {"doctype": "ToDo", "allocated_to": delhi, "reference_type": "Customer", "description": "Zq"}
	assert not request(delhi, "frappe.client.insert", doc={**values, "reference_name": "Foreign"})
	assert request(delhi, "frappe.client.insert", doc={**values, "reference_name": "Own"})


def test_an_assignment_is_not_given_on_to_who_does_not_reach_the_document(delhi: str, agra: str) -> None:
	switch_on()
	assign(delhi)
	todo = frappe.get_last_doc("ToDo", {"reference_name": "Own"})
	todo.allocated_to = agra
	with pytest.raises(OutOfScopeError):
		todo.save()


def test_rights_may_be_taken_from_a_share_that_is_left_over(agra: str) -> None:
	share(agra, write=1)
	switch_on()
	frappe.share.set_permission("Customer", "Own", agra, "write", 0)
	with pytest.raises(OutOfScopeError):
		frappe.share.set_permission("Customer", "Own", agra, "share", 1)
	frappe.share.set_permission("Customer", "Own", agra, "read", 0)
	assert shared_with() == set()


def test_what_a_rule_would_assign_across_branches_is_saved_unassigned(delhi: str, agra: str) -> None:
	days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
	rule = {
		"doctype": "Assignment Rule",
		"name": "Zq rule",
		"document_type": "Issue",
		"description": "Zq",
		"assign_condition": "status == 'Open'",
		"rule": "Round Robin",
		"users": [{"user": agra}, {"user": delhi}],
		"assignment_days": [{"day": day} for day in days],
	}
	frappe.get_doc(rule).insert()
	support = make_user("support", "Delhi", roles=("Support Team",))
	switch_on()
	with as_user(support):
		issues = [
			frappe.get_doc({"doctype": "Issue", "subject": "Zq", "customer": "Own"}).insert() for _ in "12"
		]
	assert [assigned_to(issue.name) for issue in issues] == [set(), {delhi}]
	assert shared_with(issues[0].name) == set()
	assert opened(agra, "Issue", {issues[0].name}) == set()


def test_a_moved_document_is_taken_from_who_reaches_it_no_longer(delhi: str, agra: str) -> None:
	region = make_user("north", "North", roles=ROLES)
	contact = make_contact("Zq person", ("Customer", "Own")).name
	switch_on()
	for user in (delhi, region):
		share(user, write=1)
		assign(user)
		follow(user)
		share(user, contact, "Contact")
	doc = frappe.get_doc("Customer", "Own")
	doc.branches[0].branch = "Agra"
	doc.save()
	assert shared_with() == assigned_to() == shared_with(contact) == {region}
	assert set(frappe.get_all("Document Follow", {"ref_docname": "Own"}, pluck="user")) == {region}
	assert opened(delhi, "Customer", {"Own"}) == opened(delhi, "Contact", {contact}) == set()
	assert "Own" not in listed(delhi)
	assert delhi not in (frappe.db.get_value("Customer", "Own", "_assign") or "")


def test_a_moved_order_is_taken_from_who_reaches_it_no_longer(delhi: str) -> None:
	order = documents.sales("Quotation", "Own", submit=False)
	switch_on()
	make_customer("Both", "Delhi", "Mumbai")
	share(delhi, order.name, "Quotation")
	order.update({"party_name": "Both", "branch": "Mumbai"}).save()
	assert shared_with(order.name) == set()


@pytest.mark.parametrize("way", ["permission", "team", "role"])
def test_who_leaves_keeps_no_shares(way: str) -> None:
	roles = (*ROLES, "Branch Head Office") if way == "role" else ROLES
	user = make_user("leaver", "Agra", roles=roles)
	if way == "permission":
		permission = permit(user, "Delhi")
	elif way == "team":
		join_team(user, "Delhi")
	switch_on()
	share(user)
	assign(user)
	if way == "permission":
		permission.delete()
	elif way == "team":
		leave_team(user, "Delhi")
	else:
		frappe.get_doc("User", user).remove_roles("Branch Head Office")
	assert shared_with() == assigned_to() == set()
	assert opened(user, "Customer", {"Own"}) == set()


def test_nobody_limited_by_branch_lets_shares_cross(delhi: str) -> None:
	switch_on()
	with as_user(delhi), pytest.raises(frappe.PermissionError):
		let_cross()


def test_nobody_is_told_of_what_he_does_not_reach(delhi: str, agra: str) -> None:
	switch_on()
	# a mail to anybody else fails here, where no account sends
	frappe.db.set_value("Notification Settings", delhi, "enable_email_notifications", 0)
	message = {"type": "Mention", "document_type": "Customer", "document_name": "Own", "subject": "Zq"}
	make_notification_logs(frappe._dict(message, from_user="Administrator"), [delhi, agra])
	told = frappe.get_all("Notification Log", {"document_name": "Own"}, pluck="for_user")
	assert told == [delhi]
	assert not frappe.db.exists("Notification Log", {"for_user": "Administrator", "document_name": "Own"})


def test_nobody_follows_what_he_does_not_reach(delhi: str) -> None:
	switch_on()
	with as_user(delhi):
		follow(delhi)
		with pytest.raises(frappe.LinkValidationError):
			follow(delhi, "Foreign")
	follow(delhi, "Foreign")
	assert frappe.get_all("Document Follow", {"user": delhi}, pluck="ref_docname") == ["Own"]


def test_a_viewer_assigns_nothing_and_moves_no_mail() -> None:
	make_customer("Zq Viewed", "Delhi")
	make_customer("Zq Beside", "Delhi")
	mail = {"doctype": "Communication", "subject": "-", "communication_type": "Communication", "content": "-"}
	mail = frappe.get_doc({**mail, "reference_doctype": "Customer", "reference_name": "Zq Viewed"}).insert()
	viewer = make_user("assigning-viewer", roles=("Sales Master Manager", "Sales Manager", "System Manager"))
	join_team(viewer, "Delhi", "Viewer")
	switch_on()
	named = {"doctype": "Customer", "name": "Zq Viewed"}
	to = {"reference_doctype": "Customer", "reference_name": "Zq Beside"}
	for command, arguments in (
		("frappe.desk.form.assign_to.add", {**named, "assign_to": ["Administrator"]}),
		("frappe.email.relink", {"name": mail.name, **to}),
		("branch_crm.branch_access.satellite_api.relink", {"name": mail.name, **to}),
	):
		assert call(viewer, command, **arguments).status == 403
	assert not frappe.db.exists("ToDo", {"reference_name": "Zq Viewed"})
	assert frappe.db.get_value("Communication", mail.name, "reference_name") == "Zq Viewed"
