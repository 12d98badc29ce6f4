"""Functions that the guard cannot judge by the names of their arguments alone."""

from branch_crm.branch_access.closed_methods import CLOSED
from branch_crm.branch_access.open_methods import OPEN

_ROWS = [
	"frappe.client.get_list",
	"frappe.desk.reportview.get",
	"frappe.desk.reportview.get_list",
	"frappe.desk.reportview.get_count",
	"frappe.desk.reportview.get_stats",
	"frappe.desk.reportview.get_sidebar_stats",
	"frappe.desk.reportview.get_filter_dashboard_data",
	"frappe.desk.reportview.export_query",
	"frappe.desk.listview.get_group_by_count",
	"frappe.desk.search.search_link",
	"frappe.desk.search.search_widget",
]
_SAVES = [
	"frappe.client.insert",
	"frappe.client.insert_many",
	"frappe.client.save",
	"frappe.client.submit",
	"frappe.desk.form.save.savedocs",
	"resource",
]

_ANSWERED = [
	"frappe.client.validate_link",
	"frappe.desk.form.load.getdoc",
	"frappe.handler.download_file",
	"download_file",
]
_PAYMENT_ORDER = "erpnext.accounts.doctype.payment_order.payment_order"
# queries of link fields over all branches
_SEARCH = [
	f"{_PAYMENT_ORDER}.get_supplier_query",
	"erpnext.accounts.doctype.pos_profile.pos_profile.pos_profile_query",
	"erpnext.controllers.queries.get_project_name",
	"erpnext.controllers.queries.get_purchase_invoices",
	"erpnext.controllers.queries.get_purchase_receipts",
	"erpnext.manufacturing.doctype.production_plan.production_plan.sales_order_query",
	"erpnext.controllers.queries.get_filtered_child_rows",
	"erpnext.projects.doctype.task.task.get_project",
	"erpnext.selling.report.payment_terms_status_for_sales_order.payment_terms_status_for_sales_order"
	".get_customers_or_items",
	"erpnext.stock.doctype.material_request.material_request.get_default_supplier_query",
	"erpnext.stock.doctype.pick_list.pick_list.get_pending_work_orders",
]
_UPDATE_ITEMS = "erpnext.controllers.accounts_controller.update_child_qty_rate"
# what changes documents without asking whether they may be written
_WRITES = [
	"erpnext.accounts.doctype.pos_closing_entry.pos_closing_entry.POSClosingEntry.retry",
	"erpnext.accounts.doctype.purchase_invoice.purchase_invoice.block_invoice",
	"erpnext.accounts.doctype.purchase_invoice.purchase_invoice.change_release_date",
	"erpnext.accounts.doctype.purchase_invoice.purchase_invoice.unblock_invoice",
	"erpnext.accounts.doctype.subscription.subscription.Subscription.cancel_subscription",
	"erpnext.accounts.doctype.repost_payment_ledger.repost_payment_ledger.start_payment_ledger_repost",
	"erpnext.assets.doctype.asset.asset.split_asset",
	"erpnext.assets.doctype.asset.asset.transfer_asset",
	"erpnext.assets.doctype.asset.depreciation.make_depreciation_entry",
	"erpnext.assets.doctype.asset.depreciation.restore_asset",
	"erpnext.assets.doctype.asset.depreciation.scrap_asset",
	"erpnext.buying.doctype.purchase_order.purchase_order.close_or_unclose_purchase_orders",
	"erpnext.buying.doctype.purchase_order.purchase_order.update_status",
	_UPDATE_ITEMS,
	"erpnext.crm.doctype.lead.lead.Lead.create_prospect_and_contact",
	"erpnext.crm.doctype.lead.lead.add_lead_to_prospect",
	"erpnext.crm.doctype.opportunity.opportunity.Opportunity.declare_enquiry_lost",
	"erpnext.crm.doctype.opportunity.opportunity.set_multiple_status",
	"erpnext.crm.utils.CRMNote.add_note",
	"erpnext.crm.utils.CRMNote.delete_note",
	"erpnext.crm.utils.CRMNote.edit_note",
	"erpnext.manufacturing.doctype.work_order.work_order.close_work_order",
	"erpnext.manufacturing.doctype.work_order.work_order.stop_unstop",
	"erpnext.manufacturing.doctype.workstation.workstation.Workstation.complete_job",
	"erpnext.manufacturing.doctype.workstation.workstation.Workstation.start_job",
	"erpnext.projects.doctype.project.project.recalculate_project_total_purchase_cost",
	"erpnext.projects.doctype.project.project.set_project_status",
	"erpnext.projects.doctype.task.task.set_multiple_status",
	"erpnext.selling.doctype.quotation.quotation.Quotation.declare_enquiry_lost",
	"erpnext.selling.doctype.sales_order.sales_order.SalesOrder.cancel_stock_reservation_entries",
	"erpnext.selling.doctype.sales_order.sales_order.SalesOrder.create_stock_reservation_entries",
	"erpnext.selling.doctype.sales_order.sales_order.close_or_unclose_sales_orders",
	"erpnext.selling.doctype.sales_order.sales_order.update_status",
	"erpnext.stock.doctype.delivery_note.delivery_note.update_delivery_note_status",
	"erpnext.stock.doctype.delivery_trip.delivery_trip.notify_customers",
	"erpnext.stock.doctype.material_request.material_request.update_status",
	"erpnext.selling.page.point_of_sale.point_of_sale.set_customer_info",
	"erpnext.stock.doctype.pick_list.pick_list.PickList.cancel_stock_reservation_entries",
	"erpnext.stock.doctype.pick_list.pick_list.PickList.create_stock_reservation_entries",
	"erpnext.stock.doctype.purchase_receipt.purchase_receipt.update_purchase_receipt_status",
	"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.add_serial_batch_ledgers",
	"erpnext.support.doctype.issue.issue.Issue.split_issue",
	"erpnext.support.doctype.issue.issue.make_issue_from_communication",
	"erpnext.support.doctype.issue.issue.set_multiple_status",
	"erpnext.support.doctype.issue.issue.set_status",
	"frappe.automation.doctype.auto_repeat.auto_repeat.make_auto_repeat",
	"frappe.desk.form.assign_to.add",
	"frappe.desk.form.assign_to.add_multiple",
	"frappe.desk.form.assign_to.remove",
	"frappe.desk.form.assign_to.remove_multiple",
	"frappe.desk.doctype.tag.tag.add_tag",
	"frappe.desk.doctype.tag.tag.add_tags",
	"frappe.desk.doctype.tag.tag.remove_tag",
	"frappe.desk.like.toggle_like",
	"frappe.email.relink",
	"frappe.share.add",
	"frappe.share.set_permission",
]
_ASSETS = "erpnext.assets.doctype"
_PRICING = "erpnext.accounts.doctype.pricing_rule.pricing_rule"
_BUNDLE = "erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle"
_SUBCONTRACTED = "=order_doctype or Subcontracting Order"
_OF_ERPNEXT = {
	f"{_PRICING}.remove_pricing_rule_for_item": {"pricing_rules": "Pricing Rule"},
	f"{_PRICING}.remove_pricing_rules": {"item_list.pricing_rules": "Pricing Rule"},
	f"{_BUNDLE}.get_batch_no_from_serial_no": {"serial_no": "Serial No"},
	"erpnext.accounts.doctype.subscription_plan.subscription_plan.get_plan_rate": {
		"plan": "Subscription Plan"
	},
	"erpnext.accounts.doctype.tax_rule.tax_rule.get_party_details": {
		"args.billing_address": "Address",
		"args.shipping_address": "Address",
	},
	f"{_ASSETS}.asset.asset.get_values_from_purchase_doc": {"purchase_doc_name": "=doctype"},
	f"{_ASSETS}.asset.asset.make_asset_movement": {"assets": "Asset"},
	f"{_ASSETS}.asset.depreciation.make_depreciation_entry": {
		"asset_depr_schedule_name": "Asset Depreciation Schedule"
	},
	**{
		f"erpnext.controllers.subcontracting_controller.{function}": {"subcontract_order": _SUBCONTRACTED}
		for function in ("get_materials_from_supplier", "make_rm_stock_entry")
	},
	"erpnext.manufacturing.doctype.work_order.work_order.make_stock_entry": {"work_order_id": "Work Order"},
	"erpnext.projects.doctype.timesheet.timesheet.get_timesheet_detail_rate": {"timelog": "Timesheet Detail"},
	"erpnext.selling.doctype.sales_order.sales_order.SalesOrder.create_stock_reservation_entries": {
		"items_details.sales_order_item": "Sales Order Item"
	},
	"erpnext.selling.doctype.sales_order.sales_order.make_work_orders": {
		"items.items.sales_order_item": "Sales Order Item"
	},
	"erpnext.stock.doctype.material_request.material_request.get_default_supplier_query": {
		"filters.doc": "Material Request"
	},
	"erpnext.stock.doctype.quality_inspection.quality_inspection.make_quality_inspection": {
		"source_name": None
	},
	"erpnext.stock.doctype.stock_entry.stock_entry.get_items_from_subcontract_order": {
		"source_name": "Subcontracting Order"
	},
	"erpnext.stock.doctype.stock_entry.stock_entry_utils.make_stock_entry": {
		"purchase_receipt_no": "Purchase Receipt",
		"delivery_note_no": "Delivery Note",
		"sales_invoice_no": "Sales Invoice",
	},
	"erpnext.subcontracting.doctype.subcontracting_order.subcontracting_order.update_subcontracting_order_status": {
		"sco": "Subcontracting Order"
	},
}
# what arguments hold whose names do not tell
_ARGUMENTS = {
	**{
		f"{_ASSETS}.{function}": {"asset_name": "Asset"}
		for function in (
			"asset.asset.get_asset_value_after_depreciation",
			"asset.asset.make_journal_entry",
			"asset.asset.split_asset",
			"asset.depreciation.restore_asset",
			"asset.depreciation.scrap_asset",
			"asset_depreciation_schedule.asset_depreciation_schedule.get_asset_depr_schedule_doc",
			"asset_depreciation_schedule.asset_depreciation_schedule.get_depr_schedule",
			"asset_maintenance.asset_maintenance.get_maintenance_log",
			"asset_value_adjustment.asset_value_adjustment.get_value_of_accounting_dimensions",
		)
	},
	"erpnext.projects.doctype.task.task.add_multiple_tasks": {"parent": "Task"},
	"erpnext.regional.italy.utils.generate_single_invoice": {"docname": "Sales Invoice"},
	"erpnext.support.doctype.issue.issue.Issue.split_issue": {"communication_id": "Communication"},
	"frappe.core.doctype.sms_settings.sms_settings.get_contact_number": {"contact_name": "Contact"},
	"frappe.contacts.doctype.address.address.get_address_display": {"address_dict": "Address"},
	"frappe.desk.form.utils.update_comment": {"name": "Comment"},
	"frappe.desk.form.utils.update_comment_publicity": {"name": "Comment"},
	"frappe.email.inbox.create_email_flag_queue": {"names": "Communication"},
	"erpnext.accounts.doctype.bank_account.bank_account.get_bank_account_details": {
		"bank_account": "Bank Account"
	},
	"erpnext.accounts.doctype.pos_invoice.pos_invoice.make_merge_log": {"invoices": "POS Invoice"},
	f"{_PAYMENT_ORDER}.get_mop_query": {"filters.parent": "Payment Order"},
	f"{_PAYMENT_ORDER}.get_supplier_query": {"filters.parent": "Payment Order"},
	"erpnext.buying.doctype.purchase_order.purchase_order.make_purchase_invoice_from_portal": {
		"purchase_order_name": "Purchase Order"
	},
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation.send_supplier_emails": {
		"rfq_name": "Request for Quotation"
	},
	_UPDATE_ITEMS: {"trans_items.docname": "=parent_doctype Item"},
	"erpnext.edi.doctype.code_list.code_list_import.process_genericode_import": {"file_name": "File"},
	"erpnext.stock.doctype.delivery_trip.delivery_trip.get_contact_and_address": {"name": "Customer"},
	"erpnext.utilities.bulk_transaction.transaction_processing": {"data": "=from_doctype"},
	"frappe.core.api.file.move_file": {"file_list": "File"},
	"frappe.core.api.file.unzip_file": {"name": "File"},
	"frappe.core.api.file.zip_files": {"files": "File"},
	"frappe.desk.form.utils.get_next": {"value": "=doctype"},
	"frappe.desk.form.utils.remove_attach": {"fid": "File"},
	"frappe.model.rename_doc.update_document_title": {"name": None, "title": None},
	"frappe.www.printview.get_html_and_style": {"name": "=doc"},
	"frappe.www.printview.get_rendered_raw_commands": {"name": "=doc"},
	"erpnext.www.book_appointment.index.create_appointment": {"contact": None},
	"frappe.utils.diff.get_version_diff": {"from_version": "Version", "to_version": "Version"},
	**_OF_ERPNEXT,
}

_POLICIES = {"rows": _ROWS, "saves": _SAVES, "answered": _ANSWERED, "search": _SEARCH, "writes": _WRITES}

METHODS = [
	*(
		{"method": method, "policy": policy, "arguments": _ARGUMENTS.get(method, {})}
		for policy, methods in _POLICIES.items()
		for method in methods
	),
	*(
		{"method": method, "arguments": arguments}
		for method, arguments in _ARGUMENTS.items()
		if not any(method in methods for methods in (*_POLICIES.values(), *CLOSED.values(), *OPEN.values()))
	),
	*(
		{"method": method, "policy": "closed", "reason": reason}
		for reason, methods in CLOSED.items()
		for method in methods
	),
	*(
		{"method": method, "policy": "open", "reason": reason, "arguments": _ARGUMENTS.get(method, {})}
		for reason, methods in OPEN.items()
		for method in methods
	),
]
