import frappe
from frappe.model.document import Document


class BranchTransferEntry(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		note: DF.SmallText | None
		party: DF.DynamicLink | None
		party_type: DF.Link | None
		rows_after: DF.LongText | None
		rows_before: DF.LongText | None
		state: DF.Literal["Pending", "Done", "Not Concerned", "Failed", "Undone", "Left"]
		transfer: DF.Link | None
	# end: auto-generated types

	pass


def on_doctype_update() -> None:
	"""What is to do next, and the figures; a party is found when it is renamed."""
	frappe.db.add_index("Branch Transfer Entry", ["transfer", "state", "idx"], "to_do")
	frappe.db.add_index("Branch Transfer Entry", ["party_type", "party"], "party")
