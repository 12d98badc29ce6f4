"""Files: whose URL one may use for a file of one's own, and what lists of files show."""

import posixpath
from urllib.parse import unquote

import frappe
from frappe.model.document import Document
from frappe.utils import get_url

from branch_crm.branch_access import permissions, queries
from branch_crm.branch_access.permissions import NO_OBJECTION

FILE = "File"
PRIVATE = "/private/files/"
_FOLDERS = ("/files/", PRIVATE)


def query_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""Frappe's own condition on files is `A or B or C` without parentheses, and what follows would count for C alone.
	This ends it, and what follows counts for all: Frappe puts parentheses around the whole. Kept results of reports are
	of others."""
	others = "coalesce(`tabFile`.attached_to_doctype, '') != 'Prepared Report'"
	return f"1=1) and ({others}" if queries.is_limited(user) else ""


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, **kwargs) -> bool | None:
	"""Whoever is limited by branch or party makes no file of a private URL that he may not download: the file would be
	his. What he uploads comes without a URL, and is his, also where Frappe finds that it has the same content already.
	A file whose URL leads elsewhere than it says is nobody's, and one that a request gives another URL is judged by it."""
	user = user or frappe.session.user
	if not queries.is_limited(user):
		return NO_OBJECTION
	if not is_plain(doc.file_url):
		return False
	if ptype != "create" and (doc.get_db_value("file_url") or "") == (doc.file_url or ""):
		return NO_OBJECTION
	return NO_OBJECTION if may_download(doc.file_url, user) else False


def may_download(url: str | None, user: str) -> bool:
	"""Whether a file with this URL is public, elsewhere, or one that the user may read."""
	if not is_plain(url):
		return False
	path = unquote(url or "").removeprefix(get_url())
	if not path.startswith(PRIVATE):
		return True
	names = _names_at(path)
	return any(may_read(name, user) or _is_on_new_form(frappe.get_doc(FILE, name), user) for name in names)


def is_plain(url: str | None) -> bool:
	"""Whether Frappe opens what this URL says: it joins what it is given to the folder of its files."""
	address = _unquoted(url or "")
	if "/files/" in address and address.startswith(own := get_url()):
		address = address.removeprefix(own)
		if not address.startswith(_FOLDERS):
			return False
	scheme, _, rest = address.rpartition("://")
	if "\\" in rest or ".." in rest.split("/"):
		return False
	path = rest.partition("?")[0]
	if scheme:
		# under another name of its own host Frappe would take the rest for a path to this site's folder
		inside = f"{frappe.local.site}{PRIVATE}"
		return inside not in posixpath.normpath(path) or path.startswith(inside)
	return not path or (posixpath.normpath(path) == path and not path.startswith("//"))


def is_reached(url: str, user: str) -> bool:
	"""Whether a limited user reaches a document that the file hangs on, whatever other apps say."""
	names = _names_at(url) if is_plain(url) else []
	reached = permissions.reached_of(FILE, names, user)
	for name in names:
		file = frappe.get_doc(FILE, name)
		# Frappe asks this of every file whose URL the database takes for the same
		if (reached.get(name) or _is_on_new_form(file, user)) and file.is_downloadable():
			return True
	return False


def _is_on_new_form(file: Document, user: str) -> bool:
	"""Whether the user has uploaded the file to a form that is not saved yet."""
	return file.owner == user and (file.attached_to_name or "").startswith("new-")


def may_read(name: str, user: str) -> bool:
	"""The same of one file; what does not exist nobody reads."""
	return bool(frappe.db.exists(FILE, name)) and frappe.has_permission(FILE, "read", name, user=user)


def _names_at(url: str) -> list[str]:
	"""The files with exactly this URL: the database also finds it in capitals, where another file is on disk."""
	rows = frappe.get_all(FILE, {"file_url": url}, ["name", "file_url"])
	return [row.name for row in rows if row.file_url == url]


def _unquoted(url: str) -> str:
	"""What is left when each saving has decoded the URL once more."""
	while (once := unquote(url)) != url:
		url = once
	return url
