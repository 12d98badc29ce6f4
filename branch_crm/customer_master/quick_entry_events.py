"""A customer that is made with its contact and its address at once. ERPNext makes both from what is sent beside the fields
of the customer, in the same transaction."""

import frappe
from erpnext.selling.doctype.customer.customer import make_contact, parse_full_name
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr

# of an address, as ERPNext takes it; without the first line it would take nothing of it
_ADDRESS = ("address_line2", "city", "state", "pincode")
# the person whom the primary contact names
_PERSON = "contact_name"


class QuickEntryError(frappe.ValidationError):
	pass


def refuse_half_address(doc: Document, method: str | None = None) -> None:
	"""Raises:
	QuickEntryError: something of an address was sent without its first line, and would be lost.
	"""
	if doc.is_new() and not _sent(doc, "address_line1") and any(_sent(doc, field) for field in _ADDRESS):
		frappe.throw(
			_("Write the first line of the address, or leave the address out."),
			QuickEntryError,
			title=_("Address"),
		)
	# ERPNext makes one only where none was chosen
	doc.flags.names_contact = doc.is_new() and not doc.customer_primary_contact


def name_contact(doc: Document, method: str | None = None) -> None:
	"""Give the primary contact that ERPNext has made, or one that is made now, the name of its person."""
	if not doc.flags.names_contact or not _sent(doc, _PERSON):
		return
	if doc.customer_primary_contact:
		contact = frappe.get_doc("Contact", doc.customer_primary_contact)
	else:
		contact = make_contact(doc)
		doc.db_set("customer_primary_contact", contact.name)
	contact.first_name, contact.middle_name, contact.last_name = parse_full_name(_sent(doc, _PERSON))
	contact.save(ignore_permissions=doc.flags.ignore_permissions)
	doc.flags.names_contact = False


def _sent(doc: Document, fieldname: str) -> str:
	"""What was sent beside the fields of the customer; a field of that name that somebody made is none of ours."""
	return "" if doc.meta.has_field(fieldname) else cstr(doc.get(fieldname)).strip()
