from frappe.model.document import Document

from branch_crm.party_netting import run_work


class NettingRun(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.party_netting.doctype.netting_run_entry.netting_run_entry import NettingRunEntry

		begun_by: DF.Link | None
		company: DF.Link
		entries: DF.Table[NettingRunEntry]
		error: DF.SmallText | None
		posting_date: DF.Date
		settle: DF.Check
		status: DF.Literal["Draft", "Queued", "Running", "Completed", "Failed"]
	# end: auto-generated types

	def before_insert(self) -> None:
		run_work.forget_what_was_done(self)

	def validate(self) -> None:
		run_work.keep_state(self)
