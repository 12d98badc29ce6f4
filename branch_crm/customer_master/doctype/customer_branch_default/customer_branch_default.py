import frappe
from frappe import _
from frappe.model.document import Document


class DirectDefaultError(frappe.ValidationError):
	pass


class CustomerBranchDefault(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		billing_address: DF.Link | None
		branch: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		preferred_transporter: DF.Link | None
		shipping_address: DF.Link | None
	# end: auto-generated types

	# Frappe calls these only when a row is saved or deleted by itself, past the rules of its document

	def validate(self) -> None:
		_refuse_direct_change()

	def on_trash(self) -> None:
		_refuse_direct_change()


def _refuse_direct_change() -> None:
	frappe.throw(
		_("Change the transporter and the addresses of branches in the customer that they belong to."),
		DirectDefaultError,
		title=_("Customer"),
	)
