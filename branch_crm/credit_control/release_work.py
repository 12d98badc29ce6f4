"""What people decide about what was refused, and what time and money decide."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from branch_crm.credit_control import hold_queries, position_queries
from branch_crm.credit_control.hold_queries import HOLD
from branch_crm.credit_control.hold_rules import REQUESTABLE, WAITING, Event, Status
from branch_crm.credit_control.hold_work import tell, write
from branch_crm.credit_control.release_rules import Refusal
from branch_crm.credit_control.rules import Asked, Kind, judge
from branch_crm.party_netting.queries import exact


class CreditHoldError(frappe.ValidationError):
	"""Something is asked of a Credit Hold that it does not stand for."""


class NotReleasableError(frappe.PermissionError):
	"""Whoever decides has asked for it himself, or may not release so much, or nobody may."""


def request(hold: Document, note: str) -> None:
	if hold.is_blocked:
		_refuse_because(Refusal.BLOCKED)
	_require(hold, REQUESTABLE)
	asked = {"requested_by": frappe.session.user, "requested_on": now_datetime(), "request_note": note}
	write(hold, {**asked, "status": Status.REQUESTED.value})
	_announce(hold, Event.REQUESTED, said=note)


def release(
	hold: Document, amount: Decimal, reason: str, note: str, until: date | None, for_all: bool
) -> None:
	"""Let it pass: this content, or so much of all that the customer asks for."""
	_require(hold, WAITING)
	_require_decision(hold, reason, amount, for_all)
	if amount < exact(hold.amount):
		_refuse(
			_("This is about {0}; release at least that.").format(
				frappe.bold(hold.get_formatted("amount", currency=_currency(hold)))
			)
		)
	if until and until < getdate():
		_refuse(_("A release ends today or later."))
	if for_all and not until:
		_refuse(_("Say until when a release for all documents holds."))
	released = {
		"released_amount": float(amount),
		"used_amount": 0,
		"released_until": until,
		"for_all": for_all,
	}
	write(hold, {**_decided(reason, note), **released, "status": Status.RELEASED.value})
	_announce(hold, Event.RELEASED, reason=reason, said=note, amount=float(amount))


def reject(hold: Document, reason: str, note: str) -> None:
	"""Leave it refused, also what was released and is not used yet."""
	_require(hold, (*WAITING, Status.RELEASED))
	_require_decision(hold, reason, exact(hold.amount), for_all=False)
	write(hold, {**_decided(reason, note), "status": Status.REJECTED.value})
	_announce(hold, Event.REJECTED, reason=reason, said=note)


def look_again(hold: Document) -> None:
	"""What stands against it no more is told to whom it was refused."""
	# no money brings other payment terms
	if Status(hold.status) in WAITING and not hold.is_about_terms and not _is_refused(hold):
		write(hold, {"status": Status.CLEARED.value})
		_announce(hold, Event.CLEARED)


def end_run_out(hold: Document) -> None:
	"""What was released until a day that is over is refused again when it is asked for."""
	is_over = bool(hold.released_until) and getdate(hold.released_until) < getdate()
	if Status(hold.status) is Status.RELEASED and is_over:
		write(hold, {"status": Status.OPEN.value})
		_announce(hold, Event.RAN_OUT)


def may_decide(hold: Document, user: str) -> bool:
	is_decidable = Status(hold.status) in (*WAITING, Status.RELEASED)
	return is_decidable and not hold_queries.refusal_of(hold, user, exact(hold.amount))


def locked(name: str) -> Document:
	return frappe.get_doc(HOLD, name, for_update=True)


def _is_refused(hold: Document) -> bool:
	today, kind = getdate(), Kind(hold.kind)
	found = position_queries.position(hold.customer, hold.company, today, hold.branch or None, kind)
	asked = Asked(kind, exact(hold.adds))
	return judge(asked, found.standing, found.terms.policy, today).is_refused


def _require(hold: Document, statuses: Collection[Status]) -> None:
	if Status(hold.status) not in statuses:
		_refuse(_("This is {0} already. Open it again.").format(frappe.bold(_(hold.status))))


def _require_decision(hold: Document, reason: str, amount: Decimal, for_all: bool) -> None:
	if why := hold_queries.refusal_of(hold, frappe.session.user, amount, for_all):
		_refuse_because(why)
	if reason not in hold.meta.get_options("decision_reason").split("\n")[1:]:
		_refuse(_("Choose a reason."))


def _refuse_because(why: Refusal) -> None:
	sentences = {
		Refusal.BLOCKED: _("Nobody releases this: it is blocked. What blocks it has to be changed."),
		Refusal.OWN: _("You have asked for this yourself. Somebody else decides about it."),
		Refusal.AUTHORITY: _("This is above what you may release. Ask somebody who may."),
	}
	frappe.throw(sentences[why], NotReleasableError, title=_("Credit Hold"))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, CreditHoldError, title=_("Credit Hold"))


def _decided(reason: str, note: str) -> dict:
	decision = {"decided_by": frappe.session.user, "decided_on": now_datetime()}
	return {**decision, "decision_reason": reason, "decision_note": note}


def _announce(hold: Document, event: Event, **values) -> None:
	tell(hold, event, **values)
	frappe.enqueue(
		"branch_crm.credit_control.hold_jobs.announce",
		queue="short",
		enqueue_after_commit=True,
		hold=hold.name,
		happened=event.value,
	)


def _currency(hold: Document) -> str:
	return frappe.get_cached_value("Company", hold.company, "default_currency")
