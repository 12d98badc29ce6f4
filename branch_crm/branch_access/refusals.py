"""What somebody is told who may not: the same words wherever it is found out."""

from typing import NoReturn

import frappe
from frappe import _


class ClosedMethodError(frappe.PermissionError):
	"""The function answers over all branches, and is closed to whoever is limited by them."""


def refuse_missing(doctype: str, name: str) -> NoReturn:
	"""What Frappe says of a document that is not there."""
	frappe.throw(_("{0} {1} not found").format(_(doctype), name), frappe.DoesNotExistError(doctype=doctype))


def refuse_viewer(doctype: str, name: str) -> NoReturn:
	frappe.throw(
		_("You only view {0} {1}. Ask somebody who works in its branch to change it.").format(
			_(doctype), frappe.bold(name)
		),
		frappe.PermissionError,
		title=_("Only for viewing"),
	)


def refuse_function(remedy: str) -> NoReturn:
	"""`remedy` is what people of a branch do instead, in their language."""
	frappe.throw(
		_("This looks at the documents of all branches and is closed to you. {0}").format(remedy),
		ClosedMethodError,
		title=_("Not for one branch"),
	)
