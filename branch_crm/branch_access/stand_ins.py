"""Functions of Frappe and ERPNext in whose place this app answers, each by the function of the same work."""

_OWN_ROWS = "branch_crm.branch_access.own_rows_api"
_OWN_CHANGES = "branch_crm.branch_access.own_changes_api"
_TILLS = "branch_crm.branch_access.till_api"
_OWN_FIGURES = "branch_crm.branch_access.own_figures_api"
_OWN_DETAILS = "branch_crm.branch_access.own_details_api"
_DETAILS = "erpnext.stock.get_item_details"
_UNRECONCILE = "erpnext.accounts.doctype.unreconcile_payment.unreconcile_payment"
_TILL = "erpnext.selling.page.point_of_sale.point_of_sale"
_OWN_ACTIVITIES = "branch_crm.branch_access.own_activities_api"
_CHARTS = "frappe.desk.doctype.dashboard_chart.dashboard_chart"
_JOURNAL = "erpnext.accounts.doctype.journal_entry.journal_entry"
_PROJECT = "erpnext.projects.doctype.project.project"
_PAYMENT = "erpnext.accounts.doctype.payment_entry.payment_entry"

_FORM = "frappe.desk.form"
_SATELLITES = "branch_crm.branch_access.satellite_api"

OVERRIDES = {
	# a Viewer's form offers no saving
	f"{_FORM}.load.getdoc": "branch_crm.branch_access.team_api.getdoc",
	# documents offer the branches of all companies too
	"frappe.desk.search.search_link": "branch_crm.branch_access.document_api.search_link",
	# what Frappe shows, attaches or relinks without asking for the document
	"frappe.core.doctype.communication.email.make": "branch_crm.branch_access.attachment_api.make",
	"frappe.utils.file_manager.add_attachments": "branch_crm.branch_access.attachment_api.add_attachments",
	"frappe.email.relink": f"{_SATELLITES}.relink",
	f"{_FORM}.load.get_docinfo": f"{_SATELLITES}.get_docinfo",
	f"{_FORM}.load.get_communications": f"{_SATELLITES}.get_communications",
	f"{_FORM}.save.savedocs": f"{_SATELLITES}.savedocs",
	f"{_FORM}.save.cancel": f"{_SATELLITES}.cancel",
	"frappe.utils.global_search.search": f"{_SATELLITES}.search",
	"frappe.realtime.can_subscribe_doctype": f"{_SATELLITES}.can_subscribe_doctype",
	"frappe.website.doctype.web_form.web_form.get_form_data": "branch_crm.branch_access.portal_pages.get_form_data",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order": "branch_crm.branch_access.board_api.update_order",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card": (
		"branch_crm.branch_access.board_api.update_order_for_single_card"
	),
	"erpnext.templates.pages.search_help.get_help_results_sections": (
		"branch_crm.branch_access.portal_pages.get_help_results_sections"
	),
	# what looks up whatever it is told
	f"{_DETAILS}.get_item_details": f"{_OWN_DETAILS}.get_item_details",
	f"{_DETAILS}.get_blanket_order_details": f"{_OWN_DETAILS}.get_blanket_order_details",
	f"{_DETAILS}.get_batch_based_item_price": f"{_OWN_DETAILS}.get_batch_based_item_price",
	f"{_TILL}.get_items": f"{_OWN_DETAILS}.get_items",
	f"{_TILL}.check_opening_entry": f"{_OWN_DETAILS}.check_opening_entry",
	f"{_UNRECONCILE}.doc_has_references": f"{_OWN_DETAILS}.doc_has_references",
	f"{_UNRECONCILE}.get_linked_payments_for_doc": f"{_OWN_DETAILS}.get_linked_payments_for_doc",
	"erpnext.accounts.doctype.bank_guarantee.bank_guarantee.get_voucher_details": (
		f"{_OWN_DETAILS}.get_voucher_details"
	),
	"erpnext.controllers.sales_and_purchase_return.get_payment_data": f"{_OWN_DETAILS}.get_payment_data",
	"erpnext.controllers.queries.get_payment_terms_for_references": (
		f"{_OWN_DETAILS}.get_payment_terms_for_references"
	),
	"erpnext.stock.doctype.shipment.shipment.get_company_contact": f"{_OWN_DETAILS}.get_company_contact",
	f"{_FORM}.load.get_user_info_for_viewers": f"{_OWN_DETAILS}.get_user_info_for_viewers",
	"frappe.core.doctype.user_permission.user_permission.get_user_permissions": (
		f"{_OWN_DETAILS}.get_user_permissions"
	),
	"frappe.geo.utils.get_coords": f"{_OWN_DETAILS}.get_coords",
	"erpnext.support.doctype.service_level_agreement.service_level_agreement.get_sla_doctypes": (
		f"{_OWN_DETAILS}.get_sla_doctypes"
	),
	# what answers over everybody's documents
	"frappe.client.get": f"{_OWN_ROWS}.get",
	"frappe.client.get_count": f"{_OWN_ROWS}.get_count",
	"frappe.client.validate_link": f"{_OWN_ROWS}.validate_link",
	"frappe.desk.search.search_widget": f"{_OWN_ROWS}.search_widget",
	"frappe.desk.listview.get_group_by_count": f"{_OWN_ROWS}.get_group_by_count",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": f"{_OWN_ROWS}.get_tagged_docs",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": f"{_OWN_ROWS}.get_workflow_state_count",
	f"{_FORM}.linked_with.get_submitted_linked_docs": f"{_OWN_ROWS}.get_submitted_linked_docs",
	"frappe.desk.doctype.event.event.get_events": f"{_OWN_ROWS}.get_events",
	"erpnext.selling.doctype.sales_order.sales_order.get_events": f"{_OWN_ROWS}.get_order_events",
	"erpnext.accounts.doctype.invoice_discounting.invoice_discounting.get_invoices": f"{_OWN_ROWS}.get_invoices",
	"erpnext.accounts.doctype.pos_closing_entry.pos_closing_entry.get_cashiers": f"{_OWN_ROWS}.get_cashiers",
	"erpnext.projects.doctype.project.project.get_users_for_project": f"{_OWN_ROWS}.get_users_for_project",
	f"{_PROJECT}.set_project_status": f"{_OWN_CHANGES}.set_project_status",
	f"{_PROJECT}.create_duplicate_project": f"{_OWN_CHANGES}.create_duplicate_project",
	"erpnext.accounts.doctype.sales_invoice.sales_invoice.get_loyalty_programs": f"{_OWN_CHANGES}.get_loyalty_programs",
	"erpnext.accounts.doctype.pos_closing_entry.pos_closing_entry.get_pos_invoices": f"{_TILLS}.get_pos_invoices",
	f"{_PAYMENT}.get_outstanding_reference_documents": f"{_OWN_ROWS}.get_outstanding_reference_documents",
	"erpnext.projects.doctype.timesheet.timesheet.get_timesheet_detail_rate": (
		f"{_OWN_ROWS}.get_timesheet_detail_rate"
	),
	"erpnext.buying.utils.get_linked_material_requests": f"{_OWN_ROWS}.get_linked_material_requests",
	"erpnext.crm.doctype.utils.get_last_interaction": f"{_OWN_ROWS}.get_last_interaction",
	"erpnext.projects.doctype.timesheet.timesheet.get_projectwise_timesheet_data": (
		f"{_OWN_ROWS}.get_projectwise_timesheet_data"
	),
	f"{_DETAILS}.get_pos_profile": f"{_TILLS}.get_pos_profile",
	"erpnext.stock.utils.scan_barcode": f"{_OWN_ROWS}.scan_barcode",
	f"{_TILL}.search_for_serial_or_batch_or_barcode_number": (f"{_OWN_ROWS}.scan_barcode"),
	"erpnext.crm.doctype.prospect.prospect.get_opportunities": f"{_OWN_ACTIVITIES}.get_opportunities",
	"erpnext.crm.utils.get_open_activities": f"{_OWN_ACTIVITIES}.get_open_activities",
	"erpnext.templates.pages.projects.get_task_html": f"{_OWN_ACTIVITIES}.get_task_html",
	"erpnext.templates.pages.projects.get_timesheet_html": f"{_OWN_ACTIVITIES}.get_timesheet_html",
	"frappe.desk.notifications.get_open_count": f"{_OWN_FIGURES}.get_open_count",
	"frappe.utils.goal.get_monthly_goal_graph_data": f"{_OWN_FIGURES}.get_monthly_goal_graph_data",
	f"{_CHARTS}.get": f"{_OWN_FIGURES}.get_chart",
	"erpnext.accounts.utils.get_account_balances": f"{_OWN_FIGURES}.get_account_balances",
	"erpnext.accounts.utils.get_balance_on": f"{_OWN_FIGURES}.get_balance_on",
	"erpnext.accounts.doctype.payment_request.payment_request.make_payment_entry": f"{_OWN_FIGURES}.make_payment_entry",
	f"{_PAYMENT}.get_payment_entry": f"{_OWN_FIGURES}.get_payment_entry",
	f"{_PAYMENT}.get_party_details": f"{_OWN_FIGURES}.get_party_details",
	f"{_PAYMENT}.get_account_details": f"{_OWN_FIGURES}.get_account_details",
	f"{_PAYMENT}.get_party_and_account_balance": f"{_OWN_FIGURES}.get_party_and_account_balance",
	f"{_JOURNAL}.get_average_exchange_rate": f"{_OWN_FIGURES}.get_average_exchange_rate",
	f"{_JOURNAL}.get_default_bank_cash_account": f"{_OWN_FIGURES}.get_default_bank_cash_account",
	f"{_JOURNAL}.get_account_details_and_party_type": f"{_OWN_FIGURES}.get_account_details_and_party_type",
}
OVERRIDDEN = {stand_in: method for method, stand_in in OVERRIDES.items()}
