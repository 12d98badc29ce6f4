"""Queries of link fields that are called by themselves, maps, and the search for help."""

import json

import frappe
import pytest

from branch_crm.branch_access import portal_pages
from tests.site import documents, goods, strangers
from tests.site.company import as_user, make_contact, switch_on
from tests.site.documents import COMPANY, ITEM
from tests.site.http_requests import Answer, call
from tests.site.portal import Portal
from tests.site.strangers import THERE, user

__all__ = ["user"]

_HELP = "erpnext.templates.pages.search_help.get_help_results_sections"


@pytest.fixture
def buyer(portal: Portal, rights: None) -> str:
	switch_on()
	return portal.buyer


def _queried(user: str, path: str, doctype: str, filters: dict) -> Answer:
	asked = {"doctype": doctype, "txt": "", "searchfield": "name", "start": 0, "page_len": 20}
	return call(user, path, filters=filters, **asked)


def _offered(user: str, path: str, doctype: str, filters: dict) -> Answer:
	return call(user, "frappe.desk.search.search_link", query=path, doctype=doctype, txt="", filters=filters)


def _journals() -> dict[str, str]:
	def booked(branch: str) -> str:
		row = {"account": documents.account("Receivable"), "party_type": "Customer", "party": "Zq Shared"}
		cash = {"account": documents.account("Cash"), "debit_in_account_currency": 5, "branch": branch}
		entry = documents.journal({**row, "credit_in_account_currency": 5, "branch": branch}, cash)
		entry.submit()
		return entry.name

	return {branch: booked(branch) for branch in ("Delhi", "Agra")}


def test_journals_of_a_party_are_offered_by_link_fields_only(user: str) -> None:
	entries = _journals()
	path = "erpnext.accounts.doctype.journal_entry.journal_entry.get_against_jv"
	filters = {"account": documents.account("Receivable"), "party": "Zq Shared"}
	assert entries["Agra"] not in _queried(user, path, "Journal Entry", filters).text
	offered = _offered(user, path, "Journal Entry", filters).text
	assert (entries["Delhi"] in offered, entries["Agra"] in offered) == (True, False)


def _timesheet() -> str:
	project = frappe.get_doc({"doctype": "Project", "project_name": "zq", "branch": "Agra"}).insert().name
	sheet = {"doctype": "Timesheet", "name": "ZQ-FOUND", "company": COMPANY, "parent_project": project}
	sheet |= {"docstatus": 1, "status": "Submitted", "total_billable_amount": 5}
	frappe.get_doc(sheet).db_insert()
	row = {"doctype": "Timesheet Detail", "name": "zqrow", "parent": "ZQ-FOUND", "parenttype": "Timesheet"}
	frappe.get_doc({**row, "parentfield": "time_logs", "docstatus": 1, "project": project}).db_insert()
	return "erpnext.projects.doctype.timesheet.timesheet.get_timesheet"


def _work_order() -> str:
	order = documents.sales("Sales Order", THERE, branch="Agra").name
	work = {"doctype": "Work Order", "name": "ZQ-FOUND", "company": COMPANY, "sales_order": order}
	frappe.get_doc({**work, "docstatus": 1, "qty": 1, "produced_qty": 2, "bom_no": "x"}).db_insert()
	return "erpnext.manufacturing.report.bom_variance_report.bom_variance_report.get_work_orders"


def _pick_list() -> str:
	order = documents.sales("Sales Order", "Zq Shared", branch="Agra").name
	pick = {"doctype": "Pick List", "name": "ZQ-FOUND", "company": COMPANY, "docstatus": 1, "status": "Open"}
	frappe.get_doc(pick).db_insert()
	row = {"doctype": "Pick List Item", "name": "zqrow", "parent": "ZQ-FOUND", "parenttype": "Pick List"}
	frappe.get_doc({**row, "parentfield": "locations", "sales_order": order}).db_insert()
	return "erpnext.stock.doctype.pick_list.pick_list.get_pick_list_query"


def _inspection() -> str:
	invoice = documents.sales("Sales Invoice", THERE, branch="Agra").name
	check = {"doctype": "Quality Inspection", "name": "ZQ-FOUND", "reference_type": "Sales Invoice"}
	check |= {"reference_name": invoice, "item_code": ITEM, "child_row_reference": ""}
	frappe.get_doc(check).db_insert()
	return "erpnext.stock.doctype.quality_inspection.quality_inspection.quality_inspection_query"


