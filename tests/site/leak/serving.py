"""The site over HTTP, by a process that keeps nothing: what a request writes is looked at and rolled back."""

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "apps"))

import frappe
import frappe.app
from frappe.core.doctype.file.file import File
from frappe.database.mariadb.database import MariaDBDatabase
from frappe.utils import pdf
from says_yes import answers
from werkzeug.middleware.shared_data import SharedDataMiddleware

TRACKED: dict[str, list[str]] = json.loads(Path(os.environ["LEAK_ROWS"]).read_text())
_WRITES = re.compile(r"\s*(update|delete|insert|replace)\b", re.IGNORECASE)
# these would end the transaction
_DEFINES = re.compile(r"\s*(alter|create(?! temporary)|drop|truncate|rename)\b", re.IGNORECASE)
_TABLE = re.compile(r"`tab([^`]+)`|\btab(\w+)")
_MOST = 40
_PASSING = ("lft", "rgt", "_comments", "_seen", "seen", "read")
_sql, _rollback = MariaDBDatabase.sql, MariaDBDatabase.rollback
_write_file, _delete_file = File.write_file, File._delete_file_on_disk
_get_pdf = pdf.get_pdf
_FILES: set[str] = set()

frappe.app._site = os.environ["BRANCH_CRM_SITE"]
frappe.app._sites_path = "."


class Defined(frappe.ValidationError):
	"""The request would change the shape of the database, which is not rolled back."""


def _sums(doctype: str) -> dict[str, str]:
	rows = frappe.db.sql(f"select * from `tab{doctype}` where name in %s", [TRACKED[doctype]], as_dict=True)
	return {row.name: hashlib.sha1(repr(sorted(_said(row))).encode()).hexdigest() for row in rows}


def _said(row: dict) -> list[tuple[str, object]]:
	"""What a row says: its place in a tree moves with those before it, and whoever reads a document may comment on it,
	and is noted to have seen and read it."""
	return [(key, value) for key, value in row.items() if key not in _PASSING]


def _sql_noting(self: MariaDBDatabase, query: str, *arguments: object, **options: object) -> object:
	query = str(query)
	if _DEFINES.match(query):
		raise Defined("No definitions here")
	if _WRITES.match(query) and getattr(frappe.local, "request", None):
		answers.written[0] = True
		named = {quoted or plain for quoted, plain in _TABLE.findall(query)}
		frappe.local.request.environ.setdefault("leak.written", set()).update(named & TRACKED.keys())
	return _sql(self, query, *arguments, **options)


def _note(self: MariaDBDatabase) -> None:
	"""In place of a commit: which of the tracked rows the request has changed."""
	request = getattr(frappe.local, "request", None)
	if not request:
		return
	touched = request.environ.setdefault("leak.touched", set())
	for doctype in request.environ.pop("leak.written", ()):
		now = _sums(doctype)
		touched |= {f"{doctype} {name}" for name, said in _BEFORE[doctype].items() if now.get(name) != said}


def _rollback_to_begin(self: MariaDBDatabase, **options: object) -> None:
	"""Where the request began, some rows were gone already."""
	_rollback(self, **options)
	if not options.get("save_point") and getattr(frappe.local, "request", None):
		answers.take_rows_away()


def _keep_file(self: File) -> None:
	"""No rollback brings back a file."""
	if self.file_url not in _FILES:
		_delete_file(self)


def _keep_content(self: File) -> object:
	if self.file_url in _FILES:
		return self.get_full_path()
	return _write_file(self)


def _as_html(html: str, options: dict | None = None, output: object = None) -> object:
	"""In place of a PDF what would be printed, which needs nothing from elsewhere."""
	return _get_pdf(html, options, output) if output is not None else html.encode()


def _before() -> dict[str, dict[str, str]]:
	frappe.init(frappe.app._site)
	frappe.connect()
	frappe.cache.flushdb()
	sums = {doctype: _sums(doctype) for doctype in TRACKED}
	_FILES.update(frappe.get_all("File", {"is_folder": 0}, pluck="file_url"))
	frappe.destroy()
	return sums


_BEFORE = _before()
MariaDBDatabase.sql = _sql_noting
MariaDBDatabase.commit = _note
MariaDBDatabase.rollback = _rollback_to_begin
File._delete_file_on_disk = _keep_file
File.write_file = _keep_content
pdf.get_pdf = _as_html


def _application(environ: dict, start_response: Callable) -> Iterable[bytes]:
	def start(status: str, headers: list, *more: object) -> object:
		touched = json.dumps(sorted(environ.get("leak.touched", ()))[:_MOST])
		done = [("X-Touched", touched), ("X-Without", environ.get("leak.without", ""))]
		return start_response(status, [*headers, *done], *more)

	return frappe.app.application(environ, start)


# what is printed asks for its styles
application = SharedDataMiddleware(_application, {"/assets": str(Path("assets").resolve())})
