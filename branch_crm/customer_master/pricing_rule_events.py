"""ERPNext's own Pricing Rules get the place in the order of precedence that their kind has."""

import frappe
from frappe.model.document import Document
from frappe.utils import cstr

from branch_crm.customer_master import pricing_rule_queries, pricing_rule_rules


def give_priority(doc: Document, method: str | None = None) -> None:
	"""Where trade types have prices, a new selling rule without a priority gets the usual one of its kind. What has one
	keeps it; so does what adds up with others, what a scheme has made, and what was there before: that is listed where it
	is in conflict."""
	is_left_alone = (
		doc.priority or not doc.selling or doc.promotional_scheme or doc.apply_multiple_pricing_rules
	)
	if not doc.is_new() or is_left_alone or not frappe.db.a_row_exists("Trade Price"):
		return
	if rule := pricing_rule_queries.rule_of(doc):
		doc.has_priority = 1
		doc.priority = cstr(pricing_rule_rules.usual_priority(rule))
