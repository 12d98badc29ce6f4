"""The reports on what was refused and released."""

import frappe
import pytest
from frappe.desk.query_report import run as run_report
from frappe.utils import add_days, now_datetime, nowdate

from branch_crm.credit_control import hold_work
from branch_crm.credit_control.hold_queries import EVENT, HOLD
from branch_crm.credit_control.hold_rules import Event
from branch_crm.demo.records import COMPANY
from tests.site.categories import make_groups
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

READER = ("Sales User", "Accounts User", "Accounts Manager")
# customer, branch, trade type, category, status, amount, released, used
REFUSED = (
	("Of Delhi", "Delhi", "Dealer", "Kapadia Dairy", "Open", 1500, 0, 0),
	("Of Delhi", "Delhi", "Dealer", "Kapadia Dairy", "Used", 200, 200, 200),
	("Of Agra", "Agra", "Dealer", "Kapadia Steel", "Released", 700, 900, 0),
	("Of Mumbai", "Mumbai", "Wholesaler", None, "Release Requested", 50, 0, 0),
)


@pytest.fixture(autouse=True)
def _refused() -> None:
	make_tree()
	make_groups()
	for customer, branch, trade_type, category, status, amount, given, used in REFUSED:
		if not frappe.db.exists("Customer", customer):
			doc = make_customer(customer, branch)
			doc.update({"trade_type": trade_type, "customer_category": category}).save()
		found = {
			"customer": customer,
			"company": COMPANY,
			"branch": branch,
			"status": status,
			"amount": amount,
		}
		found |= {"kind": "Sales Order", "document_type": "Sales Order", "refused_for": "Administrator"}
		found |= {"released_amount": given, "used_amount": used, "refused_on": now_datetime()}
		hold = hold_work.write(frappe.new_doc(HOLD), found)
		hold_work.tell(hold, Event.REFUSED, said=f"too much for {customer}")
		if status == "Release Requested":
			hold_work.tell(hold, Event.REQUESTED, said="Friday")


def _rows(report: str, user: str = "Administrator", **filters) -> list[dict]:
	period = {"company": COMPANY, "from_date": add_days(nowdate(), -5), "to_date": nowdate()}
	with as_user(user):
		return run_report(report, filters={**period, **filters})["result"]


def _holds(user: str = "Administrator", **filters) -> set[float]:
	return {row["amount"] for row in _rows("Credit Holds", user, **filters)}


def test_each_hold_stands_in_the_report_with_how_long_it_waits() -> None:
	rows = {row["amount"]: row for row in _rows("Credit Holds")}
	assert rows.keys() == {1500, 200, 700, 50}
	assert {amount: row["days"] for amount, row in rows.items()} == {1500: 0, 200: None, 700: None, 50: 0}


@pytest.mark.parametrize(
	("filters", "amounts"),
	[
		({"branch": "North"}, {1500, 200, 700}),
		({"branch": "Mumbai"}, {50}),
		({"customer": "Of Agra"}, {700}),
		({"trade_type": "Dealer"}, {1500, 200, 700}),
		({"customer_category": "Kapadia Group"}, {1500, 200, 700}),
		({"customer_category": "Kapadia Foods"}, {1500, 200}),
		({"status": "Released"}, {700}),
		({"to_date": add_days(nowdate(), -1)}, set()),
	],
)
def test_holds_of_a_part_of_the_company(filters: dict, amounts: set) -> None:
	assert _holds(**filters) == amounts


def test_holds_add_up_in_the_tree_of_branches() -> None:
	found = {row["entry"]: row for row in _rows("Credit Holds", group_by="Branch")}
	sums = ("number", "waiting", "amount", "released_amount", "used_amount")
	assert [found["North"][field] for field in sums] == [3, 1, 2400, 1100, 200]
	assert (
		[found["HO"][field] for field in sums]
		== [found["Total"][field] for field in sums]
		== [4, 2, 2450, 1100, 200]
	)


@pytest.mark.parametrize(
	("group_by", "entry", "amount"),
	[
		("Customer Category", "Kapadia Group", 2400),
		("Customer Category", "Without Customer Category", 50),
		("Trade Type", "Dealer", 2400),
		("Customer", "Of Delhi", 1700),
	],
)
def test_holds_add_up_by_category_type_and_customer(group_by: str, entry: str, amount: float) -> None:
	found = {row["entry"]: row for row in _rows("Credit Holds", group_by=group_by)}
	assert found[entry]["amount"] == amount


def test_events_are_told_in_the_order_of_time_and_counted() -> None:
	rows = _rows("Credit Events")
	assert len(rows) == frappe.db.count(EVENT) == 5
	assert [row["event"] for row in rows if row["customer"] == "Of Mumbai"].count("Release Requested") == 1
	found = {row["entry"]: row for row in _rows("Credit Events", group_by="Branch")}
	assert [found["North"][field] for field in ("number", "refused", "release_requested")] == [3, 3, 0]
	assert [found["Total"][field] for field in ("number", "refused", "release_requested")] == [5, 4, 1]
	assert {row["event"] for row in _rows("Credit Events", event="Refused")} == {"Refused"}


def test_people_of_a_branch_see_their_holds_and_events_alone() -> None:
	user = make_user("reader", "Delhi", roles=READER)
	switch_on()
	assert _holds(user) == {1500, 200}
	assert {row["customer"] for row in _rows("Credit Events", user)} == {"Of Delhi"}
	found = {row["entry"]: row for row in _rows("Credit Holds", user, group_by="Branch")}
	assert found.keys() == {"Delhi", "Total"}
	assert found["Total"]["amount"] == 1700


def test_a_group_that_is_none_is_refused() -> None:
	with pytest.raises(frappe.ValidationError, match="Group by one of these"):
		_rows("Credit Holds", group_by="owner")
