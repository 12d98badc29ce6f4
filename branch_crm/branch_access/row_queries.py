"""Every read of the rows that documents name: those of other documents that ERPNext writes into when one is submitted, or
repeats. Few of the fields that name them are links."""

from collections import defaultdict
from collections.abc import Collection, Iterator

import frappe
from frappe.model.document import Document
from frappe.utils.caching import request_cache

from branch_crm.branch_access import argument_rules, doctype_facts, registry
from branch_crm.branch_access.registry import By

# fields that are not called after the table
_CALLED = {
	"so_detail": "Sales Order Item",
	"si_detail": "Sales Invoice Item",
	"dn_detail": "Delivery Note Item",
	"po_detail": "Purchase Order Item",
	"pr_detail": "Purchase Receipt Item",
	"ste_detail": "Stock Entry Detail",
	"pi_detail": "Packed Item",
	"sales_order_packed_item": "Packed Item",
}
_CALLED_IN = {
	("Installation Note Item", "prevdoc_detail_docname"): "Delivery Note Item",
	("Stock Entry Detail", "po_detail"): "Purchase Order Item Supplied",
	# of the document that the row is about
	("Landed Cost Item", "purchase_receipt_item"): "=receipt_document_type",
}
# a bundle's parts stand for its row
_PACKED = "Packed Item"
_OF_PARTIES = (By.PARTIES, By.ASSIGNMENTS)
_HOLDING = ("Data", "Link", "Read Only", "Small Text")

# the document, the part that names its row, the label of the field, the name of the row
Found = tuple[tuple[str, str], Document, str, str]


def documents_named(doc: Document, before: Document | None) -> Iterator[Found]:
	"""The documents whose rows `doc` names, and `before` did not. A row that is not there stands for itself."""
	stored = {name for _part, _label, _table, name in _named(before)} if before else set()
	named = [one for one in _named(doc) if one[3] not in stored]
	wanted: dict[str, set[str]] = defaultdict(set)
	for _part, _label, table, name in named:
		wanted[table].add(name)
	parents = {
		(table, name): at for table, names in wanted.items() for name, at in _parents(table, names).items()
	}
	for part, label, table, name in named:
		yield parents.get((table, name), (table, name)), part, label, name


def _named(doc: Document) -> Iterator[tuple[Document, str, str, str]]:
	for part in (doc, *doc.get_all_children()):
		for fieldname, label, table in _fields(part.doctype):
			if table.startswith("="):
				table = f"{part.get(table[1:])} Item"
			name = part.get(fieldname)
			# ERPNext gives the rows of a form that is not saved yet their names when it saves them
			is_named = isinstance(name, str) and name and not argument_rules.is_unsaved(name, table)
			if is_named and doctype_facts.is_table(table):
				yield part, label, table, name


@request_cache
def _fields(doctype: str) -> list[tuple[str, str, str]]:
	"""The fieldname and label of each field that names a row, and the table of the row."""
	fields = frappe.get_meta(doctype).get("fields", {"fieldtype": ["in", _HOLDING]})
	found = ((field, _table_of(doctype, field)) for field in fields)
	return [(field.fieldname, field.label or field.fieldname, table) for field, table in found if table]


def _table_of(doctype: str, field: Document) -> str | None:
	if field.fieldtype == "Link":
		return field.options if field.options in _tables().values() else None
	called = _CALLED_IN.get((doctype, field.fieldname)) or _CALLED.get(field.fieldname)
	return called or _tables().get(field.fieldname)


@request_cache
def _tables() -> dict[str, str]:
	"""The tables of documents that branches limit, by the name that a field would have; those of parties hold mail
	addresses and the like, which other fields are called after."""
	documents = {name for name in registry.judged_doctypes() if registry.scoping_of(name) not in _OF_PARTIES}
	return {
		frappe.scrub(table): table
		for table in doctype_facts.tables()
		if not documents.isdisjoint(doctype_facts.parents_of(table))
	}


def _parents(table: str, names: Collection[str]) -> dict[str, tuple[str, str]]:
	found = _rows(table, names)
	missing = set(names).difference(found)
	return found | (_rows(_PACKED, missing) if missing and table != _PACKED else {})


def _rows(table: str, names: Collection[str]) -> dict[str, tuple[str, str]]:
	rows = frappe.get_all(table, {"name": ["in", list(names)]}, ["name", "parenttype", "parent"])
	return {row.name: (row.parenttype, row.parent) for row in rows}
