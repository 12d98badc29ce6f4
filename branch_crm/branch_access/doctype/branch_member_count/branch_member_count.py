from frappe.model.document import Document


class BranchMemberCount(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		branch: DF.Link | None
		depth: DF.Int
		document_type: DF.Link | None
		documents: DF.Int
		members: DF.Int
	# end: auto-generated types

	pass
