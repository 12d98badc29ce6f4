"""What a settlement does to the ledger: a journal for each hundred rows, all of them or none in the end."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from branch_crm.branch_access import queries as access_queries
from branch_crm.party_netting import (
	agreement_work,
	approvals,
	proposal_work,
	queries,
	rules,
	settlement_rules,
)
from branch_crm.party_netting.agreement_queries import AGREEMENT, BY_SECOND_PERSON
from branch_crm.party_netting.queries import exact
from branch_crm.party_netting.rules import Row, Side
from branch_crm.party_netting.settlement_queries import SETTLEMENT

# ERPNext submits a journal of more rows in a job of its own
_MOST = 100
_STATE = ("status", "proposed_by", "approved_by", "approved_on", "rejected_by", "rejection_reason")
_DONE = ("opening_receivable", "opening_payable", "closing_receivable", "closing_payable", "net", "error")
_DONE += ("is_of_branches",)
_DRAWN = {Side.RECEIVABLE: "credit_in_account_currency", Side.PAYABLE: "debit_in_account_currency"}


class SettlementStateError(frappe.ValidationError):
	pass


class ApprovalOutstandingError(SettlementStateError):
	pass


def forget_what_was_done(doc: Document) -> None:
	"""A copy of a settlement, an amended one too, has settled nothing yet."""
	doc.set("journals", [])
	doc.update(dict.fromkeys((*_STATE, *_DONE)))
	doc.status = "Proposed"


def keep_state(doc: Document) -> None:
	"""The server decides how far a settlement has come; whoever changes its rows proposes it, and what was approved
	was something else."""
	before = doc.get_doc_before_save()
	if before and not doc.flags.is_proposed_anew and _asked(doc) == _asked(before):
		doc.update({field: before.get(field) for field in _STATE})
	else:
		doc.update({**dict.fromkeys(_STATE), "status": "Proposed", "proposed_by": frappe.session.user})


def refuse_unapproved(doc: Document) -> None:
	"""Raises:
	ApprovalOutstandingError: a second person has to approve first; says who.
	SettlementStateError: it was rejected.
	"""
	if doc.status == "Rejected":
		refuse(_("This settlement was rejected. Propose anew."))
	agreement = frappe.get_doc(AGREEMENT, doc.agreement)
	if agreement.approval == BY_SECOND_PERSON and doc.status != "Approved":
		frappe.throw(
			approvals.outstanding(agreement.approver_role),
			ApprovalOutstandingError,
			title=_("Approval"),
		)


def approve(doc: Document) -> None:
	_refuse_unless_proposed(doc)
	approvals.refuse_unless_second(_approver_role(doc), doc.proposed_by)
	doc.db_set({"status": "Approved", "approved_by": frappe.session.user, "approved_on": now_datetime()})


def reject(doc: Document, reason: str) -> None:
	"""What nobody else has to approve, whoever may change it rejects."""
	_refuse_unless_proposed(doc, "Approved")
	if frappe.db.get_value(AGREEMENT, doc.agreement, "approval") == BY_SECOND_PERSON:
		approvals.refuse_unless_second(_approver_role(doc), doc.proposed_by)
	doc.db_set({"status": "Rejected", "rejected_by": frappe.session.user, "rejection_reason": reason})


def prepare(doc: Document, items: list[rules.Item]) -> None:
	"""Note the position; with the status the rows are claimed."""
	agreement_work.note_settled(doc.agreement)
	before = rules.position(
		(item for item in items if item.currency == doc.currency), lambda item: item.outstanding
	)
	amount = exact(doc.amount)
	doc.update(
		{
			"opening_receivable": float(before.receivable),
			"opening_payable": float(before.payable),
			"closing_receivable": float(before.receivable - amount),
			"closing_payable": float(before.payable - amount),
			"net": float(before.net),
			"is_of_branches": int(access_queries.is_limited_by_branch()),
			"status": "Settling",
			"error": None,
		}
	)


def plan_journals(doc: Document) -> None:
	"""The journals that are to be made. Where their number stays, no row is added: Frappe locks the place of new ones when
	it opens a document to save it, and two who submit at once would wait for each other for ever."""
	planned = [
		{
			"rows": len(lines),
			"amount": float(
				rules.total(line.amount for line in lines if line.row.item.side is Side.RECEIVABLE)
			),
			"currency": doc.currency,
		}
		for lines in _lines(doc)
	]
	if len(doc.journals) != len(planned):
		doc.set("journals", planned)
	for row, said in zip(doc.journals, planned, strict=True):
		row.update({**said, "journal_entry": None})


def post(doc: Document, number: int) -> None:
	"""Make the journal of this number, counted from 0, and note it, in this transaction."""
	lines = _lines(doc)[number]
	open_now = _open_now(doc, lines)
	journal = frappe.new_doc("Journal Entry")
	journal.update(
		{
			"company": doc.company,
			"posting_date": doc.posting_date,
			"cheque_no": doc.name,
			"cheque_date": doc.posting_date,
			"user_remark": _("Set off by {0}").format(doc.name),
			"multi_currency": int(_is_foreign(doc)),
		}
	)
	branch = access_queries.branch_field()
	parties = {Side.RECEIVABLE: ("Customer", doc.customer), Side.PAYABLE: ("Supplier", doc.supplier)}
	for line in lines:
		item = open_now[line.row.item.key]
		party_type, party = parties[item.side]
		row = {"account": item.account, "party_type": party_type, "party": party}
		row |= {branch: item.branch, "cost_center": item.cost_center}
		row |= {"reference_type": item.voucher_type, "reference_name": item.voucher_no}
		if journal.multi_currency and item.voucher_type == "Journal Entry":
			# of invoices ERPNext takes the rate itself
			row["exchange_rate"] = float(item.amount / item.outstanding)
		journal.append("accounts", {**row, _DRAWN[item.side]: float(line.amount)})
	if journal.multi_currency:
		_book_exchange_difference(journal)
	journal.flags.netting_settlement = doc.name
	journal.insert().submit()
	doc.journals[number].db_set("journal_entry", journal.name)


def _open_now(doc: Document, lines: list[settlement_rules.Line]) -> dict[rules.Key, rules.Item]:
	"""What these lines settle, as it is now; ERPNext does not look what is left of a journal that another one refers to.

	Raises:
	        SettlementStateError: less is outstanding than is to be settled.
	"""
	keys = [line.row.item.key for line in lines]
	items = queries.open_items(doc.customer, doc.supplier, doc.company, only=keys, for_update=True)
	now = {item.key: item for item in items}
	short = [
		frappe.bold(name)
		for (_kind, name, _account), line in zip(keys, lines, strict=True)
		if line.row.item.key not in now or line.amount > now[line.row.item.key].outstanding
	]
	if short:
		refuse(_("Less is outstanding now than is to be settled: {0}.").format(", ".join(short)))
	return now


def take_back(doc: Document, number: int) -> None:
	"""Cancel the journal of this number, where there is one that stands."""
	name = doc.journals[number].journal_entry
	journal = frappe.get_doc("Journal Entry", name) if name else None
	if journal and journal.docstatus == 1:
		journal.flags.netting_settlement = doc.name
		# the settlement names it, and goes with it
		journal.flags.ignore_links = True
		journal.cancel()


def is_long(doc: Document) -> bool:
	"""Whether it takes more than one journal."""
	return len(doc.journals) > 1


def refuse(text: str) -> None:
	frappe.throw(text, SettlementStateError, title=_(SETTLEMENT))


def _lines(doc: Document) -> list[list[settlement_rules.Line]]:
	"""By journal; the same whenever it is asked, as a submitted document's rows stay as they are."""
	rows = [Row(queries.item_of(side, row), exact(row.amount)) for side, row in proposal_work.rows_of(doc)]
	# of a foreign currency one is needed for the difference
	return settlement_rules.journals(rows, _MOST - int(_is_foreign(doc)))


