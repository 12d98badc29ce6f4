"""Kinds of documents spelt otherwise: to the database `customer` and `Customer ` are *Customer*."""

import json

import frappe
import pytest
from frappe.utils import nowdate

from branch_crm.branch_access import report_classes, report_queries
from tests.site import documents
from tests.site.company import switch_on
from tests.site.documents import COMPANY, ITEM
from tests.site.http_requests import Answer, call, send
from tests.site.portal import Portal
from tests.site.strangers import NOT_THERE, THERE, foreign_contact, user

__all__ = ["user"]

KINDS = ("customer", "CUSTOMER", "Customer ", "Cústomer", "Custo\u00admer")
_TAX_RULE = "erpnext.accounts.doctype.tax_rule.tax_rule.get_party_details"
_REQUEST = "erpnext.accounts.doctype.payment_request.payment_request.make_payment_request"
# what may be known of a customer
_LINKS = [{"link_doctype": "customer", "link_name": THERE}]
_REFERENCE = {"reference_doctype": "customer", "reference_name": THERE}
_PARTY = {"party_type": "customer", "party": THERE, "company": COMPANY, "branch": "Delhi"}
_PLACE = {"address_type": "Billing", "address_line1": "x", "city": "x", "country": "India"}
_MEETS = {"reference_doctype": "customer", "reference_docname": THERE}
LINKING = [
	{"doctype": "Contact", "first_name": "zq", "links": _LINKS},
	{"doctype": "Address", "address_title": "zq", **_PLACE, "links": _LINKS},
	{"doctype": "Opportunity", "opportunity_from": "customer", "party_name": THERE, "company": COMPANY},
	{"doctype": "Quotation", "quotation_to": "customer", "party_name": THERE, "items": [{"item_code": ITEM}]},
	{"doctype": "ToDo", "description": "zq", "reference_type": "customer", "reference_name": THERE},
	{"doctype": "Event", "subject": "zq", "starts_on": "2026-01-01 10:00:00", "event_participants": [_MEETS]},
	{"doctype": "Contract", "party_type": "customer", "party_name": THERE, "contract_terms": "x"},
	{"doctype": "Comment", "comment_type": "Comment", "content": "x", **_REFERENCE},
	{"doctype": "Communication", "subject": "x", "content": "x", **_REFERENCE},
	{"doctype": "Subscription", "plans": [], **_PARTY},
	{"doctype": "Payment Request", "grand_total": 1, "currency": "INR", **_PARTY},
	{"doctype": "Call Log", "id": "zqcall", "from": "1", "to": "2", "links": _LINKS},
]


@pytest.fixture
def buyer(portal: Portal, rights: None) -> str:
	switch_on()
	return portal.buyer


def _address_of(customer: str) -> str:
	links = [{"link_doctype": "Customer", "link_name": customer}]
	address = {"doctype": "Address", "address_title": "Zq", **_PLACE, "city": "ZQCITY", "links": links}
	return frappe.get_doc(address).insert().name


def _bank_account_of(customer: str) -> None:
	bank = frappe.get_doc({"doctype": "Bank", "bank_name": "Zq Bank"}).insert().name
	account = {"doctype": "Bank Account", "account_name": "ZQSECRET", "bank": bank, "is_default": 1}
	frappe.get_doc({**account, "party_type": "Customer", "party": customer}).insert()


