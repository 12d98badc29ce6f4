"""What is always visible is seen by everybody with a branch, on every path, and changed by nobody whom branches limit."""

import json

import frappe
import pytest

from branch_crm.branch_access import jobs, member_queries, permissions, queries, statements, transfer_queries
from branch_crm.branch_access.events import BranchAssignmentError
from branch_crm.customer_master import cash_queries
from tests.site import documents
from tests.site.company import (
	KEEPERS,
	as_user,
	counted_in_full,
	found,
	listed_in_full,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	member,
	opened,
	switch_on,
)
from tests.site.http_requests import call, send
from tests.site.portal import Portal
from tests.site.transfers import make_transfer

READING = ("read", "report", "export", "print", "email")
AT_THE_COUNTER = "Zq Person-{}"
ROLES = (*KEEPERS, "Accounts User", "Accounts Manager")


@pytest.fixture
def cash() -> str:
	make_tree()
	for branch in ("Delhi", "Mumbai"):
		make_customer(f"Zq {branch}", branch)
	make_customer("Zq Free")
	name = cash_queries.cash_customer()
	make_contact("Zq Person", ("Customer", name))
	return name


@pytest.fixture
def user(cash: str) -> str:
	user = make_user("seller", "Delhi", roles=ROLES)
	switch_on()
	return user


