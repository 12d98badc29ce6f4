"""Row permission: list and form answer from the same registry, the same scope and the same rules."""

from collections import defaultdict
from collections.abc import Collection, Iterator

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from branch_crm.branch_access import (
	argument_rules,
	assignment_rules,
	document_rules,
	member_queries,
	naming_statements,
	portal_permissions,
	queries,
	registry,
	statements,
	team_permissions,
	written_beside,
)
from branch_crm.branch_access.assignment_rules import Unassigned
from branch_crm.branch_access.naming_statements import Naming
from branch_crm.branch_access.queries import NO_OBJECTION
from branch_crm.branch_access.registry import By

_Known = dict[str, statements.Condition]


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""The SQL condition of scope for a list of `doctype`; "" where branches do not limit the user."""
	return condition_in_force(user or frappe.session.user, doctype) if doctype else ""


def condition_in_force(user: str, doctype: str) -> str:
	if not queries.is_enforced():
		return ""
	if queries.is_by_party(user):
		return _as_text(portal_permissions.condition(user, doctype)) if registry.scoping_of(doctype) else ""
	condition = condition_if_enforced(user, doctype, queries.who_sees_unassigned())
	if not condition or not queries.may_shares_cross():
		return condition
	return f"({condition} or {_as_text(statements.shared(doctype, user))})"


def condition_if_enforced(user: str, doctype: str, unassigned: Unassigned) -> str:
	"""The same, whether scope is on or not: what the dry run counts with."""
	if queries.is_unrestricted(user):
		return ""
	by = registry.scoping_of(doctype)
	if by is None:
		return ""
	condition = _condition(by, user, doctype, unassigned)
	return _as_text(condition) if condition else ""


def visible_to(user: str, doctype: str) -> statements.Condition:
	"""The condition of what a user sees of `doctype` by his branches, whether scope is on or not."""
	if queries.is_unrestricted(user) or not registry.scoping_of(doctype):
		return statements.EVERYTHING
	return _of(doctype, user, queries.who_sees_unassigned())


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
		return all(carries(carrier, user) for carrier in _carriers_of(doc))
	return (_stored_answer(by, doc.doctype, doc.name, user) if doc.name else None) is not False


def reaches(doctype: str, name: str, user: str) -> bool:
	"""Whether a restricted user sees the stored document; what does not exist nobody sees."""
	by = registry.scoping_of(doctype)
	if not by:
		return bool(frappe.db.exists(doctype, name))
	if queries.is_by_party(user):
		return reached_of(doctype, [name], user).get(name, False)
	return bool(_stored_answer(by, doctype, name, user)) or _is_lent(doctype, name, user)


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
	condition = _condition(by, user, doctype, queries.who_sees_unassigned(), named=True)
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
	return {
		name: carrier not in reached or reached[carrier].get(carrier_name, False)
		for name, (carrier, carrier_name) in carriers.items()
	}


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


def _is_lent(doctype: str, name: str, user: str) -> bool:
	if not queries.may_shares_cross():
		return False
	lent = {"share_doctype": doctype, "share_name": name, "read": 1}
	return any(frappe.db.exists("DocShare", {**lent, **to}) for to in ({"user": user}, {"everyone": 1}))


def _may_see_carried(by: By, doctype: str, branches: set[str], user: str) -> bool:
	unassigned = Unassigned.EVERYBODY if by is By.OPTIONAL else queries.who_sees_unassigned()
	return document_rules.may_see(queries.scope(user, doctype), branches, unassigned)


def _reaches_linked(doctype: str, name: str, user: str) -> bool:
	links = queries.links_of(doctype, name)
	party_doctypes = registry.party_doctypes()
	parties = [link for link in links if link[0] in party_doctypes]
	if parties:
		return any(reaches(*party, user) for party in parties)
	if links:
		return True
	if queries.who_sees_unassigned() is Unassigned.EVERYBODY and queries.scope(user, doctype).branches:
		return True
	return frappe.db.get_value(doctype, name, "owner") == user


def _condition(
	by: By, user: str, doctype: str, unassigned: Unassigned, named: bool = False, known: _Known | None = None
) -> statements.Condition | None:
	"""With `named` for a query that names its documents: there is no way through a list to be chosen. `known` are the
	conditions that were made on the way to this one."""
	known = {} if known is None else known
	everybody = unassigned is Unassigned.EVERYBODY
	branches = queries.scope(user, doctype).branches
	if by is By.ITSELF:
		return statements.named(doctype, queries.any_scope(user).branches)
	if by is By.ASSIGNMENTS:
		few = named or member_queries.is_few(doctype, branches, everybody)
		always = registry.always_visible(doctype)
		return statements.assigned(doctype, branches, getdate(), few, everybody, always)
	if by is By.PARTIES:
		parties = {party: _of(party, user, unassigned, named, known) for party in registry.party_doctypes()}
		return statements.linked(doctype, parties, user, everybody and bool(branches))
	if by in (By.COLUMN, By.OPTIONAL):
		# an index serves the list only where nobody has to look for those without a branch
		with_unassigned = (everybody or by is By.OPTIONAL) and (
			named or queries.is_any_without_branch(doctype)
		)
		reached = statements.in_column(doctype, registry.branch_field(), branches, with_unassigned)
		namings = list(_namings(user, doctype, unassigned, known)) if by is By.OPTIONAL else []
		if not namings or not with_unassigned:
			return reached
		named_ones = naming_statements.naming(doctype, namings)
		return statements.with_branch_or(reached, doctype, registry.branch_field(), named_ones)
	if by is By.ROWS:
		rows = registry.rows_of(doctype)
		few = named or member_queries.is_few(doctype, branches, everybody)
		return statements.in_rows(doctype, rows, registry.branch_field(), branches, few, everybody)
	if by is By.NAMING:
		return naming_statements.naming(doctype, list(_namings(user, doctype, unassigned, known)))
	if by is By.ATTACHED:
		carriers = {name: _of(name, user, unassigned, known=known) for name in registry.carriers_of(doctype)}
		return statements.attached(
			doctype, *registry.attached_to(doctype), carriers, registry.judged_doctypes()
		)
	return None if branches else statements.NOTHING


def _namings(user: str, doctype: str, unassigned: Unassigned, known: _Known) -> Iterator[Naming]:
	for one in registry.naming_fields(doctype):
		seen = {name: _of(name, user, unassigned, known=known) for name in one.doctypes}
		yield Naming(one.field, seen, one.kind, one.row)


def _of(
	doctype: str, user: str, unassigned: Unassigned, named: bool = False, known: _Known | None = None
) -> statements.Condition:
	known = {} if known is None else known
	if doctype not in known:
		by = registry.scoping_of(doctype)
		known[doctype] = _condition(by, user, doctype, unassigned, named, known) or statements.EVERYTHING
	return known[doctype]


def _as_text(condition: statements.Condition) -> str:
	"""Frappe's hook takes no parameters: each one is escaped by the database driver."""
	text, parameters = condition
	return text % tuple(frappe.db.escape(str(value), percent=False) for value in parameters)
