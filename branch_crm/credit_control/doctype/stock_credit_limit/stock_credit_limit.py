from frappe.model.document import Document


class StockCreditLimit(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		company: DF.Link
		credit_limit: DF.Currency
		party: DF.DynamicLink
		party_type: DF.Link
		stored: DF.Code | None
	# end: auto-generated types
	pass
