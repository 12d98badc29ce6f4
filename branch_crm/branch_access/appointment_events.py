"""Appointments find whom they are with by a mail address, among the people of all branches."""

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import permissions, queries


def forget_foreign_party(doc: Document, method: str | None = None) -> None:
	"""Whom ERPNext found, where the user does not see them."""
	if not (doc.party and doc.appointment_with and queries.is_limited()):
		return
	if not permissions.reaches(doc.appointment_with, doc.party, frappe.session.user):
		doc.party = None
