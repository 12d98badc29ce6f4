"""DocTypes of ERPNext whose documents have no branch, or may have none, but name parties and documents that have: by
DocType, where."""

# of a dynamic link the two fields, and the DocTypes that it may lead to
Field = str | tuple[str, str, tuple[str, ...]]

_PARTIES = ("Customer", "Supplier")
_INVOICES = ("Sales Invoice", "Purchase Invoice", "Journal Entry", "Payment Entry")
_ORDERS = ("Sales Order", "Purchase Order")
_GOODS = ("Purchase Receipt", "Purchase Invoice", "Delivery Note", "Sales Invoice")
_PARTY = ("party_type", "party", _PARTIES)
_SERVED = ("customer", "contact_person", "customer_address")

FIELDS: dict[str, tuple[Field, ...]] = {
	**dict.fromkeys(("Warranty Claim", "Installation Note"), _SERVED),
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
	"Asset Movement": (
		"assets.asset",
		("reference_doctype", "reference_name", ("Purchase Receipt", "Purchase Invoice")),
	),
	"Asset Shift Allocation": ("asset",),
	"Bank Guarantee": (
		*("customer", "supplier", "project", "bank_account"),
		("reference_doctype", "reference_docname", _ORDERS),
	),
	"Bank Statement Import": ("bank_account",),
	"Bank Transaction": (
		_PARTY,
		"bank_account",
		("payment_entries.payment_document", "payment_entries.payment_entry", _INVOICES),
	),
	"Call Log": ("customer", ("links.link_doctype", "links.link_name", (*_PARTIES, "Lead", "Contact"))),
	"Coupon Code": ("customer", "pricing_rule"),
	"Delivery Trip": tuple(
		f"delivery_stops.{field}" for field in ("customer", "delivery_note", "contact", "address")
	),
	"Email Campaign": (("email_campaign_for", "recipient", ("Lead", "Contact")),),
	"Exchange Rate Revaluation": (("accounts.party_type", "accounts.party", _PARTIES),),
	"Invoice Discounting": ("invoices.sales_invoice",),
	"Job Card": ("work_order", "project"),
	"Landed Cost Voucher": (
		("purchase_receipts.receipt_document_type", "purchase_receipts.receipt_document", _GOODS),
	),
	"Loyalty Point Entry": ("customer", ("invoice_type", "invoice", ("Sales Invoice", "POS Invoice"))),
	"Maintenance Schedule": (*_SERVED, "items.sales_order"),
	"Maintenance Visit": (
		*(*_SERVED, "maintenance_schedule"),
		(
			"purposes.prevdoc_doctype",
			"purposes.prevdoc_docname",
			("Sales Order", "Maintenance Schedule", "Warranty Claim"),
		),
	),
	"Packing Slip": ("delivery_note",),
	"Party Link": (
		("primary_role", "primary_party", _PARTIES),
		("secondary_role", "secondary_party", _PARTIES),
	),
	"Payment Order": (
		*("party", "references.supplier", "references.payment_request", "references.bank_account"),
		("references.reference_doctype", "references.reference_name", ("Payment Request", *_INVOICES)),
	),
	"Pick List": (
		*("customer", "work_order", "material_request"),
		*("locations.sales_order", "locations.material_request"),
	),
	"POS Closing Entry": ("pos_profile", "pos_transactions.pos_invoice"),
	"POS Invoice Merge Log": ("customer", "pos_invoices.pos_invoice"),
	"POS Opening Entry": ("pos_profile",),
	"Process Payment Reconciliation Log": (
		"process_pr",
		("allocations.reference_type", "allocations.reference_name", _INVOICES),
		("allocations.invoice_type", "allocations.invoice_number", _INVOICES),
	),
	"Process Statement Of Accounts": ("customers.customer", "project.project_name"),
	"Process Subscription": ("subscription",),
	"Production Plan": (
		*("customer", "project", "sales_orders.sales_order", "material_requests.material_request"),
		*("po_items.sales_order", "po_items.material_request", "mr_items.sales_order"),
		*("prod_plan_references.sales_order", "sub_assembly_items.purchase_order"),
		"sub_assembly_items.supplier",
	),
	"Project Update": ("project",),
	"Promotional Scheme": ("customer.customer", "supplier.supplier"),
	"Quality Action": ("feedback",),
	"Quality Feedback": (("document_type", "document_name", ("Customer",)),),
	"Quality Inspection": (
		(
			"reference_type",
			"reference_name",
			(*_GOODS, "Subcontracting Receipt", "Stock Entry", "Job Card"),
		),
	),
	"Repost Accounting Ledger": (
		("vouchers.voucher_type", "vouchers.voucher_no", ("Purchase Receipt", *_INVOICES)),
	),
	"Repost Payment Ledger": (("repost_vouchers.voucher_type", "repost_vouchers.voucher_no", _INVOICES),),
	"Serial No": ("customer",),
	"Service Level Agreement": (("entity_type", "entity", ("Customer",)),),
	"Shipment": (
		*("pickup_customer", "pickup_supplier", "pickup_contact_name", "pickup_address_name"),
		*("delivery_customer", "delivery_supplier", "delivery_contact_name", "delivery_address_name"),
		"shipment_delivery_note.delivery_note",
	),
	"Timesheet": ("customer", "parent_project", "time_logs.project", "time_logs.task"),
	"Unreconcile Payment": (("voucher_type", "voucher_no", _INVOICES),),
	"Work Order": ("sales_order", "project", "material_request"),
}

# they may have a branch; where they have none, they are seen by what they name
WITHOUT_BRANCH: dict[str, tuple[Field, ...]] = {
	"Account Closing Balance": ("project",),
	"Asset": ("customer", "supplier", "purchase_receipt", "purchase_invoice"),
	"Asset Repair": ("asset", "project", "purchase_invoice"),
	"Asset Value Adjustment": ("asset",),
	"Budget": ("project",),
	"POS Profile": ("customer", "project"),
	"Subcontracting Order": ("supplier", "purchase_order", "project"),
	"Subcontracting Receipt": ("supplier", "items.purchase_order", "project"),
}
