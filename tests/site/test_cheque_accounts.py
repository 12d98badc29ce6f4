"""A cheque comes back on the accounts, and at the rates, that its receipt was posted by."""

import frappe
import pytest

from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.cheques import balance, bank, charges, cheque, named, outstanding, returned
from tests.site.company import make_tree
from tests.site.credit import BUYER, billed, buyer, contributed


@pytest.fixture(autouse=True)
def _judged() -> None:
	make_tree()
	buyer("Delhi", "Mumbai")
	credit.judge()


def test_a_cheque_in_another_currency_comes_back_at_the_rate_it_was_booked() -> None:
	receivable = documents.make_account("Zq Receivable USD", "Receivable", account_currency="USD")
	party = frappe.get_doc("Customer", BUYER)
	party.default_currency = "USD"
	party.append("accounts", {"company": COMPANY, "account": receivable})
	party.save()
	dollars = {"currency": "USD", "conversion_rate": 80, "plc_conversion_rate": 80, "debit_to": receivable}
	invoice = billed(100, **dollars)
	receipt = cheque(
		100,
		invoice,
		paid_from=receivable,
		source_exchange_rate=84,
		received_amount=8400,
		base_received_amount=8400,
	)
	paid = (contributed(), balance(receivable), balance(bank()))
	back = returned(receipt, bank_charge=50, customer_charge=84, charge_account=charges())
	assert outstanding(invoice) == 100
	assert contributed() == {"receivable": 8084}
	journal = frappe.get_doc("Journal Entry", back.journal_entry)
	owed = {(row.debit_in_account_currency, row.debit) for row in journal.accounts if row.party and row.debit}
	assert owed == {(100, 8400), (1, 84)}
	back.cancel()
	assert outstanding(invoice) == 0
	assert (contributed(), balance(receivable), balance(bank())) == paid


def test_what_was_deducted_from_a_receipt_is_taken_back_with_it() -> None:
	invoice = billed(1000)
	cost_center = frappe.get_cached_value("Company", COMPANY, "cost_center")
	deduction = {"account": charges(), "cost_center": cost_center, "amount": 20}
	spent, before = balance(charges()), balance(bank())
	receipt = cheque(
		980,
		paid_to=bank(),
		references=[
			{"reference_doctype": "Sales Invoice", "reference_name": invoice.name, "allocated_amount": 1000}
		],
		deductions=[deduction],
	)
	assert outstanding(invoice) == 0
	returned(receipt)
	assert outstanding(invoice) == 1000
	assert (balance(charges()), balance(bank())) == (spent, before)
	assert contributed() == {"receivable": 1000}


def test_a_cheque_on_an_account_of_its_own_for_advances_comes_back_there() -> None:
	advances = documents.make_account(
		"Zq Advances", "Receivable", root_type="Liability", parent_account=named("Current Liabilities")
	)
	frappe.db.set_value(
		"Company",
		COMPANY,
		{"book_advance_payments_in_separate_party_account": 1, "default_advance_received_account": advances},
	)
	frappe.clear_cache(doctype="Company")
	receipt = cheque(500, paid_from=advances)
	assert balance(advances) == -500
	invoice = billed(300)
	credit.reconcile(invoice)
	assert contributed() == {"advances": -200}
	back = returned(receipt)
	assert balance(advances) == 0
	assert outstanding(invoice) == 300
	assert contributed() == {"receivable": 300}
	back.cancel()
	assert contributed() == {"advances": -200}
