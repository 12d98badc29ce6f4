from frappe.model.document import Document


class NettingSettlementRow(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		account: DF.Link | None
		amount: DF.Currency
		branch: DF.Link | None
		currency: DF.Link | None
		due_date: DF.Date | None
		outstanding: DF.Currency
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		posting_date: DF.Date | None
		voucher_no: DF.DynamicLink
		voucher_type: DF.Link
	# end: auto-generated types

	pass
