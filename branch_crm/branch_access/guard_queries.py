"""What the guard over requests reads: the shape of DocTypes, and which of the documents named a user reaches."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import frappe
from frappe.utils.caching import request_cache

from branch_crm.branch_access import (
	doctype_facts,
	guard_requests,
	guard_rules,
	link_queries,
	permissions,
	registry,
	team_permissions,
)
from branch_crm.branch_access.guard_rules import Catalogue, Named
from branch_crm.branch_access.registry import By

_TEXTS = ("Data", "Small Text", "Read Only", "Check", "Int", "Float", "Currency")
_IN_MODULE = re.compile(r"\.doctype\.(\w+)\.")
# arguments of these names hold something else
AMBIGUOUS = {"address", "event", "bank_account", "pricing_rule", "pricing_rules", "serial_no", "serial_nos"}
# attached documents that arguments name by their DocType
ALSO = {"communication": "Communication"}


def catalogue(path: str, declared: Mapping[str, str | None]) -> Catalogue:
	"""What the rules need to find the documents named to the function at `path`."""
	own = doctype_of_module(path)
	own_keys = guard_rules.own_keys(guard_requests.parameters_of(path)) if own else ()
	return Catalogue(
		is_judged,
		_doctypes_by_key(),
		judged_links,
		_tables,
		*(own, own_keys, declared),
		texts=_texts,
		is_numbered=_is_numbered,
		spelt=spelt,
	)


def is_judged(doctype: str) -> bool:
	"""Whether branches limit the DocType, or the documents that its rows belong to."""
	if doctype in registry.judged_doctypes():
		return True
	return doctype_facts.is_table(doctype) and bool(registry.parents_of(doctype))


def spelt(doctype: str) -> str:
	"""The judged DocType that is spelt like this but for capitals and blanks at the end, or else the same."""
	return _doctypes_by_spelling().get(_folded(doctype), doctype)


def are_spelt_otherwise(kinds: Collection[str]) -> bool:
	"""Whether the database takes one of these for a judged DocType of another name. It is asked only about letters of
	which it alone knows what they are equal to."""
	others = {kind for kind in kinds if not is_judged(kind)}
	if any(spelt(kind) != kind for kind in others):
		return True
	unusual = {kind for kind in others if not (kind.isascii() and kind.isprintable())}
	found = frappe.get_all("DocType", {"name": ["in", unusual]}, pluck="name") if unusual else []
	return not unusual.issuperset(found)


@request_cache
def _doctypes_by_spelling() -> dict[str, str]:
	return {_folded(name): name for name in (*registry.judged_doctypes(), *doctype_facts.tables())}


def _folded(name: str) -> str:
	return name.rstrip(" ").casefold()


@request_cache
def _doctypes_by_key() -> dict[str, str]:
	named = [name for name in registry.judged_doctypes() if registry.scoping_of(name) is not By.ATTACHED]
	keys = {frappe.scrub(name): name for name in named}
	plurals = {f"{key}s": name for key, name in keys.items()}
	return {key: name for key, name in {**plurals, **keys, **ALSO}.items() if key not in AMBIGUOUS}


def doctype_of_module(path: str) -> str | None:
	"""The judged DocType in whose module a function stands."""
	found = _IN_MODULE.search(path)
	return _by_scrubbed_name().get(found.group(1)) if found else None


@request_cache
def _by_scrubbed_name() -> dict[str, str]:
	return {frappe.scrub(name): name for name in registry.judged_doctypes()}


@request_cache
def judged_links(doctype: str) -> dict[str, str]:
	"""The link fields of a DocType to judged ones by fieldname: the DocType, or the field that holds it."""
	if not frappe.db.exists("DocType", doctype, cache=True):
		return {}
	meta = frappe.get_meta(doctype)
	links = {field.fieldname: field.options for field in meta.get_link_fields() if is_judged(field.options)}
	return links | {field.fieldname: field.options for field in meta.get_dynamic_link_fields()}


@request_cache
def _texts(doctype: str) -> frozenset[str]:
	fields = (
		frappe.get_meta(doctype).get("fields", {"fieldtype": ["in", _TEXTS]})
		if link_queries.is_doctype(doctype)
		else ()
	)
	return frozenset(field.fieldname for field in fields)


def _is_numbered(doctype: str) -> bool:
	return frappe.get_meta(doctype).autoname == "autoincrement"


@request_cache
def _tables(doctype: str) -> dict[str, str]:
	if not link_queries.is_doctype(doctype):
		return {}
	return {field.fieldname: field.options for field in frappe.get_meta(doctype).get_table_fields()}


def refused(named: Iterable[Named], user: str) -> Named | None:
	"""The first document that a restricted user does not reach, or that is not there: one query per DocType."""
	wanted: dict[str, list[Named]] = defaultdict(list)
	for one in named:
		wanted[one.doctype].append(one)
	# a document before its rows, as where neither is there
	for doctype, documents in sorted(wanted.items(), key=lambda one: doctype_facts.is_table(one[0])):
		found = permissions.reached_of(doctype, {one.name for one in documents}, user)
		# some are numbered
		reached = {str(name): is_reached for name, is_reached in found.items()}
		# the database may take one spelling for another
		others = {name for name, is_reached in reached.items() if not is_reached} - {
			one.name for one in documents
		}
		for one in documents:
			is_open = reached.get(one.name, one.may_be_missing and not others)
			if not is_open and not _is_no_news(one, user):
				return one
	return None


def only_viewed(named: Iterable[Named], user: str) -> Named | None:
	"""The first stored document on which the functions of a restricted user allow nothing but reading."""
	for one in named:
		if not one.within and frappe.db.exists(one.doctype, one.name):
			doc = frappe.get_doc(one.doctype, one.name)
			if not team_permissions.allows(doc, "write", user):
				return one
	return None


def _is_no_news(one: Named, user: str) -> bool:
	"""Whether a document that the user sees says the same already."""
	if not one.within or frappe.get_meta(one.within[0]).issingle:
		return False
	if not permissions.reached_of(one.within[0], [one.within[1]], user).get(one.within[1]):
		return False
	stored = frappe.get_doc(*one.within)
	if one.doctype == registry.BRANCH:
		return one.name in link_queries.branches_of(stored)
	return (one.doctype, one.name) in link_queries.keys_of(stored)
