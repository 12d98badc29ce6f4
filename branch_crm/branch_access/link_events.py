"""A document links only to what whoever saves it sees, or else it would fetch, print and count what is not his."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import file_permissions, link_queries, permissions, registry
from branch_crm.branch_access.events import is_judged
from branch_crm.branch_access.registry import By


def refuse_foreign_links(doc: Document, method: str | None = None) -> None:
	"""Refuse a new link to a document that a restricted user does not see, as Frappe refuses one to a document that
	does not exist. What it linked to before, or what it goes on from, may stay foreign."""
	if not is_judged(doc):
		return
	links = _foreign(doc)
	if links:
		frappe.throw(
			_("Could not find {0}").format(", ".join(link.place for link in links)),
			frappe.LinkValidationError,
		)
	for url in link_queries.changed_urls(doc):
		if not file_permissions.may_download(url, frappe.session.user):
			frappe.throw(_("Could not find {0}").format(url), frappe.LinkValidationError)


def _foreign(doc: Document) -> list[link_queries.Link]:
	links = link_queries.changed_links(doc)
	names = defaultdict(set)
	for link in links:
		names[link.doctype].add(link.name)
	reached = {
		(doctype, name)
		for doctype, wanted in names.items()
		for name in permissions.reached_among(doctype, wanted, frappe.session.user)
	}
	foreign = {link.key for link in links} - reached
	if foreign and registry.scoping_of(doc.doctype) is not By.ATTACHED:
		foreign -= link_queries.keys_at_sources(doc, foreign)
	return [link for link in links if link.key in foreign]
