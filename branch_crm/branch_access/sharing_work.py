"""Takes away what people have of documents that they do not reach, with a log from which it can be given back."""

from collections.abc import Collection, Iterable

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import sharing_queries
from branch_crm.branch_access.sharing_queries import KINDS, WITHDRAWAL, Kind

_RIGHTS = ("read", "write", "submit", "share", "everyone", "notify_by_email")


def withdraw_from_users(users: Collection[str]) -> None:
	"""What these people have of documents that they reach no longer."""
	if not sharing_queries.do_branches_limit():
		return
	for kind in KINDS:
		for user, doctype in sharing_queries.handed(kind, users):
			withdraw(kind, sharing_queries.left_over(kind, user, doctype))


def withdraw_on(doctype: str, name: str) -> None:
	"""What anybody has of this document, and of those that are seen with it, and does not reach any more."""
	if not sharing_queries.do_branches_limit():
		return
	moved = {**sharing_queries.followers_of(doctype, name), doctype: [name]}
	for kind in KINDS:
		for carrier, names in (*moved.items(), *sharing_queries.handed_naming(kind, moved)):
			withdraw(kind, sharing_queries.left_over_on(kind, carrier, names))


def withdraw(kind: Kind, names: Iterable[str]) -> None:
	for name in names:
		record = frappe.get_doc(kind.doctype, name)
		_log(kind, record)
		if kind.doctype == "ToDo":
			record.status = "Cancelled"
			# whoever moves a document, or a person, need not have a right on what others were assigned
			record.save(ignore_permissions=True)
		else:
			flags = {"ignore_share_permission": True}
			# as above
			frappe.delete_doc(kind.doctype, name, ignore_permissions=True, flags=flags)


def give_back(entry: dict) -> None:
	"""What was withdrawn is there again, unless the document, the person or the assignment is gone, or somebody has
	given it anew."""
	kind = next(kind for kind in KINDS if kind.name == entry["kind"])
	stored = frappe.parse_json(entry["stored"])
	if _can_be_given(entry):
		if kind.doctype == "ToDo":
			_reopen(stored["name"])
		elif not frappe.db.exists(kind.doctype, _identity(kind, entry, stored)):
			record = frappe.get_doc({"doctype": kind.doctype, **_identity(kind, entry, stored), **stored})
			record.flags.ignore_share_permission = True
			# it was there before scope was switched on
			record.insert(ignore_permissions=True)
	frappe.db.delete(WITHDRAWAL, {"name": entry["name"]})


def _log(kind: Kind, record: Document) -> None:
	doctype_field, name_field = kind.carrier
	stored = {"name": record.name}
	if kind.doctype == "DocShare":
		stored = {right: record.get(right) for right in _RIGHTS}
	frappe.get_doc(
		{
			"doctype": WITHDRAWAL,
			"kind": kind.name,
			"user": record.get(kind.user),
			"document_type": record.get(doctype_field),
			"document_name": record.get(name_field),
			"stored": frappe.as_json(stored),
		}
	).insert(
		# the log is the app's
		ignore_permissions=True,
		ignore_links=True,
	)


def _identity(kind: Kind, entry: dict, stored: dict) -> dict:
	doctype_field, name_field = kind.carrier
	identity = {doctype_field: entry["document_type"], name_field: entry["document_name"]}
	return identity | ({"everyone": 1} if stored.get("everyone") else {kind.user: entry["user"]})


def _can_be_given(entry: dict) -> bool:
	if entry["user"] and not frappe.db.exists("User", entry["user"]):
		return False
	return bool(frappe.db.exists(entry["document_type"], entry["document_name"]))


def _reopen(todo: str) -> None:
	if frappe.db.get_value("ToDo", todo, "status") == "Cancelled":
		record = frappe.get_doc("ToDo", todo)
		record.status = "Open"
		# as above
		record.save(ignore_permissions=True)
