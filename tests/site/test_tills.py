"""A till of another branch is not filled in for people of this one."""

import frappe
import pytest

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import KEEPERS, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import Answer, call

TILLS = {"Zq Delhi Till": ("Zq Own", "Delhi"), "Zq Mumbai Till": ("Zq Foreign", "Mumbai")}


@pytest.fixture
def user() -> str:
	make_tree()
	documents.make_item()
	for customer, branch in TILLS.values():
		make_customer(customer, branch)
	user = make_user("cashier", "Delhi", roles=(*KEEPERS, "Accounts User", "Accounts Manager", "Stock User"))
	switch_on()
	return user


def _make_till(name: str) -> None:
	cost_center = frappe.get_cached_value("Company", COMPANY, "cost_center")
	till = {"doctype": "POS Profile", "name": name, "company": COMPANY, "currency": "INR"}
	till |= {
		"customer": TILLS[name][0],
		"branch": TILLS[name][1],
		"warehouse": frappe.db.get_value("Warehouse", {"company": COMPANY}),
	}
	till |= {"write_off_account": documents.account("Cash"), "write_off_cost_center": cost_center}
	doc = frappe.get_doc({**till, "payments": [{"mode_of_payment": "Cash", "default": 1}]})
	# whether its accounts are complete is no matter here
	doc.flags.name_set, doc.flags.ignore_validate = True, True
	doc.insert(ignore_mandatory=True)


def _filled_in(user: str, **arguments) -> Answer:
	sale = {"doctype": "POS Invoice", "name": "new-pos-invoice-1", "__islocal": 1, "is_pos": 1}
	sale |= {"company": COMPANY, "customer": "Zq Own"}
	asked = {"docs": frappe.as_json(sale), "method": "set_missing_values", "args": arguments}
	return call(user, "run_doc_method", **asked)


@pytest.mark.parametrize("name", TILLS)
def test_a_till_is_filled_in_where_it_is_ones_own(user: str, name: str) -> None:
	_make_till(name)
	answer = _filled_in(user)
	assert ("Choose a till of your branch." in answer.text) == (name == "Zq Mumbai Till"), answer.text
	assert (name in answer.text) == (name == "Zq Delhi Till")


def test_it_is_filled_in_with_what_the_form_asks_besides(user: str) -> None:
	_make_till("Zq Delhi Till")
	assert "Zq Delhi Till" in _filled_in(user, for_validate=False).text


def test_head_office_gets_any(user: str) -> None:
	_make_till("Zq Mumbai Till")
	assert "Zq Mumbai Till" in _filled_in("Administrator").text
