"""The CASH customer: there as soon as a company is, the same for all branches, and lasting."""

import frappe
import pytest

from branch_crm.branch_access.events import BranchAssignmentError
from branch_crm.customer_master import cash_customer, cash_queries
from branch_crm.customer_master.cash_events import CashCustomerError, CashOfAllBranchesError
from branch_crm.customer_master.code_events import CustomerCodeError
from tests.site import documents
from tests.site.company import KEEPERS, as_user, let_delete, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call, send

SETTINGS = "Customer Master Settings"


@pytest.fixture
def cash() -> str:
	return cash_queries.cash_customer()


def _without_cash() -> None:
	"""As on a site where the app has just come to a company."""
	names = frappe.get_all("Customer", {"customer_code": ["like", "CASH%"]}, pluck="name")
	frappe.db.delete("Customer", {"name": ["in", names]})
	frappe.db.set_single_value(SETTINGS, "cash_customer", None)
	frappe.local.request_cache.clear()


def _made() -> frappe._dict:
	cash_customer.make()
	fields = ["name", "customer_name", "customer_code", "is_unassigned", "customer_type", "customer_group"]
	return frappe.db.get_value("Customer", cash_queries.cash_customer(), fields, as_dict=True)


def _company(name: str) -> None:
	company = {"doctype": "Company", "company_name": name, "abbr": name[:3].upper(), "country": "India"}
	frappe.get_doc({**company, "default_currency": "INR"}).insert()


def test_a_site_with_a_company_has_one(cash: str) -> None:
	doc = frappe.get_doc("Customer", cash)
	assert (cash, doc.customer_name, doc.customer_code) == ("CASH", "CASH", "CASH")
	assert (doc.customer_type, doc.is_unassigned, doc.branches) == ("Individual", 0, [])
	assert (doc.customer_group, doc.territory) == ("Individual", "India")


def test_it_is_made_once_and_what_people_make_of_it_stays(cash: str) -> None:
	frappe.get_doc("Customer", cash).update({"territory": "Rest Of The World"}).save()
	before = frappe.db.get_value("Customer", cash, "*", as_dict=True)
	number = frappe.db.count("Customer")
	cash_customer.make()
	_company("Zq Second")
	assert frappe.db.get_value("Customer", cash, "*", as_dict=True) == before
	assert frappe.db.count("Customer") == number


def test_it_comes_with_a_company_and_not_before() -> None:
	_without_cash()
	for doctype in ("Company", "Accounting Dimension", "Mode of Payment Account"):
		frappe.db.delete(doctype)
	cash_customer.make()
	assert cash_queries.cash_customer() is None
	_company("Zq First")
	assert cash_queries.cash_customer() == "CASH"


def test_whoever_has_it_made_it_is_of_no_branch() -> None:
	make_tree()
	frappe.get_doc("Branch", "Delhi").update({"pin_codes": [{"first": "1", "last": "9"}]}).save()
	_without_cash()
	user = make_user("founder", "Delhi", roles=("Accounts User",), is_default=1)
	switch_on()
	with as_user(user):
		cash_customer.make()
	assert frappe.get_doc("Customer", "CASH").branches == []


def test_where_no_group_is_yet_it_is_made_without_one() -> None:
	_without_cash()
	for doctype in ("Customer Group", "Territory"):
		frappe.db.delete(doctype)
	assert _made().customer_group is None


@pytest.mark.parametrize("naming", ["Customer Name", "Naming Series"])
def test_it_is_called_cash_however_customers_are_named(naming: str) -> None:
	_without_cash()
	frappe.db.set_default("cust_master_name", naming)
	assert _made().name == "CASH"


def test_a_plain_customer_that_is_called_so_is_taken() -> None:
	_without_cash()
	name = make_customer("Cash").name
	frappe.db.set_value("Customer", name, "customer_code", None, update_modified=False)
	modified = frappe.db.get_value("Customer", name, "modified")
	made = _made()
	assert (made.name, made.customer_code, made.is_unassigned) == ("Cash", "CASH", 0)
	assert frappe.db.get_value("Customer", name, "modified") == modified


def test_one_with_the_code_goes_before_one_with_the_name_and_keeps_it() -> None:
	_without_cash()
	make_customer("CASH")
	frappe.get_doc({"doctype": "Customer", "customer_name": "Walk-in", "customer_code": "CASH"}).insert()
	assert _made().name == "Walk-in"
	_without_cash()
	assert frappe.db.get_value("Customer", "CASH", "customer_code") not in (None, "CASH")
	assert _made().name == "CASH"
	assert _made().customer_code != "CASH"


@pytest.mark.parametrize("state", ["disabled", "is_frozen", "branches", "credit_limits"])
def test_beside_one_that_is_not_plain_a_new_one_is_made(state: str) -> None:
	make_tree()
	_without_cash()
	doc = make_customer("CASH", *(["Delhi"] if state == "branches" else []))
	if state == "credit_limits":
		doc.append("credit_limits", {"company": documents.COMPANY, "credit_limit": 1000})
		doc.save()
	elif state != "branches":
		doc.update({state: 1}).save()
	made = _made()
	assert (made.name, made.customer_name, made.customer_code) == ("CASH-1", "CASH-1", "CASH-1")


def test_a_customer_group_of_that_name_is_no_obstacle() -> None:
	_without_cash()
	group = {"doctype": "Customer Group", "customer_group_name": "Cash"}
	frappe.get_doc({**group, "parent_customer_group": "All Customer Groups"}).insert()
	assert _made().name == "CASH-1"


