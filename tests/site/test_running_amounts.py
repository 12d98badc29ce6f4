"""What a customer owes is kept, whatever way ledgers and orders change, and counted once however often it is looked at."""

from decimal import Decimal

import frappe
import pytest
from erpnext.accounts.doctype.repost_payment_ledger.repost_payment_ledger import start_payment_ledger_repost
from frappe.utils import nowdate

from branch_crm.credit_control import entry_queries, exposure_queries, exposure_work
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import make_customer, make_tree
from tests.site.credit import (
	BUYER,
	billed,
	buyer,
	by_branch,
	contributed,
	count,
	ordered,
	received,
	reconcile,
	unreconcile,
)


@pytest.fixture(autouse=True)
def _customer() -> None:
	make_tree()
	buyer("Delhi", "Agra", "Mumbai")
	count()


def _rows() -> dict[str, float]:
	"""By branch, what is counted in the rows of the buyer."""
	rows = frappe.get_all("Credit Exposure", {"party": BUYER, "company": COMPANY}, ["branch", "exposure"])
	return {row.branch: row.exposure for row in rows}


def test_money_goes_to_the_branch_of_the_invoice_when_it_is_reconciled_and_back() -> None:
	invoice, payment = billed(1000, branch="Delhi"), received(400, branch="Agra")
	assert (contributed(), by_branch()) == (
		{"receivable": 1000, "advances": -400},
		{"Delhi": 1000, "Agra": -400},
	)
	reconcile(invoice)
	assert (contributed(), by_branch()) == ({"receivable": 600}, {"Delhi": 600})
	unreconcile(payment.reload())
	assert (contributed(), by_branch()) == (
		{"receivable": 1000, "advances": -400},
		{"Delhi": 1000, "Agra": -400},
	)


def test_the_payment_of_an_invoice_that_is_cancelled_is_money_in_advance_again() -> None:
	invoice = billed(1000, branch="Delhi")
	received(400, invoice, branch="Agra")
	assert by_branch() == {"Delhi": 600}
	invoice.reload().cancel()
	assert (contributed(), by_branch()) == ({"advances": -400}, {"Agra": -400})


def test_the_payment_of_an_order_that_is_cancelled_is_money_in_advance_of_its_own_branch() -> None:
	order = ordered(branch="Delhi")
	received(400, order, branch="Agra")
	assert by_branch() == {"Delhi": 600}
	order.reload().cancel()
	assert (contributed(), by_branch()) == ({"advances": -400}, {"Agra": -400})


def test_a_credit_note_is_reconciled_with_an_invoice_of_another_branch() -> None:
	first, second = billed(1000, branch="Delhi"), billed(500, branch="Agra")
	back = documents.make_sales_return(second.name)
	back.update({"return_against": None, "update_outstanding_for_self": 1})
	for row in back.items:
		row.sales_invoice_item = None
	back.insert().submit()
	assert by_branch() == {"Delhi": 1000}
	reconcile(first)
	assert (contributed(), by_branch()) == ({"receivable": 1000}, {"Delhi": 500, "Agra": 500})


def test_what_is_posted_anew_is_counted_as_before() -> None:
	invoice = billed(1000, branch="Delhi")
	payment = received(400, invoice, branch="Delhi")
	assert contributed() == {"receivable": 600}
	vouchers = [{"voucher_type": doc.doctype, "voucher_no": doc.name} for doc in (invoice, payment)]
	repost = {"doctype": "Repost Payment Ledger", "company": COMPANY, "posting_date": nowdate()}
	repost = frappe.get_doc({**repost, "add_manually": 1, "repost_vouchers": vouchers}).insert().submit()
	start_payment_ledger_repost(repost.name)
	assert contributed() == {"receivable": 600}
	frappe.get_doc("Repost Accounting Ledger Settings").update(
		{
			"allowed_types": [
				{"document_type": one, "allowed": 1} for one in ("Sales Invoice", "Payment Entry")
			]
		}
	).save()
	for delete in (0, 1):
		repost = {"doctype": "Repost Accounting Ledger", "company": COMPANY, "vouchers": vouchers}
		frappe.get_doc({**repost, "delete_cancelled_entries": delete}).insert().submit()
		assert contributed() == {"receivable": 600}


def test_another_rate_of_exchange_changes_what_is_owed() -> None:
	receivable = documents.make_account("Zq Receivable USD", "Receivable", account_currency="USD")
	party = frappe.get_doc("Customer", BUYER)
	party.default_currency = "USD"
	party.append("accounts", {"company": COMPANY, "account": receivable})
	party.save()
	billed(100, currency="USD", conversion_rate=80, plc_conversion_rate=80, debit_to=receivable)
	assert contributed() == {"receivable": 8000}
	rate = {"doctype": "Currency Exchange", "date": nowdate(), "from_currency": "USD", "to_currency": "INR"}
	frappe.get_doc({**rate, "exchange_rate": 85}).insert()
	frappe.db.set_value(
		"Company", COMPANY, "unrealized_exchange_gain_loss_account", documents.account("Cost of Goods Sold")
	)
	revaluation = {"doctype": "Exchange Rate Revaluation", "company": COMPANY, "posting_date": nowdate()}
	revaluation = frappe.get_doc({**revaluation, "rounding_loss_allowance": 0})
	revaluation.fetch_and_calculate_accounts_data()
	revaluation.insert().submit()
	journal = frappe.get_doc("Journal Entry", revaluation.make_jv_entries()["revaluation_jv"])
	if not journal.docstatus:
		journal.submit()
	assert contributed() == {"receivable": 8500}


