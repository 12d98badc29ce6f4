"""ERPNext's own Pricing Rules that meet the prices of trade types, and do not stand where their kind belongs."""

from collections.abc import Iterator

from frappe import _

from branch_crm.customer_master import pricing_rule_queries, pricing_rule_rules
from branch_crm.customer_master.pricing_rule_rules import Conflict


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each enabled selling rule that the user sees and thing that is wrong with it."""
	return _columns(), list(_rows())


def _rows() -> Iterator[dict]:
	found = pricing_rule_queries.own_rules()
	met = pricing_rule_queries.rules_met(row.name for row in found)
	words = _words()
	for row in found:
		rule = pricing_rule_queries.rule_of(row)
		for conflict in pricing_rule_rules.conflicts(rule, met.get(row.name, set())):
			usual = pricing_rule_rules.usual_priority(rule)
			yield {**row, "conflict": words[conflict], "usual_priority": usual}


def _words() -> dict[Conflict, str]:
	return {
		Conflict.NO_PRIORITY: _("No priority: it hides prices of trade types, or loses against all of them"),
		Conflict.SAME_PRIORITY: _(
			"The priority of a trade type's price: documents where both fit are refused"
		),
		Conflict.BEFORE_TYPES: _("For a group or for all, it goes before the price of a trade type"),
		Conflict.AFTER_TYPES: _("For a customer, it comes after the price of a trade type"),
		Conflict.OTHER_CURRENCY: _(
			"In another currency than the price of a trade type: in documents in one of them the other is not looked at"
		),
		Conflict.WITHOUT_DOCUMENT: _(
			"For a customer, it comes after the list price where a price is asked without a document"
		),
		Conflict.MIXED: _(
			"It counts several items together, also for the quantities of a trade type's price"
		),
		Conflict.STACKED: _("It adds up with others, but not with the price of a trade type"),
	}


def _columns() -> list[dict]:
	link = {"fieldtype": "Link", "options": "Pricing Rule"}
	return [
		{"fieldname": "name", "label": _("Pricing Rule"), "width": 140, **link},
		{"fieldname": "title", "label": _("Title"), "fieldtype": "Data", "width": 200},
		{"fieldname": "apply_on", "label": _("Apply On"), "fieldtype": "Data", "width": 100},
		{"fieldname": "applicable_for", "label": _("Applicable For"), "fieldtype": "Data", "width": 120},
		{"fieldname": "priority", "label": _("Priority"), "fieldtype": "Data", "width": 80},
		{"fieldname": "usual_priority", "label": _("Usual Priority"), "fieldtype": "Int", "width": 110},
		{"fieldname": "conflict", "label": _("Conflict"), "fieldtype": "Data", "width": 460},
	]
