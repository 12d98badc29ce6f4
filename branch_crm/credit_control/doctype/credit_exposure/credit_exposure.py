from frappe.model.document import Document


class CreditExposure(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		advances: DF.Currency
		branch: DF.Link | None
		company: DF.Link | None
		deliveries: DF.Currency
		exposure: DF.Currency
		orders: DF.Currency
		party: DF.DynamicLink | None
		party_type: DF.Link | None
		payables: DF.Currency
		receivable: DF.Currency
		till_sales: DF.Currency
	# end: auto-generated types
	pass
