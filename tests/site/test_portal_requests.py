"""What website users call: functions of the desk are closed to them, others answer on their own documents."""

import frappe
import pytest
from erpnext.accounts.doctype.payment_request.payment_request import make_payment_request

from branch_crm.branch_access.refusals import ClosedMethodError
from tests.site.company import as_user, switch_on
from tests.site.documents import make_item
from tests.site.http_requests import call, send
from tests.site.portal import (
	ORDER,
	Portal,
	is_not_there,
	make_more,
	make_portal_user,
	page,
)

PAYMENT = {"reference_doctype": "Payment Request"}
CLOSED = {
	"erpnext.accounts.party.get_party_details": {"party": "Own", "party_type": "Customer"},
	"erpnext.selling.doctype.customer.customer.get_customer_primary_contact": {"doctype": "Customer"},
	"frappe.desk.query_report.run": {"report_name": "Accounts Receivable"},
	"frappe.desk.reportview.get": {"doctype": ORDER, "fields": ["name"]},
	"frappe.desk.form.load.getdoc": {"doctype": ORDER},
	"frappe.desk.notifications.get_open_count": {"doctype": "Customer", "name": "Own"},
	"frappe.model.mapper.make_mapped_doc": {
		"method": "erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice"
	},
	"branch_crm.branch_access.team_api.beside_team": {"branch": "Delhi"},
}


@pytest.mark.parametrize("method", CLOSED)
def test_what_is_for_the_desk_is_closed_whoever_is_named(portal: Portal, rights: None, method: str) -> None:
	switch_on()
	answers = []
	for name in (portal.own[ORDER], portal.foreign[ORDER], "SAL-ORD-0000-00000"):
		answers.append(call(portal.buyer, method, **{"name": name, "source_name": name, **CLOSED[method]}))
	assert len({answer.text for answer in answers}) == 1
	assert isinstance(answers[0].refusal, ClosedMethodError)
	assert answers[0].status == 403
	assert call(portal.buyer, "frappe.auth.get_logged_user").message == portal.buyer


def test_a_query_of_the_desk_does_not_come_in_by_the_search(portal: Portal) -> None:
	switch_on()
	asked = {"doctype": "Customer", "txt": "", "query": "erpnext.controllers.queries.get_income_account"}
	assert isinstance(
		call(portal.buyer, "frappe.desk.search.search_link", **asked).refusal, ClosedMethodError
	)


def test_methods_of_documents_are_called_on_his_own(portal: Portal, rights: None) -> None:
	switch_on()
	asked = {"dt": ORDER, "method": "get_title"}
	refused = call(portal.buyer, "run_doc_method", **asked, dn=portal.foreign[ORDER])
	assert is_not_there(refused, portal.foreign[ORDER])
	# what is not whitelisted Frappe refuses, once the document may be read
	assert call(portal.buyer, "run_doc_method", **asked, dn=portal.own[ORDER]).status == 403


def test_files_follow_their_document_but_his_own(portal: Portal, rights: None) -> None:
	def attach(name: str, to: str | None) -> str:
		file = {"doctype": "File", "file_name": name, "is_private": 1, "content": name}
		return (
			frappe.get_doc({**file, "attached_to_doctype": to and ORDER, "attached_to_name": to})
			.insert()
			.file_url
		)

	urls = {
		to: attach(f"{index}.txt", to) for index, to in enumerate((portal.own[ORDER], portal.foreign[ORDER]))
	}
	with as_user(portal.buyer):
		mine = attach("mine.txt", None)
	switch_on()
	for url, status in ((urls[portal.own[ORDER]], 200), (mine, 200), (urls[portal.foreign[ORDER]], 404)):
		assert call(portal.buyer, "download_file", file_url=url).status == status, url
	upload = {"doctype": ORDER, "docname": portal.foreign[ORDER]}
	assert is_not_there(call(portal.buyer, "upload_file", **upload), portal.foreign[ORDER])


def test_comments_stay_with_his_own_documents(portal: Portal, rights: None) -> None:
	switch_on()
	said = {
		"comment": "Hello there",
		"comment_email": portal.buyer,
		"comment_by": "B",
		"reference_doctype": ORDER,
	}
	add = "frappe.templates.includes.comments.comments.add_comment"
	refused = call(portal.buyer, add, **said, reference_name=portal.foreign[ORDER], route="x")
	assert is_not_there(refused, portal.foreign[ORDER])
	frappe.get_doc(ORDER, portal.foreign[ORDER]).add_comment("Comment", "secret")
	frappe.get_doc(ORDER, portal.own[ORDER]).add_comment("Comment", "for you")
	with as_user(portal.buyer):
		of_orders = {"reference_doctype": ORDER, "comment_type": "Comment"}
		assert frappe.get_list("Comment", of_orders, pluck="content") == ["for you"]


def test_payment_is_asked_for_his_own_invoice_only(portal: Portal) -> None:
	make_more(portal)
	switch_on()
	ask = "erpnext.accounts.doctype.payment_request.payment_request.make_payment_request"
	for user, status in ((portal.buyer, 404), ("Guest", 403)):
		for name in (portal.foreign["Sales Invoice"], "ACC-SINV-0000-00000"):
			assert call(user, ask, dt="Sales Invoice", dn=name).status == status
	asked = call(portal.buyer, ask, dt="Sales Invoice", dn=portal.own["Sales Invoice"]).message
	assert asked["party"] == "Own"
	foreign = frappe.get_doc("Payment Request", asked["name"])
	frappe.db.set_value("Payment Request", foreign.name, "party", "Foreign")
	resend = "erpnext.accounts.doctype.payment_request.payment_request.resend_payment_email"
	assert call(portal.buyer, resend, docname=foreign.name).status == 403


