"""What is owed and what is paid are brought together: everything stays in its branch, and whoever is limited by
branch settles and parts only what he reaches."""

import frappe
import pytest
from erpnext.accounts.doctype.unreconcile_payment.unreconcile_payment import (
	create_unreconcile_doc_for_selection,
)
from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

ROLES = ("Accounts User", "Accounts Manager", "Sales User")


@pytest.fixture(autouse=True)
def invoices() -> dict[str, Document]:
	"""A customer of Mumbai and Delhi owes 100 in each."""
	make_tree()
	documents.make_item()
	make_customer("Two", "Mumbai", "Delhi")
	switch_on()
	return {branch: documents.sales("Sales Invoice", "Two", branch=branch) for branch in ("Mumbai", "Delhi")}


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


def receivable() -> str:
	return documents.account("Receivable")


def paid(amount: float, branch: str, **values) -> Document:
	"""Money of the customer that settles nothing yet."""
	payment = documents.get_payment_entry(
		"Sales Invoice", frappe.get_last_doc("Sales Invoice").name, bank_account=documents.account("Cash")
	)
	payment.set("references", [])
	payment.update({"reference_no": "1", "reference_date": nowdate(), "branch": branch, **values})
	payment.update({"paid_amount": amount, "received_amount": amount})
	payment.insert().submit()
	return payment


def credited(amount: float, branch: str) -> Document:
	"""The same by journal entry."""
	party = {"account": receivable(), "party_type": "Customer", "party": "Two", "is_advance": "Yes"}
	entry = documents.journal(
		{**party, "credit_in_account_currency": amount, "branch": branch},
		{"account": documents.account("Cash"), "debit_in_account_currency": amount, "branch": branch},
	)
	entry.submit()
	return entry


def returned(invoice: Document) -> Document:
	"""A credit note that stands by itself."""
	note = documents.make_sales_return(invoice.name)
	note.update({"return_against": None, "update_outstanding_for_self": 1})
	for row in note.items:
		row.sales_invoice_item = None
	note.insert().submit()
	return note


def settle(invoice: Document) -> None:
	"""Everything that was paid goes to this invoice, as with the tool."""
	tool = frappe.get_doc("Payment Reconciliation")
	tool.update({"company": COMPANY, "party_type": "Customer", "party": "Two"})
	tool.receivable_payable_account = receivable()
	tool.get_unreconciled_entries()
	tool.allocate_entries(
		frappe._dict(
			invoices=[row.as_dict() for row in tool.invoices if row.invoice_number == invoice.name],
			payments=[row.as_dict() for row in tool.payments],
		)
	)
	tool.reconcile()


def ledger_of(*names: str) -> set[tuple[str, str | None]]:
	"""Voucher and branch of the rows that count."""
	return {
		(row.voucher_no, row.branch)
		for ledger, live in (("GL Entry", {"is_cancelled": 0}), ("Payment Ledger Entry", {"delinked": 0}))
		for row in frappe.get_all(ledger, {"voucher_no": ["in", names], **live}, ["voucher_no", "branch"])
	}


def owed(invoice: Document) -> float:
	return frappe.db.get_value("Sales Invoice", invoice.name, "outstanding_amount")


@pytest.mark.parametrize("pay", [paid, credited])
@pytest.mark.parametrize("branch", ["Delhi", "Mumbai"])
def test_money_keeps_its_branch_whichever_invoice_it_settles(
	invoices: dict, pay: object, branch: str
) -> None:
	money = pay(60, "Delhi")
	settle(invoices[branch])
	assert owed(invoices[branch]) == 40
	assert ledger_of(money.name) == {(money.name, "Delhi")}
	assert ledger_of(invoices[branch].name) == {(invoices[branch].name, branch)}


@pytest.mark.parametrize("pay", [paid, credited])
def test_a_restricted_user_settles_only_what_he_reaches(invoices: dict, delhi: str, pay: object) -> None:
	pay(60, "Delhi")
	with as_user(delhi):
		frappe.db.savepoint("refused")
		with pytest.raises(OutOfScopeError):
			settle(invoices["Mumbai"])
		frappe.db.rollback(save_point="refused")
		settle(invoices["Delhi"])
	assert (owed(invoices["Mumbai"]), owed(invoices["Delhi"])) == (100, 40)


def test_a_credit_note_settles_an_invoice_of_another_branch_each_in_its_own(invoices: dict) -> None:
	note = returned(invoices["Delhi"])
	assert note.branch == "Delhi"
	settle(invoices["Mumbai"])
	assert owed(invoices["Mumbai"]) == 0
	rows = frappe.get_all(
		"Journal Entry Account", {"reference_name": ["in", [note.name, invoices["Mumbai"].name]]}, ["*"]
	)
	assert {(row.reference_name, row.branch) for row in rows} == {
		(note.name, "Delhi"),
		(invoices["Mumbai"].name, "Mumbai"),
	}
	entry = rows[0].parent
	assert ledger_of(entry) == {(entry, "Delhi"), (entry, "Mumbai")}


def test_a_restricted_user_brings_no_credit_note_to_a_foreign_invoice(invoices: dict, delhi: str) -> None:
	returned(invoices["Delhi"])
	with as_user(delhi), pytest.raises(frappe.LinkValidationError):
		settle(invoices["Mumbai"])


