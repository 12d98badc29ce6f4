"""The report Receivables Ageing against a plain computation from the general ledger."""

import frappe
import pytest
from frappe.desk.query_report import run as run_report
from frappe.utils import add_days, flt, nowdate

from branch_crm.branch_access import report_queries
from branch_crm.branch_access.report_rules import Access
from branch_crm.credit_control import receivable_queries
from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.categories import CATEGORY, make_groups
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.credit import BUYER, billed, received
from tests.site.receivables import billed_ago, computed, journal, posted, together

REPORT = "Receivables Ageing"
RANGES = ("not_due", *(f"range{number}" for number in range(1, 6)))
ACCOUNTS = ("Accounts User", "Accounts Manager")
BELOW = {"North": {"North", "Delhi", "Agra"}, "HO": {"HO", "North", "Delhi", "Agra", "West", "Mumbai"}}
BELOW |= {"West": {"West", "Mumbai"}, "Delhi": {"Delhi"}, "Agra": {"Agra"}, "Mumbai": {"Mumbai"}}
# name, branch, trade type, category
OTHERS = (
	("Of Delhi", "Delhi", "Dealer", "Kapadia Dairy"),
	("Of Agra", "Agra", "Dealer", "Kapadia Foods"),
	("Of North", "North", "Wholesaler", "Kapadia Group"),
	("Of None", None, None, None),
)


@pytest.fixture
def buyer() -> None:
	make_tree()
	credit.buyer("Delhi", "Mumbai")


@pytest.fixture
def owed(buyer: None) -> None:
	"""Debts of every age, partly paid, paid elsewhere, returned, paid ahead and posted by journals."""
	make_groups()
	frappe.get_doc("Customer", BUYER).update({"trade_type": "Dealer"}).save()
	for number, (name, branch, trade_type, category) in enumerate(OTHERS):
		customer = make_customer(name, *([branch] if branch else []))
		customer.update({"trade_type": trade_type, "customer_category": category}).save()
		items = [{"item_code": documents.make_item(), "qty": 1, "rate": 10**number + 0.11}]
		documents.sales("Sales Invoice", name, branch=branch, items=items, **posted(40 * number + 5))
	for days, branch in ((0, "Delhi"), (45, "Mumbai"), (100, "Delhi"), (200, "Delhi")):
		billed(1000 + days, branch=branch, **posted(days))
	received(300, billed_ago(5000, 70, "Mumbai"), branch="Delhi")
	received(700, branch="Mumbai", posting_date=add_days(nowdate(), -35))
	received(77, branch="Delhi")
	documents.make_sales_return(billed_ago(90, 10, "Delhi").name).insert().submit()
	journal(400, "Delhi", 50)


def _run(user: str = "Administrator", **filters) -> list[dict]:
	with as_user(user):
		return run_report(REPORT, filters={"company": COMPANY, "report_date": nowdate(), **filters})["result"]


def _amounts(row: dict) -> list[float]:
	amounts = [row[field] for field in RANGES]
	assert flt(sum(amounts), 2) == row["outstanding"]
	return amounts


def _shown(rows: list[dict]) -> dict[str, list[float]]:
	return {row["entry"]: _amounts(row) for row in rows}


def _total(**filters) -> list[float]:
	"""The total, which every grouping agrees on."""
	totals = [_run(group_by=group_by, **filters) for group_by in ("Branch", "Document", "Customer")]
	totals = [_amounts(rows[-1]) for rows in totals]
	assert totals[0] == totals[1] == totals[2]
	return totals[0]


