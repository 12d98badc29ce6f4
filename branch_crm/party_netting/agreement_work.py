"""What makes an agreement valid: its terms are possible, and a second person has agreed where that is asked for."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from branch_crm.party_netting import agreement_queries, approvals, link_queries
from branch_crm.party_netting.agreement_queries import BY_SECOND_PERSON
from branch_crm.party_netting.rules import SETTLED

_STATE = ("status", "terms_by", "approved_by", "approved_on")
# what may change without a second person
_NOT_TERMS = (*_STATE, "statement_note", "ended", "last_settled_on")


class AgreementError(frappe.ValidationError):
	pass


def judge(doc: Document) -> None:
	"""Fill in what follows from the customer and the company, and refuse what cannot be settled by.

	Raises:
	        AgreementError: the parties are not linked, the days or documents are impossible, or others agreed before.
	"""
	before = doc.get_doc_before_save()
	doc.last_settled_on = before.last_settled_on if before else None
	if before and (doc.ended or before.ended):
		# whatever has become of the parties
		_end(doc, before)
		return
	doc.supplier = link_queries.other_party("Customer", doc.customer)
	if not doc.supplier:
		_refuse(
			_("{0} is not linked with a supplier. Tick {1} on the customer first.").format(
				frappe.bold(doc.customer), frappe.bold(_("Is Also a Supplier"))
			)
		)
	for party in ("customer", "supplier"):
		frappe.get_doc(frappe.unscrub(party), doc.get(party)).check_permission()
	doc.currency = doc.currency or frappe.get_cached_value("Company", doc.company, "default_currency")
	if doc.valid_to and getdate(doc.valid_to) < getdate(doc.valid_from):
		_refuse(_("It would end before it begins. Correct the days."))
	for row in doc.excluded_voucher_types:
		if row.document_type not in SETTLED:
			_refuse(
				_("{0} are never settled. Only {1} can be left out.").format(
					frappe.bold(_(row.document_type)), ", ".join(map(_, SETTLED))
				)
			)
	if other := agreement_queries.overlapping(doc) if not doc.ended else None:
		_refuse(
			_("Agreement {0} is for the same parties, company and days. End it first.").format(
				frappe.bold(other)
			)
		)
	_set_status(doc)


def approve(doc: Document) -> None:
	"""Agree as a second person."""
	if doc.status != "Awaiting Approval":
		_refuse(_("This agreement is {0}. There is nothing to approve.").format(frappe.bold(_(doc.status))))
	approvals.refuse_unless_second(doc.approver_role, doc.terms_by)
	_refuse_beside_common_accounting()
	doc.db_set({"status": "Active", "approved_by": frappe.session.user, "approved_on": now_datetime()})


def usable(name: str, day: object) -> Document:
	"""The agreement, if something can be settled by it on this day.

	Raises:
	        AgreementError: it is not active or valid then, or its parties are no longer one.
	"""
	doc = frappe.get_doc(agreement_queries.AGREEMENT, name)
	if doc.status != "Active":
		_refuse(_("Agreement {0} is {1}.").format(frappe.bold(name), frappe.bold(_(doc.status))))
	if not agreement_queries.is_valid_on(doc, getdate(day)):
		_refuse(
			_("Agreement {0} is not valid on {1}. Extend it, or choose another day.").format(
				frappe.bold(name), frappe.bold(frappe.format(getdate(day), "Date"))
			)
		)
	if link_queries.other_party("Customer", doc.customer) != doc.supplier:
		_refuse(
			_("{0} and {1} are no longer linked.").format(
				frappe.bold(doc.customer), frappe.bold(doc.supplier)
			)
		)
	_refuse_beside_common_accounting()
	return doc


def is_settled_meanwhile(doc: Document) -> bool:
	"""Whether another settlement by this agreement was submitted since the transaction began, which does not see what that
	one has done. They wait for each other here, before they lock anything else."""
	seen, now = (
		frappe.db.get_value(agreement_queries.AGREEMENT, doc.name, "last_settled_on", for_update=is_last)
		for is_last in (False, True)
	)
	return seen != now


def note_settled(name: str) -> None:
	"""Tell those who settle by the agreement at the same moment."""
	said = {"last_settled_on": now_datetime()}
	frappe.db.set_value(agreement_queries.AGREEMENT, name, said, update_modified=False)


def _end(doc: Document, before: Document) -> None:
	is_changed = _terms(doc) != _terms(before)
	if before.ended and (is_changed or not doc.ended):
		_refuse(_("This agreement has ended. Make a new one."))
	if is_changed:
		_refuse(_("End it, or change it, but not both at once."))
	doc.update({field: before.get(field) for field in _STATE})
	doc.status = "Ended"


def _set_status(doc: Document) -> None:
	if doc.ended:
		doc.status = "Ended"
		return
	before = doc.get_doc_before_save()
	if not before:
		_keep_second_person(doc)
	# whose approval is missing stays missing, whatever is changed meanwhile
	is_asked = doc.approval == BY_SECOND_PERSON or (
		before and (before.approval == BY_SECOND_PERSON or before.status == "Awaiting Approval")
	)
	if not before or _terms(doc) != _terms(before):
		doc.terms_by = frappe.session.user
		doc.approved_by = doc.approved_on = None
		doc.status = "Awaiting Approval" if is_asked else "Active"
	else:
		doc.update({field: before.get(field) for field in _STATE})
	if doc.status == "Active":
		_refuse_beside_common_accounting()


def _keep_second_person(doc: Document) -> None:
	"""To end an agreement and make another one is no way round the second person: to do without is a change of the new
	one, to which that person agrees."""
	asked = agreement_queries.asked_before(doc)
	if asked and doc.approval != BY_SECOND_PERSON:
		doc.approval, doc.approver_role = BY_SECOND_PERSON, doc.approver_role or asked.approver_role
		frappe.msgprint(
			_("The last agreement of these parties asked for a second person, and so does this one."),
			alert=True,
		)


def _terms(doc: Document) -> dict:
	"""What the second person agrees to."""
	said = doc.as_dict(no_default_fields=True, convert_dates_to_str=True, no_child_table_fields=True)
	return {field: value or None for field, value in said.items() if field not in _NOT_TERMS}


def _refuse_beside_common_accounting() -> None:
	if agreement_queries.is_common_accounting_on():
		_refuse(
			_(
				"ERPNext posts a journal for every invoice of such parties by itself, so that there would be nothing left to settle. Switch off {0} in {1} first."
			).format(frappe.bold(_("Enable Common Party Accounting")), _("Accounts Settings"))
		)


def _refuse(text: str) -> None:
	frappe.throw(text, AgreementError, title=_("Netting Agreement"))
