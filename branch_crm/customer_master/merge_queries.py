"""Everything that a merge reads: both sides, what names them, and what they say differently."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import frappe
from frappe import _
from frappe.model import display_fieldtypes, no_value_fields, table_fields
from frappe.model.document import Document
from frappe.model.dynamic_links import get_dynamic_links
from frappe.model.rename_doc import get_link_fields
from frappe.query_builder.functions import Count

from branch_crm.customer_master import cash_queries, price_queries, pricing_rule_queries
from branch_crm.customer_master.deletion_rules import PARTIES
from branch_crm.customer_master.merge_rules import Side
from branch_crm.customer_master.price_rules import Price

MERGE = "Party Merge"
# links by name that Frappe moves as well, though no field says that they are links
_ATTACHED = (("File", "attached_to_name", "attached_to_doctype"), ("Version", "docname", "ref_doctype"))


@dataclass(frozen=True)
class Naming:
	"""How many documents, or rows of documents, of a DocType name another one in a field."""

	document_type: str
	field: str
	number: int


def side_of(doc: Document) -> Side:
	return Side(
		name=doc.name,
		is_disabled=bool(doc.get("disabled")) or doc.get("enabled") == 0,
		represents=doc.get("represents_company") or None,
		currencies=_currencies_of(doc),
		is_linked=any(
			frappe.db.exists("Party Link", {f"{side}_role": doc.doctype, f"{side}_party": doc.name})
			for side in ("primary", "secondary")
		),
		is_cash=doc.doctype == "Customer" and doc.name == cash_queries.cash_customer(),
		prices=_prices_of(doc) if doc.doctype == "Branch" else {},
		pricing_rules=pricing_rule_queries.targets_for(doc.doctype, doc.name)
		if doc.doctype in PARTIES
		else frozenset(),
	)


def namings(doctype: str, name: str) -> list[Naming]:
	"""What names the document, by DocType and field, the most first; its own rows do not count."""
	found: dict[tuple[str, str], int] = defaultdict(int)
	for table, fieldname, kind in _places(doctype):
		for document_type, number in _counted(table, fieldname, kind, doctype, name):
			found[document_type, frappe.get_meta(table).get_label(fieldname)] += number
	return sorted(
		(Naming(*place, number) for place, number in found.items()),
		key=lambda naming: (-naming.number, naming.document_type, naming.field),
	)


def values_of(row: Document) -> dict:
	"""What a row says, without where it stands."""
	fields = [field.fieldname for field in row.meta.fields if field.fieldtype not in no_value_fields]
	return {fieldname: row.get(fieldname) or None for fieldname in fields}


def differences(lost: Document, kept: Document) -> list[dict]:
	"""What the one that goes says differently, by `label`: `lost` is kept in the record only, `kept` stays."""
	skipped = (*no_value_fields, *display_fieldtypes, *table_fields)
	return [
		{
			"label": _(field.label),
			"lost": frappe.format(lost.get(field.fieldname), field, translated=True),
			"kept": frappe.format(kept.get(field.fieldname), field, translated=True),
		}
		for field in lost.meta.fields
		if field.fieldtype not in skipped
		and not (field.hidden or field.permlevel)
		and lost.get(field.fieldname)
		and lost.get(field.fieldname) != kept.get(field.fieldname)
	]


def _prices_of(branch: Document) -> dict[str, list[Price]]:
	found = price_queries.prices_where(branch=branch.name)
	return {kind: [replace(price, branch=None) for price in prices] for kind, prices in found.items()}


def _currencies_of(doc: Document) -> dict[str, set[str]]:
	found: dict[str, set[str]] = defaultdict(set)
	for company, currency in frappe.get_all(
		"GL Entry",
		{"party_type": doc.doctype, "party": doc.name, "is_cancelled": 0},
		["company", "account_currency"],
		distinct=True,
		as_list=True,
		order_by=None,
	):
		found[company].add(currency)
	return found


def _places(doctype: str) -> Iterator[tuple[str, str, str | None]]:
	"""The tables and fields that may name a document of `doctype`, with the field of its DocType where it is a dynamic
	link."""
	for link in get_link_fields(doctype):
		yield link["parent"], link["fieldname"], None
	for link in get_dynamic_links():
		if not frappe.get_meta(link.parent).issingle:
			yield link.parent, link.fieldname, link.options
	yield from _ATTACHED


def _counted(table: str, fieldname: str, kind: str | None, doctype: str, name: str) -> list[tuple[str, int]]:
	meta = frappe.get_meta(table)
	if meta.issingle:
		return [(table, 1)] if frappe.db.get_single_value(table, fieldname) == name else []
	rows = frappe.qb.DocType(table)
	query = frappe.qb.from_(rows).where(rows[fieldname] == name)
	if kind:
		query = query.where(rows[kind] == doctype)
	if meta.istable:
		query = query.where((rows.parenttype != doctype) | (rows.parent != name))
		return query.select(rows.parenttype, Count("*")).groupby(rows.parenttype).run()
	number = query.select(Count("*")).run()[0][0]
	return [(table, number)] if number else []
