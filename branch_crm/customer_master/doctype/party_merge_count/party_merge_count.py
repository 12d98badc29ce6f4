from frappe.model.document import Document

from branch_crm.customer_master.doctype.party_merge.party_merge import refuse


class PartyMergeCount(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		document_type: DF.Link | None
		field: DF.Data | None
		number: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types

	def validate(self) -> None:
		"""Alone, a row is changed by nobody."""
		refuse()

	def on_trash(self) -> None:
		refuse()
