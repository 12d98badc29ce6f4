"""The demo company's customer who is also a supplier: the link, an invoice on each side, and the agreement."""

import frappe
from frappe.utils import getdate

from branch_crm.demo import records, sales_records
from branch_crm.demo.documents import day, write
from branch_crm.demo.netting_records import PAIR, SERVICE, SERVICE_NAME


def load_pair() -> None:
	"""What the pair owes each other, and the agreement by which it may be settled."""
	if not frappe.db.exists("Item", SERVICE):
		item = {"doctype": "Item", "item_code": SERVICE, "item_name": SERVICE_NAME, "is_stock_item": 0}
		frappe.get_doc({**item, "item_group": "Services", "stock_uom": "Nos"}).insert()
	customer = frappe.get_doc("Customer", PAIR.party)
	customer.is_also_supplier = 1
	supplier = customer.save().linked_supplier
	of_company = {"company": records.COMPANY, "branch": PAIR.branch}
	sold = {"item_code": sales_records.ITEMS[0].code, "qty": 1, "rate": PAIR.receivable}
	sale = {"doctype": "Sales Invoice", "customer": PAIR.party, "ignore_pricing_rule": 1, "items": [sold]}
	write(frappe.get_doc({**sale, **of_company}), "asha", PAIR.days_ago, submit=True)
	bought = {"item_code": SERVICE, "qty": 1, "rate": PAIR.payable}
	purchase = {"doctype": "Purchase Invoice", "supplier": supplier, "bill_no": "F-17", "items": [bought]}
	write(frappe.get_doc({**purchase, **of_company}), "asha", PAIR.days_ago, submit=True)
	agreement = {"doctype": "Netting Agreement", "company": records.COMPANY, "customer": PAIR.party}
	valid = {"valid_from": min(day(PAIR.days_ago), getdate()), "statement_note": "As agreed in our letter."}
	frappe.get_doc({**agreement, **valid}).insert()


def remove_settlements() -> None:
	"""Take away what the pair has settled, its agreement and its link, and the runs of the company."""
	for name in frappe.get_all("Netting Run", {"company": records.COMPANY}, pluck="name"):
		frappe.delete_doc("Netting Run", name, force=True)
	of_pair = {"customer": PAIR.party}
	for name in frappe.get_all("Netting Settlement", of_pair, pluck="name", order_by="creation desc"):
		settlement = frappe.get_doc("Netting Settlement", name)
		if settlement.docstatus.is_submitted():
			settlement.cancel()
		journals = [row.journal_entry for row in settlement.journals if row.journal_entry]
		frappe.delete_doc("Netting Settlement", name, force=True)
		for journal in journals:
			frappe.delete_doc("Journal Entry", journal, force=True)
	for name in frappe.get_all("Netting Agreement", of_pair, pluck="name"):
		frappe.delete_doc("Netting Agreement", name, force=True)
	linked = {"primary_role": "Customer", "primary_party": PAIR.party}
	for name in frappe.get_all("Party Link", linked, pluck="name"):
		frappe.delete_doc("Party Link", name, force=True)


def remove_supplier() -> None:
	frappe.delete_doc_if_exists("Supplier", PAIR.party, force=True)
	frappe.delete_doc_if_exists("Item", SERVICE, force=True)
