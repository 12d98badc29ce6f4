"""What each side has made, subcontracted, written off and sold within the company."""

import frappe
from erpnext.assets.doctype.asset.depreciation import scrap_asset
from erpnext.buying.doctype.purchase_order.purchase_order import make_subcontracting_order
from erpnext.controllers.subcontracting_controller import make_rm_stock_entry
from erpnext.selling.doctype.sales_order.sales_order import create_pick_list, make_work_orders
from frappe.utils import add_months, get_first_day, now_datetime, nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents, goods
from tests.site.documents import sales
from tests.site.leak import furniture
from tests.site.leak.furniture import first, new

HEAD = "leak-head@branch-crm.example"


def make(side: object) -> None:
	for step in (
		_assets,
		_manufacture,
		_subcontract,
		_pick,
		_subscribe,
		_agree_price,
		_till,
		_between,
		_hours,
	):
		step(side)


def _assets(side: object) -> None:
	asset = {"item_code": furniture.MACHINE, "asset_category": furniture.MACHINE, "company": COMPANY}
	asset |= {"asset_name": f"{side.word} machine", "location": furniture.LOCATION, "is_existing_asset": 1}
	asset |= {"purchase_date": add_months(nowdate(), -1), "available_for_use_date": add_months(nowdate(), -1)}
	asset |= {"gross_purchase_amount": 1200, "calculate_depreciation": 1, "asset_quantity": 4}
	asset |= {"branch": side.branch, "asset_owner": "Company"}
	book = {"depreciation_method": "Straight Line", "total_number_of_depreciations": 4}
	book |= {"frequency_of_depreciation": 1, "depreciation_start_date": nowdate()}
	lent, scrapped = (new("Asset", finance_books=[book], **asset) for _ in range(2))
	for one in (lent, scrapped):
		one.submit()
	scrap_asset(scrapped.name)
	side.keep(lent)
	side.values["scrapped"] = scrapped.name
	side.names["Asset Depreciation Schedule"] = first(
		"Asset Depreciation Schedule", asset=lent.name, status="Active"
	)


def _manufacture(side: object) -> None:
	row = {"item_code": furniture.MADE, "qty": 9, "rate": 100, "warehouse": goods.warehouse()}
	order = sales("Sales Order", side.names["Customer"], items=[row], branch=side.branch)
	item = {"item_code": furniture.MADE, "bom": _bom(), "pending_qty": 3, "warehouse": goods.warehouse()}
	item |= {"sales_order_item": order.items[0].name, "description": "-"}
	(name,) = make_work_orders(frappe.as_json({"items": [item]}), order.name, COMPANY)
	work = frappe.get_doc("Work Order", name)
	work.update({"wip_warehouse": _another_warehouse(), "source_warehouse": goods.warehouse()})
	for material in work.required_items:
		material.source_warehouse = goods.warehouse()
	work.save().submit()
	side.keep(work)
	side.names["Job Card"] = first("Job Card", work_order=work.name)
	begun = frappe.copy_doc(frappe.get_doc("Job Card", side.names["Job Card"]))
	begun.append("time_logs", {"from_time": f"{nowdate()} 09:00:00"})
	side.values["begun"] = begun.insert().name
	side.values |= {"made": order.name, "made item": order.items[0].name}
	request = {"material_request_type": "Manufacture", "company": COMPANY, "schedule_date": nowdate()}
	wanted = new(
		"Material Request",
		items=[{**row, "schedule_date": nowdate()}],
		branch=side.branch,
		**request,
	)
	wanted.submit()
	side.values["wanted"] = wanted.name


def _bom() -> str:
	return first("BOM", item=furniture.MADE, is_default=1)


def _another_warehouse() -> str:
	return first("Warehouse", company=COMPANY, is_group=0, warehouse_name="Work In Progress")


def _subcontract(side: object) -> None:
	service = {"item_code": documents.ITEM, "qty": 2, "rate": 10, "schedule_date": nowdate()}
	service |= {"fg_item": furniture.MADE, "fg_item_qty": 2, "warehouse": goods.warehouse()}
	values = {
		"supplier": side.names["Supplier"],
		"is_subcontracted": 1,
		"items": [service],
		"company": COMPANY,
	}
	values |= {"supplier_warehouse": _another_warehouse(), "schedule_date": nowdate(), "branch": side.branch}
	given, ordered = (goods.done(frappe.get_doc({"doctype": "Purchase Order", **values})) for _ in range(2))
	order = make_subcontracting_order(given.name, save=True, submit=True)
	order.reload()
	sent = frappe.get_doc(make_rm_stock_entry(order.name))
	for row in sent.items:
		row.s_warehouse = goods.warehouse()
	sent.insert().submit()
	side.keep(order, sent)
	side.values["to subcontract"] = ordered.name


