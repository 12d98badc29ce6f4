"""ERPNext's credit limits go over to profiles, and come back as they were."""

import frappe
import pytest

from branch_crm.credit_control import api, takeover_jobs, takeover_work
from branch_crm.credit_control.judge_events import CreditRefusedError
from branch_crm.credit_control.stock_limit_events import StockLimitError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import KEEPERS, as_user, let_delete, make_customer, make_tree, make_user, switch_on
from tests.site.credit import BUYER, billed, buyer, contributed, of_order, ordered
from tests.site.documents import make_delivery_note
from tests.site.http_requests import send

GROUP = "Zq Traders"
_LIMITS = "credit_limits"


@pytest.fixture(autouse=True)
def company(monkeypatch: pytest.MonkeyPatch) -> None:
	"""A buyer with a limit of its own, one of a group with a limit, and one that only the company limits."""
	# a test's own transaction is not ended
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	make_tree()
	documents.make_item()
	group = {
		"doctype": "Customer Group",
		"customer_group_name": GROUP,
		"parent_customer_group": "All Customer Groups",
	}
	frappe.get_doc({**group, _LIMITS: [{"company": COMPANY, "credit_limit": 3000}]}).insert()
	limits = [{"company": COMPANY, "credit_limit": 2000, "bypass_credit_limit_check": 1}]
	buyer("Delhi", **{_LIMITS: limits})
	make_customer("Zq Trader", "Delhi").update({"customer_group": GROUP}).save()
	make_customer("Zq Other", "Delhi")
	frappe.db.set_value("Company", COMPANY, "credit_limit", 5000)
	frappe.clear_document_cache("Company", COMPANY)


def _stock() -> dict[str, list]:
	"""ERPNext's limits, whole."""
	rows = frappe.get_all("Customer Credit Limit", fields=["*"], order_by="name")
	modified = frappe.get_all("Customer", ["name", "modified"], order_by="name", as_list=True)
	limit = frappe.db.get_value("Company", COMPANY, "credit_limit")
	return {"rows": rows, "modified": list(modified), "company": [limit]}


def _limits() -> dict[str, float]:
	return {
		customer: api.position(customer, COMPANY)["limit"] for customer in (BUYER, "Zq Trader", "Zq Other")
	}


def test_a_dry_run_says_what_both_count_and_why_they_differ() -> None:
	of_order(ordered(10), make_delivery_note)
	billed(300)
	before = _stock()
	rows = {row["customer"]: row for row in api.take_over(COMPANY)}
	assert _stock() == before
	assert not frappe.db.exists("Credit Company", COMPANY)
	assert {
		name: (rows[name]["limit"], rows[name]["limit_of"]) for name in (BUYER, "Zq Trader", "Zq Other")
	} == {
		BUYER: (2000, "Customer"),
		"Zq Trader": (3000, "Customer Group"),
		"Zq Other": (5000, "Company"),
	}
	assert (rows[BUYER]["stock"], rows[BUYER]["ours"]) == (1300, 1300)
	(why,) = rows[BUYER]["why"]
	assert "Orders are not judged there" in why


def test_where_the_sums_come_apart_the_part_is_named() -> None:
	ordered(10)
	# ERPNext goes by the billed part of the whole order
	frappe.db.set_value("Sales Order", {"customer": BUYER}, "per_billed", 50)
	row = next(row for row in api.take_over(COMPANY) if row["customer"] == BUYER)
	assert (row["stock"], row["ours"]) == (500, 1000)
	assert "Not Billed: ₹ 500.00 there" in row["why"][0]


def test_limits_go_over_and_come_back_as_they_were() -> None:
	billed(500)
	before = _stock()
	takeover_jobs.take_over(COMPANY)
	assert _limits() == {BUYER: 2000, "Zq Trader": 3000, "Zq Other": 5000}
	assert not frappe.get_all("Customer Credit Limit", {"company": COMPANY})
	assert not frappe.db.get_value("Company", COMPANY, "credit_limit")
	assert contributed() == {"receivable": 500}
	frappe.db.savepoint("asked")
	with pytest.raises(CreditRefusedError):
		billed(1501)
	frappe.db.rollback(save_point="asked")
	# as ERPNext's limit did, the profile lets orders pass
	order = ordered(20)
	with pytest.raises(CreditRefusedError):
		of_order(order, make_delivery_note)
	frappe.db.rollback(save_point="asked")
	billed(1500)
	api.hand_back(COMPANY)
	assert _stock() == before
	assert not frappe.db.count("Stock Credit Limit")
	# ERPNext judges again, by its own limit
	with pytest.raises(frappe.ValidationError, match="Credit limit has been crossed"):
		billed(1)


def test_whose_orders_erpnext_passes_by_the_limit_of_the_company_may_order() -> None:
	frappe.db.set_value("Customer Credit Limit", {"parent": BUYER}, "credit_limit", 0)
	frappe.clear_document_cache("Customer", BUYER)
	why = {row["customer"]: row["why"] for row in api.take_over(COMPANY)}
	takeover_jobs.take_over(COMPANY)
	assert "Nor are they by its profile" in why[BUYER][0]
	order = ordered(60)
	with pytest.raises(CreditRefusedError):
		of_order(order, make_delivery_note)