def _contact() -> str:
	goods.make_supplier("Zq Mine", "Agra")
	make_contact("ZQ-FOUND", ("Supplier", "Zq Mine"))
	return "erpnext.selling.doctype.customer.customer.get_customer_primary_contact"


_FILTERS = {"company": COMPANY, "customer": "Zq Shared", "item_code": ITEM}


@pytest.mark.parametrize(
	("doctype", "make", "filters"),
	[
		("Timesheet", _timesheet, {}),
		("Work Order", _work_order, {}),
		("Pick List", _pick_list, _FILTERS),
		("Quality Inspection", _inspection, _FILTERS),
		# of a supplier of the same name
		("Contact", _contact, {"customer": "Zq Mine"}),
	],
)
def test_what_is_of_others_is_not_offered(user: str, doctype: str, make: callable, filters: dict) -> None:
	path = make()
	if doctype == "Quality Inspection":
		inspected = frappe.db.get_value(doctype, "ZQ-FOUND", "reference_name")
		filters = {**filters, "reference_name": inspected}
	assert "ZQ-FOUND" not in _queried(user, path, doctype, filters).text
	if doctype != "Pick List":
		offered = _offered(user, path, doctype, filters)
		assert (offered.status, "ZQ-FOUND" in offered.text) == (200, False)


def test_a_map_shows_what_is_ones_own(user: str) -> None:
	point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
	place = json.dumps({"type": "FeatureCollection", "features": [point]})
	for name, branch in (("ZQ-OWN", "Delhi"), ("ZQ-FOREIGN", "Agra")):
		asset = {"doctype": "Asset", "name": name, "asset_name": name, "branch": branch, "company": COMPANY}
		frappe.get_doc({**asset, "location": place}).db_insert()
	asked = {"doctype": "Asset", "type": "location_field"}
	for filters in ([["Asset", "asset_name", "like", "ZQ-%"]], []):
		answer = call(user, "frappe.geo.utils.get_coords", filters=json.dumps(filters), **asked)
		shown = [feature["properties"]["name"] for feature in answer.message["features"]]
		assert shown == ["ZQ-OWN"]


def _find_by_help() -> None:
	issue = frappe.get_doc({"doctype": "Issue", "subject": "zqsecretword", "branch": "Agra"}).insert().name
	settings = frappe.get_doc("Support Settings")
	fields = dict.fromkeys(("result_title_field", "result_preview_field", "result_route_field"), "Subject")
	source = {"source_name": "Issues", "source_type": "Link", "source_doctype": "Issue", **fields}
	settings.append("search_apis", source)
	settings.save()
	frappe.db.delete("__global_search", {"name": issue})
	frappe.db.sql(
		"insert into __global_search (doctype, name, content, title) values ('Issue', %s, %s, 'x')",
		(issue, "Subject : zqsecretword"),
	)


def test_help_is_no_document_of_others(user: str) -> None:
	_find_by_help()
	assert "zqsecretword" in call("Administrator", _HELP, text="zqsecretword").text
	assert "zqsecretword" not in call(user, _HELP, text="zqsecretword").text


def test_the_page_of_the_search_for_help_shows_none_either(user: str) -> None:
	_find_by_help()
	context = {"results_sections": [{"title": "Issues"}, {"title": "Forum"}]}
	with as_user(user):
		portal_pages.limit_help(context)
	assert context == {"results_sections": [{"title": "Forum"}]}


@pytest.mark.parametrize("who", ["Guest", "buyer"])
def test_help_is_no_document_of_others_to_visitors(buyer: str, who: str) -> None:
	_find_by_help()
	name = buyer if who == "buyer" else "Guest"
	assert "zqsecretword" not in call(name, _HELP, text="zqsecretword").text


def test_requests_are_gathered_for_a_supplier(user: str) -> None:
	strangers.bought()
	path = "erpnext.buying.doctype.request_for_quotation.request_for_quotation"
	asked = {"source_names": json.dumps(["Zq Maker"]), "args": None}
	asked["target_doc"] = {"doctype": "Request for Quotation", "company": COMPANY}
	method = f"{path}.get_item_from_material_requests_based_on_supplier"
	assert call(user, "frappe.model.mapper.map_docs", method=method, **asked).status == 200
