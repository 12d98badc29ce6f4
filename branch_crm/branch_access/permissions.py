"""Row permission: list and form answer from the same registry, the same scope and the same rules."""

from collections import defaultdict
from collections.abc import Collection

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from branch_crm.branch_access import (
	argument_rules,
	assignment_rules,
	condition_queries,
	document_rules,
	portal_permissions,
	queries,
	registry,
	statements,
	team_permissions,
	written_beside,
)
from branch_crm.branch_access.assignment_rules import Unassigned
from branch_crm.branch_access.queries import NO_OBJECTION
from branch_crm.branch_access.registry import By


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""The SQL condition of scope for a list of `doctype`; "" where branches do not limit the user."""
	return condition_in_force(user or frappe.session.user, doctype) if doctype else ""


def condition_in_force(user: str, doctype: str) -> str:
	if not queries.is_enforced():
		return ""
	if queries.is_by_party(user):
		own = portal_permissions.condition(user, doctype) if registry.scoping_of(doctype) else None
		return queries.as_text(own) if own else ""
	condition = condition_if_enforced(user, doctype, queries.who_sees_unassigned())
	if not condition or not queries.may_shares_cross():
		return condition
	return f"({condition} or {queries.as_text(statements.shared(doctype, user))})"


def condition_if_enforced(user: str, doctype: str, unassigned: Unassigned) -> str:
	"""The same, whether scope is on or not: what the dry run counts with."""
	if queries.is_unrestricted(user):
		return ""
	by = registry.scoping_of(doctype)
	if by is None:
		return ""
	condition = condition_queries.condition(by, user, doctype, unassigned)
	return queries.as_text(condition) if condition else ""


def visible_to(user: str, doctype: str) -> statements.Condition:
	"""The condition of what a user sees of `doctype` by his branches, whether scope is on or not."""
	if queries.is_unrestricted(user) or not registry.scoping_of(doctype):
		return statements.EVERYTHING
	return condition_queries.of(doctype, user, queries.who_sees_unassigned())


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""Deny what the scope does not reach, and to who only views it all but reading; the stored branches decide,
	not those of the document in memory."""
	if not queries.is_enforced():
		return NO_OBJECTION
	user = user or frappe.session.user
	if queries.is_by_party(user):
		return NO_OBJECTION if reaches_document(doc, user) else False
	if queries.is_unrestricted(user) or _is_left_unassigned(doc, user):
		return NO_OBJECTION
	if reaches_document(doc, user) and team_permissions.allows(doc, ptype, user):
		return NO_OBJECTION
	return NO_OBJECTION if ptype == "write" and written_beside.is_written_beside(doc) else False


def _is_left_unassigned(doc: Document, user: str) -> bool:
	"""Frappe asks once whether somebody sees what an Assignment Rule gave him, and would else share it with him."""
	if frappe.flags.branch_unassigned != (doc.doctype, str(doc.name), user):
		return False
	frappe.flags.branch_unassigned = None
	return True


def reaches_document(doc: Document, user: str) -> bool:
	"""Whether the branches of `doc`, as stored, let a restricted user see it, or its parties a portal user. A document
	that is not stored yet has none; what a user may put into it is judged when it is saved."""
	by = registry.scoping_of(doc.doctype)
	if by is None:
		return True
	if by is By.ATTACHED:
		if queries.is_by_party(user) and portal_permissions.is_his_own(doc, user):
			return True
		return all(carries(carrier, user) for carrier in _carriers_of(doc)) and (
			not doc.name or _follows_parties(doc.doctype, [doc.name], user).get(doc.name, True)
		)
	return (_stored_answer(by, doc.doctype, doc.name, user) if doc.name else None) is not False


def reaches(doctype: str, name: str, user: str) -> bool:
	"""Whether a restricted user sees the stored document; what does not exist nobody sees."""
	by = registry.scoping_of(doctype)
	if not by:
		return bool(frappe.db.exists(doctype, name))
	if queries.is_by_party(user):
		return reached_of(doctype, [name], user).get(name, False)
	return bool(_stored_answer(by, doctype, name, user)) or queries.is_lent(doctype, name, user)


def reached_among(doctype: str, names: Collection[str], user: str) -> set[str]:
	"""Those of `names` that exist and that the user sees."""
	return {name for name, is_reached in reached_of(doctype, names, user).items() if is_reached}


def reached_of(doctype: str, names: Collection[str], user: str) -> dict[str, bool]:
	"""Of the stored ones among these documents, whether the user sees each as far as branches and parties have a say
	in it: one query for all of them, and one for each DocType that they hang on."""
	by = registry.scoping_of(doctype)
	if not names:
		return {}
	if queries.is_by_party(user) and queries.is_enforced():
		return dict(queries.named_with(doctype, names, portal_permissions.condition(user, doctype)))
	if not by or not queries.is_limited_by_branch(user):
		return dict(queries.named_with(doctype, names, statements.EVERYTHING))
	if by is By.ATTACHED:
		return _reached_with_carriers(doctype, names, user)
	condition = condition_queries.condition(by, user, doctype, queries.who_sees_unassigned(), named=True)
	visible = condition or statements.EVERYTHING
	if queries.may_shares_cross():
		visible = statements.either(visible, statements.shared(doctype, user))
	return dict(queries.named_with(doctype, names, visible))


