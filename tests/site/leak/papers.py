"""Documents of any DocType, filled in from its fields alone, and marks in the texts of documents that exist."""

from collections.abc import Mapping

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, nowdate

from branch_crm.branch_access import guard_queries, registry
from branch_crm.demo.records import COMPANY

_TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor", "HTML Editor", "Markdown Editor")
_NUMBERS = ("Currency", "Float", "Int", "Percent", "Rating", "Duration")
# texts that the code reads
_READ = {
	*("naming_series", "status", "currency", "name", "title", "amended_from", "fieldname", "label", "route"),
	*(
		"api_key",
		"api_secret",
		"reset_password_key",
		"username",
		"mobile_no",
		"phone",
		"phone_no",
		"time_zone",
	),
	*(
		"path",
		"old_parent",
		"pricing_rules",
		"fax",
		"product_bundle_item",
		"purchase_receipt_item",
		"purchase_invoice_item",
		"serial_no",
		"rejected_serial_no",
		"batch_no",
		"email_id",
		"lft",
		"rgt",
		"data",
		"doctype",
		"subscribed_documents",
		"condition",
	),
	*(
		"attached_to_field",
		"scan_barcode",
		"other_charges_calculation",
		"item_tax_rate",
		"uom",
		"stock_uom",
		"conversion_factor",
	),
}


def after_named(doctype: str) -> tuple[int, str]:
	"""By this order what names others comes after them."""
	return _level(doctype), doctype


def _level(doctype: str) -> int:
	if doctype not in registry.naming_doctypes():
		return 0
	named = {to for field in registry.naming_fields(doctype) for to in field.doctypes}
	return 1 + max(map(_level, named))


def paper(doctype: str, word: str, links: Mapping[str, str], /, **values: object) -> Document:
	"""A document of `doctype` put into the database as it is, whatever its class would say to it.

	Arguments:
	        word: what its texts say.
	        links: by DocType the document that links of its fields lead to; of what no branch limits, the first
	                that is there.
	"""
	doc = drafted(doctype, word, links, **values)
	doc.name = values.get("name") or f"{word}-{frappe.generate_hash(length=6)}"
	doc.flags.name_set = True
	doc.docstatus = int(values.get("docstatus", bool(doc.meta.is_submittable)))
	doc.creation = doc.modified = now_datetime()
	doc.owner = doc.modified_by = "Administrator"
	doc.db_insert()
	for row in doc.get_all_children():
		row.parent, row.docstatus = doc.name, doc.docstatus
		row.db_insert()
	return doc


def drafted(doctype: str, word: str, links: Mapping[str, str], /, **values: object) -> Document:
	"""The same as a form holds it before it is saved."""
	doc = frappe.new_doc(doctype)
	doc.update({**_filled(doc.meta, word, links), **values})
	for field in doc.meta.get_table_fields():
		if field.fieldname in values or field.fieldname in ("branches", "links", "team"):
			continue
		doc.append(field.fieldname, _filled(frappe.get_meta(field.options), word, links))
	return doc


def mark(doctype: str, name: str, word: str) -> None:
	"""Put `word` into the free texts of a stored document and of its rows that say nothing yet."""
	doc = frappe.get_doc(doctype, name)
	for part in (doc, *doc.get_all_children()):
		said = {
			field.fieldname: f"{word} {field.fieldname}"[: field.length or 100]
			for field in part.meta.fields
			if field.fieldtype in _TEXTS
			and not (field.options or field.is_virtual or field.fieldname in _READ)
			and not part.get(field.fieldname)
		}
		if said:
			frappe.db.set_value(part.doctype, part.name, said, update_modified=False)


def _filled(meta: object, word: str, links: Mapping[str, str]) -> dict:
	filled: dict[str, object] = {}
	for field in meta.fields:
		if field.is_virtual or field.fieldname in ("amended_from", "parent", "name", "naming_series"):
			continue
		value = _value(field, word, links)
		if value is not None:
			filled[field.fieldname] = value
	for field in meta.get_dynamic_link_fields():
		kinds = _kinds_of(meta.name, field.fieldname)
		kind = filled.get(field.options)
		is_chosen = not kinds and meta.get_field(field.options).fieldtype == "Select"
		if not is_chosen and (kind not in links or (kinds and kind not in kinds)):
			kind = next((one for one in kinds if one in links), "Customer")
		filled |= {field.options: kind, field.fieldname: _linked(kind, links)}
	return filled


def _kinds_of(doctype: str, fieldname: str) -> tuple[str, ...]:
	"""The DocTypes of what a dynamic link may name by which a document is judged."""
	return next(
		(
			one.doctypes
			for naming in registry.naming_doctypes()
			for one in registry.naming_fields(naming)
			if (one.row or naming, one.field) == (doctype, fieldname)
		),
		(),
	)


def _value(field: object, word: str, links: Mapping[str, str]) -> object:
	if field.fieldtype == "Link":
		return _linked(field.options, links)
	if field.fieldtype == "Select":
		return next((option for option in (field.options or "").split("\n") if option), None)
	if field.fieldtype in _TEXTS and field.options not in ("Email", "Phone", "URL", "JSON"):
		return f"{word} {field.fieldname}"[: field.length or 100]
	if field.fieldtype in _NUMBERS:
		return 7 if word.endswith("own") else 11
	if field.fieldtype == "Date":
		return add_days(nowdate(), 30) if "to" in field.fieldname or "end" in field.fieldname else nowdate()
	return now_datetime() if field.fieldtype == "Datetime" else None


def _linked(doctype: str, links: Mapping[str, str]) -> str | None:
	if doctype in links:
		return links[doctype]
	if not frappe.db.exists("DocType", doctype) or frappe.get_meta(doctype).issingle:
		return None
	if guard_queries.is_judged(doctype):
		# not one of the other side
		return None
	if doctype == "Company":
		return COMPANY
	return frappe.db.get_value(doctype, {}, "name", order_by="creation")
