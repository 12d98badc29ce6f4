"""Whether deletion is refused now, and to whom a document belongs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import frappe
from frappe.model.document import Document

SETTINGS = "Customer Master Settings"
FIELD = "refuse_deletion"

_permitted: ContextVar[bool] = ContextVar("permitted", default=False)


def is_refused() -> bool:
	# never from the cache: what is deleted does not come back
	is_on = frappe.db.get_single_value(SETTINGS, FIELD, cache=False)
	return bool(is_on) and not _permitted.get()


@contextmanager
def permitted() -> Iterator[None]:
	"""For what removes or merges masters by its own rules. Nothing that a request sends, and no flag, has its effect."""
	before = _permitted.set(True)
	try:
		yield
	finally:
		_permitted.reset(before)


def switch_on_once() -> None:
	"""At installation, or when a site gets this version; what an administrator makes of it afterwards is his."""
	if FIELD not in frappe.db.get_singles_dict(SETTINGS):
		frappe.db.set_single_value(SETTINGS, FIELD, 1)


def links_of(doc: Document) -> set[tuple[str, str]]:
	"""To whom a contact, address or bank account belongs, as it is stored or, where its row is gone, in memory."""
	if doc.doctype == "Bank Account":
		stored = frappe.db.get_value(doc.doctype, doc.name, ["party_type", "party"]) or ()
		return {(doc.party_type, doc.party), *([stored] if stored else [])}
	rows = frappe.get_all(
		"Dynamic Link",
		{"parenttype": doc.doctype, "parent": doc.name},
		["link_doctype", "link_name"],
		as_list=True,
	)
	return {*map(tuple, rows), *((row.link_doctype, row.link_name) for row in doc.get("links") or ())}
