from frappe.model.document import Document


class CreditTemporaryLimit(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		approved_by: DF.Link | None
		approved_on: DF.Datetime | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		proposed_by: DF.Link | None
		reason: DF.SmallText
		valid_from: DF.Date
		valid_to: DF.Date
	# end: auto-generated types
	pass
