"""What the form of a new document asks before it is saved. Saving gives the same by itself."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import origin_queries, queries
from branch_crm.customer_master import customer_default_queries
from branch_crm.customer_master.custom_fields import PRICED


@frappe.whitelist()
def defaults_for(doc: dict | str) -> dict:
	"""What the customer of a new document has for it.

	Returns `values` by fieldname, of what the user may see; and `usual`: by fieldname, what ERPNext fills in by itself
	and what therefore gives way, unless it comes from another document. Both are empty where the user does not reach
	the branch, or may not see the customer.
	"""
	draft = frappe.get_doc(frappe.parse_json(doc))
	frappe.has_permission(draft.doctype, "create", throw=True)
	if draft.doctype not in PRICED:
		frappe.throw(_("{0} takes nothing from a customer.").format(_(draft.doctype)), title=_("Customer"))
	customer = customer_default_queries.customer_of(draft)
	if not customer or not _may_see("Customer", customer) or not _is_branch_reached(draft):
		return {"values": {}, "usual": {}}
	values = customer_default_queries.values_for(draft)
	return {
		"values": {
			fieldname: name
			for fieldname, name in values.items()
			if _may_see(draft.meta.get_field(fieldname).options, name)
		},
		"usual": {} if origin_queries.branches_continued(draft) else _usual(customer),
	}


def _usual(customer: str) -> dict[str, list[str]]:
	usual = customer_default_queries.usual_addresses(customer)
	return {fieldname: names for fieldname, names in usual.items() if _may_see("Address", names[0])}


def _is_branch_reached(draft: Document) -> bool:
	branch = draft.get(queries.branch_field())
	scope = queries.working_scope_in_force(frappe.session.user, draft.doctype)
	return not branch or scope.reaches(branch)


def _may_see(doctype: str, name: str) -> bool:
	right = "select" if frappe.only_has_select_perm(doctype) else "read"
	return bool(frappe.db.exists(doctype, name)) and frappe.has_permission(doctype, right, name)
