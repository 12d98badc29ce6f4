"""Every read of what a document links to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.caching import request_cache

from branch_crm.branch_access import queries, registry
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
	return [link for link in links_of(doc) if link.key not in stored]


def changed_urls(doc: Document) -> set[str]:
	"""The same of the files that its fields show: Frappe attaches them to it. It does so with none of a row."""
	before = doc.get_doc_before_save()
	fields = [field.fieldname for field in doc.meta.get("fields", {"fieldtype": ["in", _ATTACH]})]
	return {
		doc.get(field) for field in fields if doc.get(field) and doc.get(field) != (before or {}).get(field)
	}


def keys_of(doc: Document) -> set[tuple[str, str]]:
	return {link.key for link in links_of(doc)}


def keys_at_sources(doc: Document, foreign: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
	"""What the documents link to that `doc` goes on from or amends, without those in `foreign`."""
	sources = {key for key in keys_of(doc) if registry.scoping_of(key[0]) in queries.CARRIED}
	return {key for source in sources.difference(foreign) for key in keys_of(frappe.get_doc(*source))}


def links_of(doc: Document) -> Iterator[Link]:
	for part in (doc, *doc.get_all_children()):
		for fieldname, label, options, is_dynamic in linking_fields(part.doctype):
			name = part.get(fieldname)
			doctype = part.get(options) if name and is_dynamic else options
			# in a request a filter may stand where a name belongs, and would be answered
			if isinstance(name, str) and name and _is_limited(doctype):
				yield Link(doctype, name, _place(part, label, name))


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


def _is_limited(doctype: str | None) -> bool:
	return bool(doctype) and doctype not in _APART and doctype in registry.judged_doctypes()


def _place(part: Document, label: str, name: str) -> str:
	place = f"{_(label, context=part.doctype)}: {name}"
	return f"{_('Row')} #{part.idx}: {place}" if part.get("parentfield") else place
