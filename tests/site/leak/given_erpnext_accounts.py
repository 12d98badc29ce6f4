"""What functions of ERPNext's accounts, assets and purchases take whose parameters do not tell, by their paths."""

from collections.abc import Callable

import frappe
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from tests.site import goods
from tests.site.leak.client import Whole
from tests.site.leak.furniture import LOCATION, MACHINE, first
from tests.site.leak.given_frappe import Given, one
from tests.site.leak.world import Side

_ACCOUNTS = "erpnext.accounts.doctype"
_ASSETS = "erpnext.assets.doctype"
_SUBSCRIPTION = f"{_ACCOUNTS}.subscription.subscription.Subscription"


def stored(doctype: str, name: str) -> dict:
	return frappe.parse_json(frappe.as_json(frappe.get_doc(doctype, name)))


def value(key: str, parameter: str, **more: object) -> Callable[[Side], dict]:
	return lambda side: {parameter: side.values[key], **more}


def search(doctype: str, filters: Callable[[Side], dict]) -> Callable[[Side], dict]:
	asked = {"doctype": doctype, "txt": "", "searchfield": "name", "start": 0, "page_len": 50}
	return lambda side: {**asked, "filters": filters(side)}


def _pos_invoices(side: Side) -> dict:
	today = {"start": f"{nowdate()} 00:00:00", "end": f"{nowdate()} 23:59:59"}
	return {**today, "pos_profile": side.names["POS Profile"], "user": "Administrator"}


def _supplied(side: Side) -> list[str]:
	order = {"parent": side.names["Subcontracting Order"]}
	return frappe.get_all("Subcontracting Order Supplied Item", order, pluck="name")


