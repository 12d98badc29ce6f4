from frappe.model.document import Document

from branch_crm.credit_control import statement_work


class StatementofAccountRun(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.credit_control.doctype.statement_of_account_branch.statement_of_account_branch import (
			StatementofAccountBranch,
		)
		from branch_crm.credit_control.doctype.statement_of_account_entry.statement_of_account_entry import (
			StatementofAccountEntry,
		)

		begun_by: DF.Link | None
		branch: DF.Link | None
		by_branch: DF.Check
		company: DF.Link
		covers: DF.Table[StatementofAccountBranch]
		customer: DF.Link | None
		customer_category: DF.Link | None
		email_template: DF.Link | None
		entries: DF.Table[StatementofAccountEntry]
		error: DF.SmallText | None
		from_date: DF.Date
		letter_head: DF.Link | None
		message: DF.TextEditor | None
		only_active: DF.Check
		status: DF.Literal["Draft", "Queued", "Running", "Completed", "Failed"]
		subject: DF.Data | None
		to_date: DF.Date
		trade_type: DF.Link | None
	# end: auto-generated types

	def before_insert(self) -> None:
		statement_work.forget_what_was_done(self)

	def validate(self) -> None:
		statement_work.judge(self)

	def before_print(self, settings: dict | None = None) -> None:
		self.statements = statement_work.printed(self)
