"""What a returned cheque has done is what is stored, whatever is sent along."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import profile_queries
from branch_crm.credit_control.cheque_work import ChequeReturnError
from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.cheques import RECEIPT, RETURN, charges, cheque, draft, outstanding, returned
from tests.site.company import make_customer, make_tree
from tests.site.credit import BUYER, billed, buyer, profile


@pytest.fixture(autouse=True)
def _judged() -> None:
	make_tree()
	buyer("Delhi")
	credit.judge()


def _policy(returns: int) -> None:
	frappe.get_doc("Credit Settings").update(
		{"block_after_returns": returns, "returns_within_days": 30}
	).save()


def test_who_cancels_it_does_not_choose_what_is_paid_again() -> None:
	invoice = billed(700)
	other = documents.sales("Sales Invoice", make_customer("Zq Other", "Delhi").name)
	back = returned(cheque(700, invoice))
	back.allocations[0].document_name = other.name
	back.return_date = "2099-01-01"
	back.cancel()
	assert (outstanding(invoice), outstanding(other)) == (0, 100)
	assert str(frappe.db.get_value(RETURN, back.name, "return_date")) == nowdate()


def test_who_cancels_it_does_not_choose_its_journal() -> None:
	back = returned(cheque(700))
	own = back.journal_entry
	back.journal_entry = returned(cheque(100)).journal_entry
	back.cancel()
	assert frappe.db.get_value("Journal Entry", own, "docstatus") == 2


def test_its_rows_are_not_changed_alone() -> None:
	back = returned(cheque(700, billed(700)))
	row = {"doctype": "Cheque Return Allocation", "parent": back.name, "parenttype": RETURN, "idx": 2}
	row |= {"document_type": "Sales Invoice", "document_name": billed(9).name, "allocated_amount": 9}
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc({**row, "parentfield": "allocations"}).insert()
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Cheque Return Allocation", back.allocations[0].name)


def test_nobody_marks_a_receipt_as_returned() -> None:
	receipt, other = cheque(700), cheque(100)
	back = returned(receipt)
	receipt.reload()
	receipt.cheque_return = None
	receipt.save()
	other.cheque_return = back.name
	other.save()
	assert frappe.db.get_value(RECEIPT, receipt.name, "cheque_return") == back.name
	assert not frappe.db.get_value(RECEIPT, other.name, "cheque_return")
	made = frappe.copy_doc(other)
	made.cheque_return = back.name
	assert not made.insert().cheque_return


def test_it_comes_back_today_at_the_latest() -> None:
	with pytest.raises(ChequeReturnError, match="not later than today"):
		draft(cheque(700), return_date=add_days(nowdate(), 1))


@pytest.mark.parametrize("charge", ["NaN", "Infinity"])
def test_charges_are_amounts(charge: str) -> None:
	with pytest.raises(ChequeReturnError, match="how much"):
		draft(cheque(700), bank_charge=charge, charge_account=charges())


def test_an_invoice_can_be_cancelled_once_nothing_pays_it() -> None:
	invoice = billed(700)
	back = returned(cheque(700, invoice))
	invoice.reload().cancel()
	back.cancel()
	assert frappe.db.get_value(RECEIPT, back.payment_entry, "unallocated_amount") == 700


def test_a_guarantee_that_was_cancelled_keeps_no_cheque_from_coming_back() -> None:
	_policy(1)
	order = documents.sales("Sales Order", BUYER, branch="Delhi")
	guarantee = {"doctype": "Bank Guarantee", "bg_type": "Receiving", "customer": BUYER, "amount": 2000}
	guarantee |= {"reference_doctype": order.doctype, "reference_docname": order.name, "validity": 20}
	guarantee |= {"start_date": nowdate(), "end_date": add_days(nowdate(), 20), "name_of_beneficiary": "x"}
	bank = frappe.get_doc({"doctype": "Bank", "bank_name": "Zq Bank"}).insert().name
	guarantee = frappe.get_doc({**guarantee, "bank_guarantee_number": "1", "bank": bank}).insert().submit()
	profile(credit_limit=500, guarantees=[{"bank_guarantee": guarantee.name}])
	guarantee.flags.ignore_links = True
	guarantee.cancel()
	assert returned(cheque(700)).blocked_sales


@pytest.mark.parametrize("doctype", ["Credit Profile", "Credit Settings"])
def test_what_another_process_has_put_back_into_the_cache_decides_nothing(doctype: str) -> None:
	_policy(1)
	name = profile(credit_limit=500).name if doctype == "Credit Profile" else doctype
	stale = frappe.get_doc(doctype, name)
	frappe.get_cached_doc(doctype, name)
	if doctype == "Credit Profile":
		frappe.get_doc(doctype, name).update({"sales_blocked": 1, "blocked_reason": "Court"}).save()
	else:
		_policy(9)
	# as one that began before and reads the cache after
	frappe.cache.set_value(frappe.get_document_cache_key(doctype, name), stale)
	frappe.local.cache = {}
	if doctype == "Credit Profile":
		assert frappe.get_cached_doc(doctype, name).sales_blocked == 0
		assert profile_queries.terms_of(BUYER, COMPANY).is_blocked
	else:
		assert frappe.get_cached_doc(doctype, name).block_after_returns == 1
		assert profile_queries.settings().block_after_returns == 9
