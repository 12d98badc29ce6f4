"""A draft has no price of another type, branch, customer, quantity or time."""

import frappe
from erpnext.accounts.doctype.pricing_rule.utils import get_applied_pricing_rules
from frappe.model.document import Document
from frappe.utils import flt, getdate

from branch_crm.branch_access import queries
from branch_crm.customer_master import customer_default_queries, price_queries
from branch_crm.customer_master.applied_rules import fits
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
	"""ERPNext takes the rules that the rows of a document name as they are. One that is for another type, branch, customer,
	quantity or day, or that no longer is, gives way to those that fit; but what was agreed on in the document that this one
	goes on from holds."""
	if doc.doctype not in PRICED or doc.docstatus.is_submitted() or doc.get("ignore_pricing_rule"):
		return
	if _amends_the_same(doc):
		return
	named = {
		row: get_applied_pricing_rules(row.pricing_rules)
		for row in doc.items
		if row.pricing_rules and not any(map(row.get, _AGREED_IN))
	}
	rules = price_queries.applied_rules({rule for applied in named.values() for rule in applied})
	if not rules:
		return
	values = doc.as_dict()
	holding = {name: rule.condition is None or _holds(rule.condition, values) for name, rule in rules.items()}
	customer = customer_default_queries.customer_of(doc)
	day = getdate(doc.get("transaction_date") or doc.get("posting_date"))
	for row, applied in named.items():
		quantity = flt(row.qty) * (flt(row.conversion_factor) or 1) if row.qty else None
		if not all(
			holding[name] and fits(rules[name], customer, quantity, day) for name in applied if name in rules
		):
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


def _holds(condition: str, values: dict) -> bool:
	try:
		return bool(frappe.safe_eval(condition, None, values))
	# as ERPNext: a condition that cannot be asked of this document does not hold
	except Exception:
		return False