def test_guests_are_not_told_which_payments_are_asked_for(portal: Portal) -> None:
	make_more(portal)
	invoice = {"dt": "Sales Invoice", "dn": portal.foreign["Sales Invoice"]}
	asked = make_payment_request(**invoice, return_doc=True, submit_doc=False).name
	switch_on()
	for verb, path in (("GET", "resource"), ("DELETE", "resource"), ("PATCH", "v2/document")):
		there, missing = (
			send("Guest", verb, f"/api/{path}/Payment Request/{one}") for one in (asked, "none")
		)
		assert (there.status, there.text) == (missing.status, missing.text)
		assert there.status == 403
	resend = "erpnext.accounts.doctype.payment_request.payment_request.resend_payment_email"
	there, missing = (call("Guest", resend, docname=one) for one in (asked, "none"))
	assert (there.status, there.text) == (missing.status, missing.text)
	for name in (asked, "none"):
		assert page("Guest", "/printview", doctype="Payment Request", name=name).status == 403
		assert page("Guest", f"/Payment Request/{name}").status == 403
	assert page("Guest", "/stripe_checkout", reference_docname=asked, **PAYMENT).status != 403


@pytest.mark.parametrize(
	"method", ["frappe.www.printview.get_html_and_style", "frappe.utils.print_format.download_pdf"]
)
def test_prints_of_others_are_not_there(portal: Portal, method: str) -> None:
	switch_on()
	key = "doc" if "html" in method else "doctype"
	answers = [
		call(portal.buyer, method, **{key: ORDER, "name": name}) for name in (portal.foreign[ORDER], "none")
	]
	assert is_not_there(answers[0], portal.foreign[ORDER]) and is_not_there(answers[1], "none")
	assert page(portal.buyer, "/printview", doctype=ORDER, name=portal.foreign[ORDER]).status == 404


def test_his_own_is_printed(portal: Portal, rights: None) -> None:
	switch_on()
	printed = call(portal.buyer, "frappe.www.printview.get_html_and_style", doc=ORDER, name=portal.own[ORDER])
	assert portal.own[ORDER] in printed.message["html"]


def make_supplier(name: str) -> str:
	supplier = {"doctype": "Supplier", "supplier_name": name, "supplier_group": "Services"}
	branches = [{"branch": "Delhi", "is_primary": 1}]
	return frappe.get_doc({**supplier, "branches": branches}).insert().name


def request_for_quotation(*suppliers: str) -> object:
	return (
		frappe.get_doc(
			{
				"doctype": "Request for Quotation",
				"company": frappe.defaults.get_defaults().company,
				"branch": "Delhi",
				"message_for_supplier": "Please",
				"suppliers": [{"supplier": supplier, "send_email": 0} for supplier in suppliers],
				"items": [
					{
						"item_code": make_item(),
						"item_name": "Service",
						"qty": 1,
						"uom": "Nos",
						"conversion_factor": 1,
						"schedule_date": frappe.utils.nowdate(),
					}
				],
			}
		)
		.insert()
		.submit()
	)


def test_a_supplier_answers_requests_that_name_him(portal: Portal) -> None:
	seller = make_portal_user("seller", ("Supplier", make_supplier("Ours")), roles=("Supplier",))
	make_supplier("Theirs")
	own, foreign = request_for_quotation("Ours", "Theirs"), request_for_quotation("Theirs")
	switch_on()
	assert page(seller, f"/rfq/{own.name}").status == 200
	assert page(seller, f"/rfq/{foreign.name}").status == page(seller, "/rfq/none").status == 404
	answer = "erpnext.buying.doctype.request_for_quotation.request_for_quotation.create_supplier_quotation"

	def sent(rfq: object, supplier: str) -> dict:
		rows = [{**row.as_dict(convert_dates_to_str=True), "rate": 5} for row in rfq.items]
		return {"supplier": supplier, "company": rfq.company, "items": rows}

	made = call(seller, answer, doc=sent(own, "Ours"))
	assert frappe.db.get_value("Supplier Quotation", made.message, "supplier") == "Ours"
	assert call(seller, answer, doc=sent(own, "Theirs")).status == 404
	assert call(seller, answer, doc=sent(foreign, "Ours")).status == 404


def test_a_purchase_order_of_another_is_not_invoiced(portal: Portal) -> None:
	seller = make_portal_user("seller", ("Supplier", make_supplier("Ours")), roles=("Supplier",))
	make_supplier("Theirs")
	row = {"item_code": make_item(), "qty": 1, "rate": 100, "schedule_date": frappe.utils.nowdate()}
	orders = {
		supplier: frappe.get_doc(
			{"doctype": "Purchase Order", "supplier": supplier, "branch": "Delhi", "items": [row]}
		)
		.insert()
		.submit()
		.name
		for supplier in ("Ours", "Theirs")
	}
	switch_on()
	make = "erpnext.buying.doctype.purchase_order.purchase_order.make_purchase_invoice_from_portal"
	assert is_not_there(call(seller, make, purchase_order_name=orders["Theirs"]), orders["Theirs"])
	# ERPNext itself asks for the contact that stands on the order
	assert str(call(seller, make, purchase_order_name=orders["Ours"]).refusal) == "Not Permitted"
