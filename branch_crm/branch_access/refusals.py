"""What somebody is told who may not: the same words wherever it is found out."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries


class OutOfScopeError(frappe.PermissionError):
	"""It is of branches that the user does not reach."""


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


def refuse_other_branch(sentence: str) -> NoReturn:
	"""`sentence` says what to do, in the user's language."""
	frappe.throw(sentence, OutOfScopeError, title=_("Not your branch"))


def is_judged(doc: Document) -> bool:
	"""Whether branches limit what the session's user does to `doc`."""
	return not doc.flags.ignore_permissions and queries.is_limited_by_branch()