def test_the_report_equals_the_ledger_by_branch_customer_and_age(owed: None) -> None:
	for on in (nowdate(), add_days(nowdate(), 15), add_days(nowdate(), -30), add_days(nowdate(), -90)):
		for by_due_date, named in ((True, "Due Date"), (False, "Posting Date")):
			expected = computed(on, by_due_date=by_due_date)
			rows = _run(report_date=on, ageing_based_on=named, group_by="Branch", show_customers=1)
			branch, met = None, {}
			for row in rows[:-1]:
				if row["document_type"] == "Customer":
					met[row["entry"], branch] = _amounts(row)
				else:
					branch = row["entry"] if row["document_type"] else None
			assert met == expected, (on, named)
			assert _amounts(rows[-1]) == together(expected), (on, named)
			by_document: dict[tuple, float] = {}
			for row in _run(report_date=on, ageing_based_on=named, group_by="Document")[:-1]:
				key = (row["customer"], row["branch"])
				by_document[key] = flt(by_document.get(key, 0) + row["outstanding"], 2)
			assert by_document == {key: flt(sum(amounts), 2) for key, amounts in expected.items()}
			ledger = "select sum(debit - credit) from `tabGL Entry` where is_cancelled = 0 and party_type = 'Customer'"
			(in_ledger,) = frappe.db.sql(f"{ledger} and posting_date <= %s", on)[0]
			assert rows[-1]["outstanding"] == flt(in_ledger, 2)


def test_branches_and_categories_have_what_is_theirs_and_what_lies_below(owed: None) -> None:
	expected = computed(nowdate())
	rows = _run(group_by="Branch")
	shown = _shown(rows)
	for name, below in BELOW.items():
		assert shown[name] == together(expected, below), name
	assert shown["Without Branch"] == together(expected, {None})
	assert [(row["entry"], row["indent"]) for row in rows] == [
		("HO", 0),
		("North", 1),
		("Agra", 2),
		("Delhi", 2),
		("West", 1),
		("Mumbai", 2),
		("Without Branch", 0),
		("Total", 0),
	]
	shown = _shown(_run(group_by=CATEGORY))
	groups = {"Kapadia Dairy": {"Of Delhi"}, "Kapadia Foods": {"Of Delhi", "Of Agra"}}
	groups |= {"Kapadia Group": {"Of Delhi", "Of Agra", "Of North"}}
	groups |= {f"Without {CATEGORY}": {BUYER, "Of None"}, "Total": {BUYER, *(name for name, *_ in OTHERS)}}
	assert shown == {name: together(expected, customers=customers) for name, customers in groups.items()}
	shown = _shown(_run(group_by="Trade Type"))
	assert shown["Dealer"] == together(expected, customers={BUYER, "Of Delhi", "Of Agra"})


def test_money_counts_for_the_branch_of_the_invoice_wherever_it_was_received(buyer: None) -> None:
	received(300, billed_ago(1000, 40, "Delhi"), branch="Mumbai")
	assert _shown(_run(group_by="Branch", branch="Delhi"))["Delhi"] == [0, 700, 0, 0, 0, 0]
	assert _run(group_by="Branch", branch="Mumbai") == []


def test_an_advance_has_the_branch_and_the_age_of_the_payment(buyer: None) -> None:
	billed_ago(1000, 100, "Delhi")
	received(300, branch="Mumbai", posting_date=add_days(nowdate(), -40))
	assert _shown(_run(group_by="Branch"))["Mumbai"] == [0, 0, -300, 0, 0, 0]
	assert _total() == [0, 0, -300, 1000, 0, 0]


def test_an_advance_on_an_order_stands_for_itself(buyer: None) -> None:
	received(300, credit.ordered(branch="Delhi"), branch="Mumbai", posting_date=add_days(nowdate(), -40))
	(row, _total_row) = _run(group_by="Document")
	assert (row["document_type"], row["branch"]) == ("Payment Entry", "Mumbai")
	assert _total() == [0, 0, -300, 0, 0, 0]
	assert set(_shown(_run(group_by="Branch"))) == {"HO", "West", "Mumbai", "Total"}


