"""The trade type of a customer, and of the documents made for it."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.customer_master import customer_default_queries, trade_type_queries
from branch_crm.customer_master.custom_fields import PRICED


class TradeTypeError(frappe.ValidationError):
	pass


def give_type(doc: Document, method: str | None = None) -> None:
	"""Give a new customer the usual type where it has none.

	Raises:
	        TradeTypeError: a type that is chosen is disabled.
	"""
	if doc.is_new() and not doc.trade_type:
		doc.trade_type = trade_type_queries.default_type()
	if (
		doc.trade_type
		and doc.has_value_changed("trade_type")
		and trade_type_queries.is_disabled(doc.trade_type)
	):
		frappe.throw(
			_("The trade type {0} is disabled. Choose another one.").format(frappe.bold(doc.trade_type)),
			TradeTypeError,
			title=_("Trade Type"),
		)


def carry_type(doc: Document, method: str | None = None) -> None:
	"""A sales document has the type of its customer, whatever was sent; prices depend on it."""
	if doc.doctype not in PRICED or doc.docstatus.is_submitted():
		return
	doc.trade_type = trade_type_queries.type_of(customer_default_queries.customer_of(doc))
