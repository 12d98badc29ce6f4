from frappe.model.document import Document

from branch_crm.credit_control import cheque_work


class ChequeReturn(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.credit_control.doctype.cheque_return_allocation.cheque_return_allocation import (
			ChequeReturnAllocation,
		)

		allocations: DF.Table[ChequeReturnAllocation]
		amended_from: DF.Link | None
		amount: DF.Currency
		bank_charge: DF.Currency
		blocked_sales: DF.Check
		branch: DF.Link | None
		charge_account: DF.Link | None
		cheque_date: DF.Date | None
		cheque_no: DF.Data | None
		company: DF.Link | None
		customer: DF.Link | None
		customer_charge: DF.Currency
		journal_entry: DF.Link | None
		note: DF.SmallText | None
		payment_entry: DF.Link
		reason: DF.Literal[
			"",
			"Insufficient Funds",
			"Payment Stopped",
			"Account Closed",
			"Signature Differs",
			"Amounts Differ",
			"Cheque Out of Date",
			"Other",
		]
		return_date: DF.Date

	# end: auto-generated types
	def validate(self) -> None:
		cheque_work.validate(self)

	def before_submit(self) -> None:
		cheque_work.prepare(self)

	def on_submit(self) -> None:
		cheque_work.take_back(self)

	def before_cancel(self) -> None:
		cheque_work.keep_as_submitted(self)

	def on_cancel(self) -> None:
		cheque_work.undo(self)
