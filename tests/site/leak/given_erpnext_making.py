"""What functions of ERPNext's manufacturing, projects, sales and customer care take, by their paths."""

from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents, goods
from tests.site.leak.furniture import MADE, TEMPLATE, WORK, first
from tests.site.leak.given_erpnext_accounts import stored, value
from tests.site.leak.given_frappe import Given, one
from tests.site.leak.world import Side

_BOM_CREATOR = "erpnext.manufacturing.doctype.bom_creator.bom_creator"
_WORK_ORDER = "erpnext.manufacturing.doctype.work_order.work_order"
_BLANKET_ORDER = "erpnext.manufacturing.doctype.blanket_order.blanket_order.make_order"
_SALES_ORDER = "erpnext.selling.doctype.sales_order.sales_order"
_PLANS = "erpnext.manufacturing.doctype.production_plan.production_plan"
_PLAN = "Zq Plan"


def _bom(default: int = 1) -> str:
	return first("BOM", item=MADE, is_default=default, docstatus=1)


def _planned() -> str:
	return first("BOM Creator Item", parent=_PLAN)


def _made(side: Side) -> dict:
	row = {"item_code": MADE, "bom": _bom(), "bom_no": _bom(), "pending_qty": 1, "required_qty": 1}
	row |= {"sales_order_item": side.values["made item"], "warehouse": goods.warehouse(), "description": "-"}
	return {"items": {"items": [row]}, "sales_order": side.values["made"], "company": COMPANY}


def _operations(side: Side) -> dict:
	work = side.names["Work Order"]
	row = {"name": first("Work Order Operation", parent=work), "operation": WORK, "workstation": WORK}
	return {"work_order": work, "operations": [{**row, "qty": 1, "pending_qty": 1}]}


def _plan_of_goods(side: Side) -> dict:
	plan = stored("Production Plan", side.names["Production Plan"])
	for row in plan["mr_items"]:
		row |= {"item_code": goods.GOODS, "warehouse": goods.warehouse(), "from_warehouse": None}
	return plan


_WORKSTATION = "erpnext.manufacturing.doctype.workstation.workstation.Workstation"


