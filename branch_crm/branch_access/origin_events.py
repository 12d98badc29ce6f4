"""What a master goes on from: leads, opportunities and prospects."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import origin_queries, permissions, queries, refusals, registry


def keep_prospect(doc: Document, method: str | None = None, source: Document | None = None) -> None:
	"""ERPNext makes a customer of a prospect without noting which one it was, and looks for it later."""
	if source and source.doctype == "Prospect":
		doc.prospect_name = source.name


def refuse_foreign_origins(doc: Document, method: str | None = None) -> None:
	"""Whoever is limited by branch makes a master go on only from what he reaches, also where the system writes it
	for him: contacts and addresses of the one become those of the other."""
	user = frappe.session.user
	if not queries.is_limited_by_branch(user):
		return
	entry = registry.entries()[doc.doctype]
	before = doc.get_doc_before_save()
	stored = origin_queries.links_of_origins(before, entry) if before else []
	added = set(origin_queries.links_of_origins(doc, entry)).difference(stored)
	if added and before:
		added.add((doc.doctype, doc.name))
	if not all(permissions.reaches(*link, user) for link in added):
		refusals.refuse_other_branch(
			_("This {0} would go on from a document of another branch. Ask head office.").format(
				_(doc.doctype)
			)
		)
