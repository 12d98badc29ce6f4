from frappe.model.document import Document


class BranchWithdrawal(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		document_name: DF.DynamicLink | None
		document_type: DF.Link | None
		kind: DF.Literal["Share", "Assignment", "Follow"]
		stored: DF.Code | None
		user: DF.Link | None
	# end: auto-generated types

	pass
