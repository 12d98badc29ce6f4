"""DocTypes of ERPNext whose documents have no branch, but name parties and documents that have: by DocType, where."""

# of a dynamic link the two fields, and the DocTypes that it may lead to
Field = str | tuple[str, str, tuple[str, ...]]

_PARTIES = ("Customer", "Supplier")
_INVOICES = ("Sales Invoice", "Purchase Invoice", "Journal Entry", "Payment Entry")
_ORDERS = ("Sales Order", "Purchase Order")
_GOODS = ("Purchase Receipt", "Purchase Invoice", "Delivery Note", "Sales Invoice")
_PARTY = ("party_type", "party", _PARTIES)

FIELDS: dict[str, tuple[Field, ...]] = {
	**dict.fromkeys(
		(
			*("Warranty Claim", "Maintenance Schedule", "Maintenance Visit", "Installation Note"),
			*("Loyalty Point Entry", "Coupon Code", "Serial No"),
		),
		("customer",),
	),
	**dict.fromkeys(("Blanket Order", "Item Price", "Pricing Rule", "Tax Rule"), ("customer", "supplier")),
	**dict.fromkeys(
		("Supplier Scorecard", "Supplier Scorecard Period", "Lower Deduction Certificate"), ("supplier",)
	),
	**dict.fromkeys(("Bank Account", "Party Specific Item", "Process Payment Reconciliation"), (_PARTY,)),
	"Advance Payment Ledger Entry": (
		("voucher_type", "voucher_no", _INVOICES),
		("against_voucher_type", "against_voucher_no", _ORDERS),
	),
	"Appointment": (("appointment_with", "party", ("Customer", "Lead")),),
	"Asset Activity": ("asset",),
	"Asset Depreciation Schedule": ("asset",),
	"Asset Maintenance": ("asset_name",),
	"Asset Maintenance Log": ("asset_maintenance",),
	"Asset Movement": ("assets.asset",),
	"Asset Shift Allocation": ("asset",),
	"Bank Guarantee": ("customer", "supplier", ("reference_doctype", "reference_docname", _ORDERS)),
	"Bank Statement Import": ("bank_account",),
	"Bank Transaction": (
		_PARTY,
		("payment_entries.payment_document", "payment_entries.payment_entry", _INVOICES),
	),
	"Call Log": ("customer", ("links.link_doctype", "links.link_name", (*_PARTIES, "Lead"))),
	"Delivery Trip": ("delivery_stops.customer", "delivery_stops.delivery_note"),
	"Email Campaign": (("email_campaign_for", "recipient", ("Lead", "Contact")),),
	"Exchange Rate Revaluation": (("accounts.party_type", "accounts.party", _PARTIES),),
	"Invoice Discounting": ("invoices.sales_invoice",),
	"Job Card": ("work_order", "project"),
	"Landed Cost Voucher": (
		("purchase_receipts.receipt_document_type", "purchase_receipts.receipt_document", _GOODS),
	),
	"Packing Slip": ("delivery_note",),
	"Party Link": (
		("primary_role", "primary_party", _PARTIES),
		("secondary_role", "secondary_party", _PARTIES),
	),
	"Payment Order": (
		"party",
		("references.reference_doctype", "references.reference_name", ("Payment Request", *_INVOICES)),
	),
	"Pick List": ("customer", "locations.sales_order"),
	"POS Closing Entry": ("pos_profile", "pos_transactions.pos_invoice"),
	"POS Invoice Merge Log": ("customer", "pos_invoices.pos_invoice"),
	"POS Opening Entry": ("pos_profile",),
	"Process Payment Reconciliation Log": (
		("allocations.reference_type", "allocations.reference_name", _INVOICES),
	),
	"Process Statement Of Accounts": ("customers.customer",),
	"Process Subscription": ("subscription",),
	"Production Plan": ("customer", "sales_orders.sales_order"),
	"Project Update": ("project",),
	"Promotional Scheme": ("customer.customer", "supplier.supplier"),
	"Quality Action": ("feedback",),
	"Quality Feedback": (("document_type", "document_name", ("Customer",)),),
	"Quality Inspection": (("reference_type", "reference_name", _GOODS),),
	"Repost Accounting Ledger": (
		("vouchers.voucher_type", "vouchers.voucher_no", ("Purchase Receipt", *_INVOICES)),
	),
	"Repost Payment Ledger": (("repost_vouchers.voucher_type", "repost_vouchers.voucher_no", _INVOICES),),
	"Shipment": (
		"pickup_customer",
		"pickup_supplier",
		"delivery_customer",
		"delivery_supplier",
		"shipment_delivery_note.delivery_note",
	),
	"Timesheet": ("customer", "parent_project", "time_logs.project", "time_logs.task"),
	"Unreconcile Payment": (("voucher_type", "voucher_no", _INVOICES),),
	"Work Order": ("sales_order", "project"),
}
