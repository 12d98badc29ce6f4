"""The guard over private files by their address: Frappe asks the permission hooks, where another app may say yes."""

import frappe
from frappe import _
from werkzeug.exceptions import Forbidden

from branch_crm.branch_access import file_permissions, queries


def judge_request() -> None:
	"""Refuse the file of a document that a limited user does not reach, as Frappe refuses one that is not there.

	Raises:
	        werkzeug.exceptions.Forbidden
	"""
	path, user = frappe.request.path, frappe.session.user
	if not path.startswith(file_permissions.PRIVATE) or not queries.is_limited(user):
		return
	if not file_permissions.is_reached(path, user):
		raise Forbidden(_("You don't have permission to access this file"))
