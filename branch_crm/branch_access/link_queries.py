"""Every read of what a document links to."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.caching import request_cache

from branch_crm.branch_access import doctype_facts, link_rules, queries, registry, row_queries
from branch_crm.branch_access.link_rules import Shape
from branch_crm.branch_access.registry import BRANCH

# what has rules of its own, or no other document to lead to
_APART = (BRANCH, "User")
_ATTACH = ("Attach", "Attach Image")


@dataclass(frozen=True)
class Link:
	"""A link of a document or of one of its rows. `place` is how Frappe names it where it finds nothing there."""

	doctype: str
	name: str
	place: str

	@property
	def key(self) -> tuple[str, str]:
		return self.doctype, self.name


def changed_links(doc: Document) -> list[Link]:
	"""The links of `doc` and its rows to documents that branches limit, but for those that it had already."""
	before = doc.get_doc_before_save()
	stored = keys_of(before) if before else set()
	links = [link for link in links_of(doc) if link.key not in stored]
	rows = row_queries.documents_named(doc, before)
	links += [
		Link(*key, _place(part, label, name)) for key, part, label, name in rows if _is_news(key, stored)
	]
	return links


def changed_urls(doc: Document) -> set[str]:
	"""The same of the files that its fields show: Frappe attaches them to it. It does so with none of a row."""
	before = doc.get_doc_before_save()
	fields = [field.fieldname for field in doc.meta.get("fields", {"fieldtype": ["in", _ATTACH]})]
	return {
		doc.get(field) for field in fields if doc.get(field) and doc.get(field) != (before or {}).get(field)
	}


def keys_of(doc: Document) -> set[tuple[str, str]]:
	return {link.key for link in links_of(doc)}


def branches_of(doc: Document) -> set[str]:
	"""The branches that a document or its rows link to."""
	return {
		part.get(field.fieldname)
		for part in (doc, *doc.get_all_children())
		for field in part.meta.get_link_fields()
		if field.options == BRANCH
	}


def keys_at_sources(
	keys: Collection[tuple[str, str]], foreign: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
	"""What the documents link to that one with links to `keys` goes on from or amends, without those in `foreign`."""
	sources = {key for key in keys if registry.scoping_of(key[0]) in queries.CARRIED}
	return {
		key
		for source in sources.difference(foreign)
		if frappe.db.exists(*source)
		for key in keys_of(frappe.get_doc(*source))
	}


def links_of(doc: Document) -> Iterator[Link]:
	return _links_in((doc, *doc.get_all_children()))


def links_sent(values: Mapping, stored: Document | None = None) -> list[Link]:
	"""The links of a document that is sent, with what is `stored` of it where it was not sent."""
	document = frappe._dict({**(stored.as_dict() if stored else {}), **values})
	rows = [frappe._dict(row) for _field, row in link_rules.rows_of(document, shape_of(document.doctype))]
	return list(_links_in((document, *rows)))


def is_half_sent(values: Mapping) -> bool:
	"""Whether a dynamic link is sent without the field that says where it leads."""
	return any(
		is_dynamic and values.get(fieldname) and options not in values
		for fieldname, _label, options, is_dynamic in linking_fields(values["doctype"])
	)


def stored_of(values: Mapping) -> Document | None:
	doctype, name = values["doctype"], values.get("name")
	is_stored = isinstance(name, str | int) and frappe.db.exists(doctype, name)
	return frappe.get_doc(doctype, name) if is_stored else None


def _links_in(parts: Iterable[Document | dict]) -> Iterator[Link]:
	for part in parts:
		for fieldname, label, options, is_dynamic in linking_fields(part.doctype):
			name = part.get(fieldname)
			doctype = _held(part, options) if name and is_dynamic else options
			# in a request a filter may stand where a name belongs, and would be answered
			if name and isinstance(name, str | int) and _is_limited(doctype):
				yield Link(doctype, str(name), _place(part, label, name))


def _held(part: Document | dict, fieldname: str) -> str | None:
	"""The DocType of a dynamic link; Frappe gives a new document what its field holds by default."""
	held = part.get(fieldname)
	if held is None and part.get("parentfield") is None:
		field = frappe.get_meta(part.doctype).get_field(fieldname)
		held = field.default if field else None
	return held if isinstance(held, str) else None


@request_cache
def linking_fields(doctype: str) -> list[tuple[str, str, str, bool]]:
	"""Fieldname, label, options, and whether they are those of a dynamic link, of the fields that may lead to a
	document that branches limit."""
	meta = frappe.get_meta(doctype)
	fields = [(field, False) for field in meta.get_link_fields() if _is_limited(field.options)]
	fields += [(field, True) for field in meta.get_dynamic_link_fields()]
	return [
		(field.fieldname, field.label or field.fieldname, field.options, is_dynamic)
		for field, is_dynamic in fields
	]


@request_cache
def shape_of(doctype: str) -> Shape:
	"""The fields of a DocType that lead to others, whether branches limit these or not."""
	if not is_doctype(doctype):
		return Shape()
	meta = frappe.get_meta(doctype)
	links = [field.fieldname for field in (*meta.get_link_fields(), *meta.get_dynamic_link_fields())]
	return Shape(links, {field.fieldname: field.options for field in meta.get_table_fields()})


def is_doctype(doctype: str) -> bool:
	return frappe.db.exists("DocType", doctype, cache=True) == doctype


def place_of(doctype: str, name: object) -> dict[str, str]:
	"""Where a stored row stands; nothing for what is no row."""
	if not doctype_facts.is_table(doctype) or not isinstance(name, str | int):
		return {}
	return frappe.db.get_value(doctype, name, ["parenttype", "parent", "parentfield"], as_dict=True) or {}


def _is_news(key: tuple[str, str], stored: Collection[tuple[str, str]]) -> bool:
	return key not in stored and (_is_limited(key[0]) or doctype_facts.is_table(key[0]))


def _is_limited(doctype: str | None) -> bool:
	return bool(doctype) and doctype not in _APART and doctype in registry.judged_doctypes()


def _place(part: Document | dict, label: str, name: str) -> str:
	place = f"{_(label, context=part.doctype)}: {name}"
	return f"{_('Row')} #{part.idx}: {place}" if part.get("parentfield") else place
