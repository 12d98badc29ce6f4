"""The report Customer Ledger by Branch against a plain computation over the ledger."""

from collections import defaultdict

import frappe
import pytest
from frappe.desk.query_report import run as run_report
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.categories import make_groups
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.credit import BUYER
from tests.site.http_requests import call

REPORT = "Customer Ledger by Branch"
ACCOUNTS = ("Accounts User", "Accounts Manager")
OTHER = "Zq Other Buyer"
BEFORE, FROM = add_days(nowdate(), -40), add_days(nowdate(), -10)
# by customer and branch of what is owed, in words of its own: what is paid is looked up row by row
_ROWS = """
select p.party, p.posting_date, p.amount,
	case when p.voucher_no = p.against_voucher_no then p.branch
		when p.against_voucher_type = 'Sales Order'
			then (select o.branch from `tabSales Order` o where o.name = p.against_voucher_no)
		else (select max(s.branch) from `tabPayment Ledger Entry` s where s.voucher_no = p.against_voucher_no
			and s.voucher_no = s.against_voucher_no and s.delinked = 0) end of_branch
from `tabPayment Ledger Entry` p
where p.company = %s and p.party_type = 'Customer' and p.account_type = 'Receivable' and p.delinked = 0
"""


def _owed(customer: str, *branches: str | None, until: str = "2100-01-01") -> float:
	"""What a customer owes before a day, in these branches; in all where none is given."""
	return sum(
		row.amount
		for row in frappe.db.sql(_ROWS, COMPANY, as_dict=True)
		if row.party == customer
		and str(row.posting_date) < until
		and (not branches or (row.of_branch or None) in branches)
	)


def _old(amount: float, **values) -> Document:
	return credit.billed(amount, set_posting_time=1, posting_date=BEFORE, due_date=nowdate(), **values)


@pytest.fixture
def owing() -> dict[str, Document]:
	"""A buyer of three branches: before the period and in it, sold, paid, paid too much, given back, cancelled."""
	make_tree()
	make_groups()
	credit.buyer("Delhi", "Agra", "North", "Mumbai", trade_type="Dealer", customer_category="Kapadia Dairy")
	make_customer(OTHER, "Mumbai")
	made = {"old": _old(1000, branch="Delhi"), "old of North": _old(77, branch="North")}
	credit.received(300, made["old"], branch="Mumbai", posting_date=BEFORE)
	made["new"] = credit.billed(500, branch="Delhi")
	made["of Agra"] = credit.billed(90, branch="Agra")
	made["of none"] = credit.billed(13)
	frappe.db.set_value("Sales Invoice", made["of none"].name, "branch", None)
	frappe.db.set_value("Payment Ledger Entry", {"voucher_no": made["of none"].name}, "branch", None)
	# of two branches' invoices, and something is left
	made["payment"] = credit.received(460, made["new"], branch="Mumbai", paid_amount=460)
	made["ahead"] = credit.received(700, made["of Agra"], branch="Mumbai")
	documents.make_sales_return(credit.billed(40, branch="Agra").name).insert().submit()
	credit.billed(9999, branch="Delhi").cancel()
	documents.sales("Sales Invoice", OTHER, branch="Mumbai")
	return made


def _run(user: str = "Administrator", **filters) -> list[dict]:
	asked = {"company": COMPANY, "from_date": FROM, "to_date": nowdate(), "customer": BUYER, **filters}
	with as_user(user):
		return [row for row in run_report(REPORT, filters=asked)["result"] if isinstance(row, dict)]


def _heads(rows: list[dict]) -> dict[str, tuple]:
	return {
		row["entry"]: tuple(row[figure] for figure in ("opening", "debit", "credit", "balance"))
		for row in rows
		if row.get("is_head")
	}


def _blocks(rows: list[dict]) -> dict[str, list[dict]]:
	"""By the head above it, each block from its opening to its closing balance."""
	found, head = defaultdict(list), None
	for row in rows:
		if row.get("is_head"):
			head = row["entry"]
		else:
			found[head].append(row)
	return found