def test_a_credit_note_lessens_the_invoice_that_it_is_allocated_to_else_it_stands_for_itself(
	buyer: None,
) -> None:
	returned = documents.make_sales_return(billed_ago(1000, 40, "Delhi").name)
	returned.items[0].rate = 400
	returned.insert().submit()
	assert _total() == [0, 600, 0, 0, 0, 0]
	returned = documents.make_sales_return(billed_ago(1000, 80, "Delhi").name)
	returned.update({"update_outstanding_for_self": 1})
	returned.items[0].rate = 100
	returned.insert().submit()
	assert _total() == [0, 500, 0, 1000, 0, 0] == together(computed(nowdate()))


def test_a_journal_of_two_branches_is_parted_and_its_payment_counts_for_the_payments_own(buyer: None) -> None:
	party = {"account": documents.account("Receivable"), "party_type": "Customer", "party": BUYER}
	cash = {"account": documents.account("Cash"), "credit_in_account_currency": 150, "branch": "Delhi"}
	both = documents.journal(
		{**party, "debit_in_account_currency": 100, "branch": "Delhi"},
		{**party, "debit_in_account_currency": 50, "branch": "Mumbai"},
		cash,
	).submit()
	paid = {"credit_in_account_currency": 30, "branch": "Mumbai"}
	paid |= {"reference_type": "Journal Entry", "reference_name": both.name}
	received_ = {"account": documents.account("Cash"), "debit_in_account_currency": 30, "branch": "Mumbai"}
	documents.journal({**party, **paid}, received_).submit()
	rows = {row["branch"]: row["outstanding"] for row in _run(group_by="Document")[:-1]}
	assert rows == {"Delhi": 100, "Mumbai": 20}
	user = make_user("zq-mumbai", "Mumbai", roles=ACCOUNTS)
	switch_on()
	assert {row["branch"]: row["outstanding"] for row in _run(user, group_by="Document")[:-1]} == {
		"Mumbai": 20
	}


def test_on_a_past_day_only_what_was_posted_until_then_counts(buyer: None) -> None:
	invoice = billed_ago(1000, 100, "Delhi")
	received(300, invoice, branch="Delhi", posting_date=add_days(nowdate(), -50))
	later = billed_ago(500, 10, "Delhi")
	received(200, later, branch="Mumbai", posting_date=add_days(nowdate(), -20))
	assert _total(report_date=add_days(nowdate(), -60)) == [0, 1000, 0, 0, 0, 0]
	# what was paid before the invoice was posted was paid in advance
	day = add_days(nowdate(), -15)
	shown = _shown(_run(group_by="Branch", report_date=day))
	assert (shown["Mumbai"], shown["Delhi"]) == ([0, -200, 0, 0, 0, 0], [0, 0, 0, 700, 0, 0])
	assert _shown(_run(group_by="Branch"))["Delhi"] == [0, 300, 0, 700, 0, 0]


def test_what_is_cancelled_does_not_count(buyer: None) -> None:
	billed_ago(1000, 10, "Delhi").cancel()
	assert _run(group_by="Document") == []


def test_a_foreign_invoice_counts_in_company_currency(buyer: None) -> None:
	account = documents.make_account("Zq Receivable USD", "Receivable", account_currency="USD")
	party = frappe.get_doc("Customer", BUYER)
	party.default_currency = "USD"
	party.append("accounts", {"company": COMPANY, "account": account})
	party.save()
	price = {"currency": "USD", "conversion_rate": 80, "debit_to": account}
	billed(100, branch="Delhi", **price, **posted(5))
	assert _total() == [8000, 0, 0, 0, 0, 0] == together(computed(nowdate()))


