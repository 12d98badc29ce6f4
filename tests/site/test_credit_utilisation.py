"""The report Credit Utilisation says of each customer what its position says, and adds up."""

import frappe
import pytest
from frappe.desk.query_report import run as run_report
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import api, exposure_work
from branch_crm.credit_control.entry_rules import Component
from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.categories import CATEGORY, make_groups
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.credit import profile

REPORT = "Credit Utilisation"
CONTROLLER = ("Accounts User", "Accounts Manager", "Sales User")
COMPONENTS = tuple(component.value for component in Component)
# name, branches, trade type, category, profile
CUSTOMERS = (
	("Used", ("Delhi",), "Dealer", "Kapadia Dairy", {"credit_limit": 1000}),
	("Over", ("Delhi", "Mumbai"), "Dealer", "Kapadia Foods", {"credit_limit": 100, "tolerance": 10}),
	("Cash Only", ("Mumbai",), "Wholesaler", None, {"credit_limit": 0}),
	("Shown", ("Agra",), None, None, {"credit_limit": 50, "check_credit": 0}),
	("Blocked", ("North",), None, None, {"credit_limit": 5000, "sales_blocked": 1, "blocked_reason": "x"}),
	("Placeless", (), None, None, {"credit_limit": 90}),
	("Of Group", ("Agra",), None, "Kapadia Steel", None),
	("Of None", ("Agra",), None, None, None),
)
OWING = ("Used", "Over", "Shown", "Of Group", "Of None")


BOTH_WAYS = pytest.mark.parametrize("customers", ["counted", "read"], indirect=True)


@pytest.fixture
def customers(request: pytest.FixtureRequest) -> None:
	make_tree()
	make_groups()
	if getattr(request, "param", None) == "counted":
		credit.count()
	for name, branches, trade_type, category, said in CUSTOMERS:
		customer = make_customer(name, *branches)
		customer.update({"trade_type": trade_type, "customer_category": category}).save()
		if said:
			profile(name, judge_overdue=1, **said)
	profile("Kapadia Group", party_type=CATEGORY, credit_limit=900)
	for number, name in enumerate(OWING):
		for branch in dict((one, branches) for one, branches, *_ in CUSTOMERS)[name]:
			day = add_days(nowdate(), -20)
			items = [{"item_code": documents.make_item(), "qty": 1, "rate": 100 * number + 200}]
			late = {"set_posting_time": 1, "posting_date": day, "due_date": add_days(day, 3)}
			documents.sales("Sales Invoice", name, branch=branch, items=items, **late)
			documents.sales("Sales Order", name, branch=branch)
	documents.sales("Sales Invoice", "Placeless")
	exposure_work.settle()


def _run(user: str = "Administrator", **filters) -> list[dict]:
	with as_user(user):
		return run_report(REPORT, filters={"company": COMPANY, **filters})["result"]


def _by_entry(rows: list[dict]) -> dict[str, dict]:
	return {row["entry"]: row for row in rows}


def _assert_as_positions(user: str, names: set[str]) -> None:
	rows = _by_entry(_run(user)[:-1])
	assert set(rows) == names
	for name, row in rows.items():
		with as_user(user):
			position = api.position(name, COMPANY)
		assert row["exposure"] == position["exposure"], name
		others = position["components"].pop("other_branches", 0)
		assert row["other_branches"] == others
		assert {component: row[component] for component in COMPONENTS} == position["components"]
		assert (row["limit"] or 0, row["available"]) == (position["limit"], position["available"])
		assert row["verdict"].lower() == position["verdict"]
		assert row["oldest_overdue_days"] == position["oldest_overdue_days"]


@BOTH_WAYS
def test_each_customer_is_told_as_its_position_is(customers: None) -> None:
	limited = {"Used", "Over", "Cash Only", "Shown", "Blocked", "Placeless", "Of Group"}
	_assert_as_positions("Administrator", limited)
	rows = _by_entry(_run())
	assert (rows["Used"]["utilisation"], rows["Cash Only"]["utilisation"]) == (30, None)
	assert [name for name, row in rows.items() if row.get("sales_blocked")] == ["Blocked"]
	assert rows["Used"]["oldest_overdue_days"] == 17
	# the category has a limit, the customer has none
	assert rows["Of Group"]["limit"] is None
	assert rows["Of Group"]["available"] < 0


