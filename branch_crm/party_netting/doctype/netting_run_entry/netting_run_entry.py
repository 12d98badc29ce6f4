from frappe.model.document import Document


class NettingRunEntry(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agreement: DF.Link
		amount: DF.Currency
		currency: DF.Link | None
		customer: DF.Link | None
		note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		settlement: DF.Link | None
		state: DF.Literal[
			"Pending", "Proposed", "Settling", "Settled", "Nothing to Settle", "Open Proposal", "Failed"
		]
	# end: auto-generated types

	pass
