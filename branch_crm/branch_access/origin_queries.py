"""Every read of what a document comes from: its party, the document that it follows, those that it continues."""

from collections.abc import Iterator

from frappe.model.document import Document
from frappe.utils import getdate

from branch_crm.branch_access import queries, registry
from branch_crm.branch_access.assignment_rules import Assignment
from branch_crm.branch_access.document_rules import Origin
from branch_crm.branch_access.registry import By

Link = tuple[str, str]


def origin_of(doc: Document, entry: dict) -> Origin:
	"""The first of the entry's origins that belongs to a branch; a field of rows is written `table.field`."""
	for link in links_of_origins(doc, entry):
		origin = _origin(*link)
		if origin.branches:
			return origin
	return Origin()


def links_of_origins(doc: Document, entry: dict) -> list[Link]:
	"""What the entry's origins lead to, in their order."""
	return [link for path in entry.get("origins", ()) for link in _links_at(doc, path)]


def masters_of(doc: Document, entry: dict) -> list[Link]:
	"""Those of the entry's origins that belong to branches by a table."""
	masters = registry.assigned_doctypes()
	return [link for link in links_of_origins(doc, entry) if link[0] in masters]


def inherited_assignments(doc: Document, entry: dict) -> set[Assignment]:
	"""The branch rows of the masters that `doc` comes from."""
	return {row for link in masters_of(doc, entry) for row in queries.assignments_by_row(*link).values()}


def followed_branch(doc: Document, fieldname: str) -> str | None:
	"""The branch of the document that `doc` always follows, where it has just one."""
	origins = [_origin(*link) for link in _links_at(doc, fieldname)]
	branches = origins[0].branches if origins else ()
	return branches[0] if len(branches) == 1 else None


def branches_continued(doc: Document) -> set[str]:
	"""The branches of the documents that `doc` goes on from, is returned against, pays or amends."""
	return {
		branch
		for part in (doc, *doc.get_all_children())
		for link in _links_of(part)
		if registry.scoped_doctypes().get(link[0]) is By.COLUMN
		for branch in _origin(*link).branches
	}


def _origin(doctype: str, name: str) -> Origin:
	by = registry.scoping_of(doctype)
	if by is By.ASSIGNMENTS:
		rows = queries.assignments_by_row(doctype, name).values()
		begun = [row for row in rows if not row.from_date or row.from_date <= getdate()]
		current = sorted(
			(row for row in begun if row.is_active_on(getdate())), key=lambda row: not row.is_primary
		)
		return Origin(tuple(row.branch for row in current), frozenset(row.branch for row in begun))
	if by in queries.CARRIED:
		return Origin(tuple(sorted(queries.branches_carried(doctype, name) or ())))
	return Origin()


def _links_at(doc: Document, path: str) -> Iterator[Link]:
	table, _dot, fieldname = path.rpartition(".")
	for part in doc.get(table) or [] if table else [doc]:
		link = _link(part, part.meta.get_field(fieldname))
		if link:
			yield link


def _links_of(part: Document) -> Iterator[Link]:
	for field in (*part.meta.get_link_fields(), *part.meta.get_dynamic_link_fields()):
		link = _link(part, field)
		if link:
			yield link


def _link(part: Document, field: object | None) -> Link | None:
	name = part.get(field.fieldname) if field else None
	doctype = name and (field.options if field.fieldtype == "Link" else part.get(field.options))
	# in a request a filter may stand where a name belongs, and would be answered
	return (doctype, name) if doctype and isinstance(name, str) else None
