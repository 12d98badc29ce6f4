"""What belongs to portal users: lists, forms, the guard and links answer from one condition."""

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import portal_queries, portal_statements, queries, registry, statements
from branch_crm.branch_access.registry import By
from branch_crm.branch_access.statements import Condition


def condition(user: str, doctype: str, with_lent: bool = True) -> Condition:
	"""The condition of what belongs to a website user, or is shared with him; to a guest nothing does.

	Arguments:
	        with_lent: what is shared counts as well. Frappe asks for the single right that a share gives.
	"""
	by = registry.scoping_of(doctype)
	if by in (None, By.LINK):
		return statements.EVERYTHING
	if by is not By.ATTACHED:
		return _of_document(user, doctype, with_lent)
	carriers = {name: _of_document(user, name) for name in registry.carriers_of(doctype)}
	attached = statements.attached(
		doctype,
		*registry.attached_to(doctype),
		{name: found for name, found in carriers.items() if found != statements.NOTHING},
		registry.judged_doctypes(),
	)
	return portal_statements.any_of([attached, *_of_person(user, doctype)])


def is_his_own(doc: Document, user: str) -> bool:
	"""Whether the stored document names the user himself, where that is enough."""
	if user == "Guest" or not doc.name:
		return False
	fields = portal_queries.entries().get(doc.doctype, {}).get("person", ())
	return any(doc.get_db_value(field) == user for field in fields if "." not in field)


def _of_document(user: str, doctype: str, with_lent: bool = True) -> Condition:
	entry = portal_queries.entries().get(doctype, {})
	conditions = [_of_party(user, doctype, field) for field in entry.get("party", ())]
	conditions += _of_person(user, doctype)
	if with_lent and queries.is_portal_user(user):
		conditions.append(portal_statements.lent(doctype, user))
	return portal_statements.any_of(conditions)


def _of_party(user: str, doctype: str, field: str | list | tuple) -> Condition:
	parties = portal_queries.parties_of(user)
	if not isinstance(field, str):
		return portal_statements.paired(doctype, *field, parties)
	if field == "name":
		return statements.named(doctype, parties[doctype])
	if field == "links":
		return portal_statements.linked(doctype, parties)
	if "." in field:
		row, column = _row_field(doctype, field)
		return portal_statements.in_rows(doctype, row, column, parties[_target(row, column)])
	target = _target(doctype, field)
	if target in parties:
		return statements.in_column(doctype, field, parties[target], with_unassigned=False)
	met = _of_document(user, target, with_lent=False)
	return met if met == statements.NOTHING else portal_statements.led_to(doctype, field, target, met)


def _of_person(user: str, doctype: str) -> list[Condition]:
	if user == "Guest":
		return []
	return [
		portal_statements.in_rows(doctype, *_row_field(doctype, field), [user])
		if "." in field
		else statements.in_column(doctype, field, [user], with_unassigned=False)
		for field in portal_queries.entries().get(doctype, {}).get("person", ())
	]


def _row_field(doctype: str, field: str) -> tuple[str, str]:
	"""The child DocType and the field in it that `table.field` leads to."""
	table, column = field.split(".")
	return _target(doctype, table), column


def _target(doctype: str, field: str) -> str:
	return frappe.get_meta(doctype).get_field(field).options
