"""For every row and every Pricing Rule with a condition, ERPNext asks the document for all of itself, its rows included:
with many rows that takes longer than everything else together. While it is priced, a document remembers its answer."""

from collections.abc import Callable

import frappe
from frappe.model.document import Document

from branch_crm.customer_master.custom_fields import PRICED

_ANSWER = "as_dict"


def remember(doc: Document, method: str | None = None) -> None:
	"""Until `forget`, `as_dict()` is made anew only after a value of the document, or what a row sells, has changed."""
	if doc.doctype in PRICED:
		setattr(doc, _ANSWER, _remembering(doc))


def forget(doc: Document, method: str | None = None) -> None:
	vars(doc).pop(_ANSWER, None)


def _remembering(doc: Document) -> Callable[..., frappe._dict]:
	answers: dict[tuple, frappe._dict] = {}

	def as_dict(*args, **options) -> frappe._dict:
		if args or options:
			return type(doc).as_dict(doc, *args, **options)
		state = _state(doc)
		if state not in answers:
			answers.clear()
			answers[state] = type(doc).as_dict(doc)
		return answers[state].copy()

	return as_dict


def _state(doc: Document) -> tuple:
	"""What conditions are about: the document's own values, and item and quantity of its rows."""
	values = tuple((key, value) for key, value in vars(doc).items() if isinstance(value, str | int | float))
	return values, tuple((row.item_code, row.qty) for row in doc.items)
