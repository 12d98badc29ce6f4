"""Tills: each sale has its branch, and closing consolidates them by branch."""

import frappe
from erpnext.accounts.doctype.pos_invoice.pos_invoice import make_sales_return
from frappe.model.document import Document

from tests.site.tills import WALK_IN, closed, sold_at_the_till


def branches_of(name: str) -> set[tuple[str, str | None]]:
	"""Ledger and branch of every row that an invoice left."""
	return {
		(ledger, row)
		for ledger in ("GL Entry", "Payment Ledger Entry")
		for row in frappe.get_all(ledger, {"voucher_no": name}, pluck="branch")
	}


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
		{"is_consolidated": 1, "customer": WALK_IN},
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
