"""Fields that other apps have under the same names: one field for all, and nobody's values are lost."""

import frappe

from branch_crm.customer_master.custom_fields import MODULE, OWNED_BY, SHARED_FIELDS


def missing() -> dict[str, list[dict]]:
	"""The fields to make or to keep up: those that nobody else has made."""
	return {
		doctype: [field for field in fields if _is_free(doctype, field["fieldname"])]
		for doctype, fields in SHARED_FIELDS.items()
	}


def hand_over() -> None:
	"""Let go of the fields that an installed app has as well: they stay when this app is taken away."""
	for app in OWNED_BY.keys() & set(frappe.get_installed_apps()):
		hand_over_to(app)


def hand_over_to(app: str) -> None:
	for doctype, fieldnames in OWNED_BY[app].items():
		own = {"dt": doctype, "fieldname": ["in", fieldnames], "module": MODULE}
		frappe.db.set_value("Custom Field", own, "module", None)
		frappe.clear_cache(doctype=doctype)


def _is_free(doctype: str, fieldname: str) -> bool:
	if not frappe.get_meta(doctype).has_field(fieldname):
		return True
	custom_field = {"dt": doctype, "fieldname": fieldname, "module": MODULE}
	return bool(frappe.db.exists("Custom Field", custom_field))
