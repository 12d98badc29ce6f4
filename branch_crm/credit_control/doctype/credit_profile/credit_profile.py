from frappe.model.document import Document

from branch_crm.credit_control import profile_work


class CreditProfile(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.credit_control.doctype.credit_action.credit_action import CreditAction
		from branch_crm.credit_control.doctype.credit_branch_limit.credit_branch_limit import (
			CreditBranchLimit,
		)
		from branch_crm.credit_control.doctype.credit_guarantee.credit_guarantee import CreditGuarantee
		from branch_crm.credit_control.doctype.credit_temporary_limit.credit_temporary_limit import (
			CreditTemporaryLimit,
		)

		actions: DF.Table[CreditAction]
		blocked_by: DF.Link | None
		blocked_reason: DF.SmallText | None
		blocked_since: DF.Datetime | None
		branch_limits: DF.Table[CreditBranchLimit]
		check_credit: DF.Check
		company: DF.Link
		credit_limit: DF.Currency
		grace_days: DF.Int
		guarantees: DF.Table[CreditGuarantee]
		judge_overdue: DF.Check
		overdue_amount: DF.Currency
		party: DF.DynamicLink
		party_type: DF.Literal["Customer", "Customer Category"]
		proposed_by: DF.Link | None
		proposed_limit: DF.Currency
		proposed_on: DF.Datetime | None
		sales_blocked: DF.Check
		stop_sales: DF.Check
		temporary_limits: DF.Table[CreditTemporaryLimit]
		tolerance: DF.Percent

	# end: auto-generated types
	def validate(self) -> None:
		profile_work.validate(self)

	def on_trash(self) -> None:
		profile_work.refuse_deletion(self)
