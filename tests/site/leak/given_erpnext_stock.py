"""What functions of ERPNext's stock take whose parameters do not tell, by their paths."""

import frappe
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents, goods
from tests.site.leak.client import Whole
from tests.site.leak.furniture import BATCH, BATCHED, MADE, SET, first
from tests.site.leak.given_erpnext_accounts import search, stored, value
from tests.site.leak.given_frappe import Given, one
from tests.site.leak.world import Side

_STOCK = "erpnext.stock.doctype"
_MATERIAL_REQUEST = f"{_STOCK}.material_request.material_request"
_PICK_LIST = f"{_STOCK}.pick_list.pick_list"
_BUNDLE = f"{_STOCK}.serial_and_batch_bundle.serial_and_batch_bundle"
_STOCK_ENTRY = f"{_STOCK}.stock_entry.stock_entry"


def _moved(side: Side) -> dict:
	asked = {"item_code": goods.GOODS, "warehouse": goods.warehouse(), "company": COMPANY, "qty": 1}
	asked |= {"posting_date": nowdate(), "posting_time": "23:00:00"}
	return {"args": {**asked, "voucher_type": "Delivery Note", "voucher_no": side.names["Delivery Note"]}}


def _received(side: Side) -> dict:
	row = frappe.db.get_value("Purchase Receipt Item", {"parent": side.names["Purchase Receipt"]})
	item = {"item_code": BATCHED, "item_name": BATCHED, "description": "-", "qty": 1}
	item |= {"sample_size": 1, "child_row_reference": row}
	return {"doctype": "Purchase Receipt", "docname": side.names["Purchase Receipt"], "items": [item]}


def _packed(side: Side) -> dict:
	draft = stored("Delivery Note", side.values["to pack"])
	return {
		"entries": [{"batch_no": BATCH, "qty": 1}],
		"child_row": {**draft["items"][0], "item_code": BATCHED},
		"doc": draft,
		"warehouse": goods.warehouse(),
		"do_not_save": 1,
	}


def _priced(side: Side) -> dict:
	asked = {"doctype": "Sales Order", "customer": side.names["Customer"], "company": COMPANY}
	asked |= {"currency": "INR", "conversion_rate": 1, "selling_price_list": "Standard Selling"}
	asked |= {"price_list_currency": "INR", "plc_conversion_rate": 1, "transaction_date": nowdate()}
	row = {"doctype": "Sales Order Item", "item_code": documents.ITEM, "qty": 1, "uom": "Nos"}
	return {"args": {**asked, "items": [{**row, "name": "new-sales-order-item-1", "conversion_factor": 1}]}}


def _bundled(side: Side) -> dict:
	row = {"item_code": SET, "quantity": 1, "doctype": "Sales Order", "customer": side.names["Customer"]}
	row |= {"company": COMPANY, "price_list": "Standard Selling", "transaction_date": nowdate()}
	row |= {"price_list_currency": "INR", "plc_conversion_rate": 1, "qty": 1, "conversion_rate": 1}
	return {"row": {**row, "currency": "INR", "ignore_pricing_rule": 1}}


def _put(side: Side) -> dict:
	row = {"item_code": goods.GOODS, "qty": 1, "stock_qty": 1, "uom": "Nos", "warehouse": goods.warehouse()}
	row |= {"doctype": "Purchase Receipt Item", "parenttype": "Purchase Receipt", "conversion_factor": 1}
	return {"doctype": "Purchase Receipt", "items": [row], "company": COMPANY, "sync": "1"}


def _uploaded(side: Side) -> dict:
	address = frappe.db.get_value("File", side.names["File"], "file_url")
	return {"item_code": BATCHED, "file_path": address}


