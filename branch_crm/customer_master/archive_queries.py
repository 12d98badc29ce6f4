"""What is stored of the archive."""

import frappe
from frappe.model.document import Document

FIELDS = ("archived", "archived_on", "archived_by", "archive_reason", "disabled_before_archive")


def stored(doc: Document) -> dict:
	"""The fields of the archive as they are stored; of a new party they are empty."""
	values = None if doc.is_new() else frappe.db.get_value(doc.doctype, doc.name, FIELDS, as_dict=True)
	return values or dict.fromkeys(FIELDS)
