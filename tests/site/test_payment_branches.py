"""Money keeps one branch of its own; whoever is limited by branch settles only what he reaches."""

import frappe
import pytest
from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.accounts.utils import get_outstanding_invoices, reconcile_against_document

from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

ROLES = ("Accounts User", "Accounts Manager", "Sales User")


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	documents.make_item()


@pytest.fixture
def invoices() -> dict[str, object]:
	make_customer("Two", "Delhi", "Mumbai")
	return {branch: documents.sales("Sales Invoice", "Two", branch=branch) for branch in ("Delhi", "Mumbai")}


def payment_of(*invoices: object, **values) -> object:
	payment = get_payment_entry("Sales Invoice", invoices[0].name)
	payment.update({"reference_no": "1", "reference_date": payment.posting_date, **values})
	for invoice in invoices[1:]:
		row = payment.references[0].as_dict()
		payment.append("references", {**row, "name": None, "idx": None, "reference_name": invoice.name})
	total = sum(row.allocated_amount for row in payment.references)
	payment.update({"paid_amount": total, "received_amount": total})
	return payment


def test_a_payment_over_several_branches_keeps_one_of_its_own(invoices: dict) -> None:
	payment = payment_of(invoices["Delhi"], invoices["Mumbai"]).insert()
	payment.submit()
	assert payment.branch == "Delhi"
	for ledger in ("GL Entry", "Payment Ledger Entry"):
		assert set(frappe.get_all(ledger, {"voucher_no": payment.name}, pluck="branch")) == {"Delhi"}
	assert frappe.get_all("Sales Invoice", {"customer": "Two"}, pluck="outstanding_amount") == [0, 0]


def test_a_restricted_user_settles_only_invoices_of_his_branches(invoices: dict) -> None:
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	mixed = payment_of(invoices["Delhi"], invoices["Mumbai"])
	with as_user(user):
		assert payment_of(invoices["Delhi"]).insert().branch == "Delhi"
		with pytest.raises(frappe.LinkValidationError):
			mixed.insert()


@pytest.mark.parametrize(("branch", "allowed"), [("Delhi", True), ("Mumbai", False)])
def test_an_advance_is_reconciled_with_what_is_reached(invoices: dict, branch: str, allowed: bool) -> None:
	user = make_user("delhi", "Delhi", roles=ROLES)
	advance = payment_of(invoices["Delhi"])
	advance.set("references", [])
	advance.update({"paid_amount": 500, "received_amount": 500}).insert().submit()
	switch_on()
	with as_user(user):
		if allowed:
			reconcile_against_document([allocation(advance, invoices[branch])])
		else:
			with pytest.raises(OutOfScopeError):
				reconcile_against_document([allocation(advance, invoices[branch])])
	left = frappe.db.get_value("Sales Invoice", invoices[branch].name, "outstanding_amount")
	assert left == (0 if allowed else invoices[branch].grand_total)


def allocation(payment: object, invoice: object) -> object:
	return frappe._dict(
		voucher_type="Payment Entry",
		voucher_no=payment.name,
		voucher_detail_no=None,
		against_voucher_type="Sales Invoice",
		against_voucher=invoice.name,
		account=payment.paid_from,
		exchange_rate=1,
		party_type="Customer",
		party="Two",
		is_advance="Yes",
		dr_or_cr="credit_in_account_currency",
		unreconciled_amount=500,
		unadjusted_amount=500,
		allocated_amount=invoice.outstanding_amount,
		grand_total=invoice.grand_total,
		outstanding_amount=invoice.outstanding_amount,
	)


def test_round_off_goes_to_the_document_s_branch() -> None:
	make_customer("Two", "Delhi")
	item = {"item_code": documents.ITEM, "qty": 1, "rate": 100.4, "branch": None}
	invoice = documents.sales("Sales Invoice", "Two", items=[item])
	rows = frappe.get_all("GL Entry", {"voucher_no": invoice.name}, ["account", "branch"])
	assert any("Round" in row.account for row in rows)
	assert {row.branch for row in rows} == {"Delhi"}


def test_payment_reconciliation_still_finds_and_settles(invoices: dict) -> None:
	advance = payment_of(invoices["Delhi"])
	advance.set("references", [])
	advance.update({"paid_amount": 150, "received_amount": 150}).insert().submit()
	tool = frappe.get_doc("Payment Reconciliation")
	tool.update({"company": COMPANY, "party_type": "Customer", "party": "Two"})
	tool.receivable_payable_account = documents.account("Receivable")
	tool.get_unreconciled_entries()
	assert len(tool.invoices) == 2 and len(tool.payments) == 1
	tool.allocate_entries(
		frappe._dict(
			invoices=[row.as_dict() for row in tool.invoices],
			payments=[row.as_dict() for row in tool.payments],
		)
	)
	tool.reconcile()
	outstanding = get_outstanding_invoices(
		"Customer", "Two", [documents.account("Receivable")], [], min_outstanding=0.1
	)
	assert [row.outstanding_amount for row in outstanding] == [50]
