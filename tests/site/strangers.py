"""Somebody of Delhi with every role that branches limit, and a secret of Agra, for the tests."""

import frappe
import pytest
from frappe.utils import nowdate

from tests.site import documents, goods
from tests.site.company import make_contact, make_customer, make_tree, make_user, roles_of_branches, switch_on
from tests.site.documents import COMPANY, ITEM
from tests.site.http_requests import Answer, call

RFQ = "erpnext.buying.doctype.request_for_quotation.request_for_quotation.get_rfq_containing_supplier"
REQUESTS = "erpnext.stock.doctype.material_request.material_request.get_material_requests_based_on_supplier"
QUERIES = "erpnext.controllers.queries."
THERE, NOT_THERE = "Zq Other", "Zq Nobody"
MAIL = "secret@other.example"


@pytest.fixture
def user() -> str:
	"""Somebody of Delhi with every role of branches; the secret is Agra's."""
	make_tree()
	documents.make_item()
	user = make_user("attacker", "Delhi", roles=roles_of_branches())
	make_customer("Zq Mine", "Delhi")
	make_customer(THERE, "Agra")
	make_customer("Zq Shared", "Delhi", "Agra")
	goods.make_supplier("Zq Maker", "Delhi", "Agra")
	frappe.db.set_value("Customer", THERE, "tax_id", "ZQSECRET")
	switch_on()
	# what the database said of faulty queries of earlier tests
	frappe.local.debug_log = []
	return user


def same(one: Answer, other: Answer) -> bool:
	return (one.status, one.text.replace(THERE, NOT_THERE)) == (other.status, other.text)


def searched(user: str, path: str, filters: dict, txt: str = "", via_link: bool = False) -> Answer:
	asked = {
		"doctype": "Item",
		"txt": txt,
		"searchfield": "name",
		"start": 0,
		"page_len": 20,
		"filters": filters,
	}
	if via_link:
		asked.pop("page_len")
		return call(user, "frappe.desk.search.search_link", query=path, **asked)
	return call(user, path, **asked)


def bought() -> tuple[str, str]:
	"""A request for material, and one for quotations, of Agra, for a supplier of both branches."""
	item = frappe.get_doc("Item", ITEM)
	item.item_defaults[0].default_supplier = "Zq Maker"
	item.save()
	row = {"item_code": ITEM, "qty": 1, "schedule_date": nowdate(), "warehouse": goods.warehouse()}
	row |= {"uom": "Nos", "stock_uom": "Nos", "conversion_factor": 1}
	common = {"company": COMPANY, "branch": "Agra", "items": [row], "schedule_date": nowdate()}
	request = {"doctype": "Material Request", "material_request_type": "Purchase", **common}
	quoted = {"doctype": "Request for Quotation", "message_for_supplier": "x", "transaction_date": nowdate()}
	quoted |= {"suppliers": [{"supplier": "Zq Maker"}], **common}
	return tuple(goods.done(frappe.get_doc(values)).name for values in (request, quoted))


def foreign_contact() -> str:
	contact = make_contact("ZQSECRET person", ("Customer", THERE))
	contact.append("email_ids", {"email_id": MAIL, "is_primary": 1})
	return contact.save().name


def payment_of(customer: str) -> dict:
	"""A payment of 5 that somebody of Delhi has typed."""
	payment = {
		"doctype": "Payment Entry",
		"payment_type": "Receive",
		"party_type": "Customer",
		"party": customer,
	}
	payment |= {"company": COMPANY, "branch": "Delhi", "paid_amount": 5, "received_amount": 5}
	payment |= {"paid_from": documents.account("Receivable"), "paid_to": documents.account("Cash")}
	return payment | {"posting_date": nowdate()}
