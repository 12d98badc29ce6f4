"""What the shape of DocTypes says about branches: kept in Redis until a DocType changes, since reading every
DocType's shape takes longer than most requests."""

from collections import defaultdict

import frappe
from frappe.utils.caching import request_cache

BRANCH = "Branch"
KEPT = "branch_access:doctype_facts"
_SECONDS = 3600


def branch_field() -> str:
	"""The name of the branch's column on documents: that of ERPNext's accounting dimension on Branch."""
	return _facts()["branch_field"]


def with_dimension() -> list[str]:
	"""The stored documents, but for rows of tables, that ERPNext gives the dimension's column."""
	return _facts()["with_dimension"]


def parents_of(table: str) -> list[str]:
	"""The DocTypes that have rows of the child DocType `table`."""
	return _facts()["parents"].get(table, [])


def tables() -> list[str]:
	"""The child DocTypes that some DocType has rows of."""
	return list(_facts()["parents"])


def is_table(doctype: str) -> bool:
	return doctype in _facts()["parents"]


def naming_fields(doctype: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
	"""Where a DocType says that it names others: the child DocType, empty for the document itself; the field of
	the name; that of its DocType, empty for a link field; and the DocTypes that it may lead to."""
	return _facts()["naming"].get(doctype, [])


def without_said_names() -> list[str]:
	"""The DocTypes whose documents are called by a number that the database gives."""
	return _facts()["without_said_names"]


def forget() -> None:
	"""To be called when accounting dimensions change; changes of DocTypes are noticed by themselves."""
	_delete_kept()
	# a reader that began before the commit may have kept what was true then
	frappe.db.after_commit.add(_delete_kept)


def _delete_kept() -> None:
	frappe.cache.delete_value(KEPT)


@request_cache
def _facts() -> dict:
	version = frappe.cache.get_value("metadata_version")
	kept = frappe.cache.get_value(KEPT, expires=True)
	if not kept or kept["version"] != version:
		field = (
			frappe.db.get_value("Accounting Dimension", {"document_type": BRANCH}, "fieldname") or "branch"
		)
		doctypes = set(frappe.get_all("DocType", pluck="name"))
		kept = {
			"version": version,
			"branch_field": field,
			"with_dimension": _read_with_dimension(field),
			"parents": _read_parents(),
			"without_said_names": frappe.get_all("DocType", {"autoname": "autoincrement"}, pluck="name"),
			"naming": {
				entry["doctype"]: [
					_read_naming(entry["doctype"], fields)
					for fields in entry["fields"]
					if _is_there(entry["doctype"], fields, doctypes)
				]
				for entry in frappe.get_hooks("branch_scopes")
				if "fields" in entry
			},
		}
		frappe.cache.set_value(KEPT, kept, expires_in_sec=_SECONDS)
	return kept


def _read_with_dimension(field: str) -> list[str]:
	metas = map(frappe.get_meta, frappe.get_hooks("accounting_dimension_doctypes"))
	documents = (meta for meta in metas if not (meta.istable or meta.issingle))
	return [meta.name for meta in documents if meta.has_field(field)]


def _read_parents() -> dict[str, list[str]]:
	tables = {"fieldtype": ["in", frappe.model.table_fields]}
	found: dict[str, set[str]] = defaultdict(set)
	for doctype, parent in ("DocField", "parent"), ("Custom Field", "dt"):
		for row in frappe.get_all(doctype, tables, ["options", f"{parent} as parent"]):
			found[row.options].add(row.parent)
	return {table: sorted(parents) for table, parents in found.items()}


_Field = str | tuple[str, str, tuple[str, ...]]


def _is_there(doctype: str, fields: _Field, doctypes: set[str]) -> bool:
	"""While an app is installed or migrated, its hooks are known before its DocTypes and fields."""
	top = (fields if isinstance(fields, str) else fields[1]).partition(".")[0]
	return doctype in doctypes and frappe.get_meta(doctype).has_field(top)


def _read_naming(doctype: str, fields: _Field) -> tuple[str, str, str, tuple[str, ...]]:
	kind, name, doctypes = ("", fields, ()) if isinstance(fields, str) else fields
	table, _, field = name.rpartition(".")
	row = frappe.get_meta(doctype).get_field(table).options if table else ""
	leads_to = frappe.get_meta(row or doctype).get_field(field).options
	return row, field, kind.rpartition(".")[2], tuple(doctypes) or (leads_to,)
