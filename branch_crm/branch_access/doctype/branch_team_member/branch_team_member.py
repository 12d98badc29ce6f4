import frappe
from frappe import _
from frappe.model.document import Document


class DirectTeamError(frappe.ValidationError):
	pass


class BranchTeamMember(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		capacity: DF.Int
		from_date: DF.Date | None
		function: DF.Literal["Manager", "Sales", "Support", "Credit", "Accounts", "Viewer"]
		include_descendants: DF.Check
		is_default: DF.Check
		item_group: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		to_date: DF.Date | None
		user: DF.Link
	# end: auto-generated types

	# Frappe calls these only when a row is saved or deleted by itself, past the rules of its branch

	def validate(self) -> None:
		_refuse_direct_change()

	def on_trash(self) -> None:
		_refuse_direct_change()


def _refuse_direct_change() -> None:
	frappe.throw(
		_("Change the team in the branch that it belongs to."),
		DirectTeamError,
		title=_("Branch Team"),
	)
