import frappe
from frappe import _
from frappe.model.document import Document


class MergeIsHistoryError(frappe.ValidationError):
	pass


class PartyMerge(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.customer_master.doctype.party_merge_count.party_merge_count import PartyMergeCount

		document_type: DF.Link
		error: DF.SmallText | None
		from_code: DF.Data | None
		from_name: DF.Data
		from_title: DF.Data | None
		from_values: DF.Code | None
		into_name: DF.DynamicLink
		merged_by: DF.Link | None
		merged_on: DF.Datetime | None
		moved: DF.Table[PartyMergeCount]
		reason: DF.SmallText
		status: DF.Literal["Queued", "Completed", "Failed"]
	# end: auto-generated types

	def validate(self) -> None:
		if not self.flags.merging:
			refuse()

	def on_trash(self) -> None:
		refuse()

	def after_delete(self) -> None:
		"""Frappe deletes without `on_trash` where a program wants that."""
		refuse()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		refuse()


def refuse() -> None:
	"""The app writes its records by itself: whoever comes this way is a person or a program, Administrator included."""
	frappe.throw(
		_("Who was merged is history, and nobody changes it. Merge from the form of the one that goes."),
		MergeIsHistoryError,
		title=_("Party Merge"),
	)
