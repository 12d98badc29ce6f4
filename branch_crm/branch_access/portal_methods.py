"""Which functions of Frappe and ERPNext are for the portal. All others are for the desk, and closed to website users;
what Frappe declares to be for guests is for everybody."""

# what these begin with
MODULES = (
	"frappe.api.",
	"frappe.client.",
	"frappe.handler.",
	"frappe.integrations.doctype.connected_app.",
	"frappe.integrations.doctype.google_settings.",
	"frappe.integrations.oauth2.",
	"frappe.templates.",
	"frappe.translate.",
	"frappe.website.",
	"frappe.www.",
	"erpnext.portal.",
	"erpnext.templates.",
	"erpnext.www.",
)
FUNCTIONS = (
	"erpnext.buying.doctype.purchase_order.purchase_order.make_purchase_invoice_from_portal",
	"erpnext.buying.doctype.request_for_quotation.request_for_quotation.create_supplier_quotation",
	"frappe.auth.get_logged_user",
	"frappe.core.api.file.get_files_by_search_text",
	"frappe.core.api.file.get_files_in_folder",
	"frappe.core.doctype.user.user.get_timezones",
	"frappe.core.doctype.user.user.switch_theme",
	"frappe.core.doctype.user.user.verify_password",
	"frappe.desk.search.search_link",
	"frappe.desk.search.search_widget",
)
# their addresses are mailed to whom they are for; most are signed
MAILED = (
	"frappe.core.doctype.communication.email.mark_email_as_seen",
	"frappe.email.doctype.newsletter.newsletter.newsletter_email_read",
	"frappe.email.queue.unsubscribe",
	"frappe.workflow.doctype.workflow_action.workflow_action.apply_action",
	"frappe.workflow.doctype.workflow_action.workflow_action.confirm_action",
)
# what a payment page shows to whoever has its address from a mail
PUBLIC_DOCTYPES = ("Payment Request",)