@BOTH_WAYS
@pytest.mark.parametrize("is_hidden", [0, 1])
def test_people_of_a_branch_are_told_what_the_position_tells_them(customers: None, is_hidden: int) -> None:
	user = make_user("zq-delhi", "Delhi", roles=CONTROLLER)
	switch_on()
	settings = frappe.get_doc("Credit Settings")
	settings.update({"hide_other_branches": is_hidden}).save()
	_assert_as_positions(user, {"Used", "Over"})
	over = _by_entry(_run(user))["Over"]
	assert over["other_branches"] == (0 if is_hidden else 400)
	rows = _run(user, group_by="Branch")
	assert {row["entry"] for row in rows} == {"Delhi", "Used", "Over", "Total"}
	assert rows[-1]["exposure"] == 300 + 400
	of_group = _by_entry(_run(user, group_by=CATEGORY))["Kapadia Group"]
	assert of_group.get("limit") is None
	assert of_group["exposure"] == sum(row["exposure"] for row in _run(user)[:-1])
	assert _run(make_user("zq-nobody", roles=CONTROLLER)) == []


def test_categories_have_a_limit_of_their_own_and_what_all_below_them_owe(customers: None) -> None:
	rows = _by_entry(_run(group_by=CATEGORY))
	owed = sum(api.position(name, COMPANY)["exposure"] for name in ("Used", "Over", "Of Group"))
	group = rows["Kapadia Group"]
	assert (group["limit"], group["exposure"], group["available"]) == (900, owed, 900 - owed)
	assert group["utilisation"] == round(owed / 9, 2)
	assert rows["Kapadia Foods"]["exposure"] == rows["Used"]["exposure"] + rows["Over"]["exposure"]


def test_every_grouping_comes_to_the_same(customers: None) -> None:
	totals = [_run(group_by=group_by)[-1] for group_by in ("Customer", CATEGORY, "Trade Type", "Branch")]
	for field in ("exposure", *COMPONENTS):
		assert {row[field] for row in totals} == {totals[0][field]}
	branches = {row["entry"]: row["exposure"] for row in _run(group_by="Branch") if row["indent"] < 3}
	assert branches["Delhi"] == 300 + 400
	assert branches["HO"] + branches["Without Branch"] == branches["Total"]


def test_filters_leave_only_what_was_asked_for(customers: None) -> None:
	for filters, names in (
		({"branch": "West"}, {"Over", "Cash Only"}),
		({"branch": "North"}, {"Used", "Over", "Shown", "Blocked", "Of Group"}),
		({"trade_type": "Dealer"}, {"Used", "Over"}),
		({"customer_category": "Kapadia Foods"}, {"Used", "Over"}),
		({"over": 30}, {"Over", "Shown", "Placeless"}),
		({"over": 29}, {"Used", "Over", "Shown", "Placeless"}),
		({"trade_type": "None Such"}, set()),
	):
		assert {row["entry"] for row in _run(**filters)} - {"Total"} == names, filters


def test_who_has_the_limit_of_the_company_is_shown_once_it_owes(customers: None) -> None:
	settings = frappe.get_doc("Credit Settings")
	settings.append("defaults", {"company": COMPANY, "credit_limit": 700, "check_credit": 1})
	settings.save()
	make_customer("Owes Nothing", "Delhi")
	rows = _by_entry(_run())
	assert (rows["Of None"]["limit"], rows["Of None"]["available"]) == (700, 0)
	assert "Owes Nothing" not in rows
	_assert_as_positions("Administrator", set(rows) - {"Total"})


def test_without_the_company_there_is_no_report(customers: None) -> None:
	stranger = make_user("zq-stranger", roles=("Accounts Manager",))
	company = {
		"doctype": "Company",
		"company_name": "Zq Other",
		"default_currency": "INR",
		"country": "India",
	}
	other = frappe.get_doc(company).insert().name
	permission = {"doctype": "User Permission", "user": stranger, "allow": "Company", "for_value": other}
	frappe.get_doc(permission).insert()
	with pytest.raises(frappe.PermissionError):
		_run(stranger)
	for filters in ({"company": ""}, {"group_by": "Item"}):
		with pytest.raises(frappe.ValidationError, match=r"Group by|Choose"):
			_run(**filters)
