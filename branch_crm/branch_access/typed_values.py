"""What REST and programs send becomes what its field holds, before rules read it: JSON has numbers where a field has
text, and text where it has a day."""

from frappe.model.document import Document
from frappe.utils import cast, cstr

_TEXTS = ("Data", "Small Text", "Text", "Text Editor", "Phone", "Read Only", "Select", "Link", "Dynamic Link")
_READ = ("Currency", "Float", "Percent", "Int", "Date")


def type_values(doc: Document, method: str | None = None) -> None:
	"""Raises:
	frappe.ValidationError: something that is no day stands where a day belongs.
	"""
	for one in (doc, *doc.get_all_children()):
		for field in one.meta.fields:
			value = one.get(field.fieldname)
			if value in (None, ""):
				continue
			if field.fieldtype in _TEXTS and not isinstance(value, str):
				one.set(field.fieldname, cstr(value))
			elif field.fieldtype in _READ and isinstance(value, str):
				one.set(field.fieldname, cast(field.fieldtype, value))
