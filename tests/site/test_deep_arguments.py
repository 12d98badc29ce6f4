"""What stands deep in arguments, and what functions find by themselves: mail addresses, files, parts of queries."""

import frappe
import pytest

from tests.site.company import KEEPERS, make_customer, make_tree, make_user, switch_on
from tests.site.documents import make_item, make_lead, sales
from tests.site.http_requests import call, send
from tests.site.test_arguments import make_address

_TAX_RULE = "erpnext.accounts.doctype.tax_rule.tax_rule.get_party_details"
_HOURS = "erpnext.projects.doctype.timesheet.timesheet.get_timesheet_detail_rate"
_CSV = "erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.upload_csv_file"
_RESERVE = "create_stock_reservation_entries"
# for each place a lead, found by its address
PLACES = {"Delhi": "zq_delhi", "Agra": "zq_agra"}


@pytest.fixture
def user() -> str:
	make_tree()
	make_item()
	for place, name in PLACES.items():
		make_customer(f"Zq {place}", place)
		make_address(f"Zq {place}", ("Customer", f"Zq {place}"))
		make_lead(name, branch=place)
	user = make_user("deep", "Delhi", roles=(*KEEPERS, "Stock User", "Projects User", "Accounts Manager"))
	switch_on()
	return user


@pytest.mark.parametrize(("place", "status"), [("Delhi", 200), ("Agra", 404)])
def test_an_address_in_an_argument_is_judged(user: str, place: str, status: int) -> None:
	address = frappe.db.get_value("Address", {"address_title": f"Zq {place}"})
	asked = {"party": "Zq Delhi", "party_type": "Customer", "args": {"billing_address": address}}
	assert call(user, _TAX_RULE, **asked).status == status


def test_a_name_is_no_part_of_a_query(user: str) -> None:
	inside = "x' union select name, null from tabCustomer where name = 'Zq Agra' -- "
	answer = call(user, _HOURS, timelog=inside, currency="INR")
	assert answer.status == 404
	assert answer.text.count("Zq Agra") == answer.text.count(inside)


def test_a_file_of_another_branch_is_not_read(user: str) -> None:
	files = {}
	for place in PLACES:
		file = {
			"doctype": "File",
			"file_name": f"{place}.csv",
			"is_private": 1,
			"content": f"Batch No\n{place},1",
		}
		file |= {"attached_to_doctype": "Customer", "attached_to_name": f"Zq {place}"}
		files[place] = frappe.get_doc(file).insert().file_url
	for address in (files["Agra"], "/private/files/../site_config.json"):
		assert call(user, _CSV, item_code=make_item(), file_path=address).status == 404
	assert call(user, _CSV, item_code=make_item(), file_path=files["Delhi"]).status != 404


@pytest.mark.parametrize(("place", "status"), [("Delhi", 200), ("Agra", 404)])
def test_a_row_in_an_argument_is_judged(user: str, place: str, status: int) -> None:
	frappe.db.set_single_value("Stock Settings", "enable_stock_reservation", 1)
	own, of_place = (sales("Sales Order", f"Zq {one}", branch=one) for one in ("Delhi", place))
	details = [{"sales_order_item": of_place.items[0].name, "qty_to_reserve": 1}]
	sent = {"docs": frappe.as_json(own), "method": _RESERVE, "args": {"items_details": details}}
	answer = call(user, "run_doc_method", **sent)
	assert (answer.status == 200) == (status == 200), answer.text
	if status == 404:
		sent = {"document": frappe.as_json(own), "method": _RESERVE, "kwargs": {"items_details": details}}
		# the second way to call it reads no other
		for beside in ({}, {"dt": "UOM"}, {"docs": {"doctype": "UOM"}}):
			answer = send(user, "POST", "/api/v2/method/run_doc_method", **sent, **beside)
			assert answer.status == status, beside


@pytest.mark.parametrize("place", PLACES)
def test_an_appointment_is_with_nobody_of_another_branch(user: str, place: str) -> None:
	email = f"{PLACES[place]}@lead.example"
	appointment = {"doctype": "Appointment", "scheduled_time": "2030-01-07 10:00:00", "customer_name": "A"}
	lead = frappe.db.get_value("Lead", {"email_id": email})
	answer = call(
		user, "frappe.client.insert", doc={**appointment, "customer_email": email, "status": "Open"}
	)
	assert (lead in answer.text) == (place == "Delhi"), answer.text


@pytest.mark.parametrize(("doctype", "status"), [("Task", 200), ("UOM", 403)])
def test_a_query_that_sorts_nothing_out_is_asked_only_for_what_is_sorted_out(
	user: str, doctype: str, status: int
) -> None:
	query = "erpnext.projects.doctype.task.task.get_project"
	asked = {"doctype": doctype, "txt": "", "query": query, "filters": {}}
	assert call(user, "frappe.desk.search.search_link", **asked).status == status