MAKING: Given = {
	"erpnext.manufacturing.doctype.bom.bom.BOM.get_bom_material_detail": lambda side: {
		"item_code": goods.GOODS,
		"bom_no": "",
		"qty": 1,
	},
	f"{_WORKSTATION}.start_job": lambda side: {
		"job_card": side.names["Job Card"],
		"from_time": f"{nowdate()} 10:00:00",
		"employee": "",
	},
	f"{_WORKSTATION}.complete_job": lambda side: {
		"job_card": side.values["begun"],
		"qty": 1,
		"to_time": f"{nowdate()} 11:00:00",
	},
	"erpnext.controllers.item_variant.create_variant_doc_for_quick_entry": lambda side: {
		"template": TEMPLATE,
		"args": {"Zq Colour": "Red"},
	},
	"erpnext.controllers.item_variant.enqueue_multiple_variant_creation": lambda side: {
		"item": TEMPLATE,
		"args": {"Zq Colour": ["Blue"]},
	},
	"erpnext.controllers.item_variant.get_variant": lambda side: {
		"template": TEMPLATE,
		"args": {"Zq Colour": "Red"},
	},
	"erpnext.crm.doctype.contract_template.contract_template.get_contract_template": lambda side: {
		"template_name": first("Contract Template"),
		"doc": stored("Contract", side.names["Contract"]),
	},
	"erpnext.crm.doctype.lead.lead.Lead.create_prospect_and_contact": lambda side: {
		"data": {"create_contact": 1, "create_prospect": 1, "prospect_name": f"{side.word} new"}
	},
	"erpnext.crm.doctype.opportunity.opportunity.Opportunity.declare_enquiry_lost": lambda side: {
		"lost_reasons_list": [],
		"competitors": [],
		"detailed_reason": "-",
	},
	"erpnext.crm.doctype.opportunity.opportunity.make_opportunity_from_communication": one(
		"Communication", "communication", company=COMPANY
	),
	"erpnext.maintenance.doctype.maintenance_schedule.maintenance_schedule.make_maintenance_visit": one(
		"Maintenance Schedule", "source_name"
	),
	_BLANKET_ORDER: lambda side: {
		"method": _BLANKET_ORDER,
		"source_name": side.names["Blanket Order"],
		"args": {"doctype": "Sales Order"},
	},
	"erpnext.manufacturing.doctype.bom.bom.get_bom_diff": lambda side: {"bom1": _bom(), "bom2": _bom(0)},
	"erpnext.manufacturing.doctype.bom.bom.make_variant_bom": lambda side: {
		"source_name": _bom(),
		"bom_no": _bom(),
		"item": MADE,
		"variant_items": [{"item_code": goods.GOODS, "variant_item_code": goods.GOODS, "qty": 1}],
	},
	f"{_BOM_CREATOR}.add_item": lambda side: {
		"parent": _PLAN,
		"item_code": documents.ITEM,
		"fg_item": MADE,
		"fg_reference_id": _PLAN,
		"qty": 1,
	},
	f"{_BOM_CREATOR}.add_sub_assembly": lambda side: {
		"parent": _PLAN,
		"fg_item": MADE,
		"fg_reference_id": _PLAN,
		"bom_item": {
			"item_code": TEMPLATE,
			"qty": 1,
			"items": [{"item_code": goods.GOODS, "qty": 1}],
		},
	},
	f"{_BOM_CREATOR}.delete_node": lambda side: {"parent": _PLAN, "fg_item": MADE, "docname": _planned()},
	f"{_BOM_CREATOR}.edit_qty": lambda side: {
		"doctype": "Sales Order Item",
		"docname": side.values["made item"],
		"qty": 9,
		"parent": _PLAN,
	},
	"erpnext.manufacturing.doctype.job_card.job_card.make_time_log": lambda side: {
		"args": {"job_card_id": side.names["Job Card"], "start_time": f"{nowdate()} 10:00:00"}
	},
	f"{_PLANS}.ProductionPlan.make_material_request": lambda side: {"docs": _plan_of_goods(side)},
	f"{_PLANS}.get_bin_details": lambda side: {
		"row": {"item_code": goods.GOODS},
		"company": COMPANY,
	},
	f"{_PLANS}.get_item_data": lambda side: {"item_code": MADE},
	f"{_WORK_ORDER}.check_if_scrap_warehouse_mandatory": lambda side: {"bom_no": _bom()},
	f"{_WORK_ORDER}.create_pick_list": one("Work Order", "source_name", for_qty=1),
	f"{_WORK_ORDER}.get_item_details": one("Project", "project", item=MADE),
	f"{_WORK_ORDER}.make_job_card": _operations,
	f"{_WORK_ORDER}.make_stock_entry": one(
		"Work Order", "work_order_id", purpose="Material Transfer for Manufacture", qty=1
	),
	f"{_WORK_ORDER}.make_work_order": lambda side: {
		"bom_no": _bom(),
		"item": MADE,
		"qty": 1,
		"project": side.names["Project"],
	},
	f"{_WORK_ORDER}.set_work_order_ops": one("Work Order", "name"),
	"erpnext.projects.doctype.task.task.add_node": lambda side: {
		"doctype": "Task",
		"parent": side.names["Task"],
		"subject": "A task",
		"project": side.names["Project"],
		"is_root": "false",
	},
	"erpnext.projects.doctype.timesheet.timesheet.get_timesheet_detail_rate": value(
		"hour", "timelog", currency="INR"
	),
	"branch_crm.branch_access.own_rows_api.get_timesheet_detail_rate": value(
		"hour", "timelog", currency="INR"
	),
	"erpnext.projects.doctype.timesheet.timesheet.make_sales_invoice": lambda side: {
		"source_name": side.names["Timesheet"],
		"item_code": documents.ITEM,
		"customer": side.names["Customer"],
		"currency": "INR",
	},
	"erpnext.quality_management.doctype.quality_procedure.quality_procedure.add_node": lambda side: {
		"doctype": "Quality Procedure",
		"quality_procedure_name": f"{side.word} procedure",
		"parent": "All Quality Procedures",
		"is_root": "false",
	},
	"erpnext.selling.doctype.quotation.quotation.Quotation.declare_enquiry_lost": lambda side: {
		"lost_reasons_list": [],
		"competitors": [],
		"detailed_reason": "-",
	},
	f"{_SALES_ORDER}.SalesOrder.create_stock_reservation_entries": lambda side: {
		"docs": stored("Sales Order", side.values["to pick"]),
		"items_details": [
			{
				"sales_order_item": side.values["to pick item"],
				"warehouse": goods.warehouse(),
				"qty_to_reserve": 1,
			}
		],
	},
	f"{_SALES_ORDER}.make_inter_company_purchase_order": value("between Sales Order", "source_name"),
	f"{_SALES_ORDER}.make_raw_material_request": lambda side: {
		**_made(side),
		"project": side.names["Project"],
	},
	f"{_SALES_ORDER}.make_work_orders": _made,
	"erpnext.selling.page.point_of_sale.point_of_sale.create_opening_voucher": lambda side: {
		"pos_profile": side.names["POS Profile"],
		"company": COMPANY,
		"balance_details": [{"mode_of_payment": "Cash", "opening_amount": 0}],
	},
	"erpnext.setup.doctype.terms_and_conditions.terms_and_conditions.get_terms_and_conditions": lambda side: {
		"template_name": first("Terms and Conditions"),
		"doc": stored("Sales Order", side.names["Sales Order"]),
	},
	"erpnext.telephony.doctype.call_log.call_log.add_call_summary_and_call_type": lambda side: {
		"call_log": side.names["Call Log"],
		"summary": "-",
		"call_type": first("Telephony Call Type"),
	},
	"erpnext.templates.utils.send_message": lambda side: {
		"sender": f"{side.word}@new.example",
		"message": "A text",
	},
	"erpnext.utilities.doctype.video.video.get_id_from_url": lambda side: {
		"url": "https://www.youtube.com/watch?v=abcdefghijk"
	},
	"erpnext.www.book_appointment.index.create_appointment": lambda side: {
		"date": str(add_days(nowdate(), 7)),
		"time": "10:00:00",
		"tz": "Asia/Kolkata",
		"contact": {"name": "Somebody", "email": side.values["email"]},
	},
	"erpnext.www.book_appointment.index.get_appointment_slots": lambda side: {
		"date": str(add_days(nowdate(), 7)),
		"timezone": "Asia/Kolkata",
	},
}
