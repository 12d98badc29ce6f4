"""How each DocType finds its branches, collected from the hook `branch_scopes` of all installed apps.

Each entry of the hook is a dict: `doctype`, and `by`, one of the values of `By`.
"""

from enum import Enum

import frappe

BRANCH = "Branch"


class By(Enum):
	ITSELF = "itself"
	"""The document is a branch."""
	ASSIGNMENTS = "assignments"
	"""The document has a table `branches` of Branch Assignment rows."""
	PARTIES = "parties"
	"""The document follows the assigned parties in its table `links` of Dynamic Link rows."""
	LINK = "link"
	"""Not registered, but linked to Branch: Frappe's User Permissions decide for whoever has some."""


def scoped_doctypes() -> dict[str, By]:
	"""Every registered DocType and how it finds its branches."""
	return {entry["doctype"]: By(entry["by"]) for entry in frappe.get_hooks("branch_scopes")}


def assigned_doctypes() -> list[str]:
	"""The registered masters that have a branch table."""
	return [doctype for doctype, by in scoped_doctypes().items() if by is By.ASSIGNMENTS]


def scoping_of(doctype: str) -> By | None:
	"""How `doctype` finds its branches; None where no branch limits it."""
	registered = scoped_doctypes().get(doctype)
	if registered:
		return registered
	meta = frappe.get_meta(doctype)
	if meta.istable or meta.issingle:
		return None
	linked = any(
		field.options == BRANCH and not field.ignore_user_permissions for field in meta.get_link_fields()
	)
	return By.LINK if linked else None


def branch_linked_doctypes() -> list[str]:
	"""Unregistered DocTypes with a link to Branch, on which Frappe's own User Permissions act."""
	linked = set(frappe.get_all("DocField", {"fieldtype": "Link", "options": BRANCH}, pluck="parent"))
	linked |= set(frappe.get_all("Custom Field", {"fieldtype": "Link", "options": BRANCH}, pluck="dt"))
	return sorted(doctype for doctype in linked if scoping_of(doctype) is By.LINK)
