from frappe.model.document import Document


class CreditSettings(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.credit_control.doctype.credit_action.credit_action import CreditAction
		from branch_crm.credit_control.doctype.credit_authority.credit_authority import CreditAuthority
		from branch_crm.credit_control.doctype.credit_default.credit_default import CreditDefault

		actions: DF.Table[CreditAction]
		authorities: DF.Table[CreditAuthority]
		block_after_returns: DF.Int
		defaults: DF.Table[CreditDefault]
		hide_other_branches: DF.Check
		returns_within_days: DF.Int
	# end: auto-generated types
	pass
