"""What single functions take, where the names of their arguments do not tell."""

_PAYMENT_ORDER = "erpnext.accounts.doctype.payment_order.payment_order"
_UPDATE_ITEMS = "erpnext.controllers.accounts_controller.update_child_qty_rate"
_ASSETS = "erpnext.assets.doctype"
_PRICING = "erpnext.accounts.doctype.pricing_rule.pricing_rule"
_BUNDLE = "erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle"
_SUBCONTRACTED = "=order_doctype or Subcontracting Order"
_OF_ERPNEXT = {
	f"{_PRICING}.apply_pricing_rule": {
		"args.pricing_rules": "Pricing Rule",
		"args.items.pricing_rules": "Pricing Rule",
	},
	"erpnext.accounts.custom.address.get_shipping_address": {"address": "Address"},
	"erpnext.accounts.party.get_address_tax_category": {
		"billing_address": "Address",
		"shipping_address": "Address",
	},
	"erpnext.accounts.party.get_party_details": dict.fromkeys(
		("company_address", "dispatch_address", "party_address", "shipping_address"), "Address"
	),
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation"
	".get_item_from_material_requests_based_on_supplier": {"source_name": "Supplier"},
	"erpnext.maintenance.doctype.maintenance_schedule.maintenance_schedule.get_serial_nos_from_schedule": {
		"schedule": "Maintenance Schedule"
	},
	"erpnext.manufacturing.doctype.job_card.job_card.make_time_log": {"args.job_card_id": "Job Card"},
	"erpnext.stock.get_item_details.get_item_details": {"args.pricing_rules": "Pricing Rule"},
	"erpnext.support.doctype.service_level_agreement.service_level_agreement"
	".get_service_level_agreement_filters": {"name": "Service Level Agreement"},
	f"{_PRICING}.remove_pricing_rule_for_item": {"pricing_rules": "Pricing Rule"},
	f"{_PRICING}.remove_pricing_rules": {"item_list.pricing_rules": "Pricing Rule"},
	f"{_BUNDLE}.get_batch_no_from_serial_no": {"serial_no": "Serial No"},
	"erpnext.accounts.doctype.subscription_plan.subscription_plan.get_plan_rate": {
		"plan": "Subscription Plan"
	},
	"erpnext.accounts.doctype.tax_rule.tax_rule.get_party_details": {
		# its form says `customer`
		"party_type": None,
		"party": "=party_type",
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
ARGUMENTS = {
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
	"frappe.website.doctype.discussion_topic.discussion_topic.submit_discussion": {
		"topic_name": "Discussion Topic"
	},
	"frappe.www.printview.get_html_and_style": {"name": "=doc"},
	"frappe.www.printview.get_rendered_raw_commands": {"name": "=doc"},
	"erpnext.www.book_appointment.index.create_appointment": {"contact": None},
	"frappe.utils.diff.get_version_diff": {"from_version": "Version", "to_version": "Version"},
	**_OF_ERPNEXT,
}

# without these they answer over everything
NEEDED = {
	**dict.fromkeys(
		(
			"erpnext.templates.pages.projects.get_task_html",
			"erpnext.templates.pages.projects.get_timesheet_html",
		),
		("project",),
	),
	"erpnext.projects.doctype.task.task.check_if_child_exists": ("name",),
}
# what they write into their queries as it is
_ROW = ("args.uom", "args.items.uom")
PLAIN = {
	"erpnext.accounts.doctype.payment_entry.payment_entry.get_outstanding_reference_documents": (
		"args.cost_center",
		"args.project",
	),
	f"{_PRICING}.apply_pricing_rule": _ROW,
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation.get_rfq_containing_supplier": (
		"txt",
	),
	"erpnext.controllers.queries.get_blanket_orders": ("filters.blanket_order_type",),
	"erpnext.controllers.queries.get_income_account": ("filters.disabled",),
	"erpnext.stock.doctype.material_request.material_request.get_material_requests_based_on_supplier": (
		"txt",
	),
	"erpnext.stock.get_item_details.get_item_details": _ROW,
}
