"""What the desk asks and decides about what was refused for credit."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate

from branch_crm.credit_control import hold_queries, release_work
from branch_crm.credit_control.hold_queries import HOLD
from branch_crm.party_netting.queries import exact


@frappe.whitelist()
def of_document(doctype: str, name: str) -> dict | None:
	"""The Credit Hold of a stored document that was refused: `name`, `status`, `is_blocked`, `requested_by`, `decided_by`,
	`released_until` and `reasons`; None where there is none that the session's user may read.

	Raises:
	        frappe.PermissionError: the document is not his to see.
	"""
	frappe.has_permission(doctype, "read", name, throw=True)
	hold = hold_queries.hold_of(doctype, name)
	if not hold or not frappe.has_permission(HOLD, "read", hold):
		return None
	fields = ["name", "status", "is_blocked", "requested_by", "decided_by", "released_until", "reasons"]
	return frappe.db.get_value(HOLD, hold, fields, as_dict=True)


@frappe.whitelist()
def authority(hold: str) -> bool:
	"""Whether the session's user may release or reject it."""
	frappe.has_permission(HOLD, "read", hold, throw=True)
	return release_work.may_decide(frappe.get_doc(HOLD, hold), frappe.session.user)


@frappe.whitelist()
def request(hold: str, note: str = "") -> None:
	"""Ask a second person to let pass what was refused.

	Raises:
	        NotReleasableError: nobody may release it.
	        CreditHoldError: it is requested, released or done with already.
	"""
	frappe.has_permission(HOLD, "read", hold, throw=True)
	release_work.request(release_work.locked(hold), note)


@frappe.whitelist()
def release(
	hold: str,
	modified: str,
	amount: float,
	reason: str,
	note: str = "",
	until: str | None = None,
	for_all: bool = False,
) -> None:
	"""Let pass what was refused, as it was `modified` when it was looked at.

	Arguments:
	        amount: how much at most, in company currency; at least what the document comes to.
	        reason: one of those that the Credit Hold knows.
	        until: the last day, as 2026-12-31; a release for all has one.
	        for_all: whatever the customer asks for in the company, until the amount is used; otherwise this content, once.

	Raises:
	        NotReleasableError: he has asked for it himself, or may not release so much, or nobody may.
	        CreditHoldError: it is decided about already, or the amount, the day or the reason cannot be.
	        frappe.TimestampMismatchError: something else is refused by it since.
	"""
	frappe.has_permission(HOLD, "read", hold, throw=True)
	last = getdate(until) if until else None
	release_work.release(_as_seen(hold, modified), exact(amount), reason, note, last, bool(for_all))


@frappe.whitelist()
def reject(hold: str, modified: str, reason: str, note: str = "") -> None:
	"""Leave it refused, or take back a release that is not used up; whoever may release may reject."""
	frappe.has_permission(HOLD, "read", hold, throw=True)
	release_work.reject(_as_seen(hold, modified), reason, note)


def _as_seen(name: str, modified: str) -> Document:
	doc = release_work.locked(name)
	if get_datetime(doc.modified) != get_datetime(modified):
		frappe.throw(
			_("This has changed since you opened it. Look at it again."),
			frappe.TimestampMismatchError,
			title=_("Credit Hold"),
		)
	return doc
