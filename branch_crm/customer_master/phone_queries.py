"""In which country a phone number is dialled that names none."""

from collections.abc import Iterator

import frappe
from frappe.model.document import Document

from branch_crm.customer_master.statutory_queries import PARTIES, country_code


def country_of_party(party: Document) -> str | None:
	"""The two letters of ISO 3166: of the customer or supplier, of its primary address, or of the site."""
	address = party.get(f"{party.doctype.lower()}_primary_address")
	country = party.get("country") or _of("Address", address)
	return country_code(country or _usual())


def country_of_contact(contact: Document) -> str | None:
	"""Of its address, of the first of its parties that has one, or of the site."""
	return country_code(next(filter(None, _countries(contact)), None))


def is_of_lead(party: Document) -> bool:
	"""Whether the mobile number is that of the lead that the party is made from."""
	lead = party.get("lead_name")
	return bool(lead) and frappe.db.get_value("Lead", lead, "mobile_no") == party.mobile_no


def _countries(contact: Document) -> Iterator[str | None]:
	yield _of("Address", contact.get("address"))
	for link in contact.links:
		if link.link_doctype in PARTIES and link.link_name:
			if frappe.get_meta(link.link_doctype).has_field("country"):
				yield _of(link.link_doctype, link.link_name)
			field = f"{link.link_doctype.lower()}_primary_address"
			yield _of("Address", frappe.db.get_value(link.link_doctype, link.link_name, field))
	yield _usual()


def _of(doctype: str, name: str | None) -> str | None:
	return frappe.db.get_value(doctype, name, "country") if name else None


def _usual() -> str | None:
	return frappe.db.get_single_value("System Settings", "country")
