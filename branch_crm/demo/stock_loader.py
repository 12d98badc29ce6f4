"""What the demo company sells, where it lies, and what it was bought from."""

import frappe

from branch_crm.demo import records, sales_records
from branch_crm.demo.documents import write

# before anything is sold
BOUGHT = 170


def load_places() -> None:
	"""A cost center and a warehouse per branch, which bring themselves to its documents."""
	root = {"company": records.COMPANY, "is_group": 1}
	cost_centers = frappe.get_all(
		"Cost Center", {**root, "parent_cost_center": ["is", "not set"]}, pluck="name"
	)
	warehouses = frappe.get_all("Warehouse", {**root, "parent_warehouse": ["is", "not set"]}, pluck="name")
	for branch in sales_records.PLACES:
		doc = frappe.get_doc("Branch", branch.name)
		if doc.cost_center and doc.warehouse:
			continue
		here = {"company": records.COMPANY}
		cost_center = {"cost_center_name": branch.name, "parent_cost_center": cost_centers[0]}
		warehouse = {"warehouse_name": branch.name, "parent_warehouse": warehouses[0]}
		doc.cost_center = _insert("Cost Center", {**here, **cost_center})
		doc.warehouse = _insert("Warehouse", {**here, **warehouse})
		doc.save()


def load_goods() -> None:
	"""Items and suppliers; what is there already stays."""
	for item in sales_records.ITEMS:
		if not frappe.db.exists("Item", item.code):
			values = {"item_code": item.code, "item_name": item.name, "item_group": "Products"}
			_insert("Item", {**values, "stock_uom": "Nos", "standard_rate": item.price})
	for supplier in sales_records.SUPPLIERS:
		if not frappe.db.exists("Supplier", supplier.name):
			rows = [
				{"branch": branch, "is_primary": int(branch == supplier.branches[0])}
				for branch in supplier.branches
			]
			values = {"supplier_name": supplier.name, "supplier_group": supplier.group}
			_insert("Supplier", {**values, "branches": rows})


def load_stock() -> None:
	"""A receipt per branch; of a supplier of two branches head office chooses the second one."""
	for supplier in sales_records.SUPPLIERS:
		for branch in supplier.branches:
			is_chosen = branch != supplier.branches[0]
			receipt = {
				"doctype": "Purchase Receipt",
				"supplier": supplier.name,
				"company": records.COMPANY,
				"branch": branch if is_chosen else None,
				"items": [
					{"item_code": item.code, "qty": sales_records.STOCKED, "rate": item.cost}
					for item in sales_records.ITEMS
				],
			}
			write(frappe.get_doc(receipt), "asha", BOUGHT, submit=True)


def _insert(doctype: str, values: dict) -> str:
	return frappe.get_doc({"doctype": doctype, **values}).insert().name
