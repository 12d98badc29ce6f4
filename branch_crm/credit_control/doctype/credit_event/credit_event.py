from frappe.model.document import Document

from branch_crm.credit_control.hold_events import refuse, refuse_by_hand


class CreditEvent(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		attempt: DF.Data | None
		branch: DF.Link | None
		company: DF.Link | None
		customer: DF.Link | None
		document_name: DF.DynamicLink | None
		document_type: DF.Link | None
		done_by: DF.Link | None
		done_on: DF.Datetime | None
		event: DF.Literal[
			"Refused",
			"Release Requested",
			"Released",
			"Rejected",
			"Release Used",
			"Release Ran Out",
			"Cleared",
		]
		hold: DF.Link
		reason: DF.Data | None
		said: DF.SmallText | None

	# end: auto-generated types
	def validate(self) -> None:
		refuse_by_hand(self)

	def on_trash(self) -> None:
		refuse(self)

	def after_delete(self) -> None:
		"""Frappe deletes without `on_trash` where a program wants that."""
		refuse(self)

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		refuse(self)
