from frappe.model.document import Document


class CreditAction(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Literal["Off", "Warn", "Hold", "Block"]
		kind: DF.Literal[
			"Quotation",
			"Sales Order",
			"Delivery Note",
			"Sales Invoice",
			"POS Invoice",
			"Update of Items",
			"Journal Debit",
		]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		rule: DF.Literal["Customer Limit", "Branch Limit", "Category Limit", "Overdue", "Payment Terms"]
	# end: auto-generated types
	pass