def test_an_advance_for_an_order_goes_on_to_its_invoice() -> None:
	order = documents.sales("Sales Order", "Two", branch="Delhi")
	advance = documents.get_payment_entry("Sales Order", order.name, bank_account=documents.account("Cash"))
	advance.update({"reference_no": "1", "reference_date": nowdate()})
	advance.insert().submit()
	invoice = make_sales_invoice(order.name)
	invoice.allocate_advances_automatically = 1
	invoice.insert().submit()
	assert owed(invoice) == 0
	assert ledger_of(advance.name, invoice.name) == {(advance.name, "Delhi"), (invoice.name, "Delhi")}


def test_an_advance_on_an_account_of_its_own_stays_in_its_branch(invoices: dict) -> None:
	owing = receivable()
	liabilities = frappe.db.get_value(
		"Account", {"company": COMPANY, "name": ["like", "Current Liabilities%"]}
	)
	account = {"doctype": "Account", "account_name": "Advances Received", "parent_account": liabilities}
	account = frappe.get_doc({**account, "company": COMPANY, "account_type": "Receivable"}).insert().name
	company = {"book_advance_payments_in_separate_party_account": 1}
	frappe.db.set_value("Company", COMPANY, {**company, "default_advance_received_account": account})
	frappe.clear_document_cache("Company", COMPANY)
	advance = paid(60, "Delhi", paid_from=account, **company)
	tool = frappe.get_doc("Payment Reconciliation")
	tool.update(
		{"company": COMPANY, "party_type": "Customer", "party": "Two", "default_advance_account": account}
	)
	tool.receivable_payable_account = owing
	tool.get_unreconciled_entries()
	payments = [row.as_dict() for row in tool.payments]
	wanted = [row.as_dict() for row in tool.invoices if row.invoice_number == invoices["Mumbai"].name]
	tool.allocate_entries(frappe._dict(invoices=wanted, payments=payments))
	tool.reconcile()
	assert owed(invoices["Mumbai"]) == 40
	assert frappe.db.count("GL Entry", {"voucher_no": advance.name}) == 4
	assert ledger_of(advance.name) == {(advance.name, "Delhi")}


def test_a_restricted_user_parts_only_what_he_reaches(invoices: dict, delhi: str) -> None:
	payments = {}
	for branch, invoice in invoices.items():
		payment = documents.get_payment_entry(
			"Sales Invoice", invoice.name, bank_account=documents.account("Cash")
		)
		payment.update({"reference_no": "1", "reference_date": nowdate()})
		payment.insert().submit()
		payments[branch] = payment
	with as_user(delhi):
		part(payments["Delhi"], invoices["Delhi"])
		with pytest.raises(frappe.LinkValidationError):
			part(payments["Mumbai"], invoices["Mumbai"])
	assert (owed(invoices["Delhi"]), owed(invoices["Mumbai"])) == (100, 0)


def part(payment: Document, invoice: Document) -> None:
	selection = {"company": COMPANY, "voucher_type": "Payment Entry", "voucher_no": payment.name}
	selection |= {"against_voucher_type": "Sales Invoice", "against_voucher_no": invoice.name}
	create_unreconcile_doc_for_selection(frappe.as_json([selection]))


@pytest.mark.parametrize("at_once", [True, False], ids=["with the payment", "with the tool"])
def test_gain_and_loss_of_exchange_are_of_the_payment_s_branch(at_once: bool) -> None:
	parent = frappe.db.get_value("Account", receivable(), "parent_account")
	account = {"doctype": "Account", "account_name": "Debtors USD", "parent_account": parent}
	account |= {"company": COMPANY, "account_type": "Receivable", "account_currency": "USD"}
	account = frappe.get_doc(account).insert().name
	customer = make_customer("Abroad", "Mumbai", "Delhi")
	customer.append("accounts", {"company": COMPANY, "account": account})
	customer.update({"default_currency": "USD"}).save()
	values = {"branch": "Delhi", "currency": "USD", "conversion_rate": 80, "debit_to": account}
	invoice = documents.sales("Sales Invoice", "Abroad", **values)
	payment = documents.get_payment_entry(
		"Sales Invoice", invoice.name, bank_account=documents.account("Cash")
	)
	payment.update({"reference_no": "1", "reference_date": nowdate(), "source_exchange_rate": 82})
	payment.update(
		{"received_amount": payment.paid_amount * 82, "base_received_amount": payment.paid_amount * 82}
	)
	if not at_once:
		payment.set("references", [])
	payment.insert().submit()
	if not at_once:
		tool = frappe.get_doc("Payment Reconciliation")
		tool.update({"company": COMPANY, "party_type": "Customer", "party": "Abroad"})
		tool.receivable_payable_account = account
		tool.get_unreconciled_entries()
		rows = {name: [row.as_dict() for row in tool.get(name)] for name in ("invoices", "payments")}
		tool.allocate_entries(frappe._dict(rows))
		tool.reconcile()
	assert owed(invoice) == 0
	gain = set(frappe.get_all("Journal Entry Account", {"reference_name": payment.name}, pluck="parent"))
	assert len(gain) == 1
	assert {branch for _name, branch in ledger_of(*gain, payment.name, invoice.name)} == {"Delhi"}
