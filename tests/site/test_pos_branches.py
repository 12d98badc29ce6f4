"""Tills: each sale has its branch, and closing consolidates them by branch."""

import frappe
import pytest
from erpnext.accounts.doctype.pos_closing_entry.pos_closing_entry import make_closing_entry_from_opening
from erpnext.accounts.doctype.pos_invoice.pos_invoice import make_sales_return
from frappe.model.document import Document
from frappe.utils import now_datetime

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import make_customer, make_tree, switch_on


@pytest.fixture
def tree() -> None:
	make_tree()
	documents.make_item()
	make_customer("Walk-in", "Mumbai", "Delhi")
	switch_on()


@pytest.fixture
def opening(tree: None) -> Document:
	"""A till of no branch in particular, opened."""
	account = documents.account("Cash")
	mode = frappe.get_doc("Mode of Payment", "Cash")
	if COMPANY not in {row.company for row in mode.accounts}:
		mode.append("accounts", {"company": COMPANY, "default_account": account})
		mode.save()
	profile = {"doctype": "POS Profile", "name": "Till", "company": COMPANY, "currency": "INR"}
	profile |= {
		"warehouse": frappe.db.get_value("Warehouse", {"company": COMPANY, "is_group": 0}),
		"write_off_account": frappe.db.get_value(
			"Account", {"company": COMPANY, "name": ["like", "Write Off%"]}
		),
		"write_off_cost_center": frappe.get_cached_value("Company", COMPANY, "cost_center"),
		"selling_price_list": "Standard Selling",
		"payments": [{"mode_of_payment": "Cash", "default": 1}],
	}
	frappe.get_doc(profile).insert()
	entry = {"doctype": "POS Opening Entry", "pos_profile": "Till", "user": frappe.session.user}
	entry |= {"company": COMPANY, "period_start_date": now_datetime()}
	entry = frappe.get_doc({**entry, "balance_details": [{"mode_of_payment": "Cash"}]}).insert()
	entry.submit()
	return entry


def sold_at_the_till(rate: float, **values) -> Document:
	sale = frappe.get_doc(
		{
			"doctype": "POS Invoice",
			"company": COMPANY,
			"customer": "Walk-in",
			"is_pos": 1,
			"pos_profile": "Till",
			"items": [{"item_code": documents.ITEM, "qty": 1, "rate": rate}],
			"payments": [{"mode_of_payment": "Cash", "amount": rate, "account": documents.account("Cash")}],
			**values,
		}
	)
	sale.set_missing_values()
	sale.items[0].rate = rate
	sale.insert().submit()
	return sale


def branches_of(name: str) -> set[tuple[str, str | None]]:
	"""Ledger and branch of every row that an invoice left."""
	return {
		(ledger, row)
		for ledger in ("GL Entry", "Payment Ledger Entry")
		for row in frappe.get_all(ledger, {"voucher_no": name}, pluck="branch")
	}


def closed(opening: Document) -> Document:
	closing = make_closing_entry_from_opening(opening)
	for row in closing.payment_reconciliation:
		row.closing_amount = row.expected_amount
	closing.insert().submit()
	return closing


def test_a_sale_goes_to_the_branch_of_its_customer_or_the_one_chosen(opening: Document) -> None:
	assert sold_at_the_till(100).branch == "Mumbai"
	assert sold_at_the_till(100, branch="Delhi").branch == "Delhi"


def test_the_branch_of_the_till_goes_before_the_customer_s_primary(opening: Document) -> None:
	frappe.db.set_value("POS Profile", "Till", "branch", "Delhi")
	frappe.clear_document_cache("POS Profile", "Till")
	assert sold_at_the_till(100).branch == "Delhi"


def test_closing_consolidates_by_branch_and_can_be_cancelled(taken_away: None, opening: Document) -> None:
	sales = [
		sold_at_the_till(100),
		sold_at_the_till(70, branch="Delhi"),
		sold_at_the_till(30, branch="Delhi"),
	]
	back = make_sales_return(sales[2].name)
	back.insert().submit()
	assert back.branch == "Delhi"
	closing = closed(opening)
	consolidated = frappe.get_all(
		"Sales Invoice",
		{"is_consolidated": 1, "customer": "Walk-in"},
		["name", "branch", "is_return", "grand_total"],
	)
	found = sorted((row.branch, row.is_return, row.grand_total) for row in consolidated)
	assert found == [("Delhi", 0, 100), ("Delhi", 1, -30), ("Mumbai", 0, 100)]
	for row in consolidated:
		assert {branch for _ledger, branch in branches_of(row.name)} == {row.branch}
		items = frappe.get_all("Sales Invoice Item", {"parent": row.name}, pluck="branch")
		assert set(items) == {row.branch}
	closing.reload()
	closing.cancel()
	statuses = [frappe.db.get_value("POS Invoice", sale.name, "status") for sale in sales]
	assert statuses == ["Paid", "Paid", "Credit Note Issued"]