ACCOUNTS: Given = {
	f"{_ACCOUNTS}.payment_entry.payment_entry.PaymentEntry.set_matched_payment_requests": lambda side: {
		"matched_payment_requests": [
			["Sales Invoice", side.names["Sales Invoice"], 40, side.names["Payment Request"]]
		]
	},
	f"{_ACCOUNTS}.pos_closing_entry.pos_closing_entry.get_pos_invoices": _pos_invoices,
	"branch_crm.branch_access.till_api.get_pos_invoices": _pos_invoices,
	f"{_ACCOUNTS}.pos_invoice.pos_invoice.item_query": search(
		"Item", lambda side: {"pos_profile": ["=", side.names["POS Profile"]], "is_sales_item": 1}
	),
	f"{_ACCOUNTS}.pos_invoice.pos_invoice.make_merge_log": lambda side: {
		"invoices": [{"name": side.names["POS Invoice"]}]
	},
	f"{_ACCOUNTS}.pricing_rule.pricing_rule.get_item_uoms": search(
		"UOM", lambda side: {"apply_on": "Item Code", "value": goods.GOODS}
	),
	f"{_ACCOUNTS}.pricing_rule.pricing_rule.remove_pricing_rule_for_item": lambda side: {
		"pricing_rules": frappe.as_json([side.names["Pricing Rule"]]),
		"item_details": {"item_code": goods.GOODS},
		"item_code": goods.GOODS,
	},
	f"{_ACCOUNTS}.pricing_rule.pricing_rule.remove_pricing_rules": lambda side: {
		"item_list": [
			{"item_code": goods.GOODS, "pricing_rules": frappe.as_json([side.names["Pricing Rule"]])}
		]
	},
	f"{_ACCOUNTS}.purchase_invoice.purchase_invoice.make_inter_company_sales_invoice": value(
		"between Purchase Invoice", "source_name"
	),
	f"{_ACCOUNTS}.sales_invoice.sales_invoice.make_inter_company_purchase_invoice": value(
		"between Sales Invoice", "source_name"
	),
	f"{_SUBSCRIPTION}.restart_subscription": lambda side: {
		"docs": stored("Subscription", side.values["subscribed"]),
		"posting_date": nowdate(),
	},
	f"{_ACCOUNTS}.subscription_plan.subscription_plan.get_plan_rate": lambda side: {
		"plan": side.names["Subscription Plan"],
		"customer": side.names["Customer"],
	},
	f"{_ACCOUNTS}.tax_rule.tax_rule.get_party_details": lambda side: {
		"party": side.names["Customer"],
		"party_type": "Customer",
		"args": Whole(billing_address=side.names["Address"]),
	},
	"erpnext.accounts.utils.get_coa": lambda side: {
		"doctype": "Account",
		"parent": "All Accounts",
		"chart": "Standard",
	},
	f"{_ASSETS}.asset.asset.get_item_details": lambda side: {
		"item_code": MACHINE,
		"asset_category": MACHINE,
		"gross_purchase_amount": 100,
	},
	f"{_ASSETS}.asset.asset.get_values_from_purchase_doc": lambda side: {
		"purchase_doc_name": side.names["Purchase Receipt"],
		"item_code": goods.GOODS,
		"doctype": "Purchase Receipt",
	},
	f"{_ASSETS}.asset.asset.make_asset_movement": lambda side: {
		"assets": [{"name": side.names["Asset"]}],
		"purpose": "Transfer",
	},
	f"{_ASSETS}.asset.asset.split_asset": one("Asset", "asset_name", split_qty=1),
	f"{_ASSETS}.asset.asset.transfer_asset": lambda side: {
		"args": {
			"purpose": "Transfer",
			"company": COMPANY,
			"transaction_date": nowdate(),
			"assets": [
				{
					"asset": side.names["Asset"],
					"source_location": LOCATION,
					"target_location": first("Location", name=["!=", LOCATION]),
				}
			],
		}
	},
	f"{_ASSETS}.asset.depreciation.make_depreciation_entry": one(
		"Asset Depreciation Schedule", "asset_depr_schedule_name"
	),
	f"{_ASSETS}.asset.depreciation.restore_asset": value("scrapped", "asset_name"),
	f"{_ASSETS}.location.location.add_node": lambda side: {
		"doctype": "Location",
		"location_name": f"{side.word} place",
		"parent": "All Locations",
		"is_root": "false",
	},
	"erpnext.buying.doctype.purchase_order.purchase_order.make_inter_company_sales_order": value(
		"between Purchase Order", "source_name"
	),
	"erpnext.buying.doctype.purchase_order.purchase_order.make_purchase_invoice_from_portal": value(
		"to bill", "purchase_order_name"
	),
	"erpnext.buying.doctype.purchase_order.purchase_order.make_subcontracting_order": value(
		"to subcontract", "source_name"
	),
	"erpnext.buying.doctype.supplier_scorecard_standing.supplier_scorecard_standing.get_scoring_standing": (
		lambda side: {"standing_name": first("Supplier Scorecard Standing")}
	),
	"erpnext.controllers.accounts_controller.AccountsController.apply_shipping_rule": lambda side: {
		"docs": stored("Sales Order", side.names["Sales Order"])
	},
	"erpnext.controllers.accounts_controller.get_payment_term_details": lambda side: {
		"term": first("Payment Term"),
		"posting_date": nowdate(),
		"grand_total": 100,
		"base_grand_total": 100,
	},
	"erpnext.controllers.accounts_controller.get_payment_terms": lambda side: {
		"terms_template": first("Payment Terms Template"),
		"posting_date": nowdate(),
		"grand_total": 100,
		"base_grand_total": 100,
	},
	"erpnext.controllers.accounts_controller.get_taxes_and_charges": lambda side: {
		"master_doctype": "Sales Taxes and Charges Template",
		"master_name": first("Sales Taxes and Charges Template"),
	},
	"erpnext.controllers.queries.get_filtered_child_rows": search(
		"Sales Order Item", lambda side: {"parent": side.names["Sales Order"]}
	),
	"erpnext.controllers.queries.tax_account_query": search(
		"Account", lambda side: {"company": COMPANY, "account_type": ["Tax", "Chargeable"]}
	),
	"erpnext.controllers.subcontracting_controller.get_materials_from_supplier": lambda side: {
		"subcontract_order": side.names["Subcontracting Order"],
		"rm_details": _supplied(side),
	},
	"erpnext.controllers.subcontracting_controller.make_rm_stock_entry": one(
		"Subcontracting Order", "subcontract_order"
	),
	"erpnext.controllers.trends.get_period_date_ranges": lambda side: {
		"period": "Monthly",
		"fiscal_year": first("Fiscal Year"),
	},
	"erpnext.subcontracting.doctype.subcontracting_order.subcontracting_order.update_subcontracting_order_status": (
		one("Subcontracting Order", "sco")
	),
	"erpnext.utilities.bulk_transaction.transaction_processing": lambda side: {
		"data": [{"name": side.names["Sales Order"]}],
		"from_doctype": "Sales Order",
		"to_doctype": "Sales Invoice",
	},
}
