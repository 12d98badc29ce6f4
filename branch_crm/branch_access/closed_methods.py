"""Tools for the whole company, each with what people of a branch do instead."""

_STATEMENTS = "erpnext.accounts.doctype.process_statement_of_accounts.process_statement_of_accounts"
_RECONCILIATION = (
	"erpnext.accounts.doctype.payment_reconciliation.payment_reconciliation.PaymentReconciliation"
)
_BANK = "erpnext.accounts.doctype.bank_reconciliation_tool.bank_reconciliation_tool"
_PROCESS = "erpnext.accounts.doctype.process_payment_reconciliation.process_payment_reconciliation"
_NEWSLETTER = "frappe.email.doctype.newsletter.newsletter.Newsletter"
CLOSED = {
	"Use the report General Ledger.": (
		"erpnext.accounts.dashboard_chart_source.account_balance_timeline.account_balance_timeline.get",
		"erpnext.setup.doctype.email_digest.email_digest.EmailDigest.send",
		"erpnext.setup.doctype.email_digest.email_digest.get_digest_msg",
	),
	"Use the report Accounts Receivable.": tuple(
		f"{_STATEMENTS}.{name}"
		for name in (
			"download_statements",
			"fetch_customers",
			"get_customer_emails",
			"send_auto_email",
			"send_emails",
		)
	),
	"Allocate it on the payment.": (
		"erpnext.controllers.accounts_controller.AccountsController.set_advances",
		f"{_RECONCILIATION}.get_unreconciled_entries",
		f"{_RECONCILIATION}.allocate_entries",
		f"{_RECONCILIATION}.reconcile",
		f"{_PROCESS}.get_reconciled_count",
		f"{_PROCESS}.pause_job_for_doc",
		f"{_PROCESS}.trigger_job_for_doc",
	),
	"Head office reconciles the bank.": tuple(
		f"{_BANK}.{name}"
		for name in (
			"auto_reconcile_vouchers",
			"create_journal_entry_bts",
			"create_payment_entry_bts",
			"get_account_balance",
			"get_linked_payments",
			"reconcile_vouchers",
		)
	),
	"Head office writes to the customers of all branches.": (
		"erpnext.selling.doctype.sms_center.sms_center.SMSCenter.create_receiver_list",
		"frappe.email.doctype.email_group.email_group.add_subscribers",
		"frappe.email.doctype.email_group.email_group.import_from",
		f"{_NEWSLETTER}.send_emails",
		f"{_NEWSLETTER}.send_test_email",
	),
	"Head office does this.": (
		"erpnext.accounts.doctype.account.account.merge_account",
		"erpnext.accounts.doctype.account.account.update_account_number",
		"erpnext.accounts.doctype.journal_entry.journal_entry.JournalEntry.get_outstanding_invoices",
		"erpnext.accounts.doctype.exchange_rate_revaluation.exchange_rate_revaluation.ExchangeRateRevaluation.get_accounts_data",
		"erpnext.accounts.doctype.exchange_rate_revaluation.exchange_rate_revaluation.get_account_details",
		"erpnext.assets.doctype.asset_capitalization.asset_capitalization.get_items_tagged_to_wip_composite_asset",
		"erpnext.manufacturing.doctype.production_plan.production_plan.ProductionPlan.get_open_sales_orders",
		"erpnext.manufacturing.doctype.production_plan.production_plan.ProductionPlan.get_pending_material_requests",
		"erpnext.utilities.doctype.rename_tool.rename_tool.upload",
		"frappe.core.doctype.deleted_document.deleted_document.bulk_restore",
		"frappe.core.doctype.deleted_document.deleted_document.restore",
		"frappe.desk.doctype.system_console.system_console.execute_code",
		"frappe.desk.doctype.system_console.system_console.show_processlist",
		"frappe.email.doctype.notification.notification.get_documents_for_today",
		"frappe.integrations.doctype.webhook.webhook.Webhook.generate_preview",
	),
}