def test_an_invoice_that_is_deleted_with_its_ledger_leaves_nothing() -> None:
	frappe.db.set_single_value("Accounts Settings", "delete_linked_ledger_entries", 1)
	invoice = billed()
	contributed()
	invoice.cancel()
	frappe.delete_doc("Sales Invoice", invoice.name)
	assert contributed() == {}
	assert not frappe.db.exists("Exposure Entry", {"voucher_no": invoice.name})


def test_who_is_renamed_owes_what_he_owed() -> None:
	billed(1000, branch="Delhi")
	contributed()
	exposure_work.fold(COMPANY, BUYER)
	frappe.rename_doc("Customer", BUYER, "Zq Other")
	frappe.rename_doc("Customer", "Zq Other", BUYER)
	assert (contributed(), by_branch(), _rows()) == (
		{"receivable": 1000},
		{"Delhi": 1000},
		{"": 1000, "Delhi": 1000},
	)


def test_who_is_merged_owes_what_both_owed() -> None:
	frappe.db.set_single_value("Customer Master Settings", "refuse_deletion", 0)
	make_customer("Zq Double", "Delhi")
	documents.sales("Sales Invoice", "Zq Double", branch="Delhi")
	billed(1000, branch="Delhi")
	receivable = documents.account("Receivable")
	both = [
		{"party_type": "Customer", "party": party, "account": receivable, "debit_in_account_currency": 50}
		for party in (BUYER, "Zq Double")
	]
	cash = {"account": documents.account("Cash"), "credit_in_account_currency": 100}
	documents.journal(*both, cash).submit()
	contributed()
	for customer in (BUYER, "Zq Double"):
		exposure_work.fold(COMPANY, customer)
	frappe.rename_doc("Customer", "Zq Double", BUYER, merge=True)
	assert contributed() == {"receivable": 1200}
	assert _rows()[""] == 1200
	assert not frappe.db.exists("Credit Exposure", {"party": "Zq Double"})


def test_what_is_noted_is_counted_once_however_often_it_is_folded() -> None:
	invoice = billed(1000, branch="Delhi")
	ordered(branch="Agra")
	assert contributed() == {"receivable": 1000, "orders": 1000}
	assert not _rows()
	for _ in range(2):
		for company, customer in entry_queries.pending_customers():
			exposure_work.fold(company, customer)
		assert _rows() == {"": 2000, "Delhi": 1000, "Agra": 1000}
		assert contributed() == {"receivable": 1000, "orders": 1000}
	received(300, invoice)
	assert contributed() == {"receivable": 700, "orders": 1000}
	assert _rows()[""] == 2000
	exposure_work.fold(COMPANY, BUYER)
	assert _rows() == {"": 1700, "Delhi": 700, "Agra": 1000}
	exposure_work.rebuild(COMPANY, BUYER)
	assert _rows() == {"": 1700, "Delhi": 700, "Agra": 1000}


def test_documents_of_a_company_that_is_not_counted_are_read() -> None:
	frappe.delete_doc("Credit Company", COMPANY)
	billed(1000, branch="Delhi")
	exposure_work.settle()
	assert not frappe.db.exists("Exposure Entry", {"customer": BUYER})
	for branches, owed in ((None, 1000), (["Delhi"], 1000), (["Agra"], 0), ([""], 0), (["", "Delhi"], 1000)):
		assert sum(exposure_queries.exposure_of(BUYER, COMPANY, branches).values()) == Decimal(owed)


def test_a_document_that_moves_takes_what_paid_it_along() -> None:
	invoice = billed(1000, branch="Delhi")
	received(400, invoice, branch="Agra")
	assert by_branch() == {"Delhi": 600}
	invoice.reload()
	for table in ("GL Entry", "Payment Ledger Entry"):
		frappe.db.set_value(table, {"voucher_no": invoice.name}, "branch", "Mumbai")
	invoice.db_set("branch", "Mumbai")
	assert by_branch() == {"Mumbai": 600}


def test_a_branch_that_is_renamed_or_merged_takes_its_amounts_along() -> None:
	billed(1000, branch="Delhi")
	billed(500, branch="Agra")
	contributed()
	exposure_work.fold(COMPANY, BUYER)
	frappe.db.set_single_value("Customer Master Settings", "refuse_deletion", 0)
	frappe.rename_doc("Branch", "Agra", "Zq Agra")
	assert (by_branch(), _rows()) == (
		{"Delhi": 1000, "Zq Agra": 500},
		{"": 1500, "Delhi": 1000, "Zq Agra": 500},
	)
	frappe.rename_doc("Branch", "Zq Agra", "Delhi", merge=True)
	assert (by_branch(), _rows()) == ({"Delhi": 1500}, {"": 1500, "Delhi": 1500})
