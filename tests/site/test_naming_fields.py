"""Every field that leads to what branches limit is registered with its DocType, or is known to limit nobody."""

import frappe

from branch_crm.branch_access import registry

# names of what branches limit that say nothing of it, or belong to what is limited elsewhere
FOR_ALL = {
	"Accounting Dimension": "branches are vocabulary of whoever sets up the ledger",
	"Accounting Dimension Filter": "the same",
	"Authorization Rule": "of roles; whoever may write it is head office",
	"Batch": "Stock",
	"Brand": "Stock",
	"Branch Backfill Entry": "rights of its own",
	"Branch Member Count": "figures of branches",
	"Branch Responsibility": "rights of its own",
	"Branch Transfer": "rights of its own",
	"Branch Transfer Entry": "rights of its own",
	"Party Merge": "rights of its own",
	"Bulk Transaction Log Detail": "for administrators",
	"Common Code": "vocabulary",
	"Communication Medium": "set-up of telephony",
	"Credit Exposure": "head office alone reads it",
	"Driver": "Stock",
	"Email Unsubscribe": "a mail address, which has to be found in every branch",
	"Exposure Entry": "head office alone reads it",
	"Stock Credit Limit": "head office alone reads it",
	"Employee": "Frappe's User Permissions limit it by its branch",
	"Item": "Stock",
	"Item Group": "Stock",
	"Project Template": "vocabulary",
	"Purchase Taxes and Charges Template": "vocabulary",
	"Quality Meeting": "of the company",
	"Repost Item Valuation": "Stock",
	"Sales Taxes and Charges Template": "vocabulary",
	"Serial and Batch Bundle": "Stock",
	"Stock Ledger Entry": "Stock",
	"Stock Reservation Entry": "Stock",
	"User Permission": "guarded by its events",
	"Webhook": "guarded by its events",
}

# fields that name what branches limit, and by which nobody is limited
LIMITS_NOBODY = {
	"Appointment.calendar_event": "made with it, of no branch",
	"Asset Depreciation Schedule.depreciation_schedule.journal_entry": "booked for its asset",
	"Asset Shift Allocation.depreciation_schedule.journal_entry": "the same",
	"Delivery Trip.driver_address": "where the driver starts",
	"Invoice Discounting.invoices.customer": "of its invoice",
	"Job Card.quality_inspection": "made for it",
	"Landed Cost Voucher.items.receipt_document: Purchase Invoice": "of its receipts",
	"Landed Cost Voucher.items.receipt_document: Purchase Receipt": "of its receipts",
	"Landed Cost Voucher.purchase_receipts.supplier": "of its receipts",
	"Loyalty Point Entry.loyalty_program": "the customer takes part in it",
	"Maintenance Visit.purposes.serial_no": "a number of goods",
	"POS Closing Entry.pos_opening_entry": "of the same till",
	"POS Closing Entry.pos_transactions.customer": "of its invoice",
	"POS Closing Entry.pos_transactions.return_against": "of its invoice",
	"POS Invoice Merge Log.consolidated_credit_note": "made of its invoices",
	"POS Invoice Merge Log.consolidated_invoice": "made of its invoices",
	"POS Invoice Merge Log.pos_closing_entry": "of the same till",
	"POS Invoice Merge Log.pos_invoices.customer": "of its invoice",
	"POS Invoice Merge Log.pos_invoices.return_against": "of its invoice",
	"Payment Order.company_bank_account": "of the company",
	"Pricing Rule.promotional_scheme": "one for several customers makes a rule for each",
	"Production Plan.sales_orders.customer": "of its order",
	"Quality Inspection.item_serial_no": "a number of goods",
	"Serial No.asset": "a number of goods",
	"Serial No.work_order": "goods in stock, for whomever they were made",
	"Supplier Scorecard Period.scorecard": "of the same supplier",
	"Timesheet.sales_invoice": "whoever has worked keeps his sheet, whichever branch bills it",
	"Timesheet.time_logs.sales_invoice": "the same",
	"Unreconcile Payment.allocations.reference_name": "of its voucher",
	"Warranty Claim.serial_no": "a number of goods",
	"Work Order.production_plan": "a plan for several branches makes orders for each",
}


def test_every_doctype_that_names_what_branches_limit_is_registered_or_meant_for_all() -> None:
	doctypes = frappe.get_all("DocType", {"istable": 0, "issingle": 0, "is_virtual": 0}, pluck="name")
	# projects are of production, too
	found = {doctype for doctype in doctypes if _fields_that_name(doctype, but="Project")}
	assert found - set(registry.judged_doctypes()) - _of_other_apps(found) == set(FOR_ALL)


def test_every_field_that_names_what_branches_limit_is_registered_or_limits_nobody() -> None:
	doctypes = set(registry.naming_doctypes())
	found = {
		f"{doctype}.{path}"
		for doctype in doctypes - _of_other_apps(doctypes)
		for path in _fields_that_name(doctype, but="Branch") - _registered(doctype)
	}
	assert sorted(found ^ set(LIMITS_NOBODY)) == []


def _fields_that_name(doctype: str, but: str) -> set[str]:
	"""The fields that lead to what branches limit, those of rows behind the name of their table; a dynamic link with
	each DocType that its form offers."""
	meta = frappe.get_meta(doctype)
	parts = [
		("", meta),
		*((f"{row.fieldname}.", frappe.get_meta(row.options)) for row in meta.get_table_fields()),
	]
	limited = (placed() | set(registry.naming_doctypes())) - {doctype, but}
	found = set()
	for prefix, part in parts:
		found |= {
			f"{prefix}{field.fieldname}" for field in part.get_link_fields() if field.options in limited
		}
		for field in part.get_dynamic_link_fields():
			kind = part.get_field(field.options)
			offered = set((kind.options or "").split("\n")) if kind and kind.fieldtype == "Select" else None
			path = f"{prefix}{field.fieldname}"
			found |= {path} if offered is None else {f"{path}: {one}" for one in limited & offered}
	return found


def _registered(doctype: str) -> set[str]:
	found = set()
	for one in registry.naming_fields(doctype):
		tables = frappe.get_meta(doctype).get_table_fields()
		prefixes = [f"{table.fieldname}." for table in tables if table.options == one.row] or [""]
		paths = {f"{prefix}{one.field}" for prefix in prefixes}
		found |= paths | {f"{path}: {kind}" for path in paths for kind in one.doctypes}
	return found


def _of_other_apps(doctypes: set[str]) -> set[str]:
	apps = frappe.local.module_app
	ours = ("frappe", "erpnext", "branch_crm")
	return {one for one in doctypes if apps[frappe.scrub(frappe.get_meta(one).module)] not in ours}


def placed() -> set[str]:
	"""Where documents have their place by themselves, whatever they name or hang on."""
	carried = (registry.By.ATTACHED, registry.By.NAMING)
	return {name for name in registry.judged_doctypes() if registry.scoping_of(name) not in carried}
