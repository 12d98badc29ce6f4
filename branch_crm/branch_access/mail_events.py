"""Images that a mail takes along: Frappe opens any path that stands in its text, and asks nobody."""

import email
import hashlib
from email.message import Message

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import file_permissions, permissions, queries


def take_no_foreign_files(doc: Document, method: str | None = None) -> None:
	"""Take out of a mail whatever is no image, for everybody, and private images that its sender does not reach. What is
	attached to it is judged by itself."""
	if not doc.message or "Content-ID" not in doc.message:
		return
	message = email.message_from_string(doc.message)
	foreign = [part for part in message.walk() if _is_embedded(part) and _is_foreign(part)]
	for part in foreign:
		part.set_payload("")
	if foreign:
		doc.message = message.as_string()


def _is_embedded(part: Message) -> bool:
	return part.get_content_disposition() == "inline" and bool(part["Content-ID"])


def _is_foreign(part: Message) -> bool:
	if part.get_content_maintype() != "image":
		return True
	if not queries.is_limited():
		return False
	content = hashlib.md5(part.get_payload(decode=True) or b"", usedforsecurity=False).hexdigest()
	files = frappe.get_all(file_permissions.FILE, {"content_hash": content}, ["name", "is_private"])
	if not files or not all(file.is_private for file in files):
		return False
	named = [file.name for file in files]
	return not permissions.reached_among(file_permissions.FILE, named, frappe.session.user)