@pytest.fixture(params=["few", "many"])
def shape(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
	"""Each shape that the condition of a list takes, whatever the figures of this small site say."""
	monkeypatch.setattr(member_queries, "is_few", lambda *_: request.param == "few")


def test_lists_counts_forms_and_link_fields_show_it(shape: None, user: str, cash: str) -> None:
	own = {cash, "Zq Delhi"}
	assert listed_in_full(user) == own
	assert counted_in_full(user) == len(own)
	assert opened(user, "Customer", own | {"Zq Mumbai", "Zq Free"}) == own
	assert found(user, cash) == {cash}
	answer = call(user, "frappe.desk.reportview.get_count", doctype="Customer", filters="[]", fields="[]")
	assert answer.message == len(own)
	assert call(user, "frappe.client.get_count", doctype="Customer", filters={"name": cash}).message == 1


def test_where_everybody_sees_the_unassigned_it_is_shown_once(shape: None, cash: str) -> None:
	user = make_user("seller", "Delhi", roles=ROLES)
	switch_on("Everybody")
	with as_user(user):
		names = frappe.get_list("Customer", pluck="name", limit_page_length=0)
	assert sorted(names) == sorted({cash, "Zq Delhi", "Zq Free"})


def test_requests_that_name_it_are_let_through(user: str, cash: str) -> None:
	link = call(user, "frappe.client.validate_link", doctype="Customer", docname=cash)
	assert link.message["name"] == cash
	assert send(user, "GET", f"/api/resource/Customer/{cash}").status == 200
	assert send(user, "GET", "/api/resource/Customer/Zq Mumbai").status == 404
	details = {"party_type": "Customer", "party": cash, "company": documents.COMPANY}
	assert call(user, "erpnext.accounts.party.get_party_details", **details).status == 200
	assert permissions.reached_among("Customer", {cash, "Zq Mumbai", "Zq Delhi"}, user) == {cash, "Zq Delhi"}


def test_it_can_be_sold_to_by_rest(user: str, cash: str) -> None:
	order = {"customer": cash, "company": documents.COMPANY, "delivery_date": frappe.utils.nowdate()}
	order["items"] = [{"item_code": documents.make_item(), "qty": 1, "rate": 100}]
	answer = send(user, "POST", "/api/resource/Sales Order", **order)
	assert (answer.status, answer.message["branch"]) == (200, "Delhi"), answer.text
	foreign = send(user, "POST", "/api/resource/Sales Order", **{**order, "customer": "Zq Mumbai"})
	assert foreign.status == 417


def test_its_contact_is_seen_with_it(shape: None, user: str, cash: str) -> None:
	assert listed_in_full(user, "Contact") == {AT_THE_COUNTER.format(cash)}


def test_who_reaches_no_branch_does_not_see_it(shape: None, user: str, cash: str) -> None:
	stranger = make_user("stranger", roles=ROLES)
	assert listed_in_full(stranger) == set()
	assert opened(stranger, "Customer", {cash}) == set()
	link = call(stranger, "frappe.client.validate_link", doctype="Customer", docname=cash)
	assert link.message == {"name": None}


def test_a_customer_in_the_portal_does_not_see_it(portal: Portal, rights: None) -> None:
	cash = cash_queries.cash_customer()
	switch_on()
	assert listed_in_full(portal.buyer) == {"Own"}
	assert not frappe.has_permission("Customer", "read", cash, user=portal.buyer)


@pytest.mark.parametrize("function", ["Manager", "Sales", "Viewer"])
def test_who_is_limited_by_branch_only_reads_it(cash: str, function: str) -> None:
	user = member("somebody", roles=ROLES, Delhi=function)
	able = {right for right in (*READING, "write", "delete", "share") if may(user, right, cash)}
	switch_on()
	assert {right for right in able if may(user, right, cash)} == able & set(READING)
	assert {"read", "write"} <= able


def may(user: str, right: str, customer: str) -> bool:
	return frappe.has_permission("Customer", right, customer, user=user)


def test_nobody_limited_by_branch_changes_it_or_what_hangs_on_it(user: str, cash: str) -> None:
	change = {"doctype": "Customer", "name": cash, "fieldname": "website", "value": "https://zq.example"}
	assert call(user, "frappe.client.set_value", **change).status == 403
	assert send(user, "PUT", f"/api/resource/Customer/{cash}", website="https://zq.example").status == 403
	comment = {"comment_type": "Comment", "reference_doctype": "Customer", "reference_name": cash}
	assert send(user, "POST", "/api/resource/Comment", content="Hello", **comment).status == 403
	info = {"customer": cash, "fieldname": "mobile_no", "value": "9800000000"}
	assert (
		call(user, "erpnext.selling.page.point_of_sale.point_of_sale.set_customer_info", **info).status == 403
	)
	assert not frappe.has_permission("Contact", "write", AT_THE_COUNTER.format(cash), user=user)
	own = make_contact("Zq Of both", ("Customer", cash), ("Customer", "Zq Delhi"))
	assert frappe.has_permission("Contact", "write", own.name, user=user)


def test_head_office_changes_it(user: str, cash: str) -> None:
	with as_user(make_user("office", roles=(*KEEPERS, "Branch Head Office"))):
		frappe.get_doc("Customer", cash).update({"website": "https://zq.example"}).save()


def test_its_documents_stay_those_of_their_branch(user: str, cash: str) -> None:
	own, foreign = (
		documents.sales("Sales Order", cash, branch=branch).name for branch in ("Delhi", "Mumbai")
	)
	assert listed_in_full(user, "Sales Order") == {own}
	assert opened(user, "Sales Order", {own, foreign}) == {own}
	with as_user(user):
		mine = documents.sales("Sales Order", cash)
	assert mine.branch == "Delhi"
	with as_user(user), pytest.raises(frappe.PermissionError):
		documents.sales("Sales Order", cash, branch="Mumbai")


def test_its_form_sums_up_and_counts_only_ones_own(user: str, cash: str) -> None:
	for branch, amount in {"Delhi": 100, "Mumbai": 1000}.items():
		paid = documents.paid_at_once(cash, amount, branch=branch)
		assert paid.outstanding_amount == 0
	form = call(user, "frappe.desk.form.load.getdoc", doctype="Customer", name=cash)
	(info,) = json.loads(form.text)["docs"][0]["__onload"]["dashboard_info"]
	assert (info["billing_this_year"], info["total_unpaid"]) == (100, 0)
	counts = call(user, "frappe.desk.notifications.get_open_count", doctype="Customer", name=cash)
	found = {row["doctype"]: row["count"] for row in counts.message["count"]["external_links_found"]}
	assert found["Sales Invoice"] == 1


def test_what_has_no_branch_and_names_it_is_made_and_seen(user: str, cash: str) -> None:
	claim = {
		"doctype": "Warranty Claim",
		"customer": cash,
		"complaint": "Broken",
		"company": documents.COMPANY,
	}
	roles = (*ROLES, "Maintenance User")
	with as_user(make_user("helper", "Delhi", roles=roles)):
		name = frappe.get_doc(claim).insert().name
	other = make_user("other", "Mumbai", roles=roles)
	assert name in listed_in_full(other, "Warranty Claim")


def test_it_takes_no_branches_and_counts_as_of_none_and_all(user: str, cash: str) -> None:
	doc = frappe.get_doc("Customer", cash)
	doc.append("branches", {"branch": "Delhi", "is_primary": 1})
	with pytest.raises(BranchAssignmentError, match="for all branches"):
		doc.save()
	assert not frappe.db.get_value("Customer", cash, "is_unassigned")
	frappe.db.set_value("Customer", cash, "is_unassigned", 1, update_modified=False)
	queries.set_unassigned_flags("Customer")
	assert not frappe.db.get_value("Customer", cash, "is_unassigned")
	assert frappe.db.get_value("Customer", "Zq Free", "is_unassigned")
	jobs.count_members()
	kept = frappe.get_all("Branch Member Count", {"document_type": "Customer"}, ["branch", "members"])
	assert {row.branch or "": row.members for row in kept}[""] == frappe.db.count(
		"Customer", {"is_unassigned": 1}
	)


def test_a_transfer_does_not_mean_it(user: str, cash: str) -> None:
	doc = make_transfer("Add Branch", cash, "Zq Delhi", branch="Agra")
	assert transfer_queries.parties_of(doc) == ["Zq Delhi"]


def test_the_condition_says_it_in_every_shape(cash: str) -> None:
	for few in (True, False):
		for everybody in (True, False):
			text, parameters = statements.assigned(
				"Customer", {"Agra"}, frappe.utils.getdate(), few, everybody, {cash}
			)
			found = frappe.db.sql(f"select name from tabCustomer where {text}", parameters, pluck=True)
			assert set(found) >= {cash}
			assert ("Zq Free" in found) == everybody
