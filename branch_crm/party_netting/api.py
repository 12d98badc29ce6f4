"""What the forms of parties, agreements and settlements ask the server."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from branch_crm.party_netting import (
	agreement_work,
	approvals,
	balance_work,
	position_queries,
	proposal_work,
	run_jobs,
	settlement_jobs,
	settlement_work,
	statement_queries,
)
from branch_crm.party_netting.agreement_queries import AGREEMENT
from branch_crm.party_netting.run_queries import RUN
from branch_crm.party_netting.settlement_queries import AT_WORK, SETTLEMENT


@frappe.whitelist()
def net_position(customer: str, company: str) -> dict:
	"""What stands between a customer and the supplier that it also is; nothing is posted.

	Amounts are in company currency, of the documents that the session's user may read, advances and credit notes
	included. `receivables` and `payables` list these: `voucher_type`, `voucher_no`, `posting_date`, `due_date`, `branch`,
	`account`, `currency`, `outstanding` in that currency, and `amount` in company currency.

	Raises:
	        frappe.PermissionError: one of the parties, or their invoices, may not be read.
	"""
	frappe.get_doc("Customer", customer).check_permission()
	return position_queries.position_of(
		customer, position_queries.readable_supplier(customer, company), company
	)


@frappe.whitelist()
def balance_payment(customer: str, company: str) -> dict:
	"""A Payment Entry for the net position, not saved, with its open documents.

	Raises:
	        balance_work.NothingToPayError: there is none.
	"""
	frappe.has_permission("Payment Entry", "create", throw=True)
	frappe.get_doc("Customer", customer).check_permission()
	supplier = position_queries.readable_supplier(customer, company)
	return balance_work.payment(customer, supplier, company).as_dict()


@frappe.whitelist(methods=["POST"])
def propose(agreement: str, posting_date: date | str | None = None) -> str:
	"""A draft of a Netting Settlement, filled by the planner; returns its name.

	Raises:
	        agreement_work.AgreementError: nothing is settled by the agreement on this day.
	        proposal_work.SettlementError: there is nothing to settle; says why.
	"""
	frappe.has_permission(SETTLEMENT, "create", throw=True)
	frappe.get_doc(AGREEMENT, agreement).check_permission()
	doc = frappe.new_doc(SETTLEMENT)
	doc.update({"agreement": agreement, "posting_date": getdate(posting_date)})
	proposal_work.fill(doc)
	return doc.insert().name


@frappe.whitelist(methods=["POST"])
def propose_anew(settlement: str) -> None:
	"""Fill a draft again, with what is open now."""
	doc = frappe.get_doc(SETTLEMENT, settlement)
	doc.check_permission("write")
	if doc.docstatus:
		settlement_work.refuse(_("This settlement is {0}.").format(frappe.bold(_(doc.status))))
	proposal_work.fill(doc)
	doc.flags.is_proposed_anew = True
	doc.save()


@frappe.whitelist(methods=["POST"])
def approve_agreement(agreement: str, modified: str | None = None) -> None:
	"""Agree to an agreement as a second person; `modified` as in `approve`."""
	doc = frappe.get_doc(AGREEMENT, agreement, for_update=True)
	doc.check_permission("write")
	approvals.refuse_if_changed(doc, modified)
	agreement_work.approve(doc)


@frappe.whitelist(methods=["POST"])
def approve(settlement: str, modified: str | None = None) -> None:
	"""Agree to a settlement as a second person.

	Arguments:
	        modified: when what is agreed to was last modified; if somebody has changed it since, nothing is approved.
	"""
	doc = frappe.get_doc(SETTLEMENT, settlement, for_update=True)
	doc.check_permission("write")
	approvals.refuse_if_changed(doc, modified)
	settlement_work.approve(doc)


@frappe.whitelist(methods=["POST"])
def reject(settlement: str, reason: str) -> None:
	"""Refuse a settlement as a second person."""
	doc = frappe.get_doc(SETTLEMENT, settlement, for_update=True)
	doc.check_permission("write")
	if not reason.strip():
		settlement_work.refuse(_("Say why: the reason is kept."))
	settlement_work.reject(doc, reason.strip())


@frappe.whitelist(methods=["POST"])
def run_again(settlement: str) -> None:
	"""Go on with what was stopped with its worker."""
	doc = frappe.get_doc(SETTLEMENT, settlement)
	doc.check_permission("submit")
	if doc.status not in AT_WORK:
		settlement_work.refuse(_("This settlement is {0}.").format(frappe.bold(_(doc.status))))
	settlement_jobs.enqueue(doc)


@frappe.whitelist(methods=["POST"])
def begin_run(run: str) -> None:
	"""Propose, and settle where asked, for all agreements of a company in the background; one that was stopped goes on."""
	doc = frappe.get_doc(RUN, run)
	doc.check_permission("write")
	if doc.status == "Completed":
		settlement_work.refuse(_("This run is done. Make a new one."))
	run_jobs.begin(doc)


@frappe.whitelist()
def statement_recipients(settlement: str) -> list[str]:
	"""The mail addresses of the contacts of both parties that the session's user may read."""
	doc = frappe.get_doc(SETTLEMENT, settlement)
	doc.check_permission("email")
	return statement_queries.recipients(doc.customer, doc.supplier)
