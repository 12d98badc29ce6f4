from frappe.model.document import Document


class StatementofAccountEntry(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		closing_balance: DF.Currency
		currency: DF.Link | None
		customer: DF.Link
		note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		recipients: DF.SmallText | None
		state: DF.Literal["Pending", "Sent", "No Address", "Failed"]
	# end: auto-generated types

	pass
