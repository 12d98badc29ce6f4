from frappe.model.document import Document


class CreditEvent(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		attempt: DF.Data | None
		branch: DF.Link | None
		company: DF.Link | None
		customer: DF.Link | None
		document_name: DF.DynamicLink | None
		document_type: DF.Link | None
		done_by: DF.Link | None
		done_on: DF.Datetime | None
		event: DF.Literal[
			"Refused",
			"Release Requested",
			"Released",
			"Rejected",
			"Release Used",
			"Release Ran Out",
			"Cleared",
		]
		hold: DF.Link
		reason: DF.Data | None
		said: DF.SmallText | None

	# end: auto-generated types
	pass
