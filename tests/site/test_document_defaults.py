"""Which branch a document gets, and which one it is refused, by who makes it."""

import frappe
import pytest
from frappe.model.document import Document
from frappe.utils import add_days, nowdate
from freezegun import freeze_time

from branch_crm.branch_access.document_events import DocumentBranchError
from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import (
	as_user,
	join_team,
	make_branch,
	make_customer,
	make_tree,
	make_user,
	permit,
	switch_on,
)

ROLES = ("Sales User", "Sales Manager", "Sales Master Manager", "Accounts User", "Purchase User")
REFUSED = (OutOfScopeError, DocumentBranchError, frappe.PermissionError, frappe.LinkValidationError)
SOLD = ("Quotation", "Sales Order", "Sales Invoice")


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	documents.make_item()
	make_customer("Two", "Mumbai", "Delhi")


def made(user: str, doctype: str = "Sales Order", customer: str = "Two", **values) -> str | None:
	"""The branch of what the user makes; None where he is refused."""
	with as_user(user):
		try:
			return documents.sales(doctype, customer, submit=False, **values).branch
		except REFUSED:
			return None


def bought(user: str, **values) -> str | None:
	order = {"doctype": "Purchase Order", "supplier": "Source", "company": COMPANY, **values}
	row = {"item_code": documents.ITEM, "qty": 1, "rate": 5, "schedule_date": nowdate()}
	with as_user(user):
		try:
			return frappe.get_doc({**order, "schedule_date": nowdate(), "items": [row]}).insert().branch
		except REFUSED:
			return None


def head_office() -> str:
	return make_user("central", roles=(*ROLES, "Branch Head Office"))


@pytest.mark.parametrize("doctype", SOLD)
@pytest.mark.parametrize(
	("branches", "chosen", "expected"),
	[
		(("Delhi",), None, "Delhi"),
		(("Delhi",), "Mumbai", None),
		(("Delhi", "Mumbai"), None, "Mumbai"),
		(("Delhi", "Mumbai"), "Delhi", "Delhi"),
		(("Agra",), None, None),
		(("Agra",), "Agra", None),
		(("North",), None, "Delhi"),
		((), None, None),
	],
)
def test_by_the_user_s_branches(
	doctype: str, branches: tuple[str, ...], chosen: str | None, expected: str | None
) -> None:
	user = make_user("user", *branches, roles=ROLES)
	switch_on()
	assert made(user, doctype, **({"branch": chosen} if chosen else {})) == expected


@pytest.mark.parametrize("doctype", SOLD)
@pytest.mark.parametrize(
	("default", "expected"), [("Delhi", "Delhi"), ("Mumbai", "Mumbai"), ("Agra", "Mumbai")]
)
def test_a_default_branch_counts_where_the_customer_belongs_to_it(
	doctype: str, default: str, expected: str
) -> None:
	user = make_user("user", roles=ROLES)
	for branch in ("Agra", "Delhi", "Mumbai"):
		permit(user, branch, is_default=int(branch == default))
	switch_on()
	assert made(user, doctype) == expected


@pytest.mark.parametrize("doctype", SOLD)
def test_head_office_gets_the_primary_branch_and_chooses_any_of_the_customer_s(doctype: str) -> None:
	make_customer("Free")
	user = head_office()
	switch_on()
	assert made(user, doctype) == "Mumbai"
	assert made(user, doctype, branch="Delhi") == "Delhi"
	assert made(user, doctype, branch="Agra") is None
	assert made(user, doctype, "Free") in (None, "")
	assert made(user, doctype, "Free", branch="Agra") == "Agra"


def test_a_supplier_s_documents_go_by_the_same_rules() -> None:
	rows = [{"branch": "Mumbai", "is_primary": 1}, {"branch": "Delhi"}]
	supplier = {"doctype": "Supplier", "supplier_name": "Source", "supplier_group": "Services"}
	frappe.get_doc({**supplier, "branches": rows}).insert()
	users = {branch: make_user(branch.lower(), branch, roles=ROLES) for branch in ("Delhi", "Agra")}
	users["central"] = head_office()
	switch_on()
	assert {place: bought(user) for place, user in users.items()} == {
		"Delhi": "Delhi",
		"Agra": None,
		"central": "Mumbai",
	}
	assert bought(users["Delhi"], branch="Mumbai") is None


def test_a_viewer_makes_nothing_and_does_not_count_as_having_the_branch() -> None:
	viewer = make_user("viewer", roles=ROLES)
	join_team(viewer, "Delhi", "Viewer")
	seller = make_user("seller", roles=ROLES)
	join_team(seller, "Mumbai", "Viewer")
	join_team(seller, "Delhi", "Sales")
	switch_on()
	assert made(viewer) is None
	assert made(viewer, branch="Delhi") is None
	assert made(seller) == "Delhi"
	assert made(seller, branch="Mumbai") is None


def test_a_closed_primary_branch_is_passed_over_and_not_chosen() -> None:
	central, region = head_office(), make_user("west", "West", roles=ROLES)
	switch_on()
	frappe.get_doc("Branch", "Mumbai").update({"enabled": 0}).save()
	assert made(central) == "Delhi"
	assert made(central, branch="Mumbai") is None
	assert made(region) is None


@pytest.fixture
def sister() -> Document:
	company = {"doctype": "Company", "company_name": "Sister", "abbr": "SIS", "country": "India"}
	return frappe.get_doc({**company, "default_currency": "INR"}).insert()


def test_a_primary_branch_of_another_company_is_passed_over(sister: Document) -> None:
	make_branch("There", "West", company=sister.name)
	make_branch("Here", "North", company=COMPANY)
	make_customer("Across", "There", "Here")
	central, both = head_office(), make_user("both", "There", "Here", roles=ROLES, is_default=0)
	switch_on()
	for user in (central, both):
		assert made(user, customer="Across") == "Here"
		assert made(user, customer="Across", branch="There") is None
	only = make_user("there", "There", roles=ROLES)
	assert made(only, customer="Across") is None


@pytest.mark.parametrize(
	("day", "expected"), [("-2", None), ("-1", "Delhi"), ("1", "Delhi"), ("2", None)], ids=str
)
def test_days_of_the_team_count_for_what_is_made(day: str, expected: str | None) -> None:
	user = make_user("dated", roles=ROLES)
	join_team(user, "Delhi", "Sales", from_date=add_days(nowdate(), -1), to_date=add_days(nowdate(), 1))
	switch_on()
	with freeze_time(f"{add_days(nowdate(), int(day))} 06:00"):
		assert made(user) == expected


@pytest.mark.parametrize(("day", "expected"), [("0", "Delhi"), ("3", "Mumbai")], ids=str)
def test_a_branch_that_the_customer_has_left_gets_no_more_by_default(day: str, expected: str) -> None:
	make_customer("Leaving", "Mumbai", {"branch": "Delhi", "to_date": add_days(nowdate(), 1)})
	user = make_user("both", roles=ROLES)
	permit(user, "Delhi", is_default=1)
	permit(user, "Mumbai")
	switch_on()
	with freeze_time(f"{add_days(nowdate(), int(day))} 06:00"):
		assert made(user, customer="Leaving") == expected
