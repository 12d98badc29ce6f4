"""What a function in a branch's team allows on a document, whatever way the document finds its branches."""

from collections.abc import Iterable

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from branch_crm.branch_access import naming_queries, queries, refusals, registry, team_rules
from branch_crm.branch_access.registry import BRANCH, By
from branch_crm.branch_access.rules import Function

# the DocType whose memberships count, and the branches; None where the document has none
Place = tuple[str, set[str] | None]


def allows(doc: Document, right: str | None, user: str) -> bool:
	"""Whether the strongest function with which a restricted user reaches `doc` allows the right; to be asked
	only of what he reaches. What hangs on documents or names some is changed by who may change each of them."""
	return right in team_rules.READING or all(
		team_rules.allows(functions_on(one, user), right) for one in _deciding(doc)
	)


def refuse_only_viewed(named: Iterable[tuple[str, str]], user: str) -> None:
	"""Refuse to settle or go on from stored documents (DocType, name) that the restricted user only views."""
	if all(membership.works for membership in queries.memberships_of(user)):
		return
	for doctype, name in named:
		if not allows(frappe.get_doc(doctype, name), "write", user):
			refusals.refuse_viewer(doctype, name)


def functions_on(doc: Document, user: str) -> frozenset[Function | None]:
	"""The functions with which a restricted user reaches the stored branches of `doc`; None among them is a
	membership made by hand. Of a document without a branch, or not stored yet, all functions that he has; of a
	document that no branch limits, or that hangs on none, none. What is always visible, everybody only views."""
	by = registry.scoping_of(doc.doctype)
	if by in (None, By.ATTACHED):
		return frozenset()
	if _is_everybody_s(doc, by):
		return frozenset({Function.VIEWER})
	memberships, tree = queries.memberships_of(user), queries.tree()
	return frozenset().union(
		*(
			team_rules.functions_on(memberships, tree, doctype, branches)
			for doctype, branches in _places_of(doc, by)
		)
	)


def _deciding(doc: Document) -> list[Document]:
	"""The documents whose branches decide about `doc`, as it is stored and as it would be."""
	by = registry.scoping_of(doc.doctype)
	if by is By.ATTACHED:
		wanted = tuple(doc.get(field) for field in registry.attached_to(doc.doctype))
		found = {wanted, queries.carrier_of(doc.doctype, doc.name) if doc.name else wanted}
	elif by is By.NAMING:
		stored = frappe.get_doc(doc.doctype, doc.name) if _is_stored(doc) else doc
		found = naming_queries.named_in(doc) | naming_queries.named_in(stored)
	else:
		return [doc]
	judged = registry.judged_doctypes()
	there = [one for one in found if one and one[0] in judged and frappe.db.exists(*one)]
	if by is By.NAMING:
		there = [one for one in there if not _is_always_visible(*one)]
	return [further for one in there for further in _deciding(frappe.get_doc(*one))] or [doc]


def _is_everybody_s(doc: Document, by: By) -> bool:
	"""Whether `doc` is always visible, or a contact or address of nobody else."""
	if by is not By.PARTIES:
		return _is_always_visible(doc.doctype, doc.name)
	links = queries.links_of(doc.doctype, doc.name)
	return bool(links) and all(_is_always_visible(*link) for link in links)


def _is_always_visible(doctype: str, name: str) -> bool:
	return name in registry.always_visible(doctype)


def _is_stored(doc: Document) -> bool:
	return bool(doc.name and frappe.db.exists(doc.doctype, doc.name))


def _places_of(doc: Document, by: By) -> Iterable[Place]:
	if not _is_stored(doc):
		return [(doc.doctype, None)]
	if by is By.ITSELF:
		return [(BRANCH, {doc.name})]
	if by is By.ASSIGNMENTS:
		return [(doc.doctype, _branches_of_master(doc.doctype, doc.name))]
	if by in queries.CARRIED:
		return [(doc.doctype, queries.branches_carried(doc.doctype, doc.name) or None)]
	if by is By.PARTIES:
		return _places_of_parties(doc)
	return [(doc.doctype, _linked_branches(doc))]


def _branches_of_master(doctype: str, name: str) -> set[str] | None:
	rows = queries.assignments_by_row(doctype, name).values()
	return {row.branch for row in rows if row.is_active_on(getdate())} if rows else None


def _places_of_parties(doc: Document) -> list[Place]:
	parties = registry.party_doctypes()
	links = queries.links_of(doc.doctype, doc.name)
	places = [(party, _branches_of_party(party, name)) for party, name in links if party in parties]
	return places or [(doc.doctype, None)]


def _branches_of_party(doctype: str, name: str) -> set[str] | None:
	if registry.scoping_of(doctype) is By.ASSIGNMENTS:
		return _branches_of_master(doctype, name)
	return queries.branches_carried(doctype, name) or None


def _linked_branches(doc: Document) -> set[str] | None:
	fields = [
		field.fieldname
		for field in doc.meta.get_link_fields()
		if field.options == BRANCH and not field.ignore_user_permissions
	]
	values = frappe.db.get_value(doc.doctype, doc.name, fields, as_dict=True) or {}
	return {value for value in values.values() if value} or None