def _pick(side: object) -> None:
	row = {"item_code": goods.GOODS, "qty": 2, "rate": 130, "warehouse": goods.warehouse()}
	row |= {"reserve_stock": 1}
	order = sales("Sales Order", side.names["Customer"], items=[row], branch=side.branch)
	side.values |= {"to pick": order.name, "to pick item": order.items[0].name}
	listed = create_pick_list(order.name)
	listed.insert()
	for location in listed.locations:
		location.db_set("picked_qty", location.stock_qty)
	side.keep(listed)
	draft = documents.make_delivery_note(order.name)
	side.values["to pack"] = draft.insert().name


def _subscribe(side: object) -> None:
	plan = {"plan_name": f"{side.word} plan", "item": documents.ITEM, "price_determination": "Fixed Rate"}
	plan |= {"cost": 10, "billing_interval": "Month", "billing_interval_count": 1, "branch": side.branch}
	plan = new("Subscription Plan", currency="INR", **plan)
	values = {"party_type": "Customer", "party": side.names["Customer"], "company": COMPANY}
	values |= {"start_date": get_first_day(nowdate()), "branch": side.branch}
	values |= {"plans": [{"plan": plan.name, "qty": 1}]}
	running, over = (new("Subscription", **values) for _ in range(2))
	over.db_set("status", "Cancelled")
	side.keep(plan, running)
	side.values["subscribed"] = over.name


def _agree_price(side: object) -> None:
	rule = {"title": f"{side.word} rule", "company": COMPANY, "currency": "INR", "disable": 1, "selling": 1}
	rule |= {"apply_on": "Item Code", "items": [{"item_code": goods.GOODS}], "discount_percentage": 5}
	rule |= {"applicable_for": "Customer", "customer": side.names["Customer"]}
	side.values["rule"] = new("Pricing Rule", rate_or_discount="Discount Percentage", **rule).name


def _till(side: object) -> None:
	profile = {"name": f"{side.word} till", "company": COMPANY, "currency": "INR", "branch": side.branch}
	profile |= {
		"warehouse": goods.warehouse(),
		"write_off_account": first("Account", company=COMPANY, account_name="Write Off"),
		"write_off_cost_center": frappe.get_cached_value("Company", COMPANY, "cost_center"),
		"selling_price_list": "Standard Selling",
		"payments": [{"mode_of_payment": "Cash", "default": 1}],
	}
	profile = new("POS Profile", **profile)
	entry = {"pos_profile": profile.name, "user": frappe.session.user, "company": COMPANY}
	entry |= {"period_start_date": now_datetime(), "balance_details": [{"mode_of_payment": "Cash"}]}
	opening = new("POS Opening Entry", **entry)
	opening.submit()
	sale = frappe.get_doc(
		{
			"doctype": "POS Invoice",
			"company": COMPANY,
			"customer": side.names["Customer"],
			"is_pos": 1,
			"pos_profile": profile.name,
			"branch": side.branch,
			"items": [{"item_code": documents.ITEM, "qty": 1, "rate": 10}],
			"payments": [{"mode_of_payment": "Cash", "amount": 10, "account": documents.account("Cash")}],
		}
	)
	sale.set_missing_values()
	sale.items[0].rate = 10
	sale.insert().submit()
	side.keep(profile, opening, sale)


def _between(side: object) -> None:
	"""Between this company and its sister."""
	row = {"item_code": goods.GOODS, "qty": 1, "rate": 20, "warehouse": goods.warehouse()}
	values = {"branch": side.branch, "selling_price_list": furniture.PRICES, "items": [row]}
	sold = [
		sales(kind, furniture.THEY, **values) for kind in ("Sales Order", "Sales Invoice", "Delivery Note")
	]
	values = {"branch": side.branch, "buying_price_list": furniture.PRICES, "company": COMPANY}
	values |= {"supplier": furniture.THEIR_MAKER, "items": [{**row, "schedule_date": nowdate()}]}
	bought = [
		goods.done(
			frappe.get_doc({"doctype": kind, "schedule_date": nowdate(), "bill_no": side.word, **values})
		)
		for kind in ("Purchase Order", "Purchase Receipt", "Purchase Invoice")
	]
	billed = goods.done(frappe.get_doc({"doctype": "Purchase Order", "schedule_date": nowdate(), **values}))
	# a supplier makes the invoice of what is addressed to him
	billed.db_set("contact_email", HEAD)
	side.values["to bill"] = billed.name
	# ERPNext sells on what was sent back
	frappe.db.set_value("Purchase Receipt Item", {"parent": bought[1].name}, "returned_qty", 1)
	side.values |= {f"between {doc.doctype}": doc.name for doc in (*sold, *bought)}


def _hours(side: object) -> None:
	log = {"activity_type": first("Activity Type"), "hours": 2, "is_billable": 1, "billing_rate": 5}
	log |= {"project": side.names["Project"], "billing_hours": 2, "from_time": now_datetime()}
	hours = new("Timesheet", company=COMPANY, customer=side.names["Customer"], time_logs=[log])
	side.keep(hours)
	side.values["hour"] = hours.time_logs[0].name