STOCK: Given = {
	"erpnext.assets.doctype.asset_capitalization.asset_capitalization.get_warehouse_details": _moved,
	"erpnext.controllers.stock_controller.make_quality_inspections": _received,
	"erpnext.stock.dashboard_chart_source.warehouse_wise_stock_value.warehouse_wise_stock_value.get": (
		lambda side: {"chart_name": first("Dashboard Chart"), "filters": {"company": COMPANY}}
	),
	f"{_STOCK}.batch.batch.split_batch": lambda side: {
		"batch_no": BATCH,
		"item_code": BATCHED,
		"warehouse": goods.warehouse(),
		"qty": 1,
		"new_batch_id": f"{side.word} batch",
	},
	f"{_STOCK}.delivery_note.delivery_note.make_inter_company_purchase_receipt": value(
		"between Delivery Note", "source_name"
	),
	f"{_STOCK}.delivery_note.delivery_note.make_packing_slip": value("to pack", "source_name"),
	f"{_STOCK}.delivery_trip.delivery_trip.notify_customers": one("Delivery Trip", "delivery_trip"),
	f"{_MATERIAL_REQUEST}.get_default_supplier_query": search(
		"Supplier", lambda side: {"doc": side.names["Material Request"]}
	),
	f"{_MATERIAL_REQUEST}.make_purchase_order_based_on_supplier": lambda side: {
		"source_name": side.names["Material Request"],
		"args": Whole(supplier=side.names["Supplier"]),
	},
	f"{_MATERIAL_REQUEST}.raise_work_orders": value("wanted", "material_request"),
	f"{_STOCK}.packed_item.packed_item.get_items_from_product_bundle": _bundled,
	f"{_PICK_LIST}.create_delivery_note": one("Pick List", "source_name"),
	f"{_PICK_LIST}.create_dn_for_pick_lists": lambda side: {
		"source_name": side.names["Pick List"],
		"kwargs": Whole(sales_order=side.values["to pick"]),
	},
	f"{_PICK_LIST}.create_stock_entry": lambda side: {
		"pick_list": stored("Pick List", side.names["Pick List"])
	},
	f"{_PICK_LIST}.get_pending_work_orders": search("Work Order", lambda side: {"company": COMPANY}),
	f"{_STOCK}.purchase_receipt.purchase_receipt.make_inter_company_delivery_note": value(
		"between Purchase Receipt", "source_name"
	),
	f"{_STOCK}.putaway_rule.putaway_rule.apply_putaway_rule": _put,
	f"{_STOCK}.packing_slip.packing_slip.item_details": search(
		"Item", lambda side: {"delivery_note": side.names["Delivery Note"]}
	),
	f"{_STOCK}.putaway_rule.putaway_rule.get_available_putaway_capacity": lambda side: {
		"rule": first("Putaway Rule")
	},
	f"{_STOCK}.quality_inspection.quality_inspection.make_quality_inspection": lambda side: {
		"source_name": first("BOM", item=MADE, is_default=1)
	},
	f"{_BUNDLE}.add_serial_batch_ledgers": _packed,
	f"{_BUNDLE}.download_blank_csv_template": lambda side: {"content": ["Serial No"]},
	f"{_BUNDLE}.upload_csv_file": _uploaded,
	f"{_BUNDLE}.SerialandBatchBundle.add_serial_batch": lambda side: {
		"data": {"csv_file": _uploaded(side)["file_path"]}
	},
	f"{_STOCK_ENTRY}.StockEntry.get_item_details": lambda side: {
		"item_code": goods.GOODS,
		"qty": 1,
		"company": COMPANY,
		"uom": "Nos",
	},
	f"{_STOCK_ENTRY}.get_items_from_subcontract_order": lambda side: {
		"source_name": side.names["Subcontracting Order"],
		"target_doc": {"doctype": "Stock Entry", "company": COMPANY},
	},
	f"{_STOCK_ENTRY}.get_warehouse_details": _moved,
	f"{_STOCK_ENTRY}.move_sample_to_retention_warehouse": lambda side: {
		"company": COMPANY,
		"items": [{"item_code": BATCHED, "qty": 1, "sample_quantity": 0}],
	},
	f"{_STOCK_ENTRY}_utils.make_stock_entry": lambda side: {
		"item_code": goods.GOODS,
		"qty": 1,
		"company": COMPANY,
		"to_warehouse": goods.warehouse(),
		"rate": 60,
		"purchase_receipt_no": side.names["Purchase Receipt"],
	},
	f"{_STOCK}.warehouse.warehouse.add_node": lambda side: {
		"doctype": "Warehouse",
		"warehouse_name": f"{side.word} place",
		"parent": first("Warehouse", company=COMPANY, is_group=1),
		"company": COMPANY,
		"is_root": "false",
	},
	"erpnext.stock.get_item_details.apply_price_list": _priced,
	"erpnext.stock.get_item_details.calculate_service_end_date": lambda side: {
		"args": {
			"item_code": documents.ITEM,
			"doctype": "Sales Invoice",
			"name": side.names["Sales Invoice"],
			"company": COMPANY,
			"transaction_date": nowdate(),
		}
	},
	"erpnext.stock.get_item_details.get_item_tax_info": lambda side: {
		"company": COMPANY,
		"tax_category": "",
		"item_codes": [[goods.GOODS, "row"]],
		"item_rates": {"row": 1},
		"item_tax_templates": {"row": first("Item Tax Template")},
	},
	"erpnext.stock.get_item_details.get_item_tax_template": lambda side: {
		"args": {"item_code": goods.GOODS, "company": COMPANY, "transaction_date": nowdate()}
	},
	"erpnext.stock.utils.get_incoming_rate": _moved,
}