def test_head_office_takes_over_whatever_it_may_grant_itself() -> None:
	head = make_user("head", roles=(*KEEPERS, "Accounts Manager", "Branch Head Office"))
	settings = frappe.get_doc("Credit Settings")
	settings.append("authorities", {"role": "Accounts Manager", "amount": 10})
	settings.save()
	before = _stock()
	with as_user(head):
		takeover_jobs.take_over(COMPANY)
	assert _limits() == {BUYER: 2000, "Zq Trader": 3000, "Zq Other": 5000}
	api.hand_back(COMPANY)
	assert _stock() == before
	assert not frappe.get_all("Credit Default", {"company": COMPANY})


def test_who_was_renamed_or_limited_meanwhile_is_taken_over_too(monkeypatch: pytest.MonkeyPatch) -> None:
	move = takeover_work.move

	def later(company: str) -> None:
		frappe.rename_doc("Customer", "Zq Trader", "Zq Dealer")
		other = frappe.get_doc("Customer", "Zq Other")
		other.append(_LIMITS, {"company": COMPANY, "credit_limit": 700})
		other.save()
		move(company)

	monkeypatch.setattr(takeover_work, "move", later)
	takeover_jobs.take_over(COMPANY)
	limits = {name: api.position(name, COMPANY)["limit"] for name in (BUYER, "Zq Dealer", "Zq Other")}
	assert limits == {BUYER: 2000, "Zq Dealer": 3000, "Zq Other": 700}


def test_a_company_that_was_taken_over_is_not_taken_over_again_in_another_way() -> None:
	before = _stock()
	takeover_jobs.take_over(COMPANY)
	profiles = frappe.get_all("Credit Profile", fields=["*"], order_by="name")
	takeover_jobs.take_over(COMPANY)
	assert frappe.get_all("Credit Profile", fields=["*"], order_by="name") == profiles
	api.hand_back(COMPANY)
	assert _stock() == before


def test_a_profile_that_is_there_stays() -> None:
	profile = {"doctype": "Credit Profile", "party_type": "Customer", "party": BUYER, "company": COMPANY}
	frappe.get_doc({**profile, "credit_limit": 777}).insert()
	assert next(row for row in api.take_over(COMPANY) if row["customer"] == BUYER)["has_profile"]
	takeover_jobs.take_over(COMPANY)
	assert _limits()[BUYER] == 777


def test_renamed_and_merged_customers_get_their_limits_back() -> None:
	let_delete()
	takeover_jobs.take_over(COMPANY)
	frappe.rename_doc("Customer", BUYER, "Zq Renamed")
	make_customer("Zq Into", "Delhi")
	frappe.rename_doc("Customer", "Zq Renamed", "Zq Into", merge=True)
	api.hand_back(COMPANY)
	limits = frappe.get_all(
		"Customer Credit Limit", {"parent": "Zq Into"}, ["credit_limit", "company"], as_list=True
	)
	assert limits == ((2000, COMPANY),)


def test_of_two_that_were_merged_the_one_that_stays_keeps_its_limit() -> None:
	let_delete()
	other = frappe.get_doc("Customer", "Zq Other")
	other.append(_LIMITS, {"company": COMPANY, "credit_limit": 700})
	other.save()
	takeover_jobs.take_over(COMPANY)
	frappe.rename_doc("Customer", BUYER, "Zq Other", merge=True)
	api.hand_back(COMPANY)
	found = frappe.get_all("Customer Credit Limit", {"parent": "Zq Other"}, pluck="credit_limit")
	assert found == [700]
	# ERPNext saves it
	frappe.get_doc("Customer", "Zq Other").save()


@pytest.mark.parametrize("route", ["customer", "group", "company", "row", "rest"])
def test_a_stock_limit_is_not_set_where_profiles_judge(route: str) -> None:
	limit = {"company": COMPANY, "credit_limit": 9}

	def set_it() -> None:
		if route == "company":
			frappe.get_doc("Company", COMPANY).update({"credit_limit": 9}).save()
		elif route == "row":
			place = {"parent": BUYER, "parenttype": "Customer", "parentfield": _LIMITS}
			frappe.get_doc({"doctype": "Customer Credit Limit", **limit, **place}).insert()
		elif route == "rest":
			answer = send("Administrator", "PUT", f"/api/resource/Customer/{BUYER}", **{_LIMITS: [limit]})
			if answer.refusal:
				raise answer.refusal
		else:
			doctype, name = ("Customer", "Zq Other") if route == "customer" else ("Customer Group", GROUP)
			doc = frappe.get_doc(doctype, name)
			doc.append(_LIMITS, limit)
			doc.save()

	takeover_jobs.take_over(COMPANY)
	with pytest.raises(StockLimitError, match="Credit Profiles"):
		set_it()
	api.hand_back(COMPANY)
	set_it()


def test_who_may_not_is_refused() -> None:
	user = make_user("limited", "Delhi", roles=KEEPERS)
	switch_on()
	for act in (api.take_over, api.hand_back):
		with as_user(user), pytest.raises(frappe.PermissionError):
			act(COMPANY)
