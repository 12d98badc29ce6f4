from frappe import _
from frappe.model.document import Document

from branch_crm.party_netting import proposal_work, settlement_jobs, settlement_work


class NettingSettlement(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.party_netting.doctype.netting_settlement_journal.netting_settlement_journal import (
			NettingSettlementJournal,
		)
		from branch_crm.party_netting.doctype.netting_settlement_row.netting_settlement_row import (
			NettingSettlementRow,
		)

		agreement: DF.Link
		amended_from: DF.Link | None
		amount: DF.Currency
		approved_by: DF.Link | None
		approved_on: DF.Datetime | None
		closing_payable: DF.Currency
		closing_receivable: DF.Currency
		company: DF.Link | None
		currency: DF.Link | None
		customer: DF.Link | None
		error: DF.SmallText | None
		is_of_branches: DF.Check
		journals: DF.Table[NettingSettlementJournal]
		net: DF.Currency
		opening_payable: DF.Currency
		opening_receivable: DF.Currency
		payables: DF.Table[NettingSettlementRow]
		posting_date: DF.Date
		proposed_by: DF.Link | None
		receivables: DF.Table[NettingSettlementRow]
		rejected_by: DF.Link | None
		rejection_reason: DF.SmallText | None
		status: DF.Literal[
			"Proposed", "Approved", "Settling", "Settled", "Rejected", "Cancelling", "Cancelled"
		]
		supplier: DF.Link | None
	# end: auto-generated types

	def before_insert(self) -> None:
		settlement_work.forget_what_was_done(self)

	def validate(self) -> None:
		settlement_work.keep_state(self)
		self.flags.open_items = proposal_work.judge(self)
		settlement_work.plan_journals(self)

	def before_submit(self) -> None:
		settlement_work.refuse_unapproved(self)
		settlement_work.prepare(self, self.flags.open_items)

	def on_submit(self) -> None:
		if settlement_work.is_long(self):
			settlement_jobs.enqueue(self)
		else:
			settlement_work.post(self, 0)
			self.db_set("status", "Settled")

	def cancel(self) -> None:
		"""At once, or in the background where there are several journals."""
		is_whole = self.flags.taken_back or not self.docstatus.is_submitted()
		if settlement_work.is_long(self) and not is_whole:
			settlement_jobs.begin_to_take_back(self)
		else:
			super().cancel()

	def before_cancel(self) -> None:
		is_prepared = self.flags.taken_back or self.flags.begins_to_take_back
		if settlement_work.is_long(self) and not is_prepared:
			settlement_work.refuse(
				_("Press Cancel: all its journals are cancelled first, in the background.")
			)

	def on_cancel(self) -> None:
		if not self.flags.taken_back:
			settlement_work.take_back(self, 0)
		self.db_set("status", "Cancelled")
