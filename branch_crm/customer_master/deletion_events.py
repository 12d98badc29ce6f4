"""Masters are not deleted and not merged by renaming, whoever asks and however; they are archived, or merged by a Party
Merge."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.customer_master import deletion_queries, deletion_rules
from branch_crm.customer_master.deletion_rules import BELONGING, MASTERS, PARTIES

_MERGE = 2


class DeletionRefusedError(frappe.ValidationError):
	pass


def refuse_deletion(doc: Document, method: str | None = None, *renaming: str | bool) -> None:
	"""Refuse to delete, or to merge into another one by renaming, what is kept.

	After the deletion it is asked once more: Frappe deletes without `on_trash` where a program wants that.

	Raises:
	        DeletionRefusedError: always, unless the settings allow it, or the app itself removes or merges.
	"""
	if method == "before_rename" and not (len(renaming) > _MERGE and renaming[_MERGE]):
		return
	if not deletion_queries.is_refused():
		return
	links = deletion_queries.links_of(doc) if doc.doctype in BELONGING else ()
	if deletion_rules.is_kept(doc.doctype, links):
		frappe.throw(_sentence(doc.doctype), DeletionRefusedError, title=_("Not Deleted"))


def keep_masters(doc: Document, method: str | None = None) -> None:
	"""ERPNext's deletion of a company's transactions leaves out the DocTypes of a list, which can be shortened.

	Raises:
	        DeletionRefusedError: customers, suppliers or bank accounts of the company would go as well.
	"""
	if not deletion_queries.is_refused():
		return
	left_out = {row.doctype_name for row in doc.doctypes_to_be_ignored}
	missing = [_(doctype) for doctype in (*PARTIES, "Bank Account") if doctype not in left_out]
	if missing:
		frappe.throw(
			_("These are not deleted with the transactions: {0}. Add them to the excluded DocTypes.").format(
				frappe.bold(", ".join(missing))
			),
			DeletionRefusedError,
			title=_("Not Deleted"),
		)


def tell_desk(bootinfo: dict) -> None:
	"""Forms and lists offer no deletion where it would always be refused."""
	if deletion_queries.is_refused():
		user = bootinfo["user"]
		user["can_delete"] = [doctype for doctype in user["can_delete"] if doctype not in MASTERS]


def _sentence(doctype: str) -> str:
	if doctype in PARTIES:
		return _("A {0} is not deleted. Archive it, or merge it into another one.").format(_(doctype))
	if doctype in BELONGING:
		return _(
			"This {0} belongs to a customer or supplier, and is kept as long as it does. Take it from them first; "
			"customers and suppliers themselves are archived."
		).format(_(doctype))
	if doctype == "Branch":
		return _("A branch is not deleted. Close it: take away {0}.").format(frappe.bold(_("Enabled")))
	return _("A {0} is not deleted. Tick {1} instead.").format(_(doctype), frappe.bold(_("Disabled")))
