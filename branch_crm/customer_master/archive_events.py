"""A customer or supplier is archived and restored by its actions alone, and stays disabled as long as it is archived."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import today

from branch_crm.customer_master import archive_queries


class ArchiveError(frappe.ValidationError):
	pass


def archive(doc: Document, reason: str) -> None:
	"""Disable a party, with date, user and reason, and remember whether it was disabled before.

	Raises:
	        ArchiveError: there is no reason, or it is archived already.
	"""
	reason = reason.strip()
	if not reason:
		_refuse(_("Say why: whoever looks for this {0} reads the reason.").format(_(doc.doctype)))
	if doc.archived:
		_refuse(_("This {0} is archived already.").format(_(doc.doctype)))
	values = {"archived": 1, "archived_on": today(), "archived_by": frappe.session.user}
	_save(doc, **values, archive_reason=reason, disabled_before_archive=doc.disabled, disabled=1)


def restore(doc: Document) -> None:
	"""Take a party out of the archive; it is disabled or not as it was before.

	Raises:
	        ArchiveError: it is not archived.
	"""
	if not doc.archived:
		_refuse(_("This {0} is not archived.").format(_(doc.doctype)))
	_save(doc, **dict.fromkeys(archive_queries.FIELDS), disabled=doc.disabled_before_archive)


def keep_archive(doc: Document, method: str | None = None) -> None:
	"""What forms, imports and requests say of the archive is not stored.

	Raises:
	        ArchiveError: an archived party would be enabled.
	"""
	if not doc.flags.archiving:
		doc.update(archive_queries.stored(doc))
	if doc.archived and not doc.disabled:
		_refuse(_("This {0} is archived. Restore it to enable it again.").format(_(doc.doctype)))


def _save(doc: Document, **values) -> None:
	doc.update(values)
	doc.flags.archiving = True
	# what became mandatory, or was disabled, after it was made is no reason to keep it among the others
	doc.flags.ignore_mandatory = doc.flags.ignore_links = True
	doc.save()


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, ArchiveError, title=_("Archive"))
