"""Take away what Frappe does not by itself: from the same source that made it."""

import frappe
from frappe import _

from branch_crm.branch_access import custom_fields, dimension, queries, sharing_jobs, team_queries
from branch_crm.branch_access.queries import HEAD_OFFICE, SETTINGS
from branch_crm.credit_control import asked_queries, profile_queries, takeover_work
from branch_crm.customer_master import code_queries, price_work, search_fields, shared_fields
from branch_crm.install import FIELDS
from branch_crm.party_netting import settlement_queries


def before_uninstall() -> None:
	_refuse_half_settled()
	for company in sorted(asked_queries.judged_companies()):
		takeover_work.hand_back(company)
	frappe.db.set_single_value(SETTINGS, "enforced", 0)
	queries.forget_scopes()
	sharing_jobs.settle()
	frappe.db.delete(team_queries.USER_PERMISSION, {team_queries.OWNED: 1})
	for doctype, roles in custom_fields.PERMISSIONS.items():
		_take_permissions(doctype, roles)
	price_work.withdraw_all()
	search_fields.remove()
	for fields_of in (*FIELDS.values(), shared_fields.missing()):
		for doctype, fields in fields_of.items():
			_take_fields(doctype, fields)
	dimension.leave()
	# or else a later installation would begin switched on
	frappe.db.delete(
		"Singles", {"doctype": ["in", (SETTINGS, code_queries.SETTINGS, profile_queries.SETTINGS)]}
	)
	frappe.db.delete("Scheduled Job Type", {"method": ["like", "branch_crm.%"]})
	frappe.db.delete("Has Role", {"role": HEAD_OFFICE})
	frappe.delete_doc_if_exists("Role", HEAD_OFFICE, force=True)


def _refuse_half_settled() -> None:
	if names := settlement_queries.all_at_work():
		frappe.throw(
			_(
				"These settlements are half done: {0}. Press Go On on them, and uninstall when they are settled."
			).format(frappe.bold(", ".join(names))),
			title=_("Netting Settlement"),
		)


def _take_fields(doctype: str, fields: list[dict]) -> None:
	for field in fields:
		frappe.delete_doc_if_exists("Custom Field", f"{doctype}-{field['fieldname']}", force=True)
	_drop_indexes(doctype, fields)
	frappe.clear_cache(doctype=doctype)


def _take_permissions(doctype: str, roles: dict[str, tuple[str, ...]]) -> None:
	"""Remove the rows that installation added and nobody changed; where only Frappe's copies of the standard
	rows remain, the standard rows take over again."""
	for role, rights in roles.items():
		for row in frappe.get_all("Custom DocPerm", {"parent": doctype, "role": role}, "*"):
			if not row.if_owner and not row.permlevel and _granted(row) == set(rights):
				frappe.db.delete("Custom DocPerm", {"name": row.name})
	remaining, standard = (
		sorted((row.role, row.permlevel, row.if_owner, *sorted(_granted(row))) for row in rows)
		for rows in (
			frappe.get_all("Custom DocPerm", {"parent": doctype}, "*"),
			frappe.get_all("DocPerm", {"parent": doctype}, "*"),
		)
	)
	if remaining == standard:
		frappe.db.delete("Custom DocPerm", {"parent": doctype})


def _granted(row: dict) -> set[str]:
	return {right for right in custom_fields.RIGHTS if row.get(right)}


def _drop_indexes(doctype: str, fields: list[dict]) -> None:
	"""The columns stay, as with any deleted custom field, until `bench trim-tables`; indexes on them go."""
	table = f"tab{doctype}"
	names = {field["fieldname"] for field in fields}
	for index in frappe.db.sql(f"show index from `{table}`", as_dict=True):
		if index.Column_name in names:
			frappe.db.sql_ddl(f"alter table `{table}` drop index if exists `{index.Key_name}`")
