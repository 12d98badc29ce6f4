"""What is of no branch and has to be there for some functions to do anything: things to make, to lend and to sell."""

import frappe
from erpnext.stock.doctype.batch.batch import make_batch
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.branch_access import registry
from branch_crm.demo.records import COMPANY
from tests.site import documents, goods
from tests.site.company import make_contact, make_customer
from tests.site.leak.papers import paper

MADE, MACHINE, BATCHED, SET, TEMPLATE, WORK = (
	*("Zq Made", "Zq Machine", "Zq Batched", "Zq Set", "Zq Template", "Zq Work"),
)
SISTER, PRICES, BATCH, LOCATION = "Zq Sister", "Zq Between Us", "ZQ-BATCH-1", "Zq Place"
# who stand for the one company in the books of the other
THEY, THEIR_MAKER = "Zq They", "Zq Sister Works"
_PAPERS = ("Note", "Email Template", "Terms and Conditions", "Contract Template", "Location", "Work Order")
_PAPERS += ("Job Card", "Number Card", "Dashboard", "Pick List", "Payment Terms Template", "Payment Term")
_PAPERS += ("Item Tax Template", "Putaway Rule", "Quality Inspection", "Maintenance Schedule", "Timesheet")
_PAPERS += ("Shipment", "Sales Taxes and Charges Template", "Supplier Scorecard Standing", "Holiday List")


def furnish(*branches: str) -> None:
	for doctype in _PAPERS:
		paper(doctype, "zqcommon", {}, docstatus=0)
	account = {
		"default_outgoing": 1,
		"enable_outgoing": 1,
		"enable_incoming": 0,
		"email_id": "zq@site.example",
	}
	paper("Email Account", "zqcommon", {}, **account)
	_allow()
	_make_items()
	_plan()
	_lend()
	_sell_between(*branches)


def first(doctype: str, **filters: object) -> str | None:
	return frappe.db.get_value(doctype, filters, "name", order_by="creation asc")


def new(doctype: str, **values: object) -> Document:
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def _allow() -> None:
	for settings, field, value in (
		("Support Settings", "allow_resetting_service_level_agreement", 1),
		("Support Settings", "track_service_level_agreement", 1),
		("Stock Settings", "enable_stock_reservation", 1),
		("Stock Settings", "allow_partial_reservation", 1),
		("Manufacturing Settings", "disable_capacity_planning", 1),
		("Manufacturing Settings", "overproduction_percentage_for_work_order", 500),
		("Delivery Settings", "dispatch_template", first("Email Template")),
		("Appointment Booking Settings", "enable_scheduling", 1),
		("Appointment Booking Settings", "number_of_agents", 0),
		("Appointment Booking Settings", "appointment_duration", 60),
		("Appointment Booking Settings", "holiday_list", first("Holiday List")),
	):
		frappe.db.set_single_value(settings, field, value)
	mode = frappe.get_doc("Mode of Payment", "Cash")
	if COMPANY not in {row.company for row in mode.accounts}:
		mode.append("accounts", {"company": COMPANY, "default_account": documents.account("Cash")})
		mode.save()


def _make_items() -> None:
	item = {"item_group": "Products", "stock_uom": "Nos", "valuation_rate": 60}
	new("Item", item_code=MADE, is_sub_contracted_item=1, **item)
	new("Item", item_code=SET, is_stock_item=0, **item)
	new("Product Bundle", new_item_code=SET, items=[{"item_code": goods.GOODS, "qty": 2}])
	new("Item Attribute", attribute_name="Zq Colour", item_attribute_values=_values("Red", "Blue"))
	new("Item", item_code=TEMPLATE, has_variants=1, attributes=[{"attribute": "Zq Colour"}], **item)
	new("Item", item_code=BATCHED, has_batch_no=1, inspection_required_before_purchase=1, **item)
	make_batch(frappe._dict(item=BATCHED, batch_id=BATCH))
	row = {"item_code": BATCHED, "qty": 50, "basic_rate": 60, "t_warehouse": goods.warehouse()}
	row |= {"use_serial_batch_fields": 1, "batch_no": BATCH}
	new("Stock Entry", stock_entry_type="Material Receipt", company=COMPANY, items=[row]).submit()


def _values(*names: str) -> list[dict]:
	return [{"attribute_value": name, "abbr": name[0]} for name in names]


def _plan() -> None:
	new("Workstation", workstation_name=WORK)
	new("Operation", name=WORK, workstation=WORK)
	materials = [{"item_code": goods.GOODS, "qty": 1, "rate": 60}]
	steps = [{"operation": WORK, "workstation": WORK, "time_in_mins": 5}]
	for default in (1, 0):
		bom = {"item": MADE, "quantity": 1, "company": COMPANY, "currency": "INR", "items": materials}
		new("BOM", is_default=default, with_operations=1, operations=steps, **bom).submit()
	row = {"item_code": goods.GOODS, "qty": 1, "fg_item": MADE, "uom": "Nos", "stock_uom": "Nos"}
	creator = {"item_code": MADE, "qty": 1, "company": COMPANY, "currency": "INR", "conversion_rate": 1}
	new("BOM Creator", name="Zq Plan", items=[{**row, "conversion_factor": 1}], **creator)


def _lend() -> None:
	new("Location", location_name=LOCATION)
	kinds = {
		"fixed_asset_account": "Fixed Asset",
		"accumulated_depreciation_account": "Accumulated Depreciation",
		"depreciation_expense_account": "Depreciation",
	}
	accounts = {field: documents.account(kind) for field, kind in kinds.items()}
	new("Asset Category", asset_category_name=MACHINE, accounts=[{"company_name": COMPANY, **accounts}])
	item = {"item_group": "Products", "stock_uom": "Nos", "is_stock_item": 0, "is_fixed_asset": 1}
	new("Item", item_code=MACHINE, asset_category=MACHINE, **item)


def _sell_between(*branches: str) -> None:
	company = {"company_name": SISTER, "abbr": "ZQS", "country": "India", "default_currency": "INR"}
	new("Company", **company)
	new("Price List", price_list_name=PRICES, currency="INR", buying=1, selling=1)
	for name, of, by in ((THEY, SISTER, COMPANY), ("Zq Us", COMPANY, SISTER)):
		inside = {"is_internal_customer": 1, "represents_company": of, "companies": [{"company": by}]}
		make_customer(name, *branches).update(inside).save()
	for name, of, by in ((THEIR_MAKER, SISTER, COMPANY), ("Zq Our Works", COMPANY, SISTER)):
		inside = {"is_internal_supplier": 1, "represents_company": of, "companies": [{"company": by}]}
		goods.make_supplier(name, *branches, **inside)


def fill_nowhere(word: str) -> None:
	"""What has no branch yet, which only head office sees."""
	customer = make_customer(f"{word} nowhere")
	make_contact(f"{word} contact nowhere", ("Customer", customer.name))
	documents.make_lead(f"{word} lead nowhere")
	frappe.get_doc({"doctype": "Task", "subject": f"{word} nowhere", "company": COMPANY}).insert()
	invoice = documents.sales("Sales Invoice", customer.name, due_date=nowdate())
	payment = documents.get_payment_entry("Sales Invoice", invoice.name, party_amount=40)
	payment.update({"reference_no": word, "reference_date": nowdate()}).insert()
	assert not frappe.db.get_value("Sales Invoice", invoice.name, registry.branch_field())
