"""Functions that the guard cannot judge by the names of their arguments alone."""

from collections import defaultdict

from branch_crm.branch_access.closed_methods import CLOSED
from branch_crm.branch_access.method_arguments import ARGUMENTS, NEEDED, PLAIN
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
]
_PAYMENT_ORDER = "erpnext.accounts.doctype.payment_order.payment_order"
# queries of link fields over all branches
_SEARCH = [
	"erpnext.accounts.doctype.journal_entry.journal_entry.get_against_jv",
	"erpnext.manufacturing.report.bom_variance_report.bom_variance_report.get_work_orders",
	"erpnext.projects.doctype.timesheet.timesheet.get_timesheet",
	"erpnext.stock.doctype.pick_list.pick_list.get_pick_list_query",
	"erpnext.stock.doctype.quality_inspection.quality_inspection.quality_inspection_query",
	f"{_PAYMENT_ORDER}.get_supplier_query",
	"erpnext.accounts.doctype.pos_profile.pos_profile.pos_profile_query",
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation.get_rfq_containing_supplier",
	"erpnext.buying.doctype.supplier.supplier.get_supplier_primary_contact",
	"erpnext.controllers.queries.get_blanket_orders",
	"erpnext.controllers.queries.get_project_name",
	"erpnext.controllers.queries.get_purchase_invoices",
	"erpnext.controllers.queries.get_purchase_receipts",
	"erpnext.manufacturing.doctype.production_plan.production_plan.sales_order_query",
	"erpnext.controllers.queries.get_filtered_child_rows",
	"erpnext.projects.doctype.task.task.get_project",
	"erpnext.selling.report.payment_terms_status_for_sales_order.payment_terms_status_for_sales_order"
	".get_customers_or_items",
	"erpnext.selling.doctype.customer.customer.get_customer_primary_contact",
	"erpnext.stock.doctype.material_request.material_request.get_default_supplier_query",
	"erpnext.stock.doctype.material_request.material_request.get_material_requests_based_on_supplier",
	"erpnext.stock.doctype.pick_list.pick_list.get_pending_work_orders",
]
_UPDATE_ITEMS = "erpnext.controllers.accounts_controller.update_child_qty_rate"
# what changes documents without asking whether they may be written
_WRITES = [
	"erpnext.accounts.doctype.pos_closing_entry.pos_closing_entry.POSClosingEntry.retry",
	"erpnext.accounts.doctype.payment_request.payment_request.resend_payment_email",
	"erpnext.accounts.doctype.purchase_invoice.purchase_invoice.block_invoice",
	"erpnext.accounts.doctype.purchase_invoice.purchase_invoice.change_release_date",
	"erpnext.accounts.doctype.purchase_invoice.purchase_invoice.unblock_invoice",
	"erpnext.accounts.doctype.subscription.subscription.Subscription.cancel_subscription",
	"erpnext.accounts.doctype.repost_payment_ledger.repost_payment_ledger.execute_repost_payment_ledger",
	"erpnext.accounts.doctype.repost_payment_ledger.repost_payment_ledger.start_payment_ledger_repost",
	"erpnext.assets.doctype.asset.asset.split_asset",
	"erpnext.assets.doctype.asset.asset.transfer_asset",
	"erpnext.assets.doctype.asset.depreciation.make_depreciation_entry",
	"erpnext.assets.doctype.asset.depreciation.restore_asset",
	"erpnext.assets.doctype.asset.depreciation.scrap_asset",
	"erpnext.buying.doctype.purchase_order.purchase_order.close_or_unclose_purchase_orders",
	"erpnext.buying.doctype.purchase_order.purchase_order.update_status",
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation.send_supplier_emails",
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
	"frappe.automation.doctype.assignment_rule.assignment_rule.bulk_apply",
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
_POLICIES = {"rows": _ROWS, "saves": _SAVES, "answered": _ANSWERED, "search": _SEARCH, "writes": _WRITES}


def _methods() -> list[dict]:
	found: dict[str, dict] = defaultdict(dict)
	for policy, methods in _POLICIES.items():
		for method in methods:
			found[method]["policy"] = policy
	for policy, by_reason in {"closed": CLOSED, "open": OPEN}.items():
		for reason, methods in by_reason.items():
			for method in methods:
				found[method] |= {"policy": policy, "reason": reason}
	for said, by_method in {"arguments": ARGUMENTS, "needed": NEEDED, "plain": PLAIN}.items():
		for method, value in by_method.items():
			found[method][said] = value
	return [{"method": method, **entry} for method, entry in found.items()]


METHODS = _methods()
