"""What a second person has to agree to."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr


class SecondPersonError(frappe.PermissionError):
	pass


def refuse_unless_second(role: str | None, first: str) -> None:
	"""Raises:
	SecondPersonError: the session's user is the one who asks, or has not the role.
	"""
	if frappe.session.user == first:
		_refuse(_("You have made it yourself. {0}").format(outstanding(role)))
	if role and role not in frappe.get_roles():
		_refuse(outstanding(role))


def refuse_if_changed(doc: Document, modified: str | None) -> None:
	"""Raises:
	frappe.TimestampMismatchError: somebody has changed it since the session's user has seen it.
	"""
	if modified and modified != cstr(doc.modified):
		frappe.throw(
			_("Somebody has changed it since you opened it. Load it again, and look at it once more."),
			frappe.TimestampMismatchError,
			title=_("Approval"),
		)


def outstanding(role: str | None) -> str:
	"""Whose approval is missing, as a sentence."""
	if not role:
		return _("The approval of a second person is outstanding.")
	return _("The approval of a second person with the role {0} is outstanding.").format(frappe.bold(_(role)))


def _refuse(text: str) -> None:
	frappe.throw(text, SecondPersonError, title=_("Approval"))
