"""What a netting run does with one agreement, and what it says about it."""

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from branch_crm import errors
from branch_crm.party_netting import proposal_work, run_queries, settlement_work
from branch_crm.party_netting.agreement_queries import AGREEMENT, BY_SECOND_PERSON
from branch_crm.party_netting.proposal_work import NothingToSettleError
from branch_crm.party_netting.run_queries import ENTRY
from branch_crm.party_netting.settlement_queries import SETTLEMENT

_STATE = ("status", "begun_by", "error")


def forget_what_was_done(doc: Document) -> None:
	doc.set("entries", [])
	doc.update({"status": "Draft", "begun_by": None, "error": None})


def keep_state(doc: Document) -> None:
	"""The job alone writes how far it has come."""
	if before := doc.get_doc_before_save():
		doc.update({field: before.get(field) for field in _STATE})
		doc.set("entries", before.entries)


def list_agreements(doc: Document) -> None:
	"""Write what is to be done, nothing done yet."""
	for number, agreement in enumerate(run_queries.agreements_of(doc.company, getdate(doc.posting_date)), 1):
		row = doc.append("entries", {**agreement, "state": "Pending", "idx": number})
		row.db_insert()


def act_on(run: Document, entry: frappe._dict) -> str | None:
	"""Propose, and settle where that is asked for and nobody has to agree first. Returns the settlement whose journals are
	still to be made."""
	if entry.state == "Settling":
		return entry.settlement
	agreement = frappe.get_doc(AGREEMENT, entry.agreement)
	is_settled = run.settle and agreement.approval != BY_SECOND_PERSON
	if draft := run_queries.open_proposal(entry.agreement):
		# somebody may have changed its rows
		note(entry, "Open Proposal", settlement=draft)
		return None
	try:
		settlement = _proposed(run, entry)
	except NothingToSettleError as nothing:
		note(entry, "Nothing to Settle", note=errors.sentence_of(nothing, run_queries.RUN))
		return None
	if not is_settled:
		note(entry, "Proposed", settlement=settlement.name, amount=settlement.amount)
		return None
	settlement.submit()
	is_long = settlement_work.is_long(settlement)
	state = "Settling" if is_long else "Settled"
	note(entry, state, settlement=settlement.name, amount=settlement.amount)
	return settlement.name if is_long else None


def note(entry: frappe._dict, state: str, **values: object) -> None:
	frappe.db.set_value(ENTRY, entry.name, {"state": state, "note": None, **values}, update_modified=False)


def _proposed(run: Document, entry: frappe._dict) -> Document:
	settlement = frappe.new_doc(SETTLEMENT)
	settlement.update({"agreement": entry.agreement, "posting_date": run.posting_date})
	proposal_work.fill(settlement)
	return settlement.insert()
