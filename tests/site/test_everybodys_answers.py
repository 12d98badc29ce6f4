"""Functions that answer over everybody where something is left out, or stands where a name belongs."""

import frappe
import pytest
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from tests.site import documents, goods
from tests.site.documents import COMPANY, ITEM, sales
from tests.site.http_requests import call
from tests.site.strangers import QUERIES, REQUESTS, RFQ, THERE, bought, searched, user

__all__ = ["user"]


def foreign_project() -> str:
	project = {"doctype": "Project", "project_name": "ZQSECRET project", "customer": THERE, "branch": "Agra"}
	return frappe.get_doc(project).insert().name


def test_hours_of_no_project_are_those_of_all(user: str) -> None:
	log = {
		"project": foreign_project(),
		"from_time": now_datetime(),
		"hours": 2,
		"activity_type": "Execution",
	}
	log |= {"to_time": add_to_date(now_datetime(), hours=2), "is_billable": 1, "billing_hours": 2}
	log |= {"billing_rate": 77, "description": "ZQSECRET"}
	hours = {"doctype": "Timesheet", "company": COMPANY, "parent_project": log["project"], "time_logs": [log]}
	goods.done(frappe.get_doc(hours))
	answer = call(user, "erpnext.projects.doctype.timesheet.timesheet.get_projectwise_timesheet_data")
	assert "ZQSECRET" not in answer.text


@pytest.mark.parametrize(
	("method", "asked"),
	[
		("erpnext.projects.doctype.task.task.check_if_child_exists", {"name": ""}),
		("erpnext.templates.pages.projects.get_task_html", {"project": ""}),
	],
)
def test_tasks_of_nothing_are_those_of_all(user: str, method: str, asked: dict) -> None:
	task = frappe.get_doc({"doctype": "Task", "subject": "ZQSECRET", "branch": "Agra"}).insert().name
	answer = call(user, method, **asked)
	assert task not in answer.text and "ZQSECRET" not in answer.text


def test_the_till_of_somebody_else(user: str) -> None:
	account = documents.account("Cash")
	till = {"doctype": "POS Profile", "company": COMPANY, "warehouse": goods.warehouse(), "branch": "Agra"}
	till |= {"currency": "INR", "write_off_account": account, "write_off_limit": 1}
	till |= {"write_off_cost_center": frappe.get_cached_value("Company", COMPANY, "cost_center")}
	till |= {"payments": [{"mode_of_payment": "Cash", "default": 1}]}
	till |= {"applicable_for_users": [{"user": "Administrator", "default": 1}]}
	frappe.get_doc({**till, "__newname": "ZQSECRET"}).insert()
	answer = call(
		user, "erpnext.stock.get_item_details.get_pos_profile", company=COMPANY, user="Administrator"
	)
	assert "ZQSECRET" not in answer.text


def test_queries_of_link_fields_called_by_themselves(user: str) -> None:
	found = bought()
	order = {
		"doctype": "Blanket Order",
		"blanket_order_type": "Selling",
		"customer": THERE,
		"company": COMPANY,
	}
	order |= {"from_date": nowdate(), "to_date": add_days(nowdate(), 30)}
	order = goods.done(frappe.get_doc({**order, "items": [{"item_code": ITEM, "qty": 5, "rate": 3}]}))
	filters = {"supplier": "Zq Maker", "company": COMPANY}
	ordered = {"item": ITEM, "company": COMPANY, "blanket_order_type": "Selling"}
	answers = [searched(user, path, filters).text for path in (REQUESTS, RFQ)]
	answers.append(searched(user, f"{QUERIES}get_blanket_orders", ordered).text)
	assert [name for name in (*found, order.name) if any(name in text for text in answers)] == []


@pytest.mark.parametrize("nothing", [False, 0])
def test_events_of_false(user: str, nothing: object) -> None:
	event = {"doctype": "Event", "subject": "ZQSECRET", "starts_on": now_datetime(), "branch": "Agra"}
	guest = [{"reference_doctype": "Customer", "reference_docname": THERE}]
	frappe.get_doc({**event, "event_participants": guest}).insert()
	answer = call(user, "erpnext.crm.utils.get_open_activities", ref_doctype="Customer", ref_docname=nothing)
	assert "ZQSECRET" not in answer.text


