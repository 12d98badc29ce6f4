"""How each DocType finds its branches: the registry's entries of ERPNext's and Frappe's DocTypes; and which of them
branches cannot limit."""

from branch_crm.branch_access import naming_scopes

SCOPES = [
	{"doctype": "Branch", "by": "itself"},
	{
		"doctype": "Customer",
		"by": "assignments",
		"origins": ["lead_name", "opportunity_name", "prospect_name"],
	},
	{"doctype": "Supplier", "by": "assignments"},
	{"doctype": "Prospect", "by": "assignments", "origins": ["leads.lead"]},
	{"doctype": "Contact", "by": "parties"},
	{"doctype": "Address", "by": "parties"},
	{"doctype": "Lead", "by": "column", "origins": ["customer"], "is_party": True},
	{"doctype": "Opportunity", "by": "column", "origins": ["party_name"], "is_party": True},
	{"doctype": "Quotation", "by": "column", "origins": ["party_name"]},
	{"doctype": "Sales Order", "by": "column", "origins": ["customer"]},
	{"doctype": "Delivery Note", "by": "column", "origins": ["customer"]},
	{"doctype": "Sales Invoice", "by": "column", "origins": ["pos_profile", "customer"]},
	{"doctype": "POS Invoice", "by": "column", "origins": ["pos_profile", "customer"]},
	{"doctype": "Payment Entry", "by": "column", "origins": ["party", "references.reference_name"]},
	{"doctype": "Payment Request", "by": "column", "origins": ["reference_name"]},
	{"doctype": "Dunning", "by": "column", "origins": ["customer"]},
	{"doctype": "Subscription", "by": "column", "origins": ["party"]},
	{"doctype": "Material Request", "by": "column", "origins": ["customer"]},
	{"doctype": "Request for Quotation", "by": "column", "origins": ["items.material_request"]},
	{"doctype": "Supplier Quotation", "by": "column", "origins": ["items.request_for_quotation", "supplier"]},
	{"doctype": "Purchase Order", "by": "column", "origins": ["supplier"]},
	{"doctype": "Purchase Receipt", "by": "column", "origins": ["supplier"]},
	{"doctype": "Purchase Invoice", "by": "column", "origins": ["supplier"]},
	{"doctype": "Journal Entry", "by": "rows", "table": "accounts"},
	{"doctype": "GL Entry", "by": "column", "follows": "voucher_no"},
	{"doctype": "Payment Ledger Entry", "by": "column", "follows": "voucher_no"},
	{"doctype": "Issue", "by": "column", "origins": ["customer", "lead", "project"]},
	{"doctype": "Project", "by": "column", "origins": ["customer", "sales_order"]},
	{"doctype": "Task", "by": "column", "origins": ["project"]},
	{"doctype": "Event", "by": "column"},
	{"doctype": "Contract", "by": "column", "origins": ["party_name"]},
	*(
		{"doctype": doctype, "by": "naming", "fields": fields}
		for doctype, fields in naming_scopes.FIELDS.items()
	),
	*(
		{"doctype": doctype, "by": "optional", "fields": fields}
		for doctype, fields in naming_scopes.WITHOUT_BRANCH.items()
	),
	{
		"doctype": "Communication",
		"by": "attached",
		"to": ("reference_doctype", "reference_name"),
		"links": "timeline_links",
	},
	*(
		{"doctype": doctype, "by": "attached", "to": fields}
		for fields, doctypes in {
			("reference_doctype", "reference_name"): (
				*("Comment", "Activity Log", "View Log", "Email Queue"),
				*("Energy Point Log", "Workflow Action", "Error Log"),
			),
			("ref_doctype", "docname"): ("Version",),
			("reference_type", "reference_name"): ("ToDo", "Milestone"),
			("reference_doctype", "reference_docname"): (
				*("Document Share Key", "Integration Request", "Discussion Topic"),
			),
			("reminder_doctype", "reminder_docname"): ("Reminder",),
			("reference_doctype", "reference_document"): ("Auto Repeat",),
			("deleted_doctype", "deleted_name"): ("Deleted Document",),
			("attached_to_doctype", "attached_to_name"): ("File",),
			("share_doctype", "share_name"): ("DocShare",),
			("document_type", "document_name"): ("Tag Link", "Notification Log", "Branch Withdrawal"),
			("ref_doctype", "ref_docname"): ("Document Follow", "Submission Queue"),
		}.items()
		for doctype in doctypes
	),
]

# what acts on the documents of all branches, whoever wrote it
AUTHORED = (
	*("Notification", "Webhook", "Assignment Rule", "Energy Point Rule", "Milestone Tracker"),
	*("Email Campaign", "Newsletter", "Email Group", "Email Template", "Address Template"),
	*("Server Script", "Client Script", "Scheduler Event", "Scheduled Job Type", "DocType"),
	*("Print Format", "Letter Head", "Web Form", "Web Page"),
	*("Website Script", "Website Settings", "Website Theme", "Custom HTML Block"),
	*("Process Statement Of Accounts", "Process Payment Reconciliation", "Repost Payment Ledger"),
	*("Accounting Dimension", "Accounting Dimension Filter", "Accounting Period"),
	*("Period Closing Voucher", "Process Deferred Accounting"),
)

# whose fields may be sent with values of any type
TYPED = ("Address", "Company", "Contact", "Customer", "Lead", "Prospect", "Supplier")

# what holds columns and filters, to be asked for later
ASKING = ("Report", "Dashboard Chart", "Number Card", "List Filter", "Kanban Board", "Auto Email Report")

# texts that are filled in from a document, with a template's access to everything else, in documents or their rows
TEMPLATE_FIELDS = {
	"Terms and Conditions": ("terms",),
	"Contract Template": ("contract_terms",),
	"Dunning Type": (),
	"Dunning Letter Text": ("body_text", "closing_text"),
	"Auto Repeat": ("subject", "message"),
	"Payment Request": ("subject", "message"),
	"Payment Gateway Account": ("message",),
	"Cheque Print Template": ("message_to_show",),
	"Stock Settings": ("naming_series_prefix",),
	"Email Account": ("auto_reply_message",),
	"Web Template": ("template",),
	"Print Format Field Template": ("template", "template_file"),
}
TEMPLATES = tuple(TEMPLATE_FIELDS)
