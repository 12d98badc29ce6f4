from frappe.model.document import Document


class CreditCompany(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		company: DF.Link
		counted_since: DF.Datetime | None
		drifted: DF.Int
		judged_since: DF.Datetime | None
		recounted_on: DF.Datetime | None
	# end: auto-generated types
	pass
