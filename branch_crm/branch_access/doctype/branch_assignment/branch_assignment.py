import frappe
from frappe import _
from frappe.model.document import Document


class DirectAssignmentError(frappe.ValidationError):
	pass


class BranchAssignment(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		branch: DF.Link
		from_date: DF.Date | None
		is_primary: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		sales_owner: DF.Link | None
		support_owner: DF.Link | None
		to_date: DF.Date | None
	# end: auto-generated types

	# Frappe calls these only when a row is saved or deleted by itself, past the rules of its document

	def validate(self) -> None:
		_refuse_direct_change()

	def on_trash(self) -> None:
		_refuse_direct_change()


def _refuse_direct_change() -> None:
	frappe.throw(
		_("Change the branches in the document that they belong to."),
		DirectAssignmentError,
		title=_("Branches"),
	)


def on_doctype_update() -> None:
	"""One index to find a master's rows, one to find a branch's masters; both spare a look into the rows."""
	period = ["from_date", "to_date"]
	frappe.db.add_index("Branch Assignment", ["parent", "parenttype", "branch", *period], "master_branch")
	frappe.db.add_index("Branch Assignment", ["branch", "parenttype", "parent", *period], "branch_masters")
