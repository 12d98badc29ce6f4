import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries, sharing_jobs


class BranchAccessSettings(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.branch_access.doctype.branch_report_access.branch_report_access import (
			BranchReportAccess,
		)

		activated_by: DF.Link | None
		activated_on: DF.Datetime | None
		branch_of_party: DF.Literal["Refuse", "Warn"]
		enforced: DF.Check
		found_dimension: DF.Check
		methods_of_other_apps: DF.Literal["Check", "Refuse"]
		reports: DF.Table[BranchReportAccess]
		sales_owner_required: DF.Check
		shares_cross_branches: DF.Check
		support_owner_required: DF.Check
		unassigned_visible_to: DF.Literal["", "Head Office", "Everybody"]
	# end: auto-generated types

	def on_update(self) -> None:
		queries.forget_scopes()
		if self.has_value_changed("enforced") or self.has_value_changed("shares_cross_branches"):
			sharing_jobs.enqueue()

	def validate(self) -> None:
		if queries.is_limited_by_branch():
			frappe.throw(
				_("Only head office changes the settings of branch access."),
				frappe.PermissionError,
				title=_("Not your branch"),
			)
		if self.enforced and not self.unassigned_visible_to:
			frappe.throw(
				_("Say who sees documents without a branch: head office or everybody."),
				title=_("Answer Missing"),
			)
		if self.has_value_changed("enforced") and not self.flags.switching:
			frappe.throw(
				_("Scope is switched on and off on the page {0}, after its dry run.").format(
					frappe.bold(_("Branch Activation"))
				),
				title=_("Branch Access"),
			)
