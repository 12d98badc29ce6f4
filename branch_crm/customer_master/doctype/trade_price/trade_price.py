from frappe.model.document import Document


class TradePrice(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		applies_to: DF.DynamicLink
		apply_on: DF.Literal["Item", "Item Group", "Brand"]
		branch: DF.Link | None
		currency: DF.Link | None
		discount_amount: DF.Currency
		discount_percentage: DF.Percent
		min_qty: DF.Float
		rate: DF.Currency
		rate_or_discount: DF.Literal["Discount Percentage", "Discount Amount", "Rate"]
		trade_type: DF.Link
		valid_from: DF.Date | None
		valid_upto: DF.Date | None
	# end: auto-generated types
