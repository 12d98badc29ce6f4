"""What the report of conflicts offers."""

import frappe
from frappe.utils import cstr

from branch_crm.customer_master import pricing_rule_queries, pricing_rule_rules
from branch_crm.customer_master.price_queries import PRICING_RULE


@frappe.whitelist(methods=["POST"])
def give_usual_priority(rules: list[str] | str) -> None:
	"""Give ERPNext's own Pricing Rules the priority of their kind: all of them, or none where one is refused.

	Arguments:
	        rules: their names, as a list or as the JSON that the desk sends of one.
	"""
	for name in frappe.parse_json(rules):
		frappe.has_permission(PRICING_RULE, "write", name, throw=True)
		doc = frappe.get_doc(PRICING_RULE, name)
		if rule := pricing_rule_queries.rule_of(doc.as_dict()):
			doc.update({"has_priority": 1, "priority": cstr(pricing_rule_rules.usual_priority(rule))}).save()
