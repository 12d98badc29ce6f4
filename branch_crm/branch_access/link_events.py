"""A document links only to what whoever saves it sees, or else it would fetch, print and count what is not his."""

from collections import defaultdict
from collections.abc import Collection

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import (
	file_permissions,
	link_queries,
	permissions,
	portal_queries,
	queries,
	registry,
	team_permissions,
)
from branch_crm.branch_access.link_queries import Link
from branch_crm.branch_access.refusals import is_judged
from branch_crm.branch_access.registry import By

# what is not submitted, and yet goes on
_CARRIED_ON = ("Lead", "Opportunity", "Prospect", "Project", "Task", "Issue")


def refuse_foreign_links(doc: Document, method: str | None = None) -> None:
	"""Refuse a new link to a document that a limited user does not see, as Frappe refuses one to a document that
	does not exist. What it linked to before, or what it goes on from, may stay foreign."""
	if not (_is_judged_by_party(doc) if queries.is_by_party(frappe.session.user) else is_judged(doc)):
		return
	links = link_queries.changed_links(doc)
	refuse(foreign_among(links, doc.doctype, link_queries.keys_of(doc)))
	if not queries.is_by_party(frappe.session.user):
		gone_on_from = {link.key for link in links if _is_gone_on_from(link)}
		team_permissions.refuse_only_viewed(sorted(gone_on_from), frappe.session.user)
	for url in link_queries.changed_urls(doc):
		if not file_permissions.may_download(url, frappe.session.user):
			frappe.throw(_("Could not find {0}").format(url), frappe.LinkValidationError)


def _is_gone_on_from(link: Link) -> bool:
	"""Whether ERPNext writes into what is linked: what of it is delivered, billed, returned or paid, or its status."""
	return link.doctype in _CARRIED_ON or bool(frappe.get_meta(link.doctype).is_submittable)


def _is_judged_by_party(doc: Document) -> bool:
	"""Forms of the website save without asking for permissions what their visitor has typed."""
	if not queries.is_enforced():
		return False
	return not doc.flags.ignore_permissions or _is_of_web_form(doc)


def _is_of_web_form(doc: Document) -> bool:
	web_form = frappe.form_dict.web_form if frappe.flags.in_web_form else None
	return bool(web_form) and portal_queries.doctype_of_web_form(web_form) == doc.doctype


def foreign_among(links: Collection[Link], doctype: str, keys: Collection[tuple[str, str]]) -> list[Link]:
	"""Those of the new `links` of a document that the session's user may not make.

	Arguments:
	        keys: all that the document links to, stored before or not.
	"""
	names = defaultdict(set)
	for link in links:
		names[link.doctype].add(link.name)
	reached = {
		(target, name)
		for target, wanted in names.items()
		for name in permissions.reached_among(target, wanted, frappe.session.user)
	}
	foreign = {
		link.key for link in links if link.key not in reached and not _is_spelt_otherwise(link, reached)
	}
	if foreign and registry.scoping_of(doctype) is not By.ATTACHED:
		foreign -= link_queries.keys_at_sources(keys, foreign)
	return [link for link in links if link.key in foreign]


def refuse(links: Collection[Link]) -> None:
	"""Refuse these links in Frappe's words for those to what is not there."""
	if links:
		frappe.throw(
			_("Could not find {0}").format(", ".join(link.place for link in links)),
			frappe.LinkValidationError,
		)


def _is_spelt_otherwise(link: Link, reached: Collection[tuple[str, str]]) -> bool:
	"""Whether the database takes the name for that of a document that is reached, as Frappe then does."""
	return (link.doctype, frappe.db.get_value(*link.key, "name")) in reached
