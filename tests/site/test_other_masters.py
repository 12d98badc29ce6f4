"""Suppliers and prospects belong to branches as customers do."""

import frappe
import pytest
from erpnext.crm.doctype.prospect.prospect import make_customer as customer_of_prospect
from frappe.utils import nowdate

from branch_crm.branch_access.document_events import DocumentBranchError
from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import (
	as_user,
	counted,
	found,
	let_delete,
	listed,
	make_contact,
	make_tree,
	make_user,
	opened,
	switch_on,
)

ROLES = ("Sales User", "Sales Manager", "Purchase User", "Purchase Manager", "Purchase Master Manager")
NAMES = {"Supplier": "supplier_name", "Prospect": "company_name"}


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	documents.make_item()


def make_master(doctype: str, name: str, *branches: str) -> object:
	rows = [{"branch": branch, "is_primary": int(not index)} for index, branch in enumerate(branches)]
	values = {"doctype": doctype, NAMES[doctype]: name, "supplier_group": "Services", "company": COMPANY}
	return frappe.get_doc({**values, "branches": rows}).insert()


@pytest.mark.parametrize("doctype", NAMES)
def test_everybody_sees_those_of_his_branches_on_every_path(doctype: str) -> None:
	names = {place: make_master(doctype, f"Zq {place}", place).name for place in ("Delhi", "Mumbai")}
	names["both"] = make_master(doctype, "Zq both", "Delhi", "Mumbai").name
	names["none"] = make_master(doctype, "Zq none").name
	contact = make_contact("Zq person", (doctype, names["Mumbai"])).name
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	seen = {names["Delhi"], names["both"]}
	assert listed(user, doctype) == opened(user, doctype, set(names.values())) == seen
	assert found(user, "Zq", doctype) == seen
	assert counted(user, doctype) == 2
	assert contact not in listed(user, "Contact")
	assert opened(user, "Contact", {contact}) == set()


@pytest.mark.parametrize("doctype", NAMES)
def test_a_restricted_user_changes_only_the_rows_of_his_branches(doctype: str) -> None:
	name = make_master(doctype, "Zq both", "Delhi", "Mumbai").name
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	let_delete()
	with as_user(user):
		assert [row.branch for row in make_master(doctype, "Zq new").branches] == ["Delhi"]
		doc = frappe.get_doc(doctype, name)
		doc.branches[1].sales_owner = user
		with pytest.raises(OutOfScopeError):
			doc.save()
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc(doctype, name)


def test_purchases_go_to_the_branch_of_their_supplier() -> None:
	make_master("Supplier", "Zq Mumbai", "Mumbai")
	order = {
		"doctype": "Purchase Order",
		"supplier": "Zq Mumbai",
		"company": COMPANY,
		"transaction_date": nowdate(),
		"schedule_date": nowdate(),
		"items": [{"item_code": documents.ITEM, "qty": 1, "rate": 5, "schedule_date": nowdate()}],
	}
	assert frappe.get_doc(order).insert().branch == "Mumbai"
	with pytest.raises(DocumentBranchError):
		frappe.get_doc({**order, "branch": "Delhi"}).insert()


def test_from_lead_to_prospect_to_customer_the_branches_stay() -> None:
	lead = documents.make_lead(branch="Agra")
	lead.create_prospect("Zq prospect")
	prospect = frappe.get_doc("Prospect", "Zq prospect")
	assert [row.branch for row in prospect.branches] == ["Agra"]
	prospect.append("branches", {"branch": "Mumbai"})
	prospect.save()
	customer = customer_of_prospect(prospect.name)
	customer.update({"customer_group": "Commercial", "territory": "India"}).insert()
	assert [(row.branch, row.is_primary) for row in customer.branches] == [("Agra", 1), ("Mumbai", 0)]
