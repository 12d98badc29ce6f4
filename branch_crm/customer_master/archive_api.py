"""What the forms of customers and suppliers ask the server to do about the archive."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.customer_master import archive_events
from branch_crm.customer_master.deletion_rules import PARTIES


class SharedPartyError(frappe.PermissionError):
	pass


@frappe.whitelist(methods=["POST"])
def archive(doctype: str, name: str, reason: str) -> None:
	"""Archive a customer or supplier instead of deleting it: it is disabled, out of link fields, and keeps everything."""
	archive_events.archive(_only_for_keepers(doctype, name), reason)


@frappe.whitelist(methods=["POST"])
def restore(doctype: str, name: str) -> None:
	"""Take a customer or supplier out of the archive."""
	archive_events.restore(_only_for_keepers(doctype, name))


def _only_for_keepers(doctype: str, name: str) -> Document:
	"""The party, for who may write it and works in all its branches: what is archived is so for all of them."""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("write")
	if doctype not in PARTIES:
		frappe.throw(
			_("Only customers and suppliers are archived; others are disabled or closed."), title=_("Archive")
		)
	if queries.is_limited_by_branch():
		scope = queries.working_scope(frappe.session.user, doctype)
		rows = queries.assignments_by_row(doctype, name).values()
		if not all(scope.reaches(row.branch) for row in rows):
			frappe.throw(
				_(
					"This {0} belongs to other branches as well. Take it out of your own, or ask head office."
				).format(_(doctype)),
				SharedPartyError,
				title=_("Archive"),
			)
	return doc