def test_opening_and_movements_come_to_the_closing_balance_of_the_ledger(owing: dict) -> None:
	rows = _run()
	opening, *moved, closing = _blocks(rows)[BUYER]
	assert (opening["entry"], closing["entry"]) == ("Opening Balance", "Closing Balance")
	assert opening["balance"] == _owed(BUYER, until=FROM) == 777
	assert closing["balance"] == _owed(BUYER) == credit.in_ledger()
	balance = opening["balance"]
	for row in moved:
		balance += row["debit"] - row["credit"]
		assert row["balance"] == balance
		assert FROM <= str(row["posting_date"]) <= nowdate()
	assert balance == closing["balance"]
	assert closing["debit"] == sum(row["debit"] for row in moved) == 500 + 90 + 13 + 40
	assert _heads(rows) == {BUYER: (777, closing["debit"], closing["credit"], closing["balance"])}
	assert [row["voucher_no"] for row in moved if row["debit"] == 500] == [owing["new"].name]
	assert not any(row.get("debit") == 9999 for row in moved)


def test_branches_add_up_in_the_tree_to_the_whole(owing: dict) -> None:
	rows = _run(by_branch=1)
	heads = _heads(rows)
	below = {"HO": {"North", "Delhi", "Agra", "Mumbai"}, "North": {"North", "Delhi", "Agra"}}
	for branch in ("HO", "North", "Delhi", "Agra", "Mumbai", "Without Branch"):
		names = below.get(branch, {None if branch == "Without Branch" else branch})
		opening, debit, paid, closing = heads[branch]
		assert (opening, closing) == (_owed(BUYER, *names, until=FROM), _owed(BUYER, *names)), branch
		assert opening + debit - paid == closing
	assert [sum(figures) for figures in zip(heads["HO"], heads["Without Branch"], strict=True)] == list(
		heads[BUYER]
	)
	for branch, (opening, *_moved, closing) in _blocks(rows).items():
		of_branch = None if branch == "Without Branch" else branch
		assert opening["balance"] == _owed(BUYER, of_branch, until=FROM)
		assert closing["balance"] == _owed(BUYER, of_branch)
	indents = {row["entry"]: row["indent"] for row in rows if row.get("is_head")}
	assert indents == {
		**{BUYER: 0, "HO": 1, "North": 2, "Agra": 3, "Delhi": 3, "West": 2, "Mumbai": 3},
		"Without Branch": 1,
	}


def test_branches_of_the_ledger_are_those_of_the_exposure(owing: dict) -> None:
	heads = _heads(_run(by_branch=1))
	credit.count()
	credit.exposure_work.settle()
	for branch in ("Delhi", "Agra", "Mumbai"):
		exposure = sum(credit.exposure_of(BUYER, COMPANY, [branch]).values())
		assert heads[branch][3] == float(exposure), branch


def test_a_payment_counts_for_the_branch_of_the_invoice_and_the_rest_for_its_own(owing: dict) -> None:
	blocks = _blocks(_run(by_branch=1))
	paid = owing["payment"].name
	of_delhi = [row for row in blocks["Delhi"] if row.get("voucher_no") == paid]
	assert [(row["credit"], row["against_voucher_no"]) for row in of_delhi] == [(460, owing["new"].name)]
	ahead = owing["ahead"].name
	found = {
		branch: row["credit"]
		for branch, rows in blocks.items()
		for row in rows
		if row.get("voucher_no") == ahead
	}
	assert found == {"Agra": 90, "Mumbai": 610}


def test_filters_leave_what_was_asked_for_with_what_is_below(owing: dict) -> None:
	for filters, names in (
		({"branch": "North"}, ("North", "Delhi", "Agra")),
		({"branch": "Delhi"}, ("Delhi",)),
		({"customer": None, "trade_type": "Dealer", "branch": "Mumbai"}, ("Mumbai",)),
		({"customer": None, "customer_category": "Kapadia Group"}, ()),
	):
		heads = _heads(_run(**filters))
		assert set(heads) == {BUYER}
		assert heads[BUYER][3] == _owed(BUYER, *names), filters
	for filters in (
		{"branch": "Nowhere"},
		{"trade_type": "Wholesaler"},
		{"customer_category": "Shetty Group"},
	):
		assert _run(**filters) == []
	heads = _heads(_run(customer=None))
	assert {BUYER, OTHER, "Total"} <= heads.keys()
	assert heads["Total"][3] == sum(figures[3] for name, figures in heads.items() if name != "Total")


