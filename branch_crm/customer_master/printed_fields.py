"""What ERPNext and India Compliance keep out of print and the papers of customers show."""

import frappe
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from branch_crm.customer_master.custom_fields import MODULE

PRINTED = {"Delivery Note": "transporter_name", "Sales Invoice": "transporter_name"}


def add() -> None:
	"""Once; what an administrator makes of it afterwards in Customize Form is his."""
	for doctype, fieldname in PRINTED.items():
		place = {"doc_type": doctype, "field_name": fieldname, "property": "print_hide"}
		if not frappe.db.exists("Property Setter", place):
			setter = make_property_setter(
				doctype, fieldname, "print_hide", "0", "Check", validate_fields_for_doctype=False
			)
			# what has the module goes with the app
			setter.db_set("module", MODULE, update_modified=False)
