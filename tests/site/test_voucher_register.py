"""The register of notes, returns and returned cheques."""

import frappe
import pytest
from erpnext.accounts.doctype.journal_entry.journal_entry import make_reverse_journal_entry
from erpnext.controllers.sales_and_purchase_return import make_return_doc
from frappe.desk.query_report import run as run_report
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import cheques, documents, goods
from tests.site.categories import make_groups
from tests.site.company import as_user, make_tree, make_user, switch_on
from tests.site.credit import BUYER, billed, buyer, of_order, ordered
from tests.site.documents import make_delivery_note

REPORT = "Voucher Register"
# of the buyer's: note, return, debit note of a customer, journal, cheque; of a supplier's: debit note
AMOUNTS = {"Credit Note": 190, "Sales Return": 200, "Debit Note": 570, "Cheque Return": 700}


@pytest.fixture(autouse=True)
def _made() -> None:
	make_tree()
	make_groups()
	buyer("Delhi", "Mumbai", trade_type="Dealer", customer_category="Kapadia Dairy")
	documents.make_sales_return(billed(150, branch="Delhi").name).insert().submit()
	delivered = of_order(ordered(5, branch="Delhi"), make_delivery_note)
	back = make_return_doc("Delivery Note", delivered.name)
	back.items[0].qty = -2
	back.insert().submit()
	billed(400, branch="Mumbai", is_debit_note=1, return_against=billed(10, branch="Mumbai").name)
	cheques.returned(cheques.cheque(700))
	_journal("Credit Note", -40, "Agra")
	make_return_doc("Purchase Invoice", _bought(170).name).insert().submit()


def _bought(rate: float) -> Document:
	bill = {"doctype": "Purchase Invoice", "supplier": goods.make_supplier("Zq Maker", "Delhi").name}
	items = [{"item_code": documents.make_item(), "qty": 1, "rate": rate}]
	return frappe.get_doc({**bill, "company": COMPANY, "branch": "Delhi", "items": items}).insert().submit()


def _journal(kind: str, amount: float, branch: str) -> None:
	side = ("credit", "debit") if amount < 0 else ("debit", "credit")
	rows = [
		{
			"account": documents.account("Receivable"),
			"party_type": "Customer",
			"party": BUYER,
			"is_advance": "Yes",
		},
		{"account": cheques.charges()},
	]
	for row, column in zip(rows, side, strict=True):
		row |= {f"{column}_in_account_currency": abs(amount), "branch": branch}
	documents.journal(*rows, voucher_type=kind).submit()


def _rows(user: str = "Administrator", **filters) -> list[dict]:
	period = {"company": COMPANY, "from_date": add_days(nowdate(), -5), "to_date": nowdate()}
	with as_user(user):
		return run_report(REPORT, filters={**period, **filters})["result"]


def _by_kind(rows: list[dict]) -> dict[str, float]:
	found: dict[str, float] = {}
	for row in rows:
		found[row["kind"]] = found.get(row["kind"], 0) + row["amount"]
	return found


def test_every_kind_of_voucher_stands_in_it_once() -> None:
	rows = _rows()
	assert _by_kind(rows) == AMOUNTS
	assert len({(row["document_type"], row["document"]) for row in rows}) == len(rows) == 6


def test_a_voucher_names_what_it_takes_back() -> None:
	against = {row["kind"]: row["against"] for row in _rows(kind="Cheque Return")}
	assert against == {
		"Cheque Return": frappe.db.get_value("Cheque Return", {"customer": BUYER}, "payment_entry")
	}


@pytest.mark.parametrize("kind", AMOUNTS)
def test_of_one_kind(kind: str) -> None:
	assert _by_kind(_rows(kind=kind)) == {kind: AMOUNTS[kind]}


def test_branches_add_up_in_their_tree() -> None:
	found = {row["entry"]: row for row in _rows(group_by="Branch")}
	assert (found["Delhi"]["credit_note"], found["Agra"]["credit_note"], found["North"]["credit_note"]) == (
		150,
		40,
		190,
	)
	assert found["HO"]["debit_note"] == AMOUNTS["Debit Note"]
	assert {kind: found["Total"][frappe.scrub(kind)] for kind in AMOUNTS} == AMOUNTS


@pytest.mark.parametrize(
	("group_by", "entry"),
	[("Trade Type", "Dealer"), ("Customer Category", "Kapadia Group"), ("Customer", BUYER)],
)
def test_customers_add_up_by_type_category_and_name(group_by: str, entry: str) -> None:
	found = {row["entry"]: row for row in _rows(group_by=group_by)}
	assert found[entry]["debit_note"] == 400
	assert found[entry]["credit_note"] == 190
	# the supplier's
	assert found[f"Without {group_by}"]["debit_note"] == 170


@pytest.mark.parametrize(
	("filters", "kinds"),
	[
		(
			{"branch": "North"},
			{"Credit Note": 190, "Sales Return": 200, "Debit Note": 170, "Cheque Return": 700},
		),
		({"branch": "Mumbai"}, {"Debit Note": 400}),
		({"customer": BUYER}, {**AMOUNTS, "Debit Note": 400}),
		({"customer_category": "Kapadia Group"}, {**AMOUNTS, "Debit Note": 400}),
		({"trade_type": "Wholesaler"}, {}),
		({"to_date": add_days(nowdate(), -2)}, {}),
	],
)
def test_filters(filters: dict, kinds: dict) -> None:
	assert _by_kind(_rows(**filters)) == kinds


def test_people_of_a_branch_see_its_vouchers_alone() -> None:
	user = make_user("accountant", "Delhi", roles=("Accounts User", "Stock User", "Purchase User"))
	switch_on()
	own = {"Credit Note": 150, "Sales Return": 200, "Debit Note": 170, "Cheque Return": 700}
	assert _by_kind(_rows(user)) == own
	found = {row["entry"]: row for row in _rows(user, group_by="Branch")}
	assert {kind: found["Total"][frappe.scrub(kind)] for kind in own} == own
	assert not found.keys() & {"HO", "North", "Agra", "Mumbai"}


def test_a_period_ends_after_it_begins() -> None:
	with pytest.raises(frappe.ValidationError, match="ends after it begins"):
		_rows(to_date=add_days(nowdate(), -9))


def test_a_journal_that_takes_a_note_back_counts_against_it() -> None:
	name = frappe.db.get_value("Journal Entry", {"voucher_type": "Credit Note"})
	reversed_ = make_reverse_journal_entry(name)
	reversed_.update({"posting_date": nowdate()})
	reversed_.insert().submit()
	assert _by_kind(_rows(kind="Credit Note")) == {"Credit Note": 150}


@pytest.mark.parametrize("value", [["like", "%"], {"name": "x"}])
@pytest.mark.parametrize("field", ["branch", "customer", "company", "from_date"])
def test_a_filter_is_one_value(field: str, value: object) -> None:
	with pytest.raises(frappe.ValidationError, match="Choose one value"):
		_rows(**{field: value})