def test_a_restricted_person_has_the_movements_of_his_branches_and_their_balances(owing: dict) -> None:
	delhi = make_user("delhi", "Delhi", roles=ACCOUNTS)
	mumbai = make_user("mumbai", "Mumbai", roles=ACCOUNTS)
	nobody = make_user("nobody", roles=ACCOUNTS)
	switch_on()
	rows = _run(delhi, by_branch=1)
	assert set(_heads(rows)) == {BUYER, "Delhi"}
	assert _heads(rows)[BUYER] == (
		_owed(BUYER, "Delhi", until=FROM),
		500,
		460,
		_owed(BUYER, "Delhi"),
	)
	assert _heads(_run(delhi))[BUYER] == _heads(rows)[BUYER]
	assert _heads(_run(mumbai))[BUYER][3] == _owed(BUYER, "Mumbai")
	assert _run(delhi, branch="Mumbai") == _run(nobody) == []
	assert set(_heads(_run(delhi, customer=None))) == {BUYER}
	assert OTHER in _heads(_run(mumbai, customer=None))
	# a payment of another branch lessens what is owed, and is not named
	(paid,) = (
		row for row in rows if row.get("credit") == 460 and not row.get("is_head") and not row.get("entry")
	)
	assert (paid["voucher_type"], paid["voucher_no"], paid["remarks"]) == (None, None, "Of another branch")
	assert paid["against_voucher_no"] == owing["new"].name
	text = frappe.as_json(rows)
	for name in ("payment", "ahead", "of Agra", "old of North"):
		assert owing[name].name not in text, name


def test_what_has_no_branch_is_shown_to_whom_the_settings_say(owing: dict) -> None:
	user = make_user("delhi", "Delhi", roles=ACCOUNTS)
	switch_on("Everybody")
	assert _heads(_run(user))[BUYER][3] == _owed(BUYER, "Delhi", None) != _owed(BUYER, "Delhi")


def test_another_account_currency_is_told_beside(owing: dict) -> None:
	debtors = documents.make_account("Zq Debtors USD", "Receivable", account_currency="USD")
	make_customer("Zq Abroad", "Delhi")
	frappe.db.set_value("Customer", "Zq Abroad", "default_currency", "USD")
	abroad = {"debit_to": debtors, "currency": "USD", "conversion_rate": 80, "branch": "Delhi"}
	old = {"set_posting_time": 1, "posting_date": BEFORE, "due_date": nowdate()}
	documents.sales("Sales Invoice", "Zq Abroad", **abroad, **old)
	documents.sales("Sales Invoice", "Zq Abroad", **abroad)
	opening, movement, closing = _blocks(_run(customer="Zq Abroad"))["Zq Abroad"]
	for row, amount in ((opening, 100), (movement, 200), (closing, 200)):
		assert (row["balance"], row["balance_in_account_currency"]) == (amount * 80, amount)
		assert row["account_currency"] == "USD"
	assert (movement["debit"], movement["amount_in_account_currency"]) == (8000, 100)
	own = _blocks(_run())[BUYER]
	assert {row["balance_in_account_currency"] for row in own} == {None}


def test_it_is_for_who_reads_the_ledger_the_company_and_customers(owing: dict) -> None:
	asked = {"company": COMPANY, "from_date": FROM, "to_date": nowdate()}
	for roles in (("Sales User",), ("Stock User", "Sales Manager")):
		user = make_user(f"zq-{len(roles)}", roles=roles)
		assert call(user, "frappe.desk.query_report.run", report_name=REPORT, filters=asked).status == 403
	reader = make_user("zq-reader", roles=ACCOUNTS)
	other = frappe.get_all("Company", {"name": ["!=", COMPANY]}, pluck="name")
	bound = {
		"doctype": "User Permission",
		"user": reader,
		"allow": "Company",
		"for_value": (other or ["?"])[0],
	}
	frappe.get_doc(bound).insert(ignore_links=True)
	with pytest.raises(frappe.PermissionError):
		_run(reader)


@pytest.mark.parametrize("filters", [{"company": None}, {"from_date": None}, {"to_date": BEFORE}])
def test_what_cannot_be_asked_is_refused_with_a_sentence(filters: dict) -> None:
	with pytest.raises(frappe.ValidationError, match=r"Choose|ends before"):
		_run(**filters)
