"""A branch brings its defaults to its documents; what somebody filled in stays."""

import frappe
from frappe.model.document import Document
from frappe.model.naming import get_default_naming_series

from branch_crm.branch_access import branch_default_queries, origin_queries, registry
from branch_crm.branch_access.registry import BRANCH, By


def take_series(doc: Document, method: str | None = None) -> None:
	"""A new document takes its branch's naming series, unless another one than the usual was chosen."""
	branch = _branch_of(doc)
	if not branch or not doc.meta.has_field("naming_series"):
		return
	if doc.naming_series in (None, "", get_default_naming_series(doc.doctype)):
		doc.naming_series = branch_default_queries.naming_series(doc.doctype, branch) or doc.naming_series


def fill_from_branch(doc: Document, method: str | None = None) -> None:
	"""Fill what is empty on a new document and its rows."""
	branch = _branch_of(doc)
	if not branch or not doc.is_new():
		return
	values = branch_default_queries.values_for(doc, branch)
	filled = {fieldname: value for fieldname, value in values.items() if not doc.get(fieldname)}
	doc.update(filled)
	if filled.get("cost_center"):
		usual = frappe.get_cached_value("Company", doc.get("company"), "cost_center")
		_fill_rows(doc, "cost_center", filled["cost_center"], usual)
	warehouse = frappe.get_cached_value(BRANCH, branch, "warehouse")
	# on the way from an order to the customer goods lie where the order says
	if warehouse and doc.get("set_warehouse") in (None, "", warehouse) and not _goes_on(doc):
		usual = frappe.db.get_single_value("Stock Settings", "default_warehouse", cache=True)
		_fill_rows(doc, "warehouse", warehouse, usual)


def _fill_rows(doc: Document, fieldname: str, value: str, usual: str | None) -> None:
	"""ERPNext gives rows the `usual` value before anybody could choose one."""
	for row in doc.get_all_children():
		if row.meta.has_field(fieldname) and row.get(fieldname) in (None, "", usual):
			row.set(fieldname, value)


def _goes_on(doc: Document) -> bool:
	return bool(origin_queries.branches_continued(doc))


def _branch_of(doc: Document) -> str | None:
	entry = registry.entries().get(doc.doctype)
	if not entry or entry.get("follows") or By(entry["by"]) is not By.COLUMN:
		return None
	return doc.get(registry.branch_field())
