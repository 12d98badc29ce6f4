"""A customer made at once with its names, its contact, its phone and its address; and how phone numbers are kept."""

import frappe
import pytest
from erpnext.crm.doctype.lead.lead import make_customer as make_customer_of_lead
from frappe.model.document import Document

from branch_crm.customer_master.phone_events import PhoneNumberError
from tests.site import documents
from tests.site.company import listed, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import Answer, call

# as the desk's dialog sends it, an address beside the fields of the customer
ENTRY = {
	"doctype": "Customer",
	"name": "new-customer-quick",
	"__islocal": 1,
	"__unsaved": 1,
	"customer_name": "Quick & Sons",
	"customer_type": "Company",
	"trading_name": "Quickies",
	"gstin": "24AAQCA8719H1ZC",
	"contact_name": "Asha Rao Mehta",
	"email_id": "asha@quick.example",
	"mobile_no": "098200-12345",
	"address_line1": "1 Ring Road",
	"city": "Surat",
	"state": "Gujarat",
	"pincode": "395001",
	"country": "India",
}


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


@pytest.fixture
def delhi() -> str:
	user = make_user("delhi", "Delhi")
	switch_on()
	return user


def _entered(user: str, **values) -> Answer:
	return call(user, "frappe.client.save", doc=frappe.as_json({**ENTRY, **values}))


def _made(answer: Answer) -> Document:
	assert answer.status == 200, answer.text
	return frappe.get_doc("Customer", answer.message["name"])


def test_customer_contact_and_address_are_made_at_once(delhi: str) -> None:
	customer = _made(_entered(delhi))
	assert (customer.trading_name, customer.pan, customer.country) == ("Quickies", "AAQCA8719H", "India")
	assert [(row.branch, row.is_primary) for row in customer.branches] == [("Delhi", 1)]
	contact = frappe.get_doc("Contact", customer.customer_primary_contact)
	assert (contact.first_name, contact.middle_name, contact.last_name) == ("Asha", "Rao", "Mehta")
	assert (contact.company_name, contact.email_id) == ("Quick & Sons", "asha@quick.example")
	assert contact.mobile_no == contact.phone_nos[0].phone == customer.mobile_no == "+919820012345"
	address = frappe.get_doc("Address", customer.customer_primary_address)
	assert (address.address_line1, address.city, address.is_primary_address) == ("1 Ring Road", "Surat", 1)
	for doc in (contact, address):
		assert [(link.link_doctype, link.link_name) for link in doc.links] == [("Customer", customer.name)]
	mumbai = make_user("mumbai", "Mumbai")
	for doctype, name in (("Contact", contact.name), ("Address", address.name), ("Customer", customer.name)):
		assert (name in listed(delhi, doctype), name in listed(mumbai, doctype)) == (True, False), doctype


def test_head_office_chooses_the_branch() -> None:
	switch_on()
	row = {"doctype": "Branch Assignment", "branch": "Mumbai", "is_primary": 1, "__islocal": 1}
	customer = _made(_entered("Administrator", branches=[row]))
	assert [row.branch for row in customer.branches] == ["Mumbai"]


def test_nobody_enters_for_another_branch(delhi: str) -> None:
	row = {"doctype": "Branch Assignment", "branch": "Mumbai", "is_primary": 1, "__islocal": 1}
	assert _entered(delhi, branches=[row]).status in (403, 404)


@pytest.mark.parametrize(
	("values", "sentence"),
	[
		({"mobile_no": "12345"}, "This is no phone number"),
		({"city": ""}, "City"),
		({"address_line1": ""}, "first line"),
		({"gstin": "24AAQCA8719H1ZD"}, "mistyped"),
		({"email_id": "nobody"}, "not a valid Email"),
	],
)
def test_nothing_is_made_where_one_part_is_wrong(delhi: str, values: dict, sentence: str) -> None:
	answer = _entered(delhi, **values)
	assert answer.status == 417, answer.text
	assert sentence in answer.text
	assert "12345" not in answer.text or "mobile_no" not in values
	for doctype, field in (
		("Customer", "customer_name"),
		("Contact", "company_name"),
		("Address", "address_title"),
	):
		assert not frappe.db.exists(doctype, {field: "Quick & Sons"}), doctype


def test_a_person_without_mail_and_phone_is_the_contact_all_the_same(delhi: str) -> None:
	customer = _made(_entered(delhi, email_id="", mobile_no=""))
	assert frappe.db.get_value("Contact", customer.customer_primary_contact, "full_name") == "Asha Rao Mehta"


