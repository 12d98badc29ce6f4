from frappe.model.document import Document


class ExposureEntry(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		branch: DF.Link | None
		company: DF.Link | None
		component: DF.Literal["receivable", "advances", "orders", "deliveries", "till_sales", "payables"]
		counted: DF.Currency
		customer: DF.Link | None
		is_pending: DF.Check
		voucher_no: DF.DynamicLink | None
		voucher_type: DF.Link | None
	# end: auto-generated types
	pass
