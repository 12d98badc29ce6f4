from frappe.model.document import Document

from branch_crm.party_netting import agreement_work


class NettingAgreement(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.party_netting.doctype.netting_excluded_branch.netting_excluded_branch import (
			NettingExcludedBranch,
		)
		from branch_crm.party_netting.doctype.netting_excluded_voucher_type.netting_excluded_voucher_type import (
			NettingExcludedVoucherType,
		)

		approval: DF.Literal["Not Required", "By a Second Person"]
		approved_by: DF.Link | None
		approved_on: DF.Datetime | None
		approver_role: DF.Link | None
		company: DF.Link
		counts_for_credit: DF.Check
		currency: DF.Link | None
		customer: DF.Link
		ended: DF.Check
		exclude_disputed: DF.Check
		exclude_not_yet_due: DF.Check
		exclude_on_hold: DF.Check
		excluded_branches: DF.TableMultiSelect[NettingExcludedBranch]
		excluded_voucher_types: DF.TableMultiSelect[NettingExcludedVoucherType]
		last_settled_on: DF.Datetime | None
		minimum_amount: DF.Currency
		settlement_order: DF.Literal["Due Date", "Posting Date", "Largest First", "Smallest First"]
		statement_note: DF.SmallText | None
		status: DF.Literal["Active", "Awaiting Approval", "Ended"]
		supplier: DF.Link | None
		terms_by: DF.Link | None
		valid_from: DF.Date
		valid_to: DF.Date | None
	# end: auto-generated types

	def validate(self) -> None:
		agreement_work.judge(self)
