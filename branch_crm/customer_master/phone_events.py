"""Phone numbers are kept as they are dialled from anywhere; those from before stay until somebody changes them."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.customer_master import phone_queries
from branch_crm.customer_master.phone_rules import LONGEST, PhoneFault, judge_phone


class PhoneNumberError(frappe.ValidationError):
	pass


def normalize_phones(doc: Document, method: str | None = None) -> None:
	"""Before Frappe takes the primary ones of a contact from its rows.

	Raises:
	        PhoneNumberError: a number that somebody typed cannot be one. What the system takes over from elsewhere, as
	                from a lead or a web form, is kept as it came, or else the person would be lost with the number.
	"""
	before = doc.get_doc_before_save()
	stored = {row.name: row.phone for row in before.phone_nos} if before else {}
	for row in doc.phone_nos:
		if row.phone and row.phone != stored.get(row.name):
			row.phone = _kept(
				row.phone, phone_queries.country_of_contact(doc), doc, _("Row {0}: ").format(row.idx)
			)


def normalize_mobile(doc: Document, method: str | None = None) -> None:
	"""The same for the number that ERPNext makes the primary contact of a customer or supplier with.

	Raises:
	        PhoneNumberError: as above.
	"""
	is_typed = doc.get("mobile_no") and not doc.get(f"{doc.doctype.lower()}_primary_contact")
	if is_typed and doc.has_value_changed("mobile_no"):
		doc.flags.takes_over = phone_queries.is_of_lead(doc)
		doc.mobile_no = _kept(doc.mobile_no, phone_queries.country_of_party(doc), doc)


def _kept(number: str, country: str | None, doc: Document, place: str = "") -> str:
	judged = judge_phone(number, country)
	if judged.fault and not (doc.flags.ignore_permissions or doc.flags.takes_over):
		# without the number: errors are kept, and read by others
		sentences = {
			PhoneFault.IMPOSSIBLE: _(
				"This is no phone number. Write one number with its country code, as +91 22 2345 6789."
			),
			PhoneFault.COUNTRY_UNKNOWN: _(
				"Nothing says which country this phone number is of. Write it with its country code, as +91 22 2345 6789."
			),
			PhoneFault.TOO_LONG: _(
				"This phone number with its extension is longer than {0} characters. Leave the extension out."
			).format(LONGEST),
		}
		frappe.throw(place + sentences[judged.fault], PhoneNumberError, title=_("Phone Number"))
	return judged.number
