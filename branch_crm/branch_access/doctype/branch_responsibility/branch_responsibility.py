import frappe
from frappe import _
from frappe.model.document import Document


class ResponsibilityIsHistoryError(frappe.ValidationError):
	pass


class BranchResponsibility(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		begun_by: DF.Link | None
		branch: DF.Link | None
		ended_by: DF.Link | None
		from_time: DF.Datetime | None
		function: DF.Literal["Sales", "Support"]
		party: DF.DynamicLink | None
		party_type: DF.Link | None
		to_time: DF.Datetime | None
		user: DF.Link | None
	# end: auto-generated types

	def validate(self) -> None:
		_refuse()

	def on_trash(self) -> None:
		_refuse()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		_refuse()


def _refuse() -> None:
	"""The app writes its records by SQL: whoever comes this way is a person or a program, Administrator included."""
	frappe.throw(
		_("Who was responsible is history, and nobody changes it. Change the branches of the party instead."),
		ResponsibilityIsHistoryError,
		title=_("Branch Responsibility"),
	)


def on_doctype_update() -> None:
	"""The history of one party, and the list of a branch."""
	frappe.db.add_index("Branch Responsibility", ["party_type", "party", "to_time"], "party")
	frappe.db.add_index("Branch Responsibility", ["branch", "modified"], "branch_modified")
