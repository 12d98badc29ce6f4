"""The column of the branch on documents: ERPNext's accounting dimension, where it reaches, and a custom field of
the same name elsewhere. An existing dimension on Branch is used, whatever its field is called."""

import frappe
from erpnext.accounts.doctype.accounting_dimension.accounting_dimension import (
	get_doctypes_with_dimensions,
	make_dimension_in_accounting_doctypes,
)
from frappe import _
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from branch_crm.branch_access import document_custom_fields, queries, registry
from branch_crm.branch_access.custom_fields import MODULE
from branch_crm.branch_access.registry import BRANCH

DIMENSION = "Accounting Dimension"
INDEX = "branch_modified"
INDEX_OF_ROWS = "branch_parent"


class DimensionError(frappe.ValidationError):
	pass


def exists() -> bool:
	return bool(_existing())


def make() -> None:
	"""Make the dimension and its columns at once, without a worker, and verify that they are there.

	Raises DimensionError where a DocType has another field of that name, or a column is missing afterwards.
	"""
	dimension = _existing() or _insert()
	fieldname = dimension.fieldname
	_refuse_other_fields(fieldname)
	_add_companies(dimension, frappe.get_all("Company", pluck="name"))
	make_dimension_in_accounting_doctypes(dimension)
	create_custom_fields(document_custom_fields.missing_fields(fieldname, _has_field))
	queries.forget_scopes()
	_verify(fieldname)
	for doctype in registry.column_doctypes():
		frappe.db.add_index(doctype, [fieldname, "modified"], INDEX)
	for rows in registry.row_doctypes():
		frappe.db.add_index(rows, [fieldname, "parent"], INDEX_OF_ROWS)


def let_registry_decide() -> None:
	"""Frappe's User Permissions on branches leave the columns alone: on a child row they would refuse a document
	that the list shows, on a document they would let every empty branch pass."""
	for doctype in _doctypes_with_column():
		_set_property(doctype, "ignore_user_permissions", "1")


def let_frappe_decide() -> None:
	"""What `let_registry_decide` did is undone."""
	frappe.db.delete("Property Setter", {"module": MODULE, "property": "ignore_user_permissions"})
	for doctype in _doctypes_with_column():
		frappe.clear_cache(doctype=doctype)


def offer_as_filter() -> None:
	"""Every list of a registered DocType has the branch among its standard filters."""
	for doctype in registry.column_doctypes():
		_set_property(doctype, "in_standard_filter", "1")


def add_company(company: str) -> None:
	dimension = _existing()
	if dimension:
		_add_companies(dimension, [company])


def leave() -> None:
	"""Take away what the app added; the dimension and its columns stay, for they are ledger data."""
	for index, doctypes in {
		INDEX: registry.column_doctypes(),
		INDEX_OF_ROWS: registry.row_doctypes(),
	}.items():
		for doctype in doctypes:
			frappe.db.sql_ddl(f"alter table `tab{doctype}` drop index if exists `{index}`")
	for name in frappe.get_all("Custom Field", {"module": MODULE, "options": BRANCH}, pluck="name"):
		frappe.delete_doc("Custom Field", name, force=True)
	frappe.db.delete("Property Setter", {"module": MODULE})
	for doctype in _wanted_doctypes():
		frappe.clear_cache(doctype=doctype)


def _existing() -> object | None:
	name = frappe.db.get_value(DIMENSION, {"document_type": BRANCH})
	return frappe.get_doc(DIMENSION, name) if name else None


def _insert() -> object:
	return frappe.get_doc({"doctype": DIMENSION, "document_type": BRANCH, "label": BRANCH}).insert()


def _add_companies(dimension: object, companies: list[str]) -> None:
	"""POS invoices are consolidated by branch only for companies that the dimension knows."""
	missing = set(companies) - {row.company for row in dimension.dimension_defaults}
	for company in sorted(missing):
		dimension.append("dimension_defaults", {"company": company, "reference_document": BRANCH})
	if missing:
		dimension.save()


def _refuse_other_fields(fieldname: str) -> None:
	for doctype in _wanted_doctypes():
		field = frappe.get_meta(doctype).get_field(fieldname)
		if field and (field.fieldtype, field.options) != ("Link", BRANCH):
			frappe.throw(
				_(
					"{0} has a field {1} that is no link to Branch. Rename it before you install Branch CRM."
				).format(_(doctype), frappe.bold(fieldname)),
				DimensionError,
				title=_("Field Taken"),
			)


def _verify(fieldname: str) -> None:
	missing = [
		doctype
		for doctype in _wanted_doctypes()
		if frappe.db.table_exists(doctype) and not frappe.db.has_column(doctype, fieldname)
	]
	if missing:
		frappe.throw(
			_("The column {0} is missing on: {1}. Run bench migrate.").format(
				frappe.bold(fieldname), ", ".join(map(_, missing))
			),
			DimensionError,
			title=_("Branch Dimension"),
		)


def _wanted_doctypes() -> list[str]:
	return [*get_doctypes_with_dimensions(), *document_custom_fields.PLACES]


def _doctypes_with_column() -> list[str]:
	return [doctype for doctype in _wanted_doctypes() if _has_field(doctype, registry.branch_field())]


def _has_field(doctype: str, fieldname: str) -> bool:
	return frappe.get_meta(doctype).has_field(fieldname)


def _set_property(doctype: str, name: str, value: str) -> None:
	place = {"doc_type": doctype, "field_name": registry.branch_field(), "property": name}
	if frappe.db.exists("Property Setter", place):
		return
	setter = make_property_setter(
		doctype, registry.branch_field(), name, value, "Check", validate_fields_for_doctype=False
	)
	# what has the module goes with the app
	setter.db_set("module", MODULE, update_modified=False)
