"""For every row and every Pricing Rule with a condition, ERPNext asks the document for all of itself, its rows included:
with many rows that takes longer than everything else together. Its pricing, and nobody else, is answered from memory."""

import sys

import frappe
from erpnext.accounts.doctype.pricing_rule.utils import filter_pricing_rule_based_on_condition
from frappe.model.document import Document

from branch_crm.customer_master.custom_fields import PRICED

_PRICING = filter_pricing_rule_based_on_condition.__code__
_ANSWER = "as_dict"


class Memory:
	"""Stands in for the method `as_dict` of one document."""

	def __init__(self, doc: Document) -> None:
		self.doc = doc
		self.state: tuple | None = None
		self.answer: frappe._dict | None = None

	def __call__(self, *args, **options) -> frappe._dict:
		# whoever else asks is told what the document says now
		if sys._getframe(1).f_code is not _PRICING:
			return type(self.doc).as_dict(self.doc, *args, **options)
		state = self._state()
		if state != self.state:
			self.state, self.answer = state, type(self.doc).as_dict(self.doc)
		return self.answer.copy()

	def _state(self) -> tuple:
		"""What conditions are about: the document's own values, and item and quantity of its rows."""
		values = vars(self.doc).items()
		own = tuple((key, value) for key, value in values if isinstance(value, str | int | float))
		return own, tuple((row.item_code, row.qty) for row in self.doc.items)


def remember(doc: Document, method: str | None = None, *mapping: object) -> None:
	"""Until `forget`, pricing is answered anew only after a value of the document, or what a row sells, has changed."""
	if doc.doctype in PRICED:
		setattr(doc, _ANSWER, Memory(doc))


def forget(doc: Document, method: str | None = None, *mapping: object) -> None:
	vars(doc).pop(_ANSWER, None)
