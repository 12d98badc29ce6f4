"""The code of a customer: given once, by series or by hand, and lasting."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import NamingSeries, make_autoname

from branch_crm.customer_master import code_queries


class CustomerCodeError(frappe.ValidationError):
	pass


def give_code(doc: Document, method: str | None = None) -> None:
	"""Give a new customer the next code of its primary branch's series; what is typed or stored stays.

	Raises:
	        CustomerCodeError: another code than the stored one, or one that is taken.
	"""
	stored = None if doc.is_new() else doc.get_db_value("customer_code")
	doc.customer_code = (doc.customer_code or "").strip() or stored
	if stored and doc.customer_code != stored:
		frappe.throw(
			_("The code of a customer is lasting: it stays {0}.").format(frappe.bold(stored)),
			CustomerCodeError,
			title=_("Customer Code"),
		)
	if doc.is_new() and not doc.customer_code:
		primary = next((row.branch for row in doc.get("branches") or () if row.is_primary), None)
		doc.customer_code = next_code(primary, doc)
	elif doc.customer_code != stored and code_queries.is_taken(doc.customer_code, doc.name):
		frappe.throw(
			_("This customer code is taken. Choose another one, or leave it empty."),
			CustomerCodeError,
			title=_("Customer Code"),
		)


def validate_series(doc: Document, method: str | None = None) -> None:
	"""Raises:
	frappe.ValidationError: this is no series of Frappe's.
	"""
	if doc.customer_code_series and doc.has_value_changed("customer_code_series"):
		NamingSeries(doc.customer_code_series).validate()


def next_code(branch: str | None, doc: Document) -> str | None:
	"""The next free code of the series of a customer with this primary branch; None where codes are given by hand."""
	series = code_queries.series_for(branch)
	code = make_autoname(series, doc=doc) if series else None
	# one that somebody has typed before its turn
	while code and code_queries.is_taken(code, doc.name):
		code = make_autoname(series, doc=doc)
	return code
