"""Goods and their way through orders, deliveries and invoices, each step in one line."""

import frappe
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents

GOODS = "Branch Test Goods"
TRADE = ("Sales User", "Sales Manager", "Stock User", "Stock Manager", "Accounts User", "Accounts Manager")
TRADE += ("Purchase User", "Purchase Manager")


def stock_up() -> None:
	"""A hundred of the goods in stock, of no branch."""
	item = {"doctype": "Item", "item_code": GOODS, "item_group": "Products", "stock_uom": "Nos"}
	frappe.get_doc({**item, "valuation_rate": 60}).insert()
	stock = {"doctype": "Stock Entry", "stock_entry_type": "Material Receipt", "company": COMPANY}
	rows = [{"item_code": GOODS, "qty": 100, "basic_rate": 60, "t_warehouse": warehouse()}]
	frappe.get_doc({**stock, "items": rows}).insert().submit()


def make_supplier(name: str, *branches: str, **values) -> Document:
	"""A supplier of these branches, the first one primary."""
	rows = [{"branch": branch, "is_primary": int(not index)} for index, branch in enumerate(branches)]
	supplier = {"doctype": "Supplier", "supplier_name": name, "supplier_group": "Services"}
	return frappe.get_doc({**supplier, "branches": rows, **values}).insert()


def warehouse() -> str:
	return frappe.db.get_value("Warehouse", {"company": COMPANY, "name": ["like", "Stores%"]})


def rows() -> list[dict]:
	return [{"item_code": GOODS, "qty": 4, "rate": 100, "warehouse": warehouse(), "schedule_date": nowdate()}]


def taxes() -> list[dict]:
	account = documents.account("Chargeable")
	return [{"charge_type": "On Net Total", "account_head": account, "description": "Tax", "rate": 10}]


def done(doc: Document, **values) -> Document:
	"""The mapped document, filled in as a person would, submitted."""
	doc.update(values)
	doc.insert().submit()
	return doc


def assert_all_in(branch: str, *docs: Document) -> None:
	"""Document, rows and every ledger row carry the branch."""
	for doc in docs:
		doc.reload()
		carried = [row.branch for row in doc.get_all_children() if row.meta.has_field("branch")]
		assert (doc.doctype, doc.branch, {*carried, branch}) == (doc.doctype, branch, {branch}), (
			doc.branch,
			carried,
		)
		for ledger in ("GL Entry", "Payment Ledger Entry"):
			found = frappe.get_all(
				ledger, {"voucher_type": doc.doctype, "voucher_no": doc.name}, pluck="branch"
			)
			assert (doc.doctype, ledger, set(found)) == (doc.doctype, ledger, {branch} if found else set())


def has_ledger(doc: Document) -> bool:
	return bool(frappe.db.exists("GL Entry", {"voucher_no": doc.name}))


def ordered(**values) -> Document:
	order = {"doctype": "Purchase Order", "company": COMPANY, "supplier": "Maker", "schedule_date": nowdate()}
	return done(frappe.get_doc({**order, "items": rows(), "taxes": taxes(), **values}))
