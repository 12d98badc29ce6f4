"""A returned cheque is never refused, counts on its customer, and may stop sales."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import api
from branch_crm.demo.records import COMPANY
from tests.site import credit
from tests.site.cheques import RETURN, charges, cheque, returned
from tests.site.company import as_user, make_tree, make_user, switch_on
from tests.site.credit import BUYER, billed, buyer, contributed, profile


@pytest.fixture(autouse=True)
def _judged() -> None:
	make_tree()
	buyer("Delhi", "Mumbai")
	credit.judge()


def test_it_is_never_refused_for_what_is_owed() -> None:
	invoice = billed(1000)
	receipt = cheque(1000, invoice)
	profile(credit_limit=0, check_credit=1, stop_sales=1, sales_blocked=1, blocked_reason="Court")
	returned(receipt, customer_charge=60, charge_account=charges())
	assert contributed() == {"receivable": 1060}


def _policy(returns: int, days: int = 0) -> None:
	frappe.get_doc("Credit Settings").update(
		{"block_after_returns": returns, "returns_within_days": days}
	).save()


def test_so_many_returned_cheques_stop_sales() -> None:
	_policy(2)
	returned(cheque(100))
	assert not frappe.db.exists("Credit Profile", {"party": BUYER})
	back = returned(cheque(100))
	found = frappe.get_doc("Credit Profile", {"party": BUYER})
	assert found.sales_blocked and back.blocked_sales
	assert "000123" in found.blocked_reason
	assert not found.check_credit
	back.cancel()
	assert not frappe.db.get_value("Credit Profile", found.name, "sales_blocked")


def test_who_has_other_returned_cheques_enough_stays_blocked() -> None:
	_policy(1)
	first = returned(cheque(100))
	second = returned(cheque(100))
	assert (first.blocked_sales, second.blocked_sales) == (1, 0)
	first.cancel()
	assert frappe.db.get_value("Credit Profile", {"party": BUYER}, "sales_blocked")


def test_what_came_back_long_ago_stops_nothing() -> None:
	_policy(2, days=30)
	returned(cheque(100, posting_date=add_days(nowdate(), -50)), return_date=add_days(nowdate(), -40))
	returned(cheque(100))
	assert not frappe.db.exists("Credit Profile", {"party": BUYER})


def test_a_block_keeps_the_limit_that_held() -> None:
	_policy(1)
	profile(credit_limit=700, check_credit=1, stop_sales=1)
	returned(cheque(100))
	found = frappe.get_doc("Credit Profile", {"party": BUYER})
	assert (found.credit_limit, found.sales_blocked) == (700, 1)


def test_they_are_counted_on_the_customer() -> None:
	returned(cheque(100))
	returned(cheque(100)).cancel()
	assert api.customer_credit(BUYER, COMPANY)["returned_cheques"] == 1


ACCOUNTS = ("Accounts User", "Sales User")


def test_people_of_a_branch_return_cheques_of_their_own_invoices_and_see_no_others() -> None:
	user = make_user("accountant", "Delhi", roles=ACCOUNTS)
	own, foreign = billed(100, branch="Delhi"), billed(100, branch="Mumbai")
	receipt, across, elsewhere = cheque(100, own), cheque(50, foreign), cheque(50, foreign, branch="Mumbai")
	theirs = returned(elsewhere)
	switch_on()
	with as_user(user):
		back = returned(receipt)
		assert frappe.get_list(RETURN, pluck="name") == [back.name]
		assert api.customer_credit(BUYER, COMPANY)["returned_cheques"] == 1
		for refused in (across, elsewhere):
			with pytest.raises((frappe.PermissionError, frappe.LinkValidationError)):
				returned(refused)
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(RETURN, theirs.name).check_permission()


def test_who_only_sells_returns_nothing() -> None:
	seller = make_user("seller", "Delhi", roles=("Sales User", "Sales Manager"))
	receipt = cheque(100)
	switch_on()
	with as_user(seller), pytest.raises(frappe.PermissionError):
		returned(receipt)
