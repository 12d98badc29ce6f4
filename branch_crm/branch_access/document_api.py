"""What the form of a document asks before it is saved. Saving gives the same by itself."""

import frappe
from erpnext.controllers.queries import get_filtered_dimensions
from frappe import _
from frappe.desk import search
from frappe.model.document import Document

from branch_crm.branch_access import (
	branch_default_queries,
	document_events,
	origin_queries,
	own_rows_api,
	permissions,
	queries,
	registry,
)
from branch_crm.branch_access.registry import BRANCH

_OF_DIMENSION = "erpnext.controllers.queries.get_filtered_dimensions"


@frappe.whitelist()
def proposed_branch(doc: dict | str) -> str | None:
	"""The branch that a new document would get; None where the user has to choose, or where its party or another
	document that it comes from is not his to see."""
	draft = frappe.get_doc(frappe.parse_json(doc))
	frappe.has_permission(draft.doctype, "create", throw=True)
	_refuse_without_branch(draft)
	user = frappe.session.user
	if queries.is_limited_by_branch(user):
		links = origin_queries.links_of_origins(draft, registry.entries()[draft.doctype])
		if not all(permissions.reaches(*link, user) for link in links if registry.scoping_of(link[0])):
			return None
	draft.set(registry.branch_field(), None)
	document_events.give_branch(draft)
	return draft.get(registry.branch_field())


@frappe.whitelist()
def branch_defaults(doc: dict | str) -> dict:
	"""What the branch of a new document brings to it.

	Returns `values` by fieldname, and `usual`: by fieldname, what ERPNext fills in by itself and what therefore
	gives way. Both are empty where the user does not reach the branch.
	"""
	draft = frappe.get_doc(frappe.parse_json(doc))
	frappe.has_permission(draft.doctype, "create", throw=True)
	_refuse_without_branch(draft)
	branch = draft.get(registry.branch_field())
	scope = queries.working_scope_in_force(frappe.session.user, draft.doctype)
	if branch not in queries.tree() or not scope.reaches(branch):
		return {"values": {}, "usual": {}}
	return {
		"values": branch_default_queries.values_with_series(draft, branch),
		"usual": branch_default_queries.usual_values(draft),
	}


@frappe.whitelist()
def search_link(doctype: str, txt: str, query: str | None = None, **arguments: object) -> list[dict]:
	"""Frappe's own for link fields, with rows that the user reaches; but ERPNext's query for dimensions would leave
	out the branches of all companies, and offer closed ones."""
	if doctype == BRANCH and query == _OF_DIMENSION:
		query = f"{__name__}.search_branches_of_dimension"
	found = frappe.call(
		own_rows_api.search_widget, doctype=doctype, txt=txt.strip(), query=query, **arguments
	)
	return search.build_for_autosuggest(found, doctype=doctype)


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search_branches_of_dimension(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict, **arguments: object
) -> list[tuple]:
	"""ERPNext's own for the branches of the company and for those of all companies, without closed ones."""
	frappe.has_permission(BRANCH, "select" if frappe.only_has_select_perm(BRANCH) else "read", throw=True)
	company = filters.get("company")
	found = {
		row
		for own in {company, None}
		for row in get_filtered_dimensions(
			doctype, txt, searchfield, start, page_len, {**filters, "company": own}
		)
	}
	return sorted(row for row in found if row[0] in queries.tree().open_to(company))


def tell_desk(bootinfo: dict) -> None:
	"""Forms have to know what the field of the branch is called, who has one, and whether this user has to fill
	it in."""
	user = frappe.session.user
	bootinfo["branch_field"] = registry.branch_field()
	bootinfo["branch_doctypes"] = registry.column_doctypes()
	bootinfo["is_branch_required"] = queries.is_limited_by_branch(user)


def _refuse_without_branch(draft: Document) -> None:
	if draft.doctype not in registry.column_doctypes():
		frappe.throw(_("{0} carries no branch.").format(_(draft.doctype)), title=_("Branch"))
