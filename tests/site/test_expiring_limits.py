"""The report on temporary limits and guarantees that end soon."""

import frappe
import pytest
from frappe.desk.query_report import run as run_report
from frappe.utils import add_days, getdate, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.categories import make_groups
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.credit import profile

READER = ("Accounts User", "Accounts Manager", "Sales Manager")


@pytest.fixture(autouse=True)
def _granted() -> None:
	make_tree()
	make_groups()
	make_customer("Of Delhi", "Delhi").update(
		{"trade_type": "Dealer", "customer_category": "Kapadia Dairy"}
	).save()
	make_customer("Of Mumbai", "Mumbai").update({"trade_type": "Wholesaler"}).save()
	order = documents.sales("Sales Order", "Of Mumbai", branch="Mumbai")
	guarantee = {"doctype": "Bank Guarantee", "bg_type": "Receiving", "customer": "Of Mumbai", "amount": 2000}
	guarantee |= {"reference_doctype": order.doctype, "reference_docname": order.name, "validity": 20}
	guarantee |= {"start_date": nowdate(), "end_date": add_days(nowdate(), 20), "name_of_beneficiary": "x"}
	guarantee |= {"bank_guarantee_number": "1", "bank": _bank()}
	guarantee = frappe.get_doc(guarantee).insert().submit()
	profile(
		"Of Delhi",
		credit_limit=100,
		temporary_limits=[_temporary(10, 5), _temporary(20, 50), _temporary(7, -3)],
	)
	profile("Of Mumbai", credit_limit=200, guarantees=[{"bank_guarantee": guarantee.name}])
	profile(
		"Kapadia Group",
		party_type="Customer Category",
		credit_limit=300,
		temporary_limits=[_temporary(30, 9)],
	)


def _bank() -> str:
	return frappe.get_doc({"doctype": "Bank", "bank_name": "Zq Bank"}).insert().name


def _temporary(amount: float, ends_in: int) -> dict:
	days = {"valid_from": add_days(nowdate(), -10), "valid_to": add_days(nowdate(), ends_in)}
	return {"amount": amount, "reason": "season", **days}


def _rows(user: str = "Administrator", **filters) -> list[dict]:
	with as_user(user):
		return run_report("Expiring Limits", filters={"company": COMPANY, **filters})["result"]


def _amounts(user: str = "Administrator", **filters) -> list[float]:
	return [row["amount"] for row in _rows(user, **filters)]


def test_what_ends_within_a_month_the_next_first() -> None:
	rows = _rows()
	assert [(row["party"], row["kind"], row["amount"], row["days"]) for row in rows] == [
		("Of Delhi", "Temporary Limit", 10, 5),
		("Kapadia Group", "Temporary Limit", 30, 9),
		("Of Mumbai", "Guarantee", 2000, 20),
	]
	assert rows[0]["valid_to"] == getdate(add_days(nowdate(), 5))
	# nobody has approved the limits yet
	assert [row["counts"] for row in rows] == [0, 0, 1]


@pytest.mark.parametrize(
	("filters", "amounts"),
	[
		({"days": 60}, [10, 30, 2000, 20]),
		({"days": 7}, [10]),
		({"branch": "North"}, [10]),
		({"customer": "Of Mumbai"}, [2000]),
		({"trade_type": "Dealer"}, [10]),
		({"customer_category": "Kapadia Group"}, [10, 30]),
		({"customer_category": "Kapadia Foods"}, [10]),
	],
)
def test_of_a_part_of_the_company(filters: dict, amounts: list) -> None:
	assert _amounts(**filters) == amounts


def test_people_of_a_branch_see_those_of_their_customers_alone() -> None:
	user = make_user("reader", "Delhi", roles=READER)
	switch_on()
	assert 10 in _amounts(user)
	assert 2000 not in _amounts(user)
