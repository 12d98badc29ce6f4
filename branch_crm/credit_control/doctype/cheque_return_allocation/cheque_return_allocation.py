from frappe.model.document import Document


class ChequeReturnAllocation(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		allocated_amount: DF.Currency
		currency: DF.Link | None
		document_name: DF.DynamicLink | None
		document_type: DF.Link | None
		exchange_gain_loss: DF.Currency
		exchange_rate: DF.Float
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
	pass
