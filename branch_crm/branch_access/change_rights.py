"""Which documents a limited user may change, as far as branches and his functions in them have a say in it."""

from collections import defaultdict
from collections.abc import Collection, Iterable

import frappe

from branch_crm.branch_access import permissions, queries, team_permissions


def changeable_among(doctype: str, names: Collection[str], user: str) -> set[str]:
	"""Those of `names` that are there, that the user reaches, and that he does not only view."""
	reached = permissions.reached_among(doctype, names, user)
	if all(membership.works for membership in queries.memberships_of(user)):
		return reached
	return {name for name in reached if team_permissions.allows(frappe.get_doc(doctype, name), "write", user)}


def changeable(documents: Iterable[tuple[str, str]], user: str) -> set[tuple[str, str]]:
	"""The same of documents (DocType, name) of several kinds."""
	names: dict[str, set[str]] = defaultdict(set)
	for doctype, name in documents:
		names[doctype].add(name)
	return {
		(doctype, name)
		for doctype, wanted in names.items()
		for name in changeable_among(doctype, wanted, user)
	}
