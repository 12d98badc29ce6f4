import frappe
from frappe.model.document import Document


class BranchBackfillEntry(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		branch: DF.Link | None
		document_name: DF.DynamicLink | None
		document_type: DF.Link | None
		row: DF.Data | None
		rule: DF.Data | None
		run: DF.Link | None
		was_blank: DF.Check
	# end: auto-generated types

	pass


def on_doctype_update() -> None:
	"""A ledger row is found by its name when ERPNext gives it another one."""
	frappe.db.add_index("Branch Backfill Entry", ["document_type", "document_name"], "document")