@pytest.mark.parametrize(
	"change",
	[
		{"disabled": 1},
		{"is_frozen": 1},
		{"customer_name": "Other"},
		{"is_internal_customer": 1, "represents_company": documents.COMPANY},
		{"credit_limits": [{"company": documents.COMPANY, "credit_limit": 1}]},
	],
	ids=lambda change: next(iter(change)),
)
def test_it_cannot_become_something_else(cash: str, change: dict) -> None:
	with pytest.raises(CashCustomerError):
		frappe.get_doc("Customer", cash).update(change).save()


def test_its_code_and_its_freedom_from_branches_are_lasting(cash: str) -> None:
	make_tree()
	with pytest.raises(CustomerCodeError):
		frappe.get_doc("Customer", cash).update({"customer_code": "OTHER"}).save()
	doc = frappe.get_doc("Customer", cash)
	doc.append("branches", {"branch": "Delhi", "is_primary": 1})
	with pytest.raises(BranchAssignmentError, match="for all branches"):
		doc.save()


def test_by_rest_as_well(cash: str) -> None:
	for change in ({"disabled": 1}, {"customer_name": "Other"}):
		assert send("Administrator", "PUT", f"/api/resource/Customer/{cash}", **change).status == 417
	assert send("Administrator", "DELETE", f"/api/resource/Customer/{cash}").status == 417
	disable = {"doctype": "Customer", "docnames": [cash], "action": "update", "data": {"disabled": 1}}
	call(
		"Administrator", "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs", **disable
	)
	assert not frappe.db.get_value("Customer", cash, "disabled")
	rename = {"doctype": "Customer", "docname": cash, "name": "Other", "enqueue": False}
	assert call("Administrator", "frappe.model.rename_doc.update_document_title", **rename).status == 417
	assert frappe.db.exists("Customer", cash)


def test_it_is_neither_renamed_nor_merged(cash: str) -> None:
	let_delete()
	make_customer("Zq Other")
	for old, new, merge in (
		(cash, "Zq New", False),
		(cash, "Zq Other", True),
		("Zq Other", cash, True),
		("Zq Other", cash.lower(), True),
	):
		with pytest.raises(CashCustomerError):
			frappe.rename_doc("Customer", old, new, merge=merge, force=True)
	frappe.rename_doc("Customer", "Zq Other", "Zq Another")
	assert frappe.db.exists("Customer", "Zq Another")


def test_it_is_not_deleted_by_force_either(cash: str) -> None:
	let_delete()
	for values in ({}, {"force": True}, {"ignore_permissions": True}):
		with pytest.raises(CashCustomerError):
			frappe.delete_doc("Customer", cash, **values)


def test_what_else_is_kept_of_it_may_change(cash: str) -> None:
	change = {"trading_name": "Counter", "website": "https://zq.example", "tax_category": None}
	frappe.get_doc("Customer", cash).update(change).save()
	assert frappe.db.get_value("Customer", cash, "trading_name") == "Counter"


def _choose(customer: str | None) -> None:
	frappe.get_doc(SETTINGS).update({"cash_customer": customer}).save()


def test_another_one_can_be_chosen_and_the_old_one_is_free(cash: str) -> None:
	let_delete()
	make_tree()
	make_customer("Zq Walk-in")
	user = make_user("seller", "Delhi")
	switch_on()
	_choose("Zq Walk-in")
	assert cash_queries.cash_customer() == "Zq Walk-in"
	assert frappe.db.get_value("Customer", "Zq Walk-in", "is_unassigned") == 0
	assert frappe.db.get_value("Customer", cash, "is_unassigned") == 1
	assert not frappe.has_permission("Customer", "read", cash, user=user)
	assert frappe.has_permission("Customer", "read", "Zq Walk-in", user=user)
	frappe.get_doc("Customer", cash).update({"disabled": 1}).save()
	with pytest.raises(CashCustomerError):
		frappe.delete_doc("Customer", "Zq Walk-in")


@pytest.mark.parametrize("state", ["disabled", "is_frozen", "branches", "credit_limits", "nobody"])
def test_one_that_would_not_sell_everywhere_and_at_once_cannot_be_chosen(cash: str, state: str) -> None:
	make_tree()
	doc = make_customer("Zq Walk-in", *(["Delhi"] if state == "branches" else []))
	if state == "credit_limits":
		doc.append("credit_limits", {"company": documents.COMPANY, "credit_limit": 1000})
		doc.save()
	elif state in ("disabled", "is_frozen"):
		doc.update({state: 1}).save()
	with pytest.raises(CashCustomerError):
		_choose(None if state == "nobody" else "Zq Walk-in")
	assert cash_queries.cash_customer() == cash


def test_nobody_limited_by_branch_chooses_for_all(cash: str) -> None:
	make_tree()
	make_customer("Zq Walk-in", "Delhi")
	user = make_user("keeper", "Delhi", roles=KEEPERS)
	switch_on()
	with as_user(user), pytest.raises(CashOfAllBranchesError):
		_choose("Zq Walk-in")
	with as_user(user):
		frappe.get_doc(SETTINGS).update({"customer_code_series": "ZQ-.###"}).save()


def test_a_credit_limit_that_is_sent_alone_is_refused() -> None:
	cash = cash_queries.cash_customer()
	row = {"parent": cash, "parenttype": "Customer", "parentfield": "credit_limits"}
	row |= {"company": documents.COMPANY, "credit_limit": 1000}
	answer = send("Administrator", "POST", "/api/resource/Customer Credit Limit", **row)
	assert isinstance(answer.refusal, CashCustomerError)
