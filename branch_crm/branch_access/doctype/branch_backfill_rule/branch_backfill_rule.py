from frappe.model.document import Document


class BranchBackfillRule(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		rule: DF.Literal[
			"Cost Center",
			"Warehouse",
			"Territory",
			"Owner's Branch",
			"Party's Only Branch",
			"Voucher or Source Document",
			"CSV",
		]
	# end: auto-generated types

	pass
