"""Who is responsible for a party in a branch: named where the settings say so, and found by new work."""

import frappe
import pytest

from branch_crm.branch_access import queries
from branch_crm.branch_access.events import BranchAssignmentError
from branch_crm.demo.records import COMPANY
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

ROLES = ("Sales User", "Sales Manager", "Support Team")


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


@pytest.fixture
def owners() -> dict[str, str]:
	return {branch: make_user(branch.lower(), branch, roles=ROLES) for branch in ("Delhi", "Mumbai")}


def require(*owners: str) -> None:
	for owner in owners:
		frappe.db.set_single_value("Branch Access Settings", f"{owner}_required", 1)
	queries.forget_scopes()


def rows(owners: dict[str, str], kind: str) -> list[dict]:
	return [{"branch": branch, kind: user} for branch, user in owners.items()]


def assigned(doc: object) -> list[str]:
	filters = {"reference_type": doc.doctype, "reference_name": doc.name}
	return frappe.get_all("ToDo", filters, pluck="allocated_to")


def opportunity(customer: str, branch: str) -> object:
	values = {"opportunity_from": "Customer", "party_name": customer, "company": COMPANY, "branch": branch}
	return frappe.get_doc({"doctype": "Opportunity", **values}).insert()


def issue(customer: str, branch: str) -> object:
	values = {"subject": "Broken", "customer": customer, "company": COMPANY, "branch": branch}
	return frappe.get_doc({"doctype": "Issue", **values}).insert()


def test_a_required_owner_is_asked_for_in_new_and_changed_rows(owners: dict[str, str]) -> None:
	customer = make_customer("Old", "Delhi")
	require("sales_owner")
	customer.update({"website": "https://old.example"}).save()
	with pytest.raises(BranchAssignmentError, match="Mumbai"):
		customer.append("branches", {"branch": "Mumbai"})
		customer.save()
	customer.reload()
	customer.append("branches", {"branch": "Mumbai", "sales_owner": owners["Mumbai"]})
	customer.save()
	with pytest.raises(BranchAssignmentError):
		make_customer("New", "Delhi")
	require("support_owner")
	with pytest.raises(BranchAssignmentError):
		make_customer("New", {"branch": "Delhi", "sales_owner": owners["Delhi"]})


def test_new_work_goes_to_the_owner_in_its_branch(owners: dict[str, str]) -> None:
	make_customer("Sold", *rows(owners, "sales_owner"))
	make_customer("Served", *rows(owners, "support_owner"))
	switch_on()
	for branch, user in owners.items():
		assert assigned(opportunity("Sold", branch)) == [user]
		assert assigned(issue("Served", branch)) == [user]
	assert assigned(issue("Sold", "Delhi")) == assigned(opportunity("Served", "Delhi")) == []


def test_nobody_is_assigned_what_he_may_not_see_and_no_share_is_made(owners: dict[str, str]) -> None:
	make_customer("Sold", {"branch": "Delhi", "sales_owner": owners["Mumbai"]})
	switch_on()
	doc = opportunity("Sold", "Delhi")
	assert assigned(doc) == []
	assert not frappe.db.exists("DocShare", {"share_doctype": "Opportunity", "share_name": doc.name})


def test_who_makes_it_himself_or_is_gone_is_not_assigned(owners: dict[str, str]) -> None:
	make_customer("Sold", *rows(owners, "sales_owner"))
	switch_on()
	with as_user(owners["Delhi"]):
		assert assigned(opportunity("Sold", "Delhi")) == []
	frappe.db.set_value("User", owners["Mumbai"], "enabled", 0)
	assert assigned(opportunity("Sold", "Mumbai")) == []
