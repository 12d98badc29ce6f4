"""What documents name that have no branch of their own."""

from collections.abc import Collection, Set

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import registry


def named_in(doc: Document) -> set[tuple[str, str]]:
	"""The documents (DocType, name) that branches limit and that `doc` names as it is in memory."""
	found = set()
	for one in registry.naming_fields(doc.doctype):
		parts = [row for row in doc.get_all_children() if row.doctype == one.row] if one.row else [doc]
		for part in filter(lambda part: part.get(one.field), parts):
			doctype = part.get(one.kind) if one.kind else one.doctypes[0]
			if doctype in one.doctypes:
				found.add((doctype, part.get(one.field)))
	return found


def naming_among(doctype: str, names: Collection[str], named: Set[tuple[str, str]]) -> list[str]:
	"""Which of these stored documents name one of `named`, or something without a branch that does."""
	return [name for name in names if not named.isdisjoint(_named_through(doctype, name))]


def _named_through(doctype: str, name: str) -> set[tuple[str, str]]:
	found = named_in(frappe.get_doc(doctype, name)) if frappe.db.exists(doctype, name) else set()
	further = [_named_through(*one) for one in found if one[0] in registry.naming_doctypes()]
	return found.union(*further)


def leading_to(named: Set[str]) -> list[str]:
	"""The DocTypes whose documents may name one of these DocTypes, or something without a branch that does."""
	leads = {
		doctype: {to for field in registry.naming_fields(doctype) for to in field.doctypes}
		for doctype in registry.naming_doctypes()
	}
	found = set(named)
	while more := {doctype for doctype, to in leads.items() if doctype not in found and to & found}:
		found |= more
	return sorted(found & leads.keys())
