"""What the desk, reports and other apps ask about credit."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import (
	cheque_queries,
	exposure_queries,
	exposure_work,
	listing_queries,
	position_queries,
	profile_queries,
	profile_work,
	recount_work,
	takeover_jobs,
	takeover_queries,
	takeover_work,
)
from branch_crm.credit_control.entry_rules import Component
from branch_crm.credit_control.position_queries import Position
from branch_crm.credit_control.profile_queries import PROFILE, SETTINGS
from branch_crm.credit_control.rules import Finding, total


@frappe.whitelist()
def position(customer: str, company: str, branch: str | None = None) -> dict:
	"""How a customer stands in a company now, and whether anything more may be sold to it.

	Arguments:
	        branch: the one that would sell; its own limit counts as well.

	Returns `limit` with what counts for it, `exposure` by `components`, and `available`, the least that any judged limit
	leaves (None where none is judged), all in company currency; `oldest_overdue_days`; the `verdict` of the judge on a
	further sales order (off, warn, hold or block) and the `rules` that stand against it (`rule`, `action`, `name`,
	`limit`, `stands_at`, `over`). A person of a branch is told what is owed in his branches by component, and in the
	others together as `other_branches`, unless the settings hide that: then `exposure` is of his branches.

	Raises:
	        frappe.PermissionError: the customer is not his to see.
	"""
	frappe.has_permission("Customer", "read", customer, throw=True)
	exposure_work.settle()
	today = getdate()
	found = position_queries.position(customer, company, today, branch)
	judgement = position_queries.judged(found, today)
	available = found.available(today)
	return {
		"limit": float(found.terms.allowance.granted(today)),
		"available": None if available is None else float(available),
		**_shown(customer, company, found),
		"oldest_overdue_days": found.overdue.oldest_days,
		"verdict": judgement.verdict.name.lower(),
		"rules": [_told(finding) for finding in judgement.findings],
	}


@frappe.whitelist()
def customer_credit(customer: str, company: str, branch: str | None = None) -> dict:
	"""The `position` with what a form shows besides: `currency`, `check_credit`, `stop_sales`, `sales_blocked` and
	`blocked_reason`, `returned_cheques`, how many of them the user sees, and `profile`, the name of the Credit Profile if the
	user may read it."""
	frappe.has_permission("Customer", "read", customer, throw=True)
	found = position(customer, company, branch)
	terms = profile_queries.terms_of(customer, company)
	profile = profile_queries.profile_of(profile_queries.CUSTOMER, customer, company)
	return {
		**found,
		"currency": frappe.get_cached_value("Company", company, "default_currency"),
		"check_credit": terms.is_judged,
		"stop_sales": terms.stops_sales,
		"sales_blocked": terms.is_blocked,
		"blocked_reason": profile.blocked_reason if profile else None,
		"returned_cheques": len(cheque_queries.seen(customer, company)),
		"profile": profile.name if profile and profile.has_permission("read") else None,
	}


@frappe.whitelist()
def component_documents(customer: str, company: str, component: str) -> dict:
	"""The documents behind a component of what a customer owes.

	Arguments:
	        component: its name in the `components` of `position`.

	Returns `documents` (`voucher_type`, `voucher_no`, `branch`, `amount` in company currency), the largest first, and
	`other_branches`, what those come to that the user does not reach. Together they are the component of all branches.

	Raises:
	        frappe.PermissionError: the customer is not his to see.
	"""
	frappe.has_permission("Customer", "read", customer, throw=True)
	if component not in {one.value for one in Component}:
		frappe.throw(_("{0} is no part of what a customer owes.").format(frappe.bold(component)))
	found, others = listing_queries.documents_of(customer, company, Component(component))
	rows = [
		{
			"voucher_type": place.voucher_type,
			"voucher_no": place.voucher_no,
			"branch": place.branch,
			"amount": float(amount),
		}
		for place, amount in sorted(found.items(), key=lambda one: (-one[1], one[0]))
	]
	hidden = (
		profile_queries.are_other_branches_hidden()
		and not access_queries.scope_in_force(frappe.session.user).all
	)
	return {"documents": rows, "other_branches": 0.0 if hidden else float(others)}


@frappe.whitelist()
def approve_limit(profile: str, modified: str) -> None:
	"""Let the proposed limit of a Credit Profile hold, as it was `modified` when it was looked at.

	Raises:
	        frappe.PermissionError: who approves may not, has proposed it himself, or may not grant so much.
	        frappe.TimestampMismatchError: somebody has changed it since.
	"""
	frappe.has_permission(PROFILE, "write", profile, throw=True)
	profile_work.approve(_as_seen(profile, modified))


@frappe.whitelist()
def reject_limit(profile: str, modified: str) -> None:
	"""Leave the limit of a Credit Profile as it is; who has proposed another one takes it back the same way."""
	frappe.has_permission(PROFILE, "write", profile, throw=True)
	profile_work.reject(_as_seen(profile, modified))


@frappe.whitelist()
def approve_temporary_limit(profile: str, row: str, modified: str) -> None:
	"""Let a temporary limit of a Credit Profile count.

	Arguments:
	        row: the name of its row.

	Raises:
	        frappe.PermissionError: who approves may not, has proposed it himself, or may not grant so much with it.
	        frappe.TimestampMismatchError: somebody has changed the profile since.
	"""
	frappe.has_permission(PROFILE, "write", profile, throw=True)
	profile_work.approve_temporary(_as_seen(profile, modified), row)


@frappe.whitelist()
def take_over(company: str, dry_run: bool = True) -> list[dict] | None:
	"""Move the credit limits of a company, its customers and their groups into profiles, which judge from then on.

	Arguments:
	        dry_run: only say what would come of it; otherwise it is done in the background.

	Returns for a dry run a row for each customer: `customer`; `limit` and `limit_of` (Customer, Customer Group or Company; None
	where there is none), in company currency; `has_profile`, which stays as it is; `stock` and `ours`, what is owed by
	ERPNext's check and by this one; `why`, sentences that say where they come apart.

	Raises:
	        frappe.PermissionError: he may not change Credit Settings, or does not see all branches.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	_require_head_office()
	if dry_run:
		customers = {*takeover_queries.limits_in_force(company), *recount_work.customers_of(company)}
		return list(takeover_work.compared(company, sorted(customers)))
	frappe.enqueue(
		takeover_jobs.take_over,
		queue="long",
		job_id=f"credit-take-over-{company}",
		deduplicate=True,
		enqueue_after_commit=True,
		company=company,
	)
	return None