def test_a_contact_that_was_there_keeps_its_name(delhi: str) -> None:
	customer = _made(_entered(delhi))
	contact = customer.customer_primary_contact
	customer.contact_name = "Somebody Else"
	customer.save()
	other = {**ENTRY, "customer_name": "Other", "gstin": "", "customer_primary_contact": contact}
	frappe.get_doc(other).insert()
	assert frappe.db.get_value("Contact", contact, "full_name") == "Asha Rao Mehta"


def test_an_individual_needs_no_more_than_a_name_and_a_number(delhi: str) -> None:
	entry = {"customer_name": "Ravi Iyer", "customer_type": "Individual", "gstin": "", "contact_name": ""}
	customer = _made(_entered(delhi, **entry))
	assert frappe.db.get_value("Contact", customer.customer_primary_contact, "full_name") == "Ravi Iyer"


# phone numbers


def _contact(*phones: str, **values) -> Document:
	rows = [{"phone": phone, "is_primary_phone": not index} for index, phone in enumerate(phones)]
	return frappe.get_doc({"doctype": "Contact", "first_name": "Called", "phone_nos": rows, **values})


def test_numbers_of_a_contact_are_kept_as_they_are_dialled_from_anywhere() -> None:
	contact = _contact("022 2345 6789 ext. 12", "+49 30 901820").insert()
	assert [row.phone for row in contact.phone_nos] == ["+912223456789 #12", "+4930901820"]
	assert contact.phone == "+912223456789 #12"
	contact.save()
	assert contact.phone == "+912223456789 #12"


def test_the_country_is_that_of_the_address_or_the_party() -> None:
	customer = make_customer("Abroad", "Delhi")
	customer.country = "Germany"
	customer.save()
	links = [{"link_doctype": "Customer", "link_name": "Abroad"}]
	assert _contact("030 901820", links=links).insert().phone == "+4930901820"
	address = {"doctype": "Address", "address_title": "Vienna", "address_line1": "1", "city": "Wien"}
	address = frappe.get_doc({**address, "country": "Austria", "links": links}).insert()
	assert _contact("01 5130000", links=links, address=address.name).insert().phone == "+4315130000"


@pytest.mark.parametrize("phone", ["12345", "98200 12345 / 98200 54321", "022 2345 6789 x1234567"])
def test_what_is_no_number_is_refused_without_repeating_it(phone: str) -> None:
	with pytest.raises(PhoneNumberError, match="Row 1") as refusal:
		_contact(phone).insert()
	assert phone not in str(refusal.value)
	contact = _contact("98200 12345").insert()
	contact.append("phone_nos", {"phone": phone})
	with pytest.raises(PhoneNumberError, match="Row 2"):
		contact.save()


def test_numbers_from_before_stay_until_somebody_changes_them() -> None:
	contact = _contact("98200 12345", "98200 54321").insert()
	for row in contact.phone_nos:
		frappe.db.set_value("Contact Phone", row.name, "phone", f"12{row.idx}")
	contact.reload()
	contact.append("phone_nos", {"phone": "98200 99999"})
	contact.save()
	assert [row.phone for row in contact.phone_nos] == ["121", "122", "+919820099999"]
	contact.phone_nos[1].phone = "123"
	with pytest.raises(PhoneNumberError, match="Row 2"):
		contact.save()


def test_a_lead_is_not_lost_with_its_number() -> None:
	lead = documents.make_lead(mobile_no="12345", phone="98200 12345")
	filters = {"link_doctype": "Lead", "link_name": lead.name, "parenttype": "Contact"}
	contact = frappe.get_doc("Contact", frappe.db.get_value("Dynamic Link", filters, "parent"))
	assert {row.phone for row in contact.phone_nos} == {"12345", "+919820012345"}


@pytest.mark.parametrize("number", ["12345", "98200 12345 / 98200 54321", "call after 6"])
def test_a_lead_becomes_a_customer_whatever_number_it_wrote(number: str) -> None:
	lead = frappe.get_doc(
		{"doctype": "Lead", "first_name": "Zq", "company_name": "Zq Lead", "branch": "Delhi"}
	)
	lead.insert().db_set("mobile_no", number)
	customer = make_customer_of_lead(lead.name).update({"customer_group": "Commercial", "territory": "India"})
	assert customer.insert().mobile_no == number


def test_the_number_of_a_supplier_is_kept_so_too() -> None:
	supplier = {
		"doctype": "Supplier",
		"supplier_name": "Called",
		"country": "Germany",
		"mobile_no": "030 901820",
	}
	assert frappe.get_doc(supplier).insert().mobile_no == "+4930901820"
	with pytest.raises(PhoneNumberError):
		frappe.get_doc({**supplier, "supplier_name": "Not Called", "mobile_no": "1"}).insert()
