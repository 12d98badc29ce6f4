"""Every read of what is shared with people, assigned to them or followed by them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import frappe

from branch_crm.branch_access import naming_queries, permissions, queries, registry, statements

WITHDRAWAL = "Branch Withdrawal"


@dataclass(frozen=True)
class Kind:
	"""A way in which a document is handed to a person: the DocType of its records, the field that names the person,
	and which of the records count."""

	name: str
	doctype: str
	user: str
	filters: tuple[tuple[str, str], ...] = ()

	@property
	def carrier(self) -> tuple[str, str]:
		return registry.attached_to(self.doctype)


KINDS = (
	Kind("Share", "DocShare", "user"),
	Kind("Assignment", "ToDo", "allocated_to", (("status", "Open"),)),
	Kind("Follow", "Document Follow", "user"),
)


def do_branches_limit() -> bool:
	"""Whether what is handed to people stays within branches."""
	return queries.is_enforced() and not queries.may_shares_cross()


def receives(user: str, doctype: str | None, name: str | None) -> bool:
	"""Whether a document may be handed to the user as far as branches have a say in it."""
	if not queries.is_enforced() or not (doctype and name) or doctype not in registry.judged_doctypes():
		return True
	return queries.is_unrestricted(user) or permissions.reaches(doctype, name, user)


def handed(kind: Kind, users: Collection[str] | None) -> list[tuple[str, str]]:
	"""Each of these users (None: all), with each DocType of which he has documents in this way."""
	doctype_field, _name = kind.carrier
	filters = dict(kind.filters)
	if users is not None:
		filters[kind.user] = ["in", list(users)]
	pairs = frappe.get_all(kind.doctype, filters, [kind.user, doctype_field], distinct=True, as_list=True)
	return sorted(
		(user, doctype) for user, doctype in pairs if user and doctype in registry.judged_doctypes()
	)


def left_over(kind: Kind, user: str, doctype: str) -> list[str]:
	"""The records by which a user has documents of `doctype` that he does not reach."""
	if queries.is_unrestricted(user):
		return []
	visible = permissions.visible_to(user, doctype)
	query = statements.left_over(kind.doctype, kind.user, kind.carrier, user, doctype, visible)
	found = frappe.db.sql_list(*query)
	return _counting(kind, {"name": ["in", found]}) if found else []


def left_over_on(kind: Kind, doctype: str, names: Collection[str]) -> list[str]:
	"""The records by which anybody has one of these documents that he does not reach."""
	doctype_field, name_field = kind.carrier
	filters = {**dict(kind.filters), doctype_field: doctype, name_field: ["in", list(names)]}
	columns = ["name", kind.user, name_field]
	rows = frappe.get_all(kind.doctype, filters, columns, as_list=True)
	return [row for row, user, name in rows if user and not receives(user, doctype, name)]


def shared_with_everyone(doctypes: Collection[str] | None = None) -> list[str]:
	"""The shares with everyone of documents that branches limit."""
	filters = {"everyone": 1}
	if doctypes is not None:
		filters["share_doctype"] = ["in", list(doctypes)]
	rows = frappe.get_all("DocShare", filters, ["name", "share_doctype", "share_name"], as_list=True)
	return [
		row
		for row, doctype, name in rows
		if doctype in registry.judged_doctypes() and frappe.db.exists(doctype, name)
	]


def would_be_withdrawn() -> list[dict]:
	"""What switching scope on withdraws: `user` (None for everyone), `kind`, `doctype`, `number`."""
	everyone = frappe.get_all("DocShare", {"name": ["in", shared_with_everyone()]}, pluck="share_doctype")
	found = [(None, KINDS[0].name, doctype, everyone.count(doctype)) for doctype in sorted(set(everyone))]
	for kind in KINDS:
		for user, doctype in handed(kind, None):
			if number := len(left_over(kind, user, doctype)):
				found.append((user, kind.name, doctype, number))
	return [dict(zip(("user", "kind", "doctype", "number"), row, strict=True)) for row in found]


def followers_of(doctype: str, name: str) -> dict[str, list[str]]:
	"""The documents that are seen with a party: its contacts and addresses, by DocType."""
	if doctype not in registry.party_doctypes():
		return {}
	kinds = [found for found, by in registry.scoped_doctypes().items() if by is registry.By.PARTIES]
	filters = {"link_doctype": doctype, "link_name": name, "parenttype": ["in", kinds]}
	rows = frappe.get_all("Dynamic Link", filters, ["parenttype", "parent"], as_list=True)
	return {kind: [parent for found, parent in rows if found == kind] for kind in {row[0] for row in rows}}


def handed_naming(kind: Kind, moved: Mapping[str, Collection[str]]) -> Iterator[tuple[str, list[str]]]:
	"""By DocType, the documents that somebody has in this way and that name one of `moved` (names by DocType)."""
	doctype_field, name_field = kind.carrier
	named = {(doctype, name) for doctype, names in moved.items() for name in names}
	filters = {**dict(kind.filters), doctype_field: ["in", naming_queries.leading_to(moved.keys())]}
	found: dict[str, set[str]] = defaultdict(set)
	for doctype, name in frappe.get_all(kind.doctype, filters, [doctype_field, name_field], as_list=True):
		found[doctype].add(name)
	for doctype, names in found.items():
		yield doctype, naming_queries.naming_among(doctype, names, named)


def withdrawn(after: str, limit: int) -> list[dict]:
	fields = ["name", "kind", "user", "document_type", "document_name", "stored"]
	return frappe.get_all(WITHDRAWAL, {"name": [">", after]}, fields, order_by="name", limit=limit)


def _counting(kind: Kind, filters: dict) -> list[str]:
	return frappe.get_all(kind.doctype, {**filters, **dict(kind.filters)}, pluck="name")
