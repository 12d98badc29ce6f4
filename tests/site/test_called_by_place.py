"""Mappers and link fields call what they are told to call, and give it its arguments by their places."""

import json

import frappe

from tests.site import documents
from tests.site.documents import COMPANY
from tests.site.http_requests import Answer, call
from tests.site.strangers import THERE, user

__all__ = ["user"]

_ONE = "frappe.model.mapper.make_mapped_doc"
_SEVERAL = "frappe.model.mapper.map_docs"
_BANK_ACCOUNT = "erpnext.accounts.party.get_party_bank_account"
_ORDER = "erpnext.selling.doctype.sales_order.sales_order"


def _mapped(user: str, method: str, *sources: str, target: object = None) -> Answer:
	asked = {"source_names": json.dumps(sources), "target_doc": target}
	return call(user, _SEVERAL, method=method, **asked)


def _order(customer: str, branch: str) -> str:
	return documents.sales("Sales Order", customer, branch=branch).name


def test_a_kind_and_a_name_by_their_places_are_a_document(user: str) -> None:
	bank = frappe.get_doc({"doctype": "Bank", "bank_name": "Zq Bank"}).insert().name
	account = {"doctype": "Bank Account", "account_name": "ZQSECRET", "bank": bank, "is_default": 1}
	frappe.get_doc({**account, "party_type": "Customer", "party": THERE}).insert()
	answer = _mapped(user, _BANK_ACCOUNT, "Customer", target=THERE)
	assert (answer.status, "ZQSECRET" in answer.text) == (404, False)


def test_nothing_is_changed_by_places(user: str) -> None:
	asked = {"source_names": '["Customer"]', "target_doc": THERE, "args": '{"website": "zq"}'}
	assert call(user, _SEVERAL, method="frappe.client.set_value", **asked).status == 404
	assert _mapped(user, "frappe.client.delete", "Customer", target=THERE).status == 404


def test_invoices_are_made_of_ones_own_orders(user: str) -> None:
	mine, other, theirs = (
		_order("Zq Mine", "Delhi"),
		_order("Zq Mine", "Delhi"),
		_order(THERE, "Agra"),
	)
	target = json.dumps({"doctype": "Sales Invoice", "company": COMPANY})
	invoice = f"{_ORDER}.make_sales_invoice"
	made = _mapped(user, invoice, mine, other, target=target)
	assert {row["sales_order"] for row in made.message["items"]} == {mine, other}
	assert _mapped(user, invoice, mine, theirs, target=target).status == 404
	assert call(user, _ONE, method=invoice, source_name=mine).status == 200
	assert call(user, _ONE, method=invoice, source_name=theirs).status == 404


def test_no_link_field_asks_for_a_party_by_its_places(user: str) -> None:
	party = "erpnext.accounts.party.get_party_details"
	asked = {"doctype": THERE, "txt": "", "searchfield": "Customer", "filters": {}}
	assert call(user, "frappe.desk.search.search_widget", query=party, **asked).status == 404
