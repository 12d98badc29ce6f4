"""Sales to a customer stopped, and let go on again, by what the company has decided once for all."""

import frappe
from frappe.model.document import Document

from branch_crm.credit_control import profile_queries
from branch_crm.credit_control.profile_queries import CUSTOMER, PROFILE


def block(customer: str, company: str, reason: str) -> bool:
	"""Whether sales are blocked by this, and were not before. Who has no profile gets one with the terms that hold for it."""
	profile = _locked(customer, company) or _usual(customer, company)
	if profile.sales_blocked:
		return False
	profile.update({"sales_blocked": 1, "blocked_reason": reason})
	_save(profile)
	return True


def unblock(customer: str, company: str, reason: str) -> None:
	"""Let sales go on, if it is for this reason that they are blocked."""
	profile = _locked(customer, company)
	if profile and profile.sales_blocked and profile.blocked_reason == reason:
		profile.sales_blocked = 0
		_save(profile)


def _locked(customer: str, company: str) -> Document | None:
	found = profile_queries.profile_of(CUSTOMER, customer, company)
	return found and frappe.get_doc(PROFILE, found.name, for_update=True)


def _usual(customer: str, company: str) -> Document:
	terms = profile_queries.terms_of(customer, company)
	profile = frappe.new_doc(PROFILE)
	profile.update(
		{
			"party_type": CUSTOMER,
			"party": customer,
			"company": company,
			"credit_limit": float(terms.limit),
			"check_credit": int(terms.is_judged),
			"stop_sales": int(terms.stops_sales),
			"tolerance": float(terms.tolerance),
			"judge_overdue": int(bool(terms.overdue)),
		}
	)
	if terms.overdue:
		profile.grace_days = terms.overdue.grace_days
		profile.overdue_amount = float(terms.overdue.amount)
	return profile


def _save(profile: Document) -> None:
	profile.flags.by_policy = True
	# a guarantee may have been cancelled since
	profile.flags.ignore_links = True
	# the policy of Credit Settings decides, not whoever enters what it is about
	profile.save(ignore_permissions=True)