def _both(user: str, path: str, there: str = THERE, not_there: str = NOT_THERE, **asked) -> list[Answer]:
	return [call(user, path, docname=name, **asked) for name in (there, not_there)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_of_a_customer_of_others_is_not_told(user: str, kind: str) -> None:
	name = _address_of(THERE)
	path = "frappe.contacts.doctype.address.address.get_default_address"
	assert name not in call(user, path, doctype=kind, name=THERE).text


def test_the_form_of_a_tax_rule_asks_for_the_place_of_ones_own(user: str) -> None:
	for customer in ("Zq Mine", THERE):
		_address_of(customer)
	assert call(user, _TAX_RULE, party="Zq Mine", party_type="customer").message["billing_city"] == "ZQCITY"
	theirs, none = (call(user, _TAX_RULE, party=name, party_type="customer") for name in (THERE, NOT_THERE))
	assert (theirs.status, theirs.text.replace(THERE, NOT_THERE)) == (404, none.text)
	assert "ZQCITY" not in call(user, _TAX_RULE, party=THERE, party_type="Cústomer").text


@pytest.mark.parametrize("kind", ["customer", ["=", "Customer"], ["like", "Cust%"], 0])
def test_the_bank_account_of_a_customer_of_others_is_not_told(user: str, kind: object) -> None:
	_bank_account_of(THERE)
	path = "erpnext.accounts.party.get_party_bank_account"
	assert "ZQSECRET" not in call(user, path, party_type=kind, party=THERE).text


def test_the_contact_of_a_shipment_is_not_that_of_others(user: str) -> None:
	name = foreign_contact()
	path = "erpnext.stock.doctype.shipment.shipment.get_contact_name"
	assert name not in call(user, path, ref_doctype="customer", docname=THERE).text


def test_who_follows_a_customer_of_others_is_not_told(user: str) -> None:
	follow = {"doctype": "Document Follow", "ref_doctype": "Customer", "ref_docname": THERE}
	frappe.get_doc({**follow, "user": "Administrator"}).db_insert()
	path = "frappe.desk.form.document_follow.get_follow_users"
	assert "Administrator" not in call(user, path, doctype="customer", doc_name=THERE).text


@pytest.mark.parametrize("kind", ["payment entry", "Payment Entry "])
def test_a_form_that_is_not_saved_tells_no_allocations_of_others(user: str, kind: str) -> None:
	invoice = documents.sales("Sales Invoice", THERE, branch="Agra").name
	payment = documents.get_payment_entry("Sales Invoice", invoice, bank_account=documents.account("Cash"))
	payment.update({"reference_no": "1", "reference_date": nowdate()})
	payment.insert().submit()
	form = {"doctype": "Unreconcile Payment", "company": COMPANY, "voucher_type": kind}
	form |= {"voucher_no": payment.name, "name": "new-unreconcile-payment-1", "__islocal": 1}
	answer = call(user, "run_doc_method", docs=json.dumps(form), method="get_allocations_from_payment")
	assert invoice not in answer.text


def test_a_request_for_payment_shows_no_bank_account_of_others(user: str) -> None:
	_bank_account_of(THERE)
	order = documents.sales("Sales Order", "Zq Mine", branch="Delhi").name
	answer = call(user, _REQUEST, dt="Sales Order", dn=order, party_type="customer", party=THERE)
	assert "ZQSECRET" not in answer.text


def test_a_buyer_asks_for_no_bank_account_of_others(buyer: str, portal: Portal) -> None:
	_bank_account_of("Foreign")
	asked = {"dt": "Sales Order", "dn": portal.own["Sales Order"], "mute_email": 1}
	answer = call(buyer, _REQUEST, party_type="customer", party="Foreign", **asked)
	assert "ZQSECRET" not in answer.text


@pytest.mark.parametrize("path", ["frappe.client.has_permission", "frappe.realtime.can_subscribe_doc"])
def test_nobody_is_told_what_there_is(user: str, path: str) -> None:
	one, other = _both(user, path, doctype="customer")
	assert one.status == other.status


def test_a_guest_is_not_told_what_there_is(user: str) -> None:
	one, other = _both("Guest", "frappe.realtime.can_subscribe_doc", doctype="customer")
	assert one.status == other.status


def test_a_buyer_is_not_told_what_there_is(buyer: str) -> None:
	one, other = _both(buyer, "frappe.client.has_permission", "Foreign", "Nobody", doctype="customer")
	assert one.status == other.status


def test_a_path_of_a_document_is_no_other_spelling(user: str) -> None:
	one, other = (send(user, "GET", f"/api/resource/customer/{name}") for name in (THERE, NOT_THERE))
	assert one.status == other.status == 404


@pytest.mark.parametrize("kind", ["customer", "Customer "])
@pytest.mark.parametrize("doc", LINKING, ids=[doc["doctype"] for doc in LINKING])
def test_no_document_links_by_another_spelling(user: str, doc: dict, kind: str) -> None:
	def sent(name: str) -> dict:
		text = frappe.as_json(doc).replace('"customer"', f'"{kind}"')
		return frappe.parse_json(text.replace(THERE, name))

	one, other = (call(user, "frappe.client.insert", doc=sent(name)) for name in (THERE, NOT_THERE))
	assert one.status != 200
	assert (one.status, one.text.replace(THERE, NOT_THERE)) == (other.status, other.text)


def test_a_report_is_run_without_what_it_is_run_without(user: str) -> None:
	"""Whatever its name is spelt like."""
	name, left_out = next(iter(report_classes.LEFT_OUT.items()))
	assert report_queries.filters_left_out(name.lower()) == left_out


def test_what_people_write_is_no_kind(user: str) -> None:
	"""Nor are kinds that branches do not limit."""
	note = {"doctype": "Note", "title": "zq", "content": "customer"}
	assert call(user, "frappe.client.insert", doc=note).status == 200
	assert call(user, "frappe.client.get_list", doctype="Item", fields=["name"]).status == 200
