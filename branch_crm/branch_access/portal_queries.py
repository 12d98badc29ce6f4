"""Every read of what belongs to portal users."""

from collections import defaultdict
from collections.abc import Mapping

import frappe
from frappe.utils.caching import request_cache

from branch_crm.branch_access import portal_statements


@request_cache
def entries() -> dict[str, dict]:
	"""By DocType its entry of the hook `branch_portal`."""
	return {entry["doctype"]: entry for entry in frappe.get_hooks("branch_portal")}


def party_doctypes() -> list[str]:
	"""The DocTypes whose documents portal users stand for."""
	return [doctype for doctype, entry in entries().items() if "name" in entry.get("party", ())]


@request_cache
def parties_of(user: str) -> Mapping[str, set[str]]:
	"""By DocType the parties that the user stands for; a guest stands for none."""
	found: dict[str, set[str]] = defaultdict(set)
	if user != "Guest":
		for doctype, name in frappe.db.sql(*portal_statements.parties_of(user, party_doctypes())):
			found[doctype].add(name)
	return {doctype: found[doctype] for doctype in party_doctypes()}


def sees_all_timesheets(user: str) -> bool:
	"""Whether ERPNext lists the timesheets of everybody to this contact: its customer has no invoice and no project."""
	contact = frappe.db.exists("Contact", {"user": user})
	customer = frappe.get_doc("Contact", contact).get_link_for("Customer") if contact else None
	return bool(customer) and not any(
		frappe.db.exists(doctype, {"customer": customer}) for doctype in ("Sales Invoice", "Project")
	)


def doctype_of_web_form(web_form: str) -> str | None:
	return frappe.db.get_value("Web Form", web_form, "doc_type", cache=True)


def links_of_web_form(web_form: str) -> dict[str, str]:
	"""By fieldname the DocType that each link field of the form leads to."""
	fields = frappe.get_all(
		"Web Form Field",
		{"parent": web_form, "parenttype": "Web Form", "fieldtype": "Link"},
		["fieldname", "options"],
		as_list=True,
	)
	return dict(fields)


def is_share_key(key: str, doctype: str, name: str) -> bool:
	"""Whether somebody has published the document under this key; Frappe says whether it has expired."""
	shared = {"reference_doctype": doctype, "reference_docname": name, "key": key}
	if frappe.db.exists("Document Share Key", shared):
		return True
	if not frappe.get_system_settings("allow_older_web_view_links") or not frappe.db.exists(doctype, name):
		return False
	return key == frappe.get_doc(doctype, name).get_signature()
