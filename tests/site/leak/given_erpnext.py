"""What functions of ERPNext take whose parameters do not tell, by their paths."""

import frappe
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from tests.site import goods
from tests.site.leak.given_frappe import Given, dates, one
from tests.site.leak.world import Side

_ROWS = [{"item_code": goods.GOODS, "qty": 1, "rate": 100}]


def _payment(side: Side) -> dict:
	asked = {"party_type": "Customer", "party": side.names["Customer"], "company": COMPANY}
	asked |= {"party_account": _receivable(), "posting_date": nowdate(), "payment_type": "Receive"}
	return {"args": {**asked, "get_outstanding_invoices": 1}}


def _receivable() -> str:
	return frappe.get_cached_value("Company", COMPANY, "default_receivable_account")


ERPNEXT: Given = {
	"erpnext.accounts.doctype.bank_guarantee.bank_guarantee.get_voucher_details": one(
		"Sales Order", "reference_name", bank_guarantee_type="Receiving"
	),
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation"
	".get_item_from_material_requests_based_on_supplier": one("Supplier", "source_name"),
	"erpnext.support.doctype.service_level_agreement.service_level_agreement.get_service_level_agreement_filters": (
		lambda side: {
			"doctype": "Issue",
			"name": side.names["Service Level Agreement"],
			"customer": side.names["Customer"],
		}
	),
	"erpnext.accounts.doctype.bank_account.bank_account.get_bank_account_details": one(
		"Bank Account", "bank_account"
	),
	"erpnext.accounts.doctype.journal_entry.journal_entry.get_outstanding": lambda side: {
		"args": {
			"doctype": "Sales Invoice",
			"docname": side.names["Sales Invoice"],
			"party": side.names["Customer"],
			"account": _receivable(),
			"company": COMPANY,
		}
	},
	"erpnext.accounts.doctype.party_link.party_link.create_party_link": lambda side: {
		"primary_role": "Customer",
		"primary_party": side.spares["Customer"],
		"secondary_party": side.spares["Supplier"],
	},
	"erpnext.accounts.doctype.payment_entry.payment_entry.get_outstanding_reference_documents": _payment,
	"branch_crm.branch_access.own_rows_api.get_outstanding_reference_documents": _payment,
	"erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry": lambda side: {
		"dt": "Sales Invoice",
		"dn": side.names["Sales Invoice"],
	},
	**{
		f"erpnext.accounts.doctype.payment_order.payment_order.{query}": lambda side: {
			**dict.fromkeys(("txt", "searchfield"), ""),
			"doctype": "Mode of Payment",
			"start": 0,
			"page_len": 50,
			"filters": {"parent": side.names["Payment Order"]},
		}
		for query in ("get_mop_query", "get_supplier_query")
	},
	"erpnext.accounts.doctype.payment_request.payment_request.make_payment_request": lambda side: {
		"dt": "Sales Order",
		"dn": side.names["Sales Order"],
		"recipient_id": "nobody@x.example",
		"mute_email": 1,
		"party_type": "Customer",
		"party": side.names["Customer"],
	},
	"erpnext.accounts.doctype.payment_request.payment_request.resend_payment_email": one(
		"Payment Request", "docname"
	),
	"erpnext.accounts.doctype.unreconcile_payment.unreconcile_payment.create_unreconcile_doc_for_selection": (
		lambda side: {
			"selections": [
				{
					"company": COMPANY,
					"voucher_type": "Payment Entry",
					"voucher_no": side.names["Payment Entry"],
					"against_voucher_type": "Sales Invoice",
					"against_voucher_no": side.names["Sales Invoice"],
				}
			]
		}
	),
	"erpnext.accounts.party.get_payment_terms_template": lambda side: {
		"party_name": side.names["Customer"],
		"party_type": "Customer",
		"company": COMPANY,
	},
	"erpnext.accounts.utils.get_account_balances": lambda side: {
		"accounts": [{"value": _receivable(), "account_currency": "INR"}],
		"company": COMPANY,
	},
	"branch_crm.branch_access.own_figures_api.get_account_balances": lambda side: {
		"accounts": [{"value": _receivable(), "account_currency": "INR"}],
		"company": COMPANY,
	},
	"erpnext.buying.utils.get_linked_material_requests": lambda side: {"items": [goods.GOODS]},
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation.get_pdf": lambda side: {
		"name": side.names["Request for Quotation"],
		"supplier": side.names["Supplier"],
	},
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation.send_supplier_emails": one(
		"Request for Quotation", "rfq_name"
	),
	"erpnext.controllers.accounts_controller.update_child_qty_rate": lambda side: {
		"parent_doctype": "Sales Order",
		"parent_doctype_name": side.names["Sales Order"],
		"trans_items": [
			{
				"docname": frappe.db.get_value("Sales Order Item", {"parent": side.names["Sales Order"]}),
				"item_code": goods.GOODS,
				"qty": 3,
				"rate": 100,
			}
		],
	},
	"erpnext.controllers.stock_controller.check_item_quality_inspection": lambda side: {
		"doctype": "Delivery Note",
		"items": _ROWS,
	},
	"erpnext.crm.doctype.lead.lead.make_lead_from_communication": one("Communication", "communication"),
	"erpnext.projects.doctype.project.project.create_duplicate_project": lambda side: {
		"prev_doc": {"doctype": "Project", "name": side.spares["Project"], "project_name": side.word},
		"project_name": "A copy",
	},
	"erpnext.projects.doctype.project.project.get_users_for_project": lambda side: {
		"doctype": "User",
		"txt": "",
		"searchfield": "name",
		"start": 0,
		"page_len": 50,
		"filters": {},
	},
	"erpnext.projects.doctype.project.project.set_project_status": one(
		"Project", "project", status="Completed"
	),
	"erpnext.projects.doctype.task.task.add_multiple_tasks": lambda side: {
		"data": [{"subject": "A task"}],
		"parent": side.names["Task"],
	},
	"erpnext.regional.italy.utils.generate_single_invoice": one("Sales Invoice", "docname"),
	"erpnext.selling.doctype.sales_order.sales_order.get_events": dates,
	"branch_crm.branch_access.own_rows_api.get_order_events": dates,
	"erpnext.stock.doctype.delivery_note.delivery_note.make_sales_invoice": one(
		"Delivery Note", "source_name"
	),
	"erpnext.stock.doctype.purchase_receipt.purchase_receipt.make_purchase_invoice": one(
		"Purchase Receipt", "source_name"
	),
	"erpnext.support.doctype.service_level_agreement.service_level_agreement.reset_service_level_agreement": (
		lambda side: {
			"doctype": "Issue",
			"docname": side.names["Issue"],
			"reason": "-",
			"user": "Administrator",
		}
	),
}
