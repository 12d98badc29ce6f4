"""What happens to the ledger later: closing a period, revaluation, deferred revenue, a branch that is corrected."""

from collections.abc import Callable

import frappe
import pytest
from erpnext.accounts.utils import get_fiscal_year
from frappe.model.document import Document
from frappe.utils import flt, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import make_customer, make_tree

BRANCHES = ("Mumbai", "Delhi")


@pytest.fixture(autouse=True)
def invoices() -> dict[str, Document]:
	"""A customer of Mumbai and Delhi owes 100 in each."""
	make_tree()
	documents.make_item()
	make_customer("Two", *BRANCHES)
	return {branch: documents.sales("Sales Invoice", "Two", branch=branch) for branch in BRANCHES}


def ledger_of(*names: str) -> set[str | None]:
	"""The branches of the rows that count."""
	return {
		branch
		for ledger, live in (("GL Entry", {"is_cancelled": 0}), ("Payment Ledger Entry", {"delinked": 0}))
		for branch in frappe.get_all(ledger, {"voucher_no": ["in", names], **live}, pluck="branch")
	}


def account_like(name: str) -> str:
	return frappe.db.get_value("Account", {"company": COMPANY, "is_group": 0, "name": ["like", f"{name}%"]})


def test_a_period_is_closed_branch_by_branch(invoices: dict) -> None:
	year = get_fiscal_year(nowdate(), company=COMPANY)
	voucher = {
		"doctype": "Period Closing Voucher",
		"company": COMPANY,
		"fiscal_year": year[0],
		"remarks": "-",
	}
	voucher |= {"period_start_date": year[1], "period_end_date": nowdate()}
	voucher |= {"transaction_date": nowdate(), "closing_account_head": account_like("Retained Earnings")}
	voucher = frappe.get_doc(voucher).insert()
	voucher.submit()
	voucher.reload()
	assert voucher.gle_processing_status == "Completed"
	closed = frappe.get_all(
		"GL Entry", {"voucher_no": voucher.name}, ["account", "branch", "debit", "credit"]
	)
	for branch in BRANCHES:
		assert sorted((row.debit, row.credit) for row in closed if row.branch == branch) == [
			(0, 100),
			(100, 0),
		]
	kept = frappe.get_all("Account Closing Balance", {"period_closing_voucher": voucher.name}, pluck="branch")
	assert set(BRANCHES) <= set(kept)


def test_a_revaluation_goes_to_the_primary_branch_of_the_party() -> None:
	"""ERPNext revalues a party's balance as a whole."""
	parent = frappe.db.get_value("Account", documents.account("Receivable"), "parent_account")
	account = {"doctype": "Account", "account_name": "Debtors USD", "parent_account": parent}
	account |= {"company": COMPANY, "account_type": "Receivable", "account_currency": "USD"}
	account = frappe.get_doc(account).insert().name
	customer = make_customer("Abroad", *BRANCHES)
	customer.append("accounts", {"company": COMPANY, "account": account})
	customer.update({"default_currency": "USD"}).save()
	for branch in BRANCHES:
		values = {"branch": branch, "currency": "USD", "conversion_rate": 80, "debit_to": account}
		documents.sales("Sales Invoice", "Abroad", **values)
	frappe.db.set_value(
		"Company", COMPANY, "unrealized_exchange_gain_loss_account", account_like("Exchange Gain")
	)
	frappe.clear_document_cache("Company", COMPANY)
	rate = {"doctype": "Currency Exchange", "from_currency": "USD", "to_currency": "INR", "exchange_rate": 85}
	frappe.get_doc({**rate, "date": nowdate(), "for_buying": 1, "for_selling": 1}).insert()
	revaluation = {
		"doctype": "Exchange Rate Revaluation",
		"company": COMPANY,
		"posting_date": nowdate(),
		"rounding_loss_allowance": 0.05,
	}
	revaluation = frappe.get_doc(revaluation)
	revaluation.fetch_and_calculate_accounts_data()
	revaluation.insert().submit()
	entry = frappe.get_doc("Journal Entry", revaluation.make_jv_entries()["revaluation_jv"])
	entry.submit()
	assert flt(entry.total_debit, 2) == 200 * 85
	assert ledger_of(entry.name) == {"Mumbai"}


@pytest.fixture
def correctable(monkeypatch: pytest.MonkeyPatch) -> None:
	"""As after ERPNext's Repost Accounting Ledger Settings allow it: the branch may change after submission."""
	settings = frappe.get_doc("Repost Accounting Ledger Settings")
	for doctype in ("Sales Invoice", "Purchase Invoice", "Payment Entry", "Journal Entry"):
		settings.append("allowed_types", {"document_type": doctype, "allowed": 1})
		for part in (doctype, *(field.options for field in frappe.get_meta(doctype).get_table_fields())):
			field = frappe.get_meta(part).get_field("branch")
			if field and part in (doctype, "Journal Entry Account"):
				monkeypatch.setattr(field, "allow_on_submit", 1)
	settings.save()


def _invoice() -> Document:
	account = documents.account("Chargeable")
	tax = {"charge_type": "On Net Total", "account_head": account, "description": "Tax", "rate": 10.1}
	return documents.sales("Sales Invoice", "Two", branch="Mumbai", taxes=[tax])


def _payment() -> Document:
	invoice = documents.sales("Sales Invoice", "Two", branch="Mumbai")
	payment = documents.get_payment_entry(
		"Sales Invoice", invoice.name, bank_account=documents.account("Cash")
	)
	payment.update({"reference_no": "1", "reference_date": nowdate()})
	payment.insert().submit()
	return payment


@pytest.mark.parametrize("make", [_invoice, _payment])
def test_a_branch_that_is_corrected_takes_rows_and_ledger_along(
	correctable: None, make: Callable[[], Document]
) -> None:
	doc = make()
	doc.reload()
	doc.branch = "Delhi"
	doc.save()
	doc.reload()
	assert {row.branch for row in doc.get_all_children() if row.meta.has_field("branch")} <= {"Delhi"}
	assert ledger_of(doc.name) == {"Delhi"}


def test_a_journal_row_that_is_corrected_takes_the_ledger_along(correctable: None) -> None:
	rows = [{"account": documents.account("Cash"), "debit_in_account_currency": 10, "branch": "Mumbai"}]
	rows += [{"account": account_like("Sales"), "credit_in_account_currency": 10, "branch": "Mumbai"}]
	entry = documents.journal(*rows)
	entry.submit()
	entry.reload()
	for row in entry.accounts:
		row.branch = "Delhi"
	entry.save()
	assert ledger_of(entry.name) == {"Delhi"}


def test_a_document_of_before_the_app_is_changed_though_its_rows_have_no_branch() -> None:
	invoice = documents.sales("Sales Invoice", "Two", branch="Mumbai")
	frappe.db.set_value("Sales Invoice Item", invoice.items[0].name, "branch", None)
	invoice.reload()
	invoice.update({"group_same_items": 1}).save()
	assert frappe.db.get_value("Sales Invoice", invoice.name, "group_same_items")
	assert [row.branch for row in invoice.items] == [None]


def test_a_draft_of_before_the_app_gets_its_branch_when_it_is_submitted() -> None:
	invoice = documents.sales("Sales Invoice", "Two", submit=False)
	for row in (invoice, *invoice.items):
		frappe.db.set_value(row.doctype, row.name, "branch", None)
	invoice.reload()
	invoice.submit()
	assert [row.branch for row in (invoice, *invoice.items)] == ["Mumbai", "Mumbai"]
	assert ledger_of(invoice.name) == {"Mumbai"}
