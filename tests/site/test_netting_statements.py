"""What is printed and mailed of a settlement, and the report over all pairs."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting import api
from tests.site import goods, netting
from tests.site.company import as_user, make_contact, make_tree, make_user, switch_on
from tests.site.http_requests import call
from tests.site.netting import RAM, agree, bought, proposed, sold

REPORT = "Net Positions"


def _rows(user: str = "Administrator", **filters: object) -> dict[tuple, dict]:
	with as_user(user):
		found = run(REPORT, {"company": COMPANY, **filters})["result"]
	return {
		(row["customer"], row["branch"]): row
		for row in found
		if isinstance(row, dict) and row.get("customer")
	}


def _printed(settlement: str) -> str:
	asked = {"doc": "Netting Settlement", "name": settlement, "print_format": "Netting Statement"}
	return call("Administrator", "frappe.www.printview.get_html_and_style", **asked).message["html"]


def test_the_statement_says_both_sides_the_position_and_the_amount_in_words() -> None:
	sale, purchase = netting.rams_example()
	settlement = proposed(agree(statement_note="As agreed <b>in May</b>"))
	draft = _printed(settlement.name)
	assert "Opening" not in draft
	settlement.submit()
	assert settlement.meta.default_print_format == "Netting Statement"
	text = _printed(settlement.name)
	for said in (sale.name, purchase.name, "1,24,000.00", "82,000.00", "42,000.00", RAM, COMPANY):
		assert said in text, said
	assert "Eighty Two Thousand" in text
	assert "As agreed &lt;b&gt;in May" in text
	for said in ("Opening", "Closing", "Owed to Us", "Owed by Us"):
		assert said in text


def test_a_position_of_some_branches_says_so() -> None:
	make_tree()
	netting.pair(RAM, "Delhi", "Mumbai")
	sold(500, branch="Delhi")
	bought(300, branch="Delhi")
	sold(1000, branch="Mumbai")
	user = make_user("zq-delhi", "Delhi", roles=netting.ACCOUNTS)
	switch_on()
	with as_user(user):
		settlement = proposed(agree())
		settlement.submit()
	assert settlement.opening_receivable == 500
	assert "of the documents of some branches only" in _printed(settlement.name)
	bought(100, branch="Delhi")
	whole = proposed(frappe.get_last_doc("Netting Agreement"))
	whole.submit()
	assert "some branches only" not in _printed(whole.name)


def test_it_goes_to_the_contacts_of_both_parties() -> None:
	netting.rams_example()
	for name, link in (("Zq Buyer", ("Customer", RAM)), ("Zq Seller", ("Supplier", RAM))):
		contact = make_contact(name, link)
		contact.append("email_ids", {"email_id": f"{frappe.scrub(name)}@ram.example", "is_primary": 1})
		contact.save()
	settlement = proposed(agree())
	assert api.statement_recipients(settlement.name) == ["zq_buyer@ram.example", "zq_seller@ram.example"]
	with as_user(make_user("zq-stock", roles=("Stock User",))), pytest.raises(frappe.PermissionError):
		api.statement_recipients(settlement.name)


def test_the_report_says_what_every_pair_owes_by_branch_and_age() -> None:
	make_tree()
	netting.pair(RAM, "Delhi", "Mumbai")
	sold(
		100,
		branch="Delhi",
		posting_date=add_days(nowdate(), -50),
		set_posting_time=1,
		due_date=add_days(nowdate(), -40),
	)
	sold(30, branch="Delhi", due_date=add_days(nowdate(), 5))
	bought(40, branch="Delhi")
	bought(7, branch="Mumbai")
	found = _rows()
	delhi = found[RAM, "Delhi"]
	assert (delhi["supplier"], delhi["receivable"], delhi["payable"], delhi["net"]) == (RAM, 130, 40, 90)
	assert (delhi["receivable_0"], delhi["receivable_2"], delhi["payable_0"]) == (30, 100, 40)
	assert found[RAM, "Mumbai"]["net"] == -7
	assert _rows(branch="North").keys() == {(RAM, "Delhi")}
	assert _rows(customer="Zq Nobody") == {}


def test_a_restricted_user_sees_the_rows_of_his_branches() -> None:
	make_tree()
	netting.pair(RAM, "Delhi", "Mumbai")
	netting.pair("Zq Far", "Mumbai")
	for party, branch in ((RAM, "Delhi"), (RAM, "Mumbai"), ("Zq Far", "Mumbai")):
		sold(100, party, branch=branch)
	user = make_user("zq-delhi", "Delhi", roles=netting.ACCOUNTS)
	switch_on()
	assert _rows(user).keys() == {(RAM, "Delhi")}
	assert {(RAM, "Delhi"), (RAM, "Mumbai"), ("Zq Far", "Mumbai")} <= _rows().keys()


def test_who_reads_one_side_alone_gets_no_report() -> None:
	goods.make_supplier("Zq Somebody")
	with as_user(make_user("zq-seller", roles=("Sales User",))), pytest.raises(frappe.PermissionError):
		run(REPORT, {"company": COMPANY})
