"""A cheque that comes back is owed again, by a journal of that day; the receipt stays."""

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from branch_crm.credit_control.cheque_work import ChequeReturnError
from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.cheques import RECEIPT, balance, bank, charges, cheque, outstanding, returned
from tests.site.company import make_tree
from tests.site.credit import BUYER, billed, buyer, by_branch, contributed, ordered, received


@pytest.fixture(autouse=True)
def _judged() -> None:
	make_tree()
	buyer("Delhi", "Mumbai")
	credit.judge()


def test_what_a_returned_cheque_had_paid_is_owed_again() -> None:
	invoice, before = billed(1000, branch="Delhi"), balance(bank())
	receipt = cheque(1000, invoice)
	assert contributed() == {}
	back = returned(receipt)
	assert outstanding(invoice) == 1000
	assert contributed() == {"receivable": 1000}
	assert balance(bank()) == before
	assert frappe.db.get_value(RECEIPT, receipt.name, "docstatus") == 1
	journal = frappe.get_doc("Journal Entry", back.journal_entry)
	assert (journal.cheque_no, journal.posting_date) == ("000123", getdate())
	assert receipt.name in {row.reference_name for row in journal.accounts}


def test_it_is_posted_on_the_day_of_its_return() -> None:
	receipt = cheque(500, posting_date=add_days(nowdate(), -9))
	back = returned(receipt, return_date=add_days(nowdate(), -2))
	days = {
		getdate(day)
		for day in frappe.get_all("GL Entry", {"voucher_no": back.journal_entry}, pluck="posting_date")
	}
	assert days == {getdate(add_days(nowdate(), -2))}
	with pytest.raises(ChequeReturnError, match="not later than today"):
		returned(cheque(500), return_date=add_days(nowdate(), -1))


def test_the_money_is_not_there_to_be_allocated_again() -> None:
	receipt = cheque(800)
	returned(receipt)
	assert frappe.db.get_value(RECEIPT, receipt.name, "unallocated_amount") == 0
	invoice = billed(300)
	tool = frappe.get_doc("Payment Reconciliation")
	tool.update({"company": COMPANY, "party_type": "Customer", "party": BUYER})
	tool.receivable_payable_account = documents.account("Receivable")
	tool.get_unreconciled_entries()
	assert receipt.name not in {row.reference_name for row in tool.payments}
	assert contributed() == {"receivable": 300}
	assert invoice.outstanding_amount == 300
	with pytest.raises(ChequeReturnError, match="Cancel its Cheque Return"):
		credit.unreconcile(receipt)


def test_a_cheque_over_several_invoices_an_order_and_money_in_advance_comes_back_as_a_whole() -> None:
	first, second, order = billed(300), billed(400), ordered(10)
	receipt = cheque(1500, first, second, order)
	back = returned(receipt)
	assert (outstanding(first), outstanding(second)) == (300, 400)
	assert contributed() == {"receivable": 700, "orders": 1000}
	assert {row.document_name: row.allocated_amount for row in back.allocations} == {
		first.name: 300,
		second.name: 400,
		order.name: 800,
	}


def test_charges_of_the_bank_are_posted_and_the_customer_owes_its_own() -> None:
	invoice = billed(1000)
	spent, before = balance(charges()), balance(bank())
	returned(cheque(1000, invoice), bank_charge=50, customer_charge=60, charge_account=charges())
	assert balance(charges()) == spent - 10
	assert balance(bank()) == before - 50
	assert contributed() == {"receivable": 1060}


def test_the_charge_is_what_is_left_of_the_journal_and_can_be_paid() -> None:
	back = returned(cheque(1000), customer_charge=60, charge_account=charges())
	tool = frappe.get_doc("Payment Reconciliation")
	tool.update({"company": COMPANY, "party_type": "Customer", "party": BUYER})
	tool.receivable_payable_account = documents.account("Receivable")
	tool.get_unreconciled_entries()
	assert {row.invoice_number: row.outstanding_amount for row in tool.invoices} == {back.journal_entry: 60}


def test_the_next_return_proposes_the_account_of_the_last() -> None:
	returned(cheque(100), bank_charge=5, charge_account=charges())
	assert returned(cheque(100), bank_charge=5).charge_account == charges()


def test_charges_stand_on_an_account_of_the_company_for_expenses_or_income() -> None:
	with pytest.raises(ChequeReturnError, match="expenses or income"):
		returned(cheque(100), bank_charge=5, charge_account=documents.account("Receivable"))


def test_money_counts_for_the_branch_of_what_it_had_paid_and_comes_back_there() -> None:
	mumbai = billed(1000, branch="Mumbai")
	receipt = cheque(1000, mumbai, branch="Delhi")
	returned(receipt, customer_charge=60, charge_account=charges())
	assert by_branch() == {"Mumbai": 1000, "Delhi": 60}


def test_a_return_that_was_a_mistake_is_undone() -> None:
	first, second, order = billed(300), billed(400), ordered(10)
	receipt = cheque(1500, first, second, order)
	before = contributed()
	back = returned(receipt, bank_charge=50, customer_charge=60, charge_account=charges())
	back.cancel()
	assert (outstanding(first), outstanding(second)) == (0, 0)
	assert {
		row.reference_name: row.allocated_amount for row in frappe.get_doc(RECEIPT, receipt.name).references
	} == {
		first.name: 300,
		second.name: 400,
		order.name: 800,
	}
	assert contributed() == before
	assert frappe.db.get_value("Journal Entry", back.journal_entry, "docstatus") == 2
	assert returned(receipt).docstatus == 1


def test_what_was_paid_otherwise_meanwhile_is_not_paid_twice() -> None:
	invoice = billed(1000)
	receipt = cheque(1000, invoice)
	back = returned(receipt)
	invoice.reload()
	received(700, invoice)
	back.cancel()
	assert outstanding(invoice) == 0
	assert frappe.db.get_value(RECEIPT, receipt.name, "unallocated_amount") == 700
	assert contributed() == {"advances": -700}


def test_a_cheque_comes_back_once() -> None:
	receipt = cheque(500)
	returned(receipt)
	with pytest.raises(ChequeReturnError, match="already"):
		returned(receipt)


@pytest.mark.parametrize(
	("values", "said"),
	[({"reference_no": None, "paid_to": None}, "no number"), ({"mode_of_payment": "Cash"}, "no number")],
)
def test_only_a_cheque_comes_back(values: dict, said: str) -> None:
	if "paid_to" in values:
		values = {**values, "paid_to": documents.account("Cash")}
	with pytest.raises(ChequeReturnError, match=said):
		returned(cheque(500, **values))


def test_neither_receipt_nor_journal_is_cancelled_behind_it() -> None:
	receipt = cheque(500)
	back = returned(receipt)
	for doctype, name in ((RECEIPT, receipt.name), ("Journal Entry", back.journal_entry)):
		with pytest.raises(frappe.LinkExistsError):
			frappe.get_doc(doctype, name).cancel()
