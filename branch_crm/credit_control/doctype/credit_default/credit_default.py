from frappe.model.document import Document


class CreditDefault(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		check_credit: DF.Check
		company: DF.Link
		credit_limit: DF.Currency
		grace_days: DF.Int
		judge_overdue: DF.Check
		overdue_amount: DF.Currency
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		stop_sales: DF.Check
		tolerance: DF.Percent
		trade_type: DF.Link | None
	# end: auto-generated types
	pass