def _reached_with_carriers(doctype: str, names: Collection[str], user: str) -> dict[str, bool]:
	carriers = queries.carriers_of(doctype, names)
	judged: dict[str, set[str]] = defaultdict(set)
	for carrier, name in carriers.values():
		if carrier in registry.judged_doctypes():
			judged[carrier].add(name)
	reached = {carrier: reached_of(carrier, found, user) for carrier, found in judged.items()}
	by_party = _follows_parties(
		doctype, [name for name, (carrier, _) in carriers.items() if not carrier], user
	)
	return {
		name: by_party.get(name, True)
		if carrier not in reached
		else reached[carrier].get(carrier_name, False)
		for name, (carrier, carrier_name) in carriers.items()
	}


def _follows_parties(doctype: str, names: Collection[str], user: str) -> dict[str, bool]:
	"""Of those of these documents that hang on nothing, whether the user sees one of the parties that they are linked to."""
	if not names or not registry.links_of_unattached(doctype):
		return {}
	condition = condition_queries.by_party(
		statements.EVERYTHING, doctype, user, queries.who_sees_unassigned(), {}
	)
	return dict(queries.named_with(doctype, names, condition))


def may_see_master(doctype: str, name: str, rows: dict[str, assignment_rules.Assignment], user: str) -> bool:
	return assignment_rules.may_see(
		queries.scope(user, doctype),
		list(rows.values()),
		queries.who_sees_unassigned(),
		getdate(),
		name in registry.always_visible(doctype),
	)


def _stored_answer(by: By, doctype: str, name: str, user: str) -> bool | None:
	"""What the stored document says; None where it is not stored."""
	if queries.is_by_party(user):
		own = portal_permissions.condition(user, doctype, with_lent=False)
		return dict(queries.named_with(doctype, [name], own)).get(name)
	if by is By.ASSIGNMENTS and (rows := queries.assignments_by_row(doctype, name)):
		return may_see_master(doctype, name, rows, user)
	if by in queries.CARRIED:
		branches = queries.branches_carried(doctype, name)
		if branches == set() and by is By.OPTIONAL and registry.naming_fields(doctype):
			return reached_of(doctype, [name], user).get(name)
		return None if branches is None else _may_see_carried(by, doctype, branches, user)
	if by is By.ATTACHED:
		carrier = queries.carrier_of(doctype, name)
		if carrier and not carrier[0]:
			return _follows_parties(doctype, [name], user).get(name, True)
		return None if carrier is None else carries(carrier, user)
	if not frappe.db.exists(doctype, name):
		return None
	if by is By.ITSELF:
		return queries.any_scope(user).reaches(name)
	if by is By.ASSIGNMENTS:
		return may_see_master(doctype, name, {}, user)
	if by is By.PARTIES:
		return _reaches_linked(doctype, name, user)
	if by is By.NAMING:
		return reached_of(doctype, [name], user).get(name)
	return bool(queries.scope(user, doctype).branches)


def carries(carrier: tuple[str, str], user: str) -> bool:
	"""Whether a limited user sees what hangs on `carrier`, as far as branches and parties have a say in it."""
	return carrier[0] not in registry.judged_doctypes() or reaches(*carrier, user)


def _carriers_of(doc: Document) -> set[tuple[str, str]]:
	"""What the document hangs on as it is stored; and what it would hang on, where no link field says so: links are
	judged when they are saved."""
	fields = registry.attached_to(doc.doctype)
	carriers = {queries.carrier_of(doc.doctype, doc.name) if doc.name else None} - {None}
	field = doc.meta.get_field(fields[1])
	if not field or field.fieldtype != "Dynamic Link":
		wanted = tuple(doc.get(field) or "" for field in fields)
		if carriers or not _is_unsaved(*wanted):
			carriers.add(wanted)
	return carriers


def _is_unsaved(doctype: str, name: str) -> bool:
	"""Whether `name` stands for a form that was not saved yet: Frappe takes its files before it has a name."""
	return argument_rules.is_unsaved(name, doctype) and not frappe.db.exists(doctype, name)


def _may_see_carried(by: By, doctype: str, branches: set[str], user: str) -> bool:
	unassigned = Unassigned.EVERYBODY if by is By.OPTIONAL else queries.who_sees_unassigned()
	return document_rules.may_see(queries.scope(user, doctype), branches, unassigned)


def _reaches_linked(doctype: str, name: str, user: str) -> bool:
	links = queries.links_of(doctype, name)
	judged = registry.limiting_linked()
	limited = [link for link in links if link[0] in judged]
	if limited:
		return any(reaches(*link, user) for link in limited)
	if links:
		return True
	if queries.who_sees_unassigned() is Unassigned.EVERYBODY and queries.scope(user, doctype).branches:
		return True
	return frappe.db.get_value(doctype, name, "owner") == user
