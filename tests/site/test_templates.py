"""Templates that limited people write are filled in by others, and ask nothing of the database then."""

import frappe
import pytest

from branch_crm.branch_access import authoring_events
from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.demo.records import COMPANY
from tests.site.company import KEEPERS, as_user, make_contact, make_customer, make_tree, make_user, switch_on
from tests.site.documents import sales
from tests.site.http_requests import send

ACCOUNTS = ("Accounts User", "Accounts Manager")


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	make_customer("Own", "Delhi")


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=(*KEEPERS, *ACCOUNTS))


FILLED_IN = {
	"Terms and Conditions": {"title": "Zq", "selling": 1, "terms": ""},
	"Contract Template": {"title": "Zq", "contract_terms": ""},
	"Payment Gateway Account": {"message": ""},
	"Cheque Print Template": {"bank_name": "Zq", "message_to_show": ""},
	"Stock Settings": {"naming_series_prefix": ""},
	"Email Account": {"auto_reply_message": ""},
}  # fmt: skip
# what Frappe makes a call of when it stores it, and what it takes for another template
REACHING = (
	"{{ frappe.get_all('Customer') }}",
	"{{ doc.reload() }}",
	"{{ doc",
	"<p>{</b>{ doc.reload() }}</p>",
)
REACHING += ("templates/print_format/macros/HTML.html",)


@pytest.mark.parametrize("doctype", FILLED_IN)
def test_a_template_of_a_limited_person_writes_values_out(delhi: str, doctype: str) -> None:
	field = list(FILLED_IN[doctype])[-1]
	switch_on()
	with as_user(delhi):
		for text in REACHING:
			with pytest.raises(OutOfScopeError, match="sk head office"):
				authoring_events.refuse_code(
					frappe.get_doc({"doctype": doctype, **FILLED_IN[doctype], field: text})
				)
		authoring_events.refuse_code(
			frappe.get_doc({"doctype": doctype, **FILLED_IN[doctype], field: "Dear {{ customer }}"})
		)


def test_a_stored_template_is_saved_as_it_is(delhi: str) -> None:
	values = {"doctype": "Terms and Conditions", "title": "Zq", "selling": 1}
	stored = frappe.get_doc({**values, "terms": "{{ frappe.get_all('Customer') }}"}).insert()
	switch_on()
	with as_user(delhi):
		doc = frappe.get_doc(values["doctype"], stored.name).update({"buying": 1}).save()
		with pytest.raises(OutOfScopeError):
			doc.update({"terms": "{{ frappe.get_all('Supplier') }}"}).save()
		doc = frappe.get_doc({**values, "title": "Zq 2", "terms": "Dear {{ customer }}"}).insert()
		with pytest.raises(OutOfScopeError):
			doc.update({"terms": "{{ frappe.get_all('Customer') }}"}).save()


def test_a_letter_of_a_dunning_type_is_a_template_too(delhi: str) -> None:
	values = {"doctype": "Dunning Type", "dunning_type": "Zq", "company": COMPANY}
	letter = {"language": "en", "body_text": "{{ doc.reload() }}"}
	doc = frappe.get_doc({**values, "dunning_letter_text": [{**letter, "body_text": "Zq"}]}).insert()
	switch_on()
	with as_user(delhi):
		doc.append("dunning_letter_text", letter)
		with pytest.raises(OutOfScopeError):
			doc.save()
		row = frappe.get_doc("Dunning Letter Text", doc.dunning_letter_text[0].name)
		with pytest.raises(OutOfScopeError):
			row.update(letter).save()


def test_a_picture_in_a_template_brings_no_call_by_its_name(delhi: str) -> None:
	picture = (
		"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
	)
	name = "filename={/{ frappe.get_all(doc.doctype) }/}.png"
	terms = f'<img src="data:image/png;{name};base64,{picture}">'
	switch_on()
	with as_user(delhi), pytest.raises(OutOfScopeError):
		frappe.get_doc(
			{"doctype": "Terms and Conditions", "title": "Zq", "selling": 1, "terms": terms}
		).insert()


def test_a_payment_request_mails_values_of_its_own_invoice(delhi: str) -> None:
	invoice = sales("Sales Invoice", "Own", branch="Delhi")
	values = {"reference_doctype": "Sales Invoice", "reference_name": invoice.name, "grand_total": 40}
	values |= {"payment_request_type": "Inward", "company": COMPANY, "email_to": "zq@zq.example"}
	values |= {"currency": invoice.currency, "party_type": "Customer", "party": "Own", "subject": "Zq"}
	switch_on()
	for text in REACHING:
		answer = send(delhi, "POST", "/api/resource/Payment Request", **values, message=text)
		assert answer.status == 403, text
	text = "{{ doc.name }} {{ doc.get_formatted('grand_total') }} {{ payment_url }}"
	answer = send(delhi, "POST", "/api/resource/Payment Request", **values, message=text)
	assert answer.status == 200
	name = answer.message["name"]
	assert send(delhi, "PUT", f"/api/resource/Payment Request/{name}", message=REACHING[0]).status == 403
	# what `resend_payment_email` mails, with a print beside it
	with as_user(delhi):
		assert frappe.get_doc("Payment Request", name).get_message().startswith(invoice.name)


def test_the_name_of_a_contact_is_no_template_in_a_payment_request(delhi: str) -> None:
	contact = make_contact("{{ doc.as_json() }}", ("Customer", "Own")).name
	invoice = sales("Sales Invoice", "Own", branch="Delhi", contact_person=contact)
	path = "erpnext.accounts.doctype.payment_request.payment_request.make_payment_request"
	values = {"dt": "Sales Invoice", "dn": invoice.name, "submit_doc": 1, "mute_email": 1}
	switch_on()
	assert send(delhi, "POST", f"/api/method/{path}", **values).status == 403
	invoice.db_set("contact_person", None)
	assert send(delhi, "POST", f"/api/method/{path}", **values).status == 200


def test_a_field_of_a_limited_person_computes_nothing(delhi: str) -> None:
	field = {"doctype": "Custom Field", "dt": "Item", "fieldname": "zq", "label": "Zq"}
	switch_on()
	with as_user(delhi):
		for values in (
			{"fieldtype": "Data", "is_virtual": 1, "options": "frappe.get_all('Customer')"},
			{"fieldtype": "HTML", "options": "{{ frappe.get_all('Customer') }}"},
		):
			with pytest.raises(OutOfScopeError):
				frappe.get_doc({**field, **values}).insert()