def test_submissions_of_false(user: str) -> None:
	order = sales("Sales Order", THERE, submit=False, branch="Agra")
	queued = {"doctype": "Submission Queue", "ref_doctype": "Sales Order", "ref_docname": order.name}
	frappe.get_doc({**queued, "status": "Failed", "exception": "ZQSECRET"}).db_insert()
	method = "frappe.core.doctype.submission_queue.submission_queue.get_latest_submissions"
	assert "ZQSECRET" not in call(user, method, doctype="Sales Order", docname=False).text


@pytest.mark.parametrize(
	"method", ["frappe.client.get_list", "frappe.client.get_count", "frappe.desk.reportview.get"]
)
def test_descendants_of_what_meets_a_condition(user: str, method: str) -> None:
	top = {"doctype": "Task", "subject": "top", "is_group": 1, "branch": "Delhi"}
	top = frappe.get_doc(top).insert().name
	frappe.get_doc({"doctype": "Task", "subject": "own", "branch": "Delhi", "parent_task": top}).insert()
	frappe.db.set_value("Task", top, "modified", "2020-01-01", update_modified=False)
	frappe.get_doc({"doctype": "Task", "subject": "ZQSECRET", "branch": "Agra"}).insert()
	asked = [
		[["Task", "name", "descendants of", {"subject": ["in", ["top", guess]]}]]
		for guess in ("ZQSECRET", "ZQWRONG")
	]
	one, other = (call(user, method, doctype="Task", fields=["name"], filters=filters) for filters in asked)
	assert (one.status, one.text) == (other.status, other.text)


def test_a_text_in_ones_own_document_opens_no_other(user: str) -> None:
	"""The guard takes a foreign name for known where any field of the sent document's stored one holds it."""
	price = {"doctype": "Item Price", "item_code": ITEM, "price_list": "Standard Selling", "customer": THERE}
	frappe.get_doc({**price, "price_list_rate": 777}).insert()
	own = sales("Sales Order", "Zq Mine", submit=False, branch="Delhi", po_no=THERE)
	asked = {"doctype": "Sales Order", "name": own.name, "customer": THERE, "item_code": ITEM, "qty": 1}
	asked |= {"company": COMPANY, "price_list": "Standard Selling", "currency": "INR", "conversion_rate": 1}
	asked |= {"plc_conversion_rate": 1, "price_list_currency": "INR", "transaction_date": nowdate()}
	answer = call(user, "erpnext.stock.get_item_details.get_item_details", args=asked)
	assert "777" not in answer.text


@pytest.mark.parametrize(
	"method",
	[
		"erpnext.stock.utils.scan_barcode",
		"erpnext.selling.page.point_of_sale.point_of_sale.search_for_serial_or_batch_or_barcode_number",
	],
)
def test_a_number_that_is_scanned_is_no_question(user: str, method: str) -> None:
	goods.stock_up()
	serial = {"doctype": "Serial No", "serial_no": "ZQ-SN", "item_code": goods.GOODS, "customer": THERE}
	serial = frappe.get_doc({**serial, "company": COMPANY, "name": "ZQ-SN"})
	serial.db_insert()
	assert not frappe.has_permission("Serial No", "read", "ZQ-SN", user=user)
	one, other = (call(user, method, search_value=value) for value in ("ZQ-SN", "ZQ-NO"))
	assert one.text.replace("ZQ-SN", "ZQ-NO") == other.text


def test_kept_results_of_reports_are_neither_listed_nor_converted(user: str) -> None:
	report = frappe.get_doc({"doctype": "Prepared Report", "report_name": "Sales Analytics"})
	report.db_insert()
	kept = {"doctype": "File", "file_name": "kept.json.gz", "content": b"x", "is_private": 1}
	kept |= {"attached_to_doctype": "Prepared Report", "attached_to_name": report.name}
	frappe.get_doc(kept).insert()
	asked = {"doctype": "File", "fields": ["attached_to_name"], "filters": {"file_name": ["like", "kept%"]}}
	assert call("Administrator", "frappe.client.get_list", **asked).message
	assert not call(user, "frappe.client.get_list", **asked).message
	path = "frappe.core.doctype.prepared_report.prepared_report.enqueue_json_to_csv_conversion"
	assert call(user, path, prepared_report_name=report.name).status == 403
