"""A branch brings its defaults to its documents; what somebody filled in stays."""

import frappe
from frappe.model.document import Document
from frappe.model.naming import get_default_naming_series

from branch_crm.branch_access import branch_default_queries, registry
from branch_crm.branch_access.registry import By


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
		_fill_rows(doc, filled["cost_center"])


def _fill_rows(doc: Document, cost_center: str) -> None:
	"""Frappe gives rows the company's cost center before anybody could choose one."""
	usual = frappe.get_cached_value("Company", doc.get("company"), "cost_center")
	for row in doc.get_all_children():
		if row.meta.has_field("cost_center") and row.get("cost_center") in (None, "", usual):
			row.set("cost_center", cost_center)


def _branch_of(doc: Document) -> str | None:
	entry = registry.entries().get(doc.doctype)
	if not entry or entry.get("follows") or By(entry["by"]) is not By.COLUMN:
		return None
	return doc.get(registry.branch_field())