def _asked(doc: Document) -> tuple:
	rows = [(proposal_work.key_of(row), exact(row.amount)) for _side, row in proposal_work.rows_of(doc)]
	return getdate(doc.posting_date), rows


def _refuse_unless_proposed(doc: Document, *states: str) -> None:
	if doc.docstatus or doc.status not in ("Proposed", *states):
		refuse(_("This settlement is {0}.").format(frappe.bold(_(doc.status))))


def _approver_role(doc: Document) -> str | None:
	return frappe.db.get_value(AGREEMENT, doc.agreement, "approver_role")


def _is_foreign(doc: Document) -> bool:
	return doc.currency != frappe.get_cached_value("Company", doc.company, "default_currency")


def _book_exchange_difference(journal: Document) -> None:
	"""Each document is settled at its own rate, so that nothing of it remains in company currency."""
	journal.set_exchange_rate()
	journal.set_amounts_in_company_currency()
	journal.set_total_debit_credit()
	if difference := journal.difference:
		account, cost_center = frappe.get_cached_value(
			"Company", journal.company, ("exchange_gain_loss_account", "cost_center")
		)
		if not account:
			refuse(
				_("Choose the {0} of company {1} first.").format(
					frappe.bold(_("Exchange Gain / Loss Account")), frappe.bold(journal.company)
				)
			)
		side = "credit_in_account_currency" if difference > 0 else "debit_in_account_currency"
		journal.append(
			"accounts",
			{"account": account, "cost_center": cost_center, "exchange_rate": 1, side: abs(difference)},
		)
