"""Files: whose URL one may use for a file of one's own, and what lists of files show."""

from urllib.parse import unquote

import frappe
from frappe.model.document import Document
from frappe.utils import get_url

from branch_crm.branch_access import permissions, queries
from branch_crm.branch_access.permissions import NO_OBJECTION

FILE = "File"
PRIVATE = "/private/files/"


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""Frappe's own condition on files is `A or B or C` without parentheses, and what follows would count for C alone.
	This ends it, and what follows counts for all: Frappe puts parentheses around the whole."""
	return "1=1) and (1=1" if queries.is_limited(user) else ""


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""Whoever is limited by branch or party makes no file of a private URL that he may not download: the file would be
	his. What he uploads comes without a URL, and is his, also where Frappe finds that it has the same content already."""
	user = user or frappe.session.user
	if ptype not in ("create", "write") or not queries.is_limited(user):
		return NO_OBJECTION
	if ptype == "write" and doc.get_db_value("file_url") == doc.file_url:
		return NO_OBJECTION
	return NO_OBJECTION if may_download(doc.file_url, user) else False


def may_download(url: str | None, user: str) -> bool:
	"""Whether a file with this URL is public, elsewhere, or one that the user may read."""
	path = unquote(url or "").removeprefix(get_url())
	if not path.startswith(PRIVATE):
		return True
	return any(may_read(name, user) for name in frappe.get_all(FILE, {"file_url": path}, pluck="name"))


def is_reached(url: str, user: str) -> bool:
	"""Whether a limited user reaches a document that the file hangs on, whatever other apps say."""
	rows = frappe.get_all(FILE, {"file_url": url}, pluck="name")
	return any(permissions.reached_of(FILE, rows, user).values())


def may_read(name: str, user: str) -> bool:
	"""The same of one file; what does not exist nobody reads."""
	return bool(frappe.db.exists(FILE, name)) and frappe.has_permission(FILE, "read", name, user=user)
