"""How each DocType finds its branches, collected from the hook `branch_scopes` of all installed apps.

Each entry of the hook is a dict: `doctype`, and `by`, one of the values of `By`. For `column` besides:

- `origins`: link fields, the first one that leads to a branch gives a new document its default;
- `follows`: the link field of the document whose branch it always has (a ledger row its voucher);
- `is_party`: its contacts and addresses follow it.

For `naming` the entry's `fields` are those that name others: a link field, a link field of a table's rows
(`delivery_stops.customer`), or of a dynamic link the two fields and the DocTypes that it may lead to. For `optional`
the same, by which documents without a branch are seen.

For `attached` the entry's `to` is the pair of fields that hold the DocType and the name of the other document, and
`links` a table of links by which it follows parties where it hangs on nothing. Rows of tables are attached to their
parent without an entry.

The hook `branch_always_visible` names, by DocType of a master with a branch table, functions that return the names of
those that whoever reaches any branch reads, and nobody limited by branch changes.
"""

from dataclasses import dataclass
from enum import Enum

import frappe
from frappe.utils.caching import request_cache

from branch_crm.branch_access import doctype_facts
from branch_crm.branch_access.doctype_facts import BRANCH, branch_field

__all__ = ["BRANCH", "branch_field"]


class By(Enum):
	ITSELF = "itself"
	"""The document is a branch."""
	ASSIGNMENTS = "assignments"
	"""The document has a table `branches` of Branch Assignment rows."""
	COLUMN = "column"
	"""The document has one branch."""
	ROWS = "rows"
	"""The rows of the document's mandatory table `table` have a branch each; all of them have to be reached."""
	PARTIES = "parties"
	"""The document follows the parties in its table `links` of Dynamic Link rows."""
	NAMING = "naming"
	"""The document has no branch of its own; whoever sees every document that it names sees it."""
	ATTACHED = "attached"
	"""The document hangs on another one and is seen with it."""
	OPTIONAL = "optional"
	"""With the dimension's column, registered or not: what has no branch, and names nothing, is for all branches."""
	LINK = "link"
	"""Not registered, but linked to Branch: Frappe's User Permissions decide for whoever has some."""


@dataclass(frozen=True)
class NamingField:
	"""A field that names another document.

	Attributes:
	        row: the child DocType in whose rows it is; empty where it is the document's own.
	        field: it holds the name.
	        kind: the field that holds the DocType; empty for a link field.
	        doctypes: of which DocTypes the name may be.
	"""

	row: str
	field: str
	kind: str
	doctypes: tuple[str, ...]


@request_cache
def entries() -> dict[str, dict]:
	"""Every registered DocType with its entry, but for those that only may have a branch."""
	optional = By.OPTIONAL.value
	return {entry["doctype"]: entry for entry in frappe.get_hooks("branch_scopes") if entry["by"] != optional}


@request_cache
def scoped_doctypes() -> dict[str, By]:
	"""Every registered DocType and how it finds its branches."""
	return {doctype: By(entry["by"]) for doctype, entry in entries().items()}


def assigned_doctypes() -> list[str]:
	"""The registered masters that have a branch table."""
	return _doctypes(By.ASSIGNMENTS)


def column_doctypes() -> list[str]:
	"""The registered documents that have one branch."""
	return _doctypes(By.COLUMN)


def naming_doctypes() -> list[str]:
	"""The registered documents that are seen by what they name."""
	return _doctypes(By.NAMING)


def party_doctypes() -> list[str]:
	"""The DocTypes whose contacts and addresses follow them."""
	return [
		doctype
		for doctype, entry in entries().items()
		if By(entry["by"]) is By.ASSIGNMENTS or entry.get("is_party")
	]


@request_cache
def always_visible(doctype: str) -> frozenset[str]:
	"""Names of the masters that everybody with a branch sees; they have no branches of their own."""
	functions = frappe.get_hooks("branch_always_visible", {}).get(doctype, ())
	return frozenset(name for path in functions for name in frappe.get_attr(path)())


def rows_of(doctype: str) -> str:
	"""The child DocType whose rows have the branches of a document registered by rows."""
	return frappe.get_meta(doctype).get_field(entries()[doctype]["table"]).options


def row_doctypes() -> list[str]:
	"""The child DocTypes whose rows have the branches of registered documents."""
	return [rows_of(doctype) for doctype in _doctypes(By.ROWS)]


def scoping_of(doctype: str) -> By | None:
	"""How `doctype` finds its branches; None where no branch limits it."""
	registered = scoped_doctypes().get(doctype)
	if registered:
		return registered
	if doctype in doctype_facts.with_dimension():
		return By.OPTIONAL
	meta = frappe.get_meta(doctype)
	if meta.issingle:
		return None
	if meta.istable:
		return By.ATTACHED if parents_of(doctype) else None
	linked = any(
		field.options == BRANCH and not field.ignore_user_permissions for field in meta.get_link_fields()
	)
	return By.LINK if linked else None


@request_cache
def judged_doctypes() -> list[str]:
	"""The DocTypes whose documents carry others along: whatever is attached to one of them is seen with it."""
	return list(dict.fromkeys([*entries(), *doctype_facts.with_dimension()]))


def limiting_linked() -> list[str]:
	"""The DocTypes whose documents limit the contacts and addresses that are linked to them: all but branches, whose
	addresses everybody may know."""
	return [name for name in judged_doctypes() if scoping_of(name) is not By.ITSELF]


def attached_to(doctype: str) -> tuple[str, str]:
	"""The fields that hold the DocType and the name of what documents of `doctype` hang on."""
	return tuple(entries()[doctype]["to"]) if doctype in entries() else ("parenttype", "parent")


def links_of_unattached(doctype: str) -> str | None:
	"""The child DocType with the links of documents of `doctype` that hang on nothing."""
	table = entries().get(doctype, {}).get("links")
	return frappe.get_meta(doctype).get_field(table).options if table else None


def naming_fields(doctype: str) -> list[NamingField]:
	"""Where documents of `doctype` name others."""
	return [NamingField(*found) for found in doctype_facts.naming_fields(doctype)]


def carriers_of(doctype: str) -> list[str]:
	"""The judged DocTypes that documents of `doctype` hang on."""
	if doctype in entries():
		return [name for name in judged_doctypes() if scoping_of(name) is not By.ATTACHED]
	return parents_of(doctype)


def parents_of(table: str) -> list[str]:
	"""The judged DocTypes that have rows of the child DocType `table`."""
	return [name for name in doctype_facts.parents_of(table) if name in judged_doctypes()]


def branch_linked_doctypes() -> list[str]:
	"""Unregistered DocTypes with a link to Branch, on which Frappe's own User Permissions act."""
	linked = set(frappe.get_all("DocField", {"fieldtype": "Link", "options": BRANCH}, pluck="parent"))
	linked |= set(frappe.get_all("Custom Field", {"fieldtype": "Link", "options": BRANCH}, pluck="dt"))
	return sorted(doctype for doctype in linked if scoping_of(doctype) in (By.LINK, By.OPTIONAL))


def _doctypes(by: By) -> list[str]:
	return [doctype for doctype, way in scoped_doctypes().items() if way is by]
