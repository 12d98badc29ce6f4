"""Points belong to the customer in all his branches; what is paid with them goes to the branch of the sale."""

import frappe
import pytest
from erpnext.accounts.doctype.loyalty_program.loyalty_program import get_loyalty_program_details_with_points
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

ROLES = ("Sales User", "Sales Manager", "Accounts User", "Accounts Manager")
PROGRAM = "Branch Points"


@pytest.fixture(autouse=True)
def program() -> None:
	"""A point for every ten spent; a point pays one."""
	make_tree()
	documents.make_item()
	rule = {"tier_name": "All", "collection_factor": 10, "min_spent": 0}
	values = {"loyalty_program_name": PROGRAM, "company": COMPANY, "conversion_factor": 1}
	values |= {"from_date": add_days(nowdate(), -1), "expiry_duration": 30, "collection_rules": [rule]}
	values |= {"loyalty_program_type": "Single Tier Program", "expense_account": expense()}
	values |= {"cost_center": frappe.get_cached_value("Company", COMPANY, "cost_center")}
	frappe.get_doc({"doctype": "Loyalty Program", **values}).insert()
	make_customer("Two", "Mumbai", "Delhi").update({"loyalty_program": PROGRAM}).save()


def expense() -> str:
	return frappe.get_cached_value("Company", COMPANY, "default_expense_account")


def points() -> int:
	return get_loyalty_program_details_with_points("Two", PROGRAM, company=COMPANY).loyalty_points


def paid_with(number: int, **values) -> Document:
	redeemed = {"redeem_loyalty_points": 1, "loyalty_points": number, "loyalty_amount": number}
	return documents.sales("Sales Invoice", "Two", loyalty_program=PROGRAM, **redeemed, **values)


def test_points_of_one_branch_pay_in_another_and_the_ledger_stays_there() -> None:
	documents.sales("Sales Invoice", "Two", branch="Mumbai", loyalty_program=PROGRAM)
	assert points() == 10
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	with as_user(user):
		invoice = paid_with(4)
	assert invoice.branch == "Delhi"
	ledger = frappe.get_all("GL Entry", {"voucher_no": invoice.name}, ["account", "branch"])
	assert expense() in {row.account for row in ledger}
	assert {row.branch for row in ledger} == {"Delhi"}
	assert frappe.get_all(
		"Payment Ledger Entry", {"voucher_no": invoice.name}, pluck="branch", distinct=1
	) == ["Delhi"]
	assert points() == 10 - 4 + 9


def test_cancelling_the_sale_gives_the_points_back() -> None:
	documents.sales("Sales Invoice", "Two", branch="Mumbai", loyalty_program=PROGRAM)
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	with as_user(user):
		paid_with(4).cancel()
	assert points() == 10
