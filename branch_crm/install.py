"""What the app adds to a site, and keeps there at every migration."""

import frappe
from frappe import _
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.permissions import add_permission, setup_custom_perms
from frappe.utils.fixtures import sync_fixtures
from frappe.utils.nestedset import rebuild_tree

from branch_crm.branch_access import custom_fields, dimension, queries, registry
from branch_crm.branch_access.custom_fields import RIGHTS
from branch_crm.credit_control import custom_fields as credit_fields
from branch_crm.customer_master import (
	cash_customer,
	code_queries,
	deletion_queries,
	printed_fields,
	search_fields,
	shared_fields,
	trade_type_queries,
)
from branch_crm.customer_master import custom_fields as customer_fields
from branch_crm.party_netting import custom_fields as netting_fields
from branch_crm.party_netting import link_queries

# by module, the fields of each room
FIELDS = {
	room.MODULE: room.CUSTOM_FIELDS
	for room in (custom_fields, customer_fields, netting_fields, credit_fields)
}


def before_install() -> None:
	_refuse_fields_of_others()


def after_install() -> None:
	# Frappe brings the fixtures only after this hook, and the role is needed here
	sync_fixtures("branch_crm")
	frappe.db.set_single_value(queries.SETTINGS, "found_dimension", int(dimension.exists()))
	_add_what_is_missing()
	_add_permissions()
	printed_fields.add()
	rebuild_tree("Branch")
	# a column that an earlier installation left behind may say otherwise
	for doctype in registry.assigned_doctypes():
		queries.set_unassigned_flags(doctype)
	queries.forget_scopes()


def before_migrate() -> None:
	# fields that are new in this version
	_refuse_fields_of_others()


def after_migrate() -> None:
	_add_what_is_missing()
	if frappe.db.exists("Branch", {"lft": 0}):
		rebuild_tree("Branch")
	queries.forget_scopes()


def share_fields(app: str) -> None:
	"""Called when another app has come or gone: fields that it has as well are its own while it is there."""
	_add_fields()


def _add_what_is_missing() -> None:
	_add_fields()
	search_fields.add()
	code_queries.set_default_series()
	trade_type_queries.insert_usual()
	link_queries.mirror_all()
	deletion_queries.switch_on_once()
	cash_customer.make()
	dimension.make()
	dimension.offer_as_filter()
	# an existing dimension stays as it is until scope is switched on
	if not frappe.db.get_single_value(queries.SETTINGS, "found_dimension"):
		dimension.let_registry_decide()


def _add_fields() -> None:
	for fields in FIELDS.values():
		create_custom_fields(fields)
	shared_fields.hand_over()
	create_custom_fields(shared_fields.missing())


def _refuse_fields_of_others() -> None:
	"""A custom field that somebody else made under one of our names would be overwritten, and lost with us."""
	taken = [
		f"{doctype}.{field['fieldname']}"
		for module, fields_of in FIELDS.items()
		for doctype, fields in fields_of.items()
		for field in fields
		if frappe.get_meta(doctype).has_field(field["fieldname"])
		and frappe.db.get_value("Custom Field", {"dt": doctype, "fieldname": field["fieldname"]}, "module")
		!= module
	]
	if taken:
		frappe.throw(
			_("These fields are there already: {0}. Rename them, then repeat.").format(
				frappe.bold(", ".join(taken))
			),
			title=_("Field Taken"),
		)


def _add_permissions() -> None:
	"""Once, at installation: what an administrator makes of the rows afterwards, or without them, is his."""
	for doctype, roles in custom_fields.PERMISSIONS.items():
		setup_custom_perms(doctype)
		for role, rights in roles.items():
			_permit(doctype, role, rights)


def _permit(doctype: str, role: str, rights: tuple[str, ...]) -> None:
	if not frappe.db.exists(
		"Custom DocPerm", {"parent": doctype, "role": role, "permlevel": 0, "if_owner": 0}
	):
		row = add_permission(doctype, role)
		frappe.db.set_value("Custom DocPerm", row, {right: int(right in rights) for right in RIGHTS})
