"""Documents that the system makes by itself: recurring ones, those of subscriptions, of another company, and what
follows from a reminder or a payment request."""

import frappe
import pytest
from erpnext.accounts.doctype.payment_request.payment_request import make_payment_request
from erpnext.accounts.doctype.sales_invoice.sales_invoice import (
	create_dunning,
	make_inter_company_purchase_invoice,
)
from erpnext.accounts.doctype.unreconcile_payment.unreconcile_payment import (
	create_unreconcile_doc_for_selection,
)
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import make_branch, make_customer, make_tree, switch_on


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	documents.make_item()
	make_customer("Two", "Mumbai", "Delhi")
	switch_on()


def sold(**values) -> Document:
	return documents.sales("Sales Invoice", "Two", branch="Delhi", **values)


def test_a_recurring_invoice_keeps_its_branch() -> None:
	invoice = sold()
	frappe.get_meta("Sales Invoice").allow_auto_repeat = 1
	repeat = {
		"doctype": "Auto Repeat",
		"reference_doctype": "Sales Invoice",
		"reference_document": invoice.name,
	}
	repeat = frappe.get_doc(
		{**repeat, "frequency": "Daily", "start_date": nowdate(), "submit_on_creation": 1}
	)
	repeat.insert()
	repeat.create_documents()
	made = frappe.get_all(
		"Sales Invoice", {"auto_repeat": repeat.name, "name": ["!=", invoice.name]}, ["branch"]
	)
	assert [row.branch for row in made] == ["Delhi"]


def test_a_subscription_bills_in_its_branch() -> None:
	plan = {"doctype": "Subscription Plan", "plan_name": "Monthly", "item": documents.ITEM, "cost": 30}
	plan |= {"currency": "INR", "price_determination": "Fixed Rate", "billing_interval": "Month"}
	frappe.get_doc({**plan, "billing_interval_count": 1}).insert()
	subscription = {"doctype": "Subscription", "party_type": "Customer", "party": "Two", "company": COMPANY}
	subscription |= {
		"start_date": nowdate(),
		"generate_invoice_at": "Beginning of the current subscription period",
	}
	subscription = frappe.get_doc(
		{**subscription, "branch": "Delhi", "submit_invoice": 1, "plans": [{"plan": "Monthly", "qty": 1}]}
	).insert()
	subscription.process()
	made = frappe.get_all("Sales Invoice", {"subscription": subscription.name}, ["name", "branch"])
	assert [row.branch for row in made] == ["Delhi"]
	rows = frappe.get_all("GL Entry", {"voucher_no": made[0].name}, pluck="branch")
	assert set(rows) == {"Delhi"}


def test_the_bill_of_a_sister_company_has_a_branch_of_that_one() -> None:
	company = {"doctype": "Company", "company_name": "Sister", "abbr": "SIS", "country": "India"}
	frappe.get_doc({**company, "default_currency": "INR"}).insert()
	make_branch("Sister Branch", "HO", company="Sister")
	allowed = {"represents_company": "Sister", "companies": [{"company": COMPANY}]}
	frappe.get_doc("Customer", "Two").update({"is_internal_customer": 1, **allowed}).save()
	supplier = {"doctype": "Supplier", "supplier_name": "We", "is_internal_supplier": 1}
	supplier |= {"represents_company": COMPANY, "companies": [{"company": "Sister"}]}
	rows = [{"branch": "Sister Branch", "is_primary": 1}]
	frappe.get_doc({**supplier, "branches": rows}).insert()
	prices = {"doctype": "Price List", "price_list_name": "Between Us", "currency": "INR"}
	frappe.get_doc({**prices, "buying": 1, "selling": 1}).insert()
	bill = make_inter_company_purchase_invoice(sold(selling_price_list="Between Us").name)
	bill.bill_no = "1"
	for row in bill.items:
		row.expense_account = frappe.get_cached_value("Company", "Sister", "default_expense_account")
	bill.insert()
	assert (bill.company, bill.branch) == ("Sister", "Sister Branch")
	assert {row.branch for row in bill.items} == {"Sister Branch"}


def test_a_payment_request_and_a_reminder_lead_to_payments_of_the_branch() -> None:
	invoice = sold()
	asked = {"dt": "Sales Invoice", "dn": invoice.name, "party_type": "Customer", "party": "Two"}
	request = make_payment_request(**asked, mute_email=1, submit_doc=1, return_doc=1)
	assert request.branch == "Delhi"
	assert request.create_payment_entry(submit=False).branch == "Delhi"
	late = sold(set_posting_time=1, posting_date=add_days(nowdate(), -40), due_date=add_days(nowdate(), -30))
	reminder = create_dunning(late.name)
	reminder.income_account = frappe.get_cached_value("Company", COMPANY, "default_income_account")
	reminder.insert().submit()
	assert reminder.branch == "Delhi"
	assert documents.get_payment_entry("Dunning", reminder.name).branch == "Delhi"


def test_what_is_unreconciled_leaves_the_ledger_in_its_branches() -> None:
	invoice = sold()
	payment = documents.get_payment_entry(
		"Sales Invoice", invoice.name, bank_account=documents.account("Cash")
	)
	payment.update({"reference_no": "1", "reference_date": nowdate()})
	payment.insert().submit()
	selection = {"company": COMPANY, "voucher_type": "Payment Entry", "voucher_no": payment.name}
	selection |= {"against_voucher_type": "Sales Invoice", "against_voucher_no": invoice.name}
	create_unreconcile_doc_for_selection(frappe.as_json([selection]))
	vouchers = ["in", [invoice.name, payment.name]]
	for ledger in ("GL Entry", "Payment Ledger Entry"):
		assert set(frappe.get_all(ledger, {"voucher_no": vouchers}, pluck="branch")) == {"Delhi"}
	invoice.reload()
	assert invoice.outstanding_amount == invoice.grand_total
