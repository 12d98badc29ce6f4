"""By what else customers are found in link fields: the setting of Frappe's Customize Form, which others change as well."""

import frappe
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

SEARCHED = {"Customer": ("customer_code", "trading_name")}
_SETTER = {"doctype_or_field": "DocType", "property": "search_fields"}


def add() -> None:
	for doctype, wanted in SEARCHED.items():
		present = frappe.get_meta(doctype).get_search_fields()
		if missing := [field for field in wanted if field not in present]:
			_set(doctype, [*_of(doctype), *missing])


def remove() -> None:
	"""Leave what others have added."""
	for doctype, added in SEARCHED.items():
		rest = [field for field in _of(doctype) if field not in added]
		standard = frappe.db.get_value("DocType", doctype, "search_fields") or ""
		if rest == _split(standard):
			frappe.db.delete("Property Setter", {"doc_type": doctype, **_SETTER})
			frappe.clear_cache(doctype=doctype)
		else:
			_set(doctype, rest)


def _of(doctype: str) -> list[str]:
	return _split(frappe.get_meta(doctype).search_fields)


def _split(fields: str | None) -> list[str]:
	return [field.strip() for field in (fields or "").split(",") if field.strip()]


def _set(doctype: str, fields: list[str]) -> None:
	make_property_setter(doctype, None, "search_fields", ",".join(fields), "Data", for_doctype=True)
	frappe.clear_cache(doctype=doctype)
