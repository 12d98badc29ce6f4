"""What documents name that have no branch of their own."""

from collections.abc import Collection

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import registry
from branch_crm.branch_access.registry import By


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


def naming_among(doctype: str, names: Collection[str], named: tuple[str, str]) -> list[str]:
	"""Which of these stored documents name this one."""
	return [name for name in names if named in named_in(frappe.get_doc(doctype, name))]


def naming_doctypes() -> list[str]:
	return [doctype for doctype, by in registry.scoped_doctypes().items() if by is By.NAMING]
