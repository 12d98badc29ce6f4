"""No document writes into a row of another branch, by whatever name it names it."""

import frappe
from frappe.utils import add_days, nowdate

from tests.site import goods
from tests.site.documents import COMPANY, ITEM, sales
from tests.site.http_requests import call
from tests.site.strangers import THERE, bought, user

__all__ = ["user"]


def test_an_invoice_that_takes_goods_writes_into_no_foreign_request(user: str) -> None:
	name, _quoted = bought()
	row = frappe.get_doc("Material Request", name).items[0].name
	invoice = {"doctype": "Purchase Invoice", "supplier": "Zq Maker", "company": COMPANY, "branch": "Delhi"}
	invoice |= {"update_stock": 1, "bill_no": "1", "posting_date": nowdate(), "due_date": nowdate()}
	item = {
		"item_code": ITEM,
		"qty": 1,
		"rate": 1,
		"warehouse": goods.warehouse(),
		"material_request_item": row,
	}
	made = call(user, "frappe.client.insert", doc={**invoice, "items": [item]})
	answer = call(user, "frappe.client.submit", doc=made.message) if made.status == 200 else made
	assert (answer.status, frappe.db.get_value("Material Request Item", row, "received_qty")) != (200, 1)


def test_a_visit_writes_into_no_foreign_schedule(user: str) -> None:
	plan = {
		"item_code": ITEM,
		"start_date": nowdate(),
		"end_date": add_days(nowdate(), 40),
		"no_of_visits": 1,
	}
	person = {"doctype": "Sales Person", "sales_person_name": "Zq Person", "is_group": 0}
	frappe.get_doc(person).insert()
	plan |= {"periodicity": "Monthly", "sales_person": "Zq Person"}
	schedule = {"doctype": "Maintenance Schedule", "customer": THERE, "company": COMPANY, "items": [plan]}
	schedule = frappe.get_doc({**schedule, "transaction_date": nowdate()})
	schedule.generate_schedule()
	schedule.insert().submit()
	row = schedule.schedules[0].name
	visit = {
		"doctype": "Maintenance Visit",
		"customer": "Zq Mine",
		"company": COMPANY,
		"mntc_date": nowdate(),
	}
	visit |= {"completion_status": "Fully Completed", "maintenance_type": "Unscheduled"}
	visit |= {"maintenance_schedule_detail": row}
	work = {"item_code": ITEM, "work_done": "x", "service_person": plan["sales_person"]}
	made = call(user, "frappe.client.insert", doc={**visit, "purposes": [{**work, "description": "x"}]})
	answer = call(user, "frappe.client.submit", doc=made.message) if made.status == 200 else made
	now = frappe.db.get_value("Maintenance Schedule Detail", row, "completion_status")
	assert (answer.status, now) != (200, "Fully Completed")


def test_an_order_writes_into_no_foreign_order(user: str) -> None:
	sold = sales("Sales Order", THERE, branch="Agra")
	bought = {"doctype": "Purchase Order", "supplier": "Zq Maker", "company": COMPANY, "branch": "Delhi"}
	bought |= {"schedule_date": nowdate(), "customer": "Zq Mine"}
	item = {"item_code": ITEM, "qty": 1, "rate": 1, "schedule_date": nowdate()}
	own = sales("Sales Order", "Zq Mine", branch="Delhi").name
	item |= {"sales_order": own, "sales_order_item": sold.items[0].name, "warehouse": goods.warehouse()}
	made = call(user, "frappe.client.insert", doc={**bought, "items": [item]})
	if made.status == 200:
		made = call(user, "frappe.client.submit", doc=made.message)
	assert frappe.db.get_value("Sales Order Item", sold.items[0].name, "ordered_qty") == 0
