"""Who may owe how much: set by whom it may be, by a second person where it is more, and judged on every level."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import api
from branch_crm.credit_control.profile_work import CreditProfileError, NoAuthorityError
from branch_crm.demo.records import COMPANY
from tests.site import credit
from tests.site.categories import make_category
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.credit import BUYER, billed, buyer, ordered, profile

CONTROLLER = ("Accounts User", "Accounts Manager")


@pytest.fixture(autouse=True)
def _customer() -> None:
	make_tree()
	buyer("Delhi", "Agra")
	credit.count()


def _position(**values) -> dict:
	return api.position(BUYER, COMPANY, **values)


def test_who_has_no_profile_is_not_judged() -> None:
	billed(1000)
	found = _position()
	assert (found["limit"], found["exposure"], found["available"]) == (0, 1000, None)
	assert (found["verdict"], found["rules"]) == ("off", [])


def test_a_limit_leaves_what_is_not_owed_yet() -> None:
	profile(credit_limit=3000)
	billed(1000)
	ordered(branch="Delhi")
	found = _position()
	assert (found["limit"], found["exposure"], found["available"]) == (3000, 2000, 1000)
	assert {key: value for key, value in found["components"].items() if value} == {
		"receivable": 1000,
		"orders": 1000,
	}
	assert found["verdict"] == "off"
	billed(1000)
	found = _position()
	assert (found["available"], found["verdict"]) == (0, "hold")
	(rule,) = found["rules"]
	assert (rule["rule"], rule["limit"], rule["stands_at"]) == ("Customer Limit", 3000, 3000)


@pytest.mark.parametrize(
	("values", "verdict", "available"),
	[
		({"credit_limit": 0}, "hold", -1000),
		({"credit_limit": 500}, "hold", -500),
		({"credit_limit": 500, "stop_sales": 0}, "warn", -500),
		({"credit_limit": 500, "check_credit": 0}, "off", None),
		({"credit_limit": 990, "tolerance": 5}, "off", -10),
		({"credit_limit": 5000, "sales_blocked": 1, "blocked_reason": "x"}, "block", 4000),
		({"credit_limit": 500, "actions": [("Sales Order", "Customer Limit", "Block")]}, "block", -500),
		({"credit_limit": 500, "actions": [("Sales Invoice", "Customer Limit", "Block")]}, "hold", -500),
	],
)
def test_what_a_profile_says_is_judged(values: dict, verdict: str, available: float | None) -> None:
	actions = [dict(zip(("kind", "rule", "action"), row, strict=True)) for row in values.pop("actions", ())]
	billed(1000)
	profile(**values, actions=actions)
	found = _position()
	assert (found["verdict"], found["available"]) == (verdict, available)


def test_a_branch_has_a_limit_of_its_own_under_that_of_the_customer() -> None:
	profile(credit_limit=5000, branch_limits=[{"branch": "Delhi", "credit_limit": 1000}])
	billed(1000, branch="Delhi")
	assert (_position()["verdict"], _position()["available"]) == ("off", 4000)
	found = _position(branch="Delhi")
	assert (found["verdict"], found["available"]) == ("hold", 0)
	assert [(rule["rule"], rule["name"]) for rule in found["rules"]] == [("Branch Limit", "Delhi")]
	assert (_position(branch="Agra")["verdict"], _position(branch="Agra")["available"]) == ("off", 4000)


def test_customers_of_a_category_share_its_limit() -> None:
	make_category("Zq Group", is_group=1)
	make_category("Zq Works", "Zq Group")
	frappe.db.set_value("Customer", BUYER, "customer_category", "Zq Works")
	other = make_customer("Zq Sister", "Delhi")
	frappe.db.set_value("Customer", other.name, "customer_category", "Zq Group")
	profile("Zq Group", party_type="Customer Category", credit_limit=1500)
	billed(1000)
	assert (_position()["verdict"], _position()["available"]) == ("off", 500)
	items = [{"item_code": credit.documents.make_item(), "qty": 1, "rate": 700}]
	credit.documents.sales("Sales Invoice", other.name, items=items)
	found = _position()
	assert (found["verdict"], found["available"]) == ("hold", -200)
	assert [(rule["rule"], rule["name"]) for rule in found["rules"]] == [("Category Limit", "Zq Group")]


def test_customers_without_a_profile_have_the_limit_of_their_type_or_of_the_company() -> None:
	frappe.db.set_value("Customer", BUYER, "trade_type", "Dealer")
	settings = frappe.get_doc("Credit Settings")
	settings.append("defaults", {"company": COMPANY, "credit_limit": 100})
	settings.append("defaults", {"company": COMPANY, "credit_limit": 700, "trade_type": "Dealer"})
	settings.save()
	assert _position()["limit"] == 700
	frappe.db.set_value("Customer", BUYER, "trade_type", "Wholesaler")
	assert _position()["limit"] == 100
	profile(credit_limit=900)
	assert _position()["limit"] == 900


def test_what_is_overdue_is_judged_after_the_days_of_grace() -> None:
	billed(1000, posting_date=add_days(nowdate(), -40), set_posting_time=1, due_date=add_days(nowdate(), -10))
	assert _position()["oldest_overdue_days"] == 10
	doc = profile(credit_limit=9000, judge_overdue=1, grace_days=10)
	assert _position()["verdict"] == "off"
	doc.update({"grace_days": 9}).save()
	found = _position()
	assert (found["verdict"], found["rules"][0]["rule"], found["rules"][0]["stands_at"]) == (
		"hold",
		"Overdue",
		1000,
	)
	doc.update({"overdue_amount": 1000}).save()
	assert _position()["verdict"] == "off"


def test_a_guarantee_counts_while_it_is_valid() -> None:
	def guaranteed(start: str, days: int) -> str:
		order = ordered(branch="Delhi")
		guarantee = {"doctype": "Bank Guarantee", "bg_type": "Receiving", "customer": BUYER, "amount": 2000}
		guarantee |= {"reference_doctype": "Sales Order", "reference_docname": order.name, "validity": days}
		guarantee |= {"start_date": start, "end_date": add_days(start, days), "name_of_beneficiary": "x"}
		bank = frappe.get_doc({"doctype": "Bank", "bank_name": frappe.generate_hash()}).insert().name
		guarantee |= {"bank_guarantee_number": frappe.generate_hash(), "bank": bank}
		return frappe.get_doc(guarantee).insert().submit().name

	doc = profile(credit_limit=3000)
	doc.append("guarantees", {"bank_guarantee": guaranteed(nowdate(), 30)})
	doc.append("guarantees", {"bank_guarantee": guaranteed(add_days(nowdate(), -30), 29)})
	doc.save()
	assert [row.amount for row in doc.guarantees] == [2000, 2000]
	assert (_position()["limit"], _position()["available"]) == (5000, 3000)


def test_a_guarantee_is_the_customer_s_own() -> None:
	doc = profile(credit_limit=3000)
	doc.append("guarantees", {"bank_guarantee": "Zq none"})
	doc.flags.ignore_links = True
	with pytest.raises(CreditProfileError, match="no submitted guarantee"):
		doc.save()


@pytest.mark.parametrize(
	("values", "sentence"),
	[
		({"sales_blocked": 1}, "Say why"),
		({"branch_limits": [{"branch": "Delhi"}, {"branch": "Delhi"}]}, "once"),
		(
			{
				"temporary_limits": [
					{"amount": 1, "valid_from": "2026-02-01", "valid_to": "2026-01-01", "reason": "x"}
				]
			},
			"ends after",
		),
	],
)
def test_what_contradicts_itself_is_refused(values: dict, sentence: str) -> None:
	with pytest.raises(CreditProfileError, match=sentence):
		profile(credit_limit=1, **values)


def test_there_is_one_profile_of_a_party_in_a_company() -> None:
	profile(credit_limit=1)
	with pytest.raises(CreditProfileError, match="already"):
		profile(credit_limit=2)


def test_a_block_says_since_when_and_by_whom() -> None:
	doc = profile(credit_limit=1, sales_blocked=1, blocked_reason="Two cheques came back")
	assert (doc.blocked_by, bool(doc.blocked_since)) == ("Administrator", True)
	doc.update({"blocked_by": "Guest", "blocked_since": "2020-01-01"}).save()
	assert doc.blocked_by == "Administrator"
	doc.update({"sales_blocked": 0}).save()
	assert (doc.blocked_reason, doc.blocked_since) == (None, None)


def test_people_of_a_branch_are_told_what_is_owed_there_and_in_the_others_together() -> None:
	profile(credit_limit=5000)
	billed(1000, branch="Delhi")
	billed(700, branch="Agra")
	one = make_user("zqone", "Delhi", roles=("Sales User", *CONTROLLER))
	switch_on()
	with as_user(one):
		found = _position()
		components = {key: value for key, value in found["components"].items() if value}
		assert (found["exposure"], found["available"]) == (1700, 3300)
		assert components == {"receivable": 1000, "other_branches": 700}
		frappe.db.set_single_value("Credit Settings", "hide_other_branches", 1)
		frappe.clear_document_cache("Credit Settings", "Credit Settings")
		found = _position()
		assert (found["exposure"], found["available"]) == (1000, 3300)
		assert "other_branches" not in found["components"]
		# it holds in Agra as well
		doc = frappe.get_doc("Credit Profile", {"party": BUYER})
		with pytest.raises(NoAuthorityError, match="head office"):
			doc.update({"credit_limit": 1}).save()


def test_nobody_asks_for_a_customer_that_he_does_not_see() -> None:
	make_customer("Zq Foreign", "Mumbai")
	one = make_user("zqone", "Delhi", roles=("Sales User",))
	switch_on()
	with as_user(one), pytest.raises(frappe.PermissionError):
		api.position("Zq Foreign", COMPANY)
