"""Functions that the guard cannot judge by the names of their arguments alone."""

from itertools import chain

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
	"frappe.desk.query_report.run",
	"frappe.desk.query_report.export_query",
]
_SAVES = [
	"frappe.client.insert",
	"frappe.client.insert_many",
	"frappe.client.save",
	"frappe.client.submit",
	"frappe.client.bulk_update",
	"frappe.desk.form.save.savedocs",
	"resource",
]

_ANSWERED = [
	"frappe.client.validate_link",
	"frappe.handler.download_file",
	"download_file",
]
_SEARCH = [
	"erpnext.projects.doctype.task.task.get_project",
]
# what arguments hold whose names do not tell
_ARGUMENTS = {
	"erpnext.stock.doctype.delivery_trip.delivery_trip.get_contact_and_address": {"name": "Customer"},
	"erpnext.accounts.doctype.pos_invoice.pos_invoice.make_merge_log": {"invoices": "POS Invoice"},
	"erpnext.buying.doctype.purchase_order.purchase_order.make_purchase_invoice_from_portal": {
		"purchase_order_name": "Purchase Order"
	},
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation.send_supplier_emails": {
		"rfq_name": "Request for Quotation"
	},
	"frappe.model.rename_doc.update_document_title": {"name": None, "title": None},
	"frappe.utils.diff.get_version_diff": {"from_version": "Version", "to_version": "Version"},
}
_CLOSED = {
	"erpnext.accounts.dashboard_chart_source.account_balance_timeline.account_balance_timeline.get": (
		"Use the report General Ledger."
	),
}

METHODS = list(
	chain(
		({"method": method, "policy": "rows"} for method in _ROWS),
		({"method": method, "policy": "saves"} for method in _SAVES),
		({"method": method, "policy": "answered"} for method in _ANSWERED),
		({"method": method, "policy": "search"} for method in _SEARCH),
		({"method": method, "arguments": arguments} for method, arguments in _ARGUMENTS.items()),
		({"method": method, "policy": "closed", "reason": reason} for method, reason in _CLOSED.items()),
	)
)

_OWN_ROWS = "branch_crm.branch_access.own_rows_api"
_OWN_FIGURES = "branch_crm.branch_access.own_figures_api"
_CHARTS = "frappe.desk.doctype.dashboard_chart.dashboard_chart"
_JOURNAL = "erpnext.accounts.doctype.journal_entry.journal_entry"
_PAYMENT = "erpnext.accounts.doctype.payment_entry.payment_entry"

# functions whose answers this app gives, each by the function of the same work
OVERRIDES = {
	"frappe.client.get": f"{_OWN_ROWS}.get",
	"frappe.client.get_count": f"{_OWN_ROWS}.get_count",
	"frappe.client.validate_link": f"{_OWN_ROWS}.validate_link",
	"frappe.desk.search.search_widget": f"{_OWN_ROWS}.search_widget",
	"frappe.desk.listview.get_group_by_count": f"{_OWN_ROWS}.get_group_by_count",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": f"{_OWN_ROWS}.get_tagged_docs",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": f"{_OWN_ROWS}.get_workflow_state_count",
	"frappe.desk.doctype.event.event.get_events": f"{_OWN_ROWS}.get_events",
	"erpnext.selling.doctype.sales_order.sales_order.get_events": f"{_OWN_ROWS}.get_order_events",
	"erpnext.accounts.doctype.invoice_discounting.invoice_discounting.get_invoices": f"{_OWN_ROWS}.get_invoices",
	"frappe.handler.download_file": f"{_OWN_ROWS}.download_file",
	"download_file": f"{_OWN_ROWS}.download_file",
	"frappe.desk.notifications.get_open_count": f"{_OWN_FIGURES}.get_open_count",
	f"{_CHARTS}.get": f"{_OWN_FIGURES}.get_chart",
	"erpnext.accounts.utils.get_balance_on": f"{_OWN_FIGURES}.get_balance_on",
	f"{_PAYMENT}.get_party_details": f"{_OWN_FIGURES}.get_party_details",
	f"{_PAYMENT}.get_account_details": f"{_OWN_FIGURES}.get_account_details",
	f"{_PAYMENT}.get_party_and_account_balance": f"{_OWN_FIGURES}.get_party_and_account_balance",
	f"{_JOURNAL}.get_default_bank_cash_account": f"{_OWN_FIGURES}.get_default_bank_cash_account",
	f"{_JOURNAL}.get_account_details_and_party_type": f"{_OWN_FIGURES}.get_account_details_and_party_type",
}
