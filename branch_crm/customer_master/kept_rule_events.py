"""The Pricing Rules that follow from the prices of trade types are changed by nobody else."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.customer_master import price_work
from branch_crm.customer_master.price_queries import PRICING_RULE


class KeptRuleError(frappe.ValidationError):
	pass


def keep_rule(doc: Document, method: str | None = None) -> None:
	"""Raises:
	KeptRuleError: somebody changes or deletes a rule by hand that is kept for a trade type.
	"""
	stored = None if doc.is_new() else doc.get_db_value("price_family")
	if not doc.flags.get(price_work.KEPT) and (stored or doc.price_family):
		_refuse_change()


def keep_row(doc: Document, method: str | None = None) -> None:
	"""The same for one of its rows, changed or deleted alone.

	Raises:
	        KeptRuleError: the rule is kept for a trade type.
	"""
	# promotional schemes have such rows as well
	if doc.parenttype == PRICING_RULE and frappe.db.get_value(PRICING_RULE, doc.parent, "price_family"):
		_refuse_change()


def _refuse_change() -> None:
	frappe.throw(
		_("This rule follows from the prices of a trade type. Change the Trade Price instead."),
		KeptRuleError,
		title=_("Kept for a Trade Type"),
	)