@frappe.whitelist()
def hand_back(company: str) -> None:
	"""Put ERPNext's credit limits of a company back as they were; profiles stay, and do not judge.

	Raises:
	        frappe.PermissionError: as for `take_over`.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	_require_head_office()
	takeover_work.hand_back(company)


def _as_seen(name: str, modified: str) -> Document:
	doc = frappe.get_doc(PROFILE, name, for_update=True)
	if get_datetime(doc.modified) != get_datetime(modified):
		frappe.throw(
			_("Somebody has changed this profile since you opened it. Look at it again."),
			frappe.TimestampMismatchError,
			title=_("Credit Profile"),
		)
	return doc


def _shown(customer: str, company: str, found: Position) -> dict:
	"""What is owed, by component, as far as the session's user is told."""
	components = {component.value: amount for component, amount in found.exposure.items()}
	scope = access_queries.scope_in_force(frappe.session.user)
	if scope.all:
		return {"exposure": float(found.owed), "components": _floats(components)}
	own = exposure_queries.exposure_of(customer, company, scope.branches)
	components = {component.value: amount for component, amount in own.items()}
	if profile_queries.are_other_branches_hidden():
		return {"exposure": float(total(components.values())), "components": _floats(components)}
	components["other_branches"] = found.owed - total(own.values())
	return {"exposure": float(found.owed), "components": _floats(components)}


def _told(finding: Finding) -> dict:
	return {
		"rule": finding.rule.value,
		"action": finding.action.name.lower(),
		"name": finding.name,
		**_floats({"limit": finding.limit, "stands_at": finding.stands_at, "over": finding.over}),
	}


def _floats(amounts: dict) -> dict[str, float]:
	return {key: float(amount) for key, amount in amounts.items()}


def _require_head_office() -> None:
	if not access_queries.scope_in_force(frappe.session.user).all:
		frappe.throw(
			_("This is about the customers of all branches. Ask head office for it."),
			frappe.PermissionError,
			title=_("Credit"),
		)
