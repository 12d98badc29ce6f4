"""Notes and tags on a customer."""

import frappe
import pytest

from tests.site.company import as_user, listed, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call, send

TAG = "frappe.desk.doctype.tag.tag.add_tag"


@pytest.fixture
def delhi() -> str:
	make_tree()
	make_customer("Noted", "Delhi", "Mumbai")
	make_customer("Theirs", "Mumbai")
	user = make_user("delhi", "Delhi")
	switch_on()
	return user


def _notes() -> list[tuple[str, str]]:
	return [(row.note, row.added_by) for row in frappe.get_doc("Customer", "Noted").crm_notes]


def test_a_note_says_who_wrote_it_and_when(delhi: str) -> None:
	notes = [{"note": "Pays late", "added_by": "Administrator", "added_on": "2001-01-01 00:00:00"}]
	assert send(delhi, "PUT", "/api/resource/Customer/Noted", crm_notes=notes).status == 200
	(written,) = frappe.get_doc("Customer", "Noted").crm_notes
	assert (written.note, written.added_by, written.added_on.year > 2001) == ("Pays late", delhi, True)
	other = make_user("mumbai", "Mumbai")
	with as_user(other):
		customer = frappe.get_doc("Customer", "Noted")
		customer.crm_notes[0].update({"note": "Pays in time", "added_by": other})
		customer.append("crm_notes", {"note": "Asks for Asha"})
		customer.save()
	assert _notes() == [("Pays in time", delhi), ("Asks for Asha", other)]
	kept = frappe.get_doc("Customer", "Noted").crm_notes[0]
	assert (kept.name, kept.added_on) == (written.name, written.added_on)


def test_a_note_that_is_changed_alone_keeps_its_author(delhi: str) -> None:
	customer = frappe.get_doc("Customer", "Noted")
	customer.append("crm_notes", {"note": "Pays late"})
	customer.save()
	path = f"/api/resource/CRM Note/{customer.crm_notes[0].name}"
	assert send("Administrator", "PUT", path, added_by="Guest", note="Pays in time").status == 200
	assert _notes() == [("Pays in time", "Administrator")]
	row = {"parent": "Noted", "parenttype": "Customer", "parentfield": "crm_notes", "note": "Sent alone"}
	assert send(delhi, "POST", "/api/resource/CRM Note", **row, added_by="Guest").status == 200
	assert ("Sent alone", delhi) in _notes()


def test_a_note_on_a_foreign_customer_is_refused(delhi: str) -> None:
	notes = [{"note": "Seen"}]
	assert send(delhi, "PUT", "/api/resource/Customer/Theirs", crm_notes=notes).status in (403, 404)


def test_customers_are_tagged_and_found_by_tag(delhi: str) -> None:
	assert call(delhi, TAG, tag="Zq Key Account", dt="Customer", dn="Noted").status == 200
	assert call(delhi, TAG, tag="Zq Key Account", dt="Customer", dn="Theirs").status in (403, 404)
	frappe.get_doc("Customer", "Noted").save()
	frappe.call(TAG, tag="Zq Key Account", dt="Customer", dn="Theirs")
	with as_user(delhi):
		found = frappe.get_list("Customer", {"_user_tags": ["like", "%Zq Key Account%"]}, pluck="name")
	assert set(found) == {"Noted"} <= listed(delhi)
