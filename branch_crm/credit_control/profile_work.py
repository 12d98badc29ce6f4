"""Who sets what in a Credit Profile: what grants more than somebody may waits for a second person."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate, now_datetime

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import profile_queries
from branch_crm.credit_control.profile_queries import CUSTOMER, PROFILE
from branch_crm.credit_control.profile_rules import may_grant, needs_second
from branch_crm.credit_control.rules import ZERO
from branch_crm.party_netting.queries import exact

# a new profile is as strict as it can be
_STRICT = {"check_credit": 1, "stop_sales": 1}
_STRICTER_WITH = ("check_credit", "stop_sales", "judge_overdue", "sales_blocked")
_LOOSER_WITH = ("tolerance",)
# where what is overdue was judged before
_LATER_WITH = ("grace_days", "overdue_amount")


class CreditProfileError(frappe.ValidationError):
	"""A Credit Profile says what cannot be."""


class NoAuthorityError(frappe.PermissionError):
	"""Somebody grants more than he may, or what he has asked for himself."""


def validate(doc: Document) -> None:
	"""Raises:
	CreditProfileError: there is one already, or something in it contradicts itself.
	NoAuthorityError: a branch is granted more than whoever does it may grant.
	"""
	_refuse_second(doc)
	_note_block(doc)
	if doc.flags.by_policy:
		return
	_refuse_others_branches(doc)
	_judge_rows(doc)
	_judge_limit(doc)
	_judge_terms(doc)
	_judge_branch_limits(doc)
	_judge_temporary_limits(doc)


def approve(doc: Document) -> None:
	"""Let the proposed limit hold.

	Raises:
	        NoAuthorityError: who approves has proposed it himself, or may not grant so much.
	"""
	_refuse_approver(doc.proposed_by, exact(doc.proposed_limit))
	doc.credit_limit = doc.proposed_limit
	_forget_proposal(doc)
	doc.flags.is_decided = True
	doc.save()


def reject(doc: Document) -> None:
	"""Leave the limit as it is. Who has proposed another one takes it back the same way."""
	_forget_proposal(doc)
	doc.flags.is_decided = True
	doc.save()


def approve_temporary(doc: Document, row_name: str) -> None:
	"""Let a temporary limit count, from its first day on.

	Raises:
	        NoAuthorityError: who approves has proposed it himself, or may not grant so much with it.
	"""
	row = next((row for row in doc.temporary_limits if row.name == row_name), None)
	if not row:
		frappe.throw(
			_("This temporary limit is not there any more. Open the profile again."), CreditProfileError
		)
	_refuse_approver(row.proposed_by, exact(doc.credit_limit) + exact(row.amount))
	row.update({"approved_by": frappe.session.user, "approved_on": now_datetime()})
	doc.flags.is_decided = True
	doc.save()


def _refuse_second(doc: Document) -> None:
	same = {"party_type": doc.party_type, "party": doc.party, "company": doc.company}
	# two that were merged have one each: either is changed, until one is deleted
	if doc.is_new() and frappe.db.exists(PROFILE, {**same, "name": ["!=", doc.name or ""]}):
		frappe.throw(
			_("{0} has a credit profile in {1} already. Change that one.").format(
				frappe.bold(doc.party), frappe.bold(doc.company)
			),
			CreditProfileError,
			title=_("Credit Profile"),
		)


def _refuse_others_branches(doc: Document) -> None:
	"""What holds in all branches of a customer is for whoever reaches all of them."""
	scope = access_queries.scope_in_force(frappe.session.user)
	if scope.all:
		return
	rows = (
		access_queries.assignments_of(CUSTOMER, [doc.party])[doc.party] if doc.party_type == CUSTOMER else {}
	)
	branches = {assignment.branch for assignment in rows.values()}
	if not branches or not all(map(scope.reaches, branches)):
		frappe.throw(
			_("A credit profile holds in all branches of {0}. Ask head office to change it.").format(
				frappe.bold(doc.party)
			),
			NoAuthorityError,
			title=_("Credit Profile"),
		)


def _judge_rows(doc: Document) -> None:
	for label, rows in (
		(_("Branch"), [row.branch for row in doc.branch_limits]),
		(_("Bank Guarantee"), [row.bank_guarantee for row in doc.guarantees]),
		(_("Actions"), [(row.kind, row.rule) for row in doc.actions]),
	):
		if len(rows) != len(set(rows)):
			_refuse(_("{0}: each one stands here once.").format(label))
	if doc.party_type != CUSTOMER and (doc.branch_limits or doc.guarantees):
		_refuse(_("Limits per branch and guarantees are those of a customer, not of a category."))
	for row in doc.temporary_limits:
		if getdate(row.valid_to) < getdate(row.valid_from):
			_refuse(_("Row {0}: a temporary limit ends after it has begun.").format(row.idx))
	for row in doc.guarantees:
		_fill_guarantee(doc, row)


def _fill_guarantee(doc: Document, row: Document) -> None:
	found = profile_queries.guarantee(row.bank_guarantee)
	if found.customer != doc.party:
		_refuse(
			_("Row {0}: {1} is no submitted guarantee that we have received for {2}.").format(
				row.idx, frappe.bold(row.bank_guarantee), frappe.bold(doc.party)
			)
		)
	row.update({"amount": found.amount, "valid_from": found.start_date, "valid_to": found.end_date})


def _note_block(doc: Document) -> None:
	before = doc.get_doc_before_save()
	if not doc.sales_blocked:
		doc.update({"blocked_reason": None, "blocked_since": None, "blocked_by": None})
	elif not doc.blocked_reason:
		_refuse(_("Say why sales are blocked."))
	elif not before or not before.sales_blocked:
		doc.update({"blocked_since": now_datetime(), "blocked_by": frappe.session.user})
	else:
		doc.update({"blocked_since": before.blocked_since, "blocked_by": before.blocked_by})


def _judge_limit(doc: Document) -> None:
	"""A limit above what whoever sets it may grant is kept as a proposal."""
	before = doc.get_doc_before_save()
	kept = {"proposed_limit": 0, "proposed_by": None, "proposed_on": None}
	if before and not doc.flags.is_decided and doc.proposed_by:
		kept = {field: before.get(field) for field in kept}
	doc.update(kept)
	old = exact(before.credit_limit) if before else ZERO
	new = exact(doc.credit_limit)
	if doc.flags.is_decided or not needs_second(old, new, None, _authorities()):
		return
	doc.update({"proposed_limit": doc.credit_limit, "proposed_by": frappe.session.user})
	doc.update({"proposed_on": now_datetime(), "credit_limit": float(old)})
	frappe.msgprint(
		_(
			"A credit limit of {0} is above what you may grant. It holds once somebody who may has approved it."
		).format(frappe.bold(doc.get_formatted("proposed_limit"))),
		title=_("Awaiting Approval"),
	)


def _judge_terms(doc: Document) -> None:
	"""What lets a customer owe more than its limit says is for whoever may grant anything, unless ERPNext let it before."""
	if doc.is_new() and doc.flags.is_decided:
		return
	before = doc.get_doc_before_save() or frappe._dict(_STRICT)
	risen = (*_LOOSER_WITH, *(_LATER_WITH if before.get("judge_overdue") else ()))
	is_looser = (
		any(before.get(field) and not doc.get(field) for field in _STRICTER_WITH)
		or any(flt(doc.get(field)) > flt(before.get(field)) for field in risen)
		or _actions(doc) != _actions(before)
	)
	if is_looser:
		refuse_without_bound()


def refuse_deletion(doc: Document) -> None:
	"""Raises:
	NoAuthorityError: without its profile a customer may owe what it likes.
	"""
	_refuse_others_branches(doc)
	refuse_without_bound()


def refuse_without_bound() -> None:
	"""Raises:
	NoAuthorityError: the session's user may not grant any amount anywhere.
	"""
	if not any(one.amount is None and one.branches is None for one in _authorities()):
		frappe.throw(
			_("This lets more be owed than you may grant. Ask somebody who may grant any amount."),
			NoAuthorityError,
			title=_("Credit Profile"),
		)


def _actions(doc: Document) -> set[tuple[str, str, str]]:
	return {(row.kind, row.rule, row.action) for row in doc.get("actions") or ()}


def _judge_branch_limits(doc: Document) -> None:
	before = doc.get_doc_before_save()
	old = {row.branch: exact(row.credit_limit) for row in before.branch_limits} if before else {}
	for row in doc.branch_limits:
		new = exact(row.credit_limit)
		# without one, a branch has the limit of the customer
		known = old.get(row.branch, exact(before.credit_limit) if before else ZERO)
		if needs_second(known, new, row.branch, _authorities()):
			frappe.throw(
				_(
					"Row {0}: a limit of {1} for {2} is above what you may grant. Ask somebody who may."
				).format(row.idx, frappe.bold(row.get_formatted("credit_limit")), frappe.bold(row.branch)),
				NoAuthorityError,
				title=_("Credit Limit"),
			)


def _judge_temporary_limits(doc: Document) -> None:
	"""Who proposes a temporary limit, or changes one, has it approved by somebody else."""
	before = doc.get_doc_before_save()
	old = {row.name: row for row in before.temporary_limits} if before else {}
	for row in doc.temporary_limits:
		known = old.get(row.name)
		is_same = known and all(
			str(known.get(field)) == str(row.get(field)) for field in ("amount", "valid_from", "valid_to")
		)
		if not is_same:
			row.update({"proposed_by": frappe.session.user, "approved_by": None, "approved_on": None})
		elif not doc.flags.is_decided:
			row.update({field: known.get(field) for field in ("proposed_by", "approved_by", "approved_on")})


def _refuse_approver(proposed_by: str | None, amount: object) -> None:
	user = frappe.session.user
	if not proposed_by:
		frappe.throw(_("Nothing awaits approval here."), CreditProfileError, title=_("Credit Profile"))
	if proposed_by == user:
		frappe.throw(
			_("You have proposed this yourself. Somebody else approves it."),
			NoAuthorityError,
			title=_("Approval"),
		)
	if not may_grant(amount, None, _authorities()):
		frappe.throw(
			_("This is above what you may grant. Ask somebody who may."),
			NoAuthorityError,
			title=_("Approval"),
		)


def _authorities() -> list:
	return profile_queries.authorities_of(frappe.session.user)


def _forget_proposal(doc: Document) -> None:
	doc.update({"proposed_limit": 0, "proposed_by": None, "proposed_on": None})


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, CreditProfileError, title=_("Credit Profile"))
