"""Sales are judged when they are submitted: what they have added to what is owed decides, on rows that are kept from others."""

from dataclasses import replace

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import fmt_money, getdate

from branch_crm.credit_control import (
	asked_queries,
	commitment_queries,
	entry_queries,
	exposure_events,
	exposure_work,
	hold_jobs,
	hold_queries,
	hold_work,
	lock_work,
	payment_queries,
	position_queries,
)
from branch_crm.credit_control.commitment_queries import INVOICE
from branch_crm.credit_control.lock_work import Locked
from branch_crm.credit_control.rules import (
	ZERO,
	Action,
	Asked,
	Finding,
	Judgement,
	Kind,
	Owed,
	Rule,
	Standing,
	judge,
)
from branch_crm.party_netting.queries import exact

_LEDGER_ONLY = (INVOICE, asked_queries.JOURNAL)
# what the desk's scripts are called
_SCRIPTS = "branch_crm"


class CreditRefusedError(frappe.ValidationError):
	"""What is asked for is more than the customer may owe, or sales to it are stopped. `refusal` is what is recorded of it."""

	refusal: dict


def lock_rows(doc: Document, method: str | None = None) -> None:
	"""Before anything is posted or taken back: who else changes what these customers owe waits."""
	doc.flags.update({"credit_locked": None, "credit_counted": False})
	customers = asked_queries.customers_of(doc)
	if customers and doc.company in asked_queries.judged_companies():
		exposure_work.settle()
		doc.flags.credit_locked = lock_work.lock(doc.company, customers, asked_queries.branch_of(doc))


def judge_document(doc: Document, method: str | None = None) -> None:
	"""Raises:
	CreditRefusedError: with the rules that stand against it and their numbers.
	"""
	locked = doc.flags.pop("credit_locked", None) or _locked_late(doc)
	if not locked:
		return
	exposure_events.note(doc)
	exposure_work.settle()
	for customer in sorted(asked_queries.customers_of(doc)):
		if not asked_queries.is_let_through(doc, customer):
			_act(doc, customer, *_judgement(doc, customer, locked))
	# it contributes what is in the ledger, whose rows tell by themselves when they change
	doc.flags.credit_counted = doc.doctype in _LEDGER_ONLY


def _locked_late(doc: Document) -> Locked | None:
	"""A program skips validation, and what comes before a submission with it: all that is owed decides then."""
	customers = asked_queries.customers_of(doc)
	if customers and doc.company in asked_queries.judged_companies():
		found = lock_work.lock(doc.company, customers, asked_queries.branch_of(doc))
		return replace(found, owed={})
	return None


def judge_reopened(doc: Document, method: str | None = None) -> None:
	"""An order that was closed is owed again when it is opened, which fires no other event; to be asked before it is noted."""
	is_being_saved = hasattr(doc, "_action")
	if is_being_saved or not doc.docstatus.is_submitted() or doc.status == "Closed":
		return
	if doc.company not in asked_queries.judged_companies() or entry_queries.is_noted((doc.doctype, doc.name)):
		return
	if commitment_queries.of_documents([doc.name], []):
		lock_rows(doc)
		judge_document(doc)


def judge_quotation(doc: Document, method: str | None = None) -> None:
	"""A quotation is no debt; it is judged as if it were ordered."""
	if doc.company not in asked_queries.judged_companies():
		return
	for customer in asked_queries.customers_of(doc):
		today, branch = getdate(), asked_queries.branch_of(doc)
		found = position_queries.position(customer, doc.company, today, branch, Kind.QUOTATION)
		asked = Asked(Kind.QUOTATION, exact(doc.base_rounded_total or doc.base_grand_total))
		standing = replace(found.standing, payment=payment_queries.payment_of(doc, customer))
		_act(doc, customer, asked, judge(asked, standing, found.terms.policy, today))


def _judgement(doc: Document, customer: str, locked: Locked) -> tuple[Asked, Judgement]:
	today, found, levels = getdate(), locked.granted[customer], []
	kind, policy, twice = asked_queries.kind_of(doc), found.terms.policy, asked_queries.taken_over(doc)
	after = lock_work.exposures(doc.company, found.limits) if found.is_judged else {}
	for limit in found.limits if found.is_judged else ():
		row = limit.row(doc.company)
		with_orders = policy.counts_orders(kind, limit.rule)
		owed = locked.owed.get(row, Owed()).counted(with_orders)
		levels.append(limit.level(owed, after[row].counted(with_orders) - owed - twice))
	late = position_queries.late(customer, doc.company, found.terms, today)
	payment = payment_queries.payment_of(doc, customer)
	standing = Standing(levels, found.is_blocked, late, found.terms.overdue, payment)
	asked = Asked(kind, max((level.adds for level in levels), default=ZERO))
	if asked_queries.is_of_sold(doc, asked.adds):
		standing = Standing(payment=payment)
	return asked, judge(asked, standing, policy, today)


def _act(doc: Document, customer: str, asked: Asked, judgement: Judgement) -> None:
	if not judgement.findings:
		return
	currency = frappe.get_cached_value("Company", doc.company, "default_currency")
	said = "<br>".join(_sentence(finding, customer, currency) for finding in judgement.findings)
	if judgement.is_refused:
		content = hold_queries.content_of(doc, customer)
		released = judgement.verdict is Action.HOLD and hold_work.use(doc, content)
		if not released:
			_refuse(hold_work.refusal_of(doc, content, asked, judgement, said), said)
		said += "<br>" + _("It passes by the release {0}.").format(frappe.bold(released))
	frappe.msgprint(said, title=_("Credit"), indicator="orange")


def _refuse(found: dict, said: str) -> None:
	hold_jobs.note(found)
	# who goes on in the same transaction takes back to a savepoint also what was counted since
	exposure_work.note(exposure_work.settled())
	error = CreditRefusedError()
	error.refusal = found
	of_document = {"doctype": found["document_type"], "name": found["document_name"]}
	ask = {
		"label": _("Request Release"),
		"client_action": f"{_SCRIPTS}.credit_hold.request",
		"args": of_document,
	}
	frappe.msgprint(
		said,
		title=_("Credit"),
		indicator="red",
		raise_exception=error,
		primary_action=None if found["is_blocked"] else ask,
	)


def _sentence(finding: Finding, customer: str, currency: str) -> str:
	amounts = [
		fmt_money(amount, currency=currency) for amount in (finding.limit, finding.stands_at, finding.over)
	]
	limit, stands_at, over = map(frappe.bold, amounts)
	name = frappe.bold(finding.name or customer)
	if finding.rule is Rule.SALES_BLOCKED:
		return _("Sales to {0} are blocked.").format(name)
	if finding.rule is Rule.OVERDUE:
		return _("{0} has {1} overdue; {2} may be.").format(name, stands_at, limit)
	if finding.rule is Rule.PAYMENT_TERMS:
		days = (name, frappe.bold(int(finding.limit)), frappe.bold(int(finding.stands_at)))
		return _("{0} pays within {1} days, as agreed; this asks for {2}, or for less before that.").format(
			*days
		)
	return _("{0}: of a credit limit of {1}, {2} is owed already; this is {3} too much.").format(
		name, limit, stands_at, over
	)
