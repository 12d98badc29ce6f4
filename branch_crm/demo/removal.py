"""Takes the demo company's documents away again, with their ledger rows, and those made in its branches since."""

import frappe

from branch_crm.branch_access import registry
from branch_crm.demo import category_records, cheque_loader, netting_loader, records, sales_records

# what is made from something goes before it
DOCUMENTS = (
	"Payment Entry",
	"Payment Request",
	"Dunning",
	"POS Invoice",
	"Sales Invoice",
	"Subscription",
	"Delivery Note",
	"Sales Order",
	"Quotation",
	"Purchase Invoice",
	"Purchase Receipt",
	"Purchase Order",
	"Supplier Quotation",
	"Material Request",
	"Opportunity",
	"Contract",
	"Event",
	"Issue",
	"Task",
	"Project",
)
_LEDGERS = "delete_linked_ledger_entries"


def remove_documents() -> None:
	"""Cancel and delete the documents of the demo's branches, the newest first."""
	setting = frappe.db.get_single_value("Accounts Settings", _LEDGERS)
	# ERPNext deletes the ledger rows along with a document only where this is set
	frappe.db.set_single_value("Accounts Settings", _LEDGERS, 1, update_modified=False)
	netting_loader.remove_settlements()
	cheque_loader.remove_cheques()
	for doctype in DOCUMENTS:
		for name in _of_branches(doctype):
			doc = frappe.get_doc(doctype, name)
			if doc.docstatus.is_submitted():
				doc.cancel()
			frappe.delete_doc(doctype, name, force=True)
	frappe.db.set_single_value("Accounts Settings", _LEDGERS, setting, update_modified=False)
	prospects = frappe.get_all(
		"Branch Assignment", {"branch": ["in", _branches()], "parenttype": "Prospect"}, pluck="parent"
	)
	for name in set(prospects):
		frappe.delete_doc("Prospect", name, force=True)
	for name in _of_branches("Lead"):
		frappe.delete_doc("Lead", name, force=True)


def remove_goods() -> None:
	for supplier in sales_records.SUPPLIERS:
		frappe.delete_doc_if_exists("Supplier", supplier.name, force=True)
	netting_loader.remove_supplier()
	# queued by the cancellations, to value anew what is no longer there
	frappe.db.delete("Repost Item Valuation", {"company": records.COMPANY})
	for item in sales_records.ITEMS:
		frappe.delete_doc_if_exists("Item", item.code, force=True)


def remove_categories() -> None:
	for category in reversed(category_records.CATEGORIES):
		frappe.delete_doc_if_exists("Customer Category", category.name, force=True)


def places() -> list[tuple[str, str]]:
	"""Cost centers and warehouses of the demo's branches; to be asked before the branches go."""
	branches = frappe.get_all("Branch", {"name": ["in", _branches()]}, ["cost_center", "warehouse"])
	found = [("Cost Center", row.cost_center) for row in branches if row.cost_center]
	return found + [("Warehouse", row.warehouse) for row in branches if row.warehouse]


def _of_branches(doctype: str) -> list[str]:
	filters = {registry.branch_field(): ["in", _branches()]}
	return frappe.get_all(doctype, filters, pluck="name", order_by="name desc")


def _branches() -> list[str]:
	return [branch.name for branch in records.BRANCHES]