@pytest.mark.parametrize("many", [0, 20_000])
def test_a_restricted_person_has_the_rows_and_totals_of_his_branches(
	owed: None, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
	# looked up by document, or in the whole ledger
	monkeypatch.setattr(receivable_queries, "_MANY", many)
	people = {
		make_user("zq-delhi", "Delhi", roles=ACCOUNTS): {"Delhi"},
		make_user("zq-north", "North", roles=ACCOUNTS): BELOW["North"],
		make_user("zq-ho", "HO", roles=ACCOUNTS): BELOW["HO"],
	}
	nobody = make_user("zq-nobody", roles=ACCOUNTS)
	switch_on()
	for on in (nowdate(), add_days(nowdate(), -30)):
		expected = computed(on)
		for user, seen in people.items():
			for group_by in ("Branch", CATEGORY, "Trade Type", "Customer", "Document"):
				rows = _run(user, group_by=group_by, report_date=on, show_customers=1)
				assert _amounts(rows[-1]) == together(expected, seen), (user, group_by)
			shown = _shown(_run(user, group_by="Branch", report_date=on))
			assert set(shown) - {"Total"} <= seen
			assert shown["Delhi"] == together(expected, {"Delhi"})
			documents_ = _run(user, group_by="Document", report_date=on)[:-1]
			assert {row["branch"] for row in documents_} <= seen
	delhi = next(iter(people))
	assert _run(delhi, branch="Mumbai") == _run(delhi, branch="West") == []
	assert _run(delhi, branch="HO")[-1]["outstanding"] == _run(delhi)[-1]["outstanding"]
	assert _run(nobody) == []


def test_filters_leave_only_what_was_asked_for(owed: None) -> None:
	expected = computed(nowdate())
	for filters, branches, customers in (
		({"branch": "North"}, BELOW["North"], None),
		({"customer": BUYER}, None, {BUYER}),
		({"customer": BUYER, "branch": "Mumbai"}, {"Mumbai"}, {BUYER}),
		({"trade_type": "Dealer"}, None, {BUYER, "Of Delhi", "Of Agra"}),
		({"customer_category": "Kapadia Foods"}, None, {"Of Delhi", "Of Agra"}),
		({"customer_category": "Kapadia Group", "branch": "Agra"}, {"Agra"}, {"Of Agra"}),
	):
		assert _total(**filters) == together(expected, branches, customers), filters
	assert _run(group_by=CATEGORY, customer_category="Kapadia Foods")[0]["entry"] == "Kapadia Foods"
	for filters in ({"branch": "Nowhere"}, {"customer": "Nobody"}, {"customer_category": "None Such"}):
		assert _run(**filters) == []
	rows = _run(group_by="Branch", range="10, 20")
	assert [rows[-1][f"range{number}"] for number in (1, 2, 3)] == together(computed(nowdate(), (10, 20)))[1:]


def test_rows_of_customers_say_who_they_are(owed: None) -> None:
	frappe.db.set_value("Customer", "Of Delhi", "customer_name", "Delhi Dairies")
	for filters in ({"group_by": "Customer"}, {"group_by": "Document"}, {"show_customers": 1}):
		found = {row.get("customer_name"): row for row in _run(**filters)}
		row = found["Delhi Dairies"]
		assert (row["trade_type"], row["customer_category"]) == ("Dealer", "Kapadia Dairy")


def test_without_the_company_or_the_ledger_there_is_no_report(owed: None) -> None:
	seller = make_user("zq-seller", roles=("Sales User",))
	accountant = make_user("zq-accountant", roles=ACCOUNTS)
	other = frappe.get_doc(
		{"doctype": "Company", "company_name": "Zq Other", "default_currency": "INR", "country": "India"}
	)
	permission = {"doctype": "User Permission", "user": accountant, "allow": "Company"}
	frappe.get_doc({**permission, "for_value": other.insert().name}).insert()
	for user in (seller, accountant):
		with pytest.raises(frappe.PermissionError):
			_run(user)


@pytest.mark.parametrize(
	"filters", [{"group_by": "Item"}, {"company": ""}, {"range": "60, 30"}, {"range": "a"}, {"range": "-1"}]
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(filters: dict) -> None:
	with pytest.raises(frappe.ValidationError, match=r"Group by|Choose|ranges"):
		_run(**filters)


def test_people_limited_by_branch_are_sent_here() -> None:
	assert report_queries.verdict_on(REPORT).access is Access.OPEN
	assert report_queries.verdict_on("Payment Period Based On Invoice Date").instead == REPORT
