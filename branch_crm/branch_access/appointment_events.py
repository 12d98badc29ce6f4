"""Appointments find whom they are with by a mail address, among the people of all branches."""

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import permissions, queries


def forget_foreign_party(doc: Document, method: str | None = None) -> None:
	"""Whom ERPNext found, where somebody of a branch does not see them. A visitor of the website is found to be who his
	mail address says, or he could not confirm it."""
	user = frappe.session.user
	if not (doc.party and doc.appointment_with and queries.is_limited()) or queries.is_by_party(user):
		return
	if not permissions.reaches(doc.appointment_with, doc.party, user):
		doc.party = None
