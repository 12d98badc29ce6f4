"""What the app answers and does."""

import frappe

# what no request of the suite changes, and what takes long to read anew
_KEPT = ("doctype_meta", "app_hooks", "table_columns", "all_apps", "app_modules", "installed_app_modules")
_KEPT += ("metadata_version", "lang_user_translations", "translations", "db_tables", "server_script_map")
_KEPT += ("branch_access:doctype_facts", "domain_restricted_doctypes", "domain_restricted_pages")
# besides, while nothing was written
_KEPT_UNWRITTEN = (
	"document_cache::User",
	"document_cache::System Settings",
	"document_cache::Company",
	"roles",
)

# whether a request has written since all was forgotten
written: list[bool] = [True]


def yes(doc: object, ptype: str | None = None, user: str | None = None, **kwargs: object) -> bool:
	return True


def take_away() -> None:
	"""Forget what earlier requests kept, and begin without the rows that the request is to find gone."""
	kept = {key for name in _KEPT for key in frappe.cache.get_keys(name)}
	if not written[0]:
		kept |= {key for name in _KEPT_UNWRITTEN for key in frappe.cache.get_keys(name)}
	written[0] = False
	if frappe.get_request_header("X-Keeps"):
		return
	frappe.cache.delete_value(list(set(frappe.cache.get_keys("")) - kept), make_keys=False)
	frappe.local.cache = {}
	take_rows_away()


def take_rows_away() -> None:
	if procedure := frappe.get_request_header("X-Without"):
		assert procedure.isidentifier()
		frappe.db.sql(f"call {procedure}()")
		frappe.local.request.environ["leak.without"] = procedure
