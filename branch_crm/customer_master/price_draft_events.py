"""A draft has no price of another type, branch, customer, quantity or time."""

import frappe
from erpnext.accounts.doctype.pricing_rule.utils import get_applied_pricing_rules
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.customer_master import price_queries
from branch_crm.customer_master.custom_fields import PRICED

# the row of a quotation, order, delivery or invoice that a row goes on from
_AGREED_IN = (
	"quotation_item",
	"so_detail",
	"dn_detail",
	"si_detail",
	"sales_invoice_item",
	"pos_invoice_item",
)


def drop_unfitting(doc: Document, method: str | None = None) -> None:
	"""ERPNext takes the rules that the rows of a document name as they are. One that is for another type or branch, or
	that no longer is, gives way to those that fit; but what was agreed on in the document that this one goes on from holds."""
	if doc.doctype not in PRICED or doc.docstatus.is_submitted() or doc.get("ignore_pricing_rule"):
		return
	if _amends_the_same(doc):
		return
	named = {
		row: get_applied_pricing_rules(row.pricing_rules)
		for row in doc.items
		if row.pricing_rules and not any(map(row.get, _AGREED_IN))
	}
	rules = {rule for applied in named.values() for rule in applied}
	if not rules:
		return
	conditions = price_queries.conditions_of(rules)
	values = doc.as_dict()
	unfitting = {rule for rule, condition in conditions.items() if not _holds(condition, values)}
	for row, applied in named.items():
		if unfitting.intersection(applied):
			# what ERPNext finds empty it fills from the price list
			row.update({"pricing_rules": "", "price_list_rate": None, "rate": None})
			row.update(dict.fromkeys(("discount_percentage", "discount_amount"), 0))


def _amends_the_same(doc: Document) -> bool:
	if not doc.get("amended_from"):
		return False
	fields = ["quotation_to", "party_name"] if doc.doctype == "Quotation" else ["customer"]
	fields.append(queries.branch_field())
	amended = frappe.db.get_value(doc.doctype, doc.amended_from, fields)
	return amended == tuple(map(doc.get, fields))


def _holds(condition: str | None, values: dict) -> bool:
	if condition is None:
		return False
	try:
		return bool(frappe.safe_eval(condition, None, values))
	# as ERPNext: a condition that cannot be asked of this document does not hold
	except Exception:
		return False
