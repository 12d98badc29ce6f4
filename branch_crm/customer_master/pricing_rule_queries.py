"""Every read of ERPNext's own Pricing Rules and of the items that they share with those of trade types."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import frappe
from frappe.utils import cint

from branch_crm.customer_master import pricing_rule_rules
from branch_crm.customer_master.path_rules import Paths, paths_in
from branch_crm.customer_master.price_queries import PRICING_RULE, TABLES
from branch_crm.customer_master.price_rules import On
from branch_crm.customer_master.pricing_rule_rules import PricingRule

_FIELDS = [
	"name",
	"title",
	"apply_on",
	"applicable_for",
	"priority",
	"apply_multiple_pricing_rules",
	"mixed_conditions",
	"currency",
]
_SELLING = {"disable": 0, "selling": 1, "apply_on": ["!=", "Transaction"]}
_BY_APPLY_ON = {apply_on: on for on, (apply_on, *_rest) in TABLES.items()}


def rule_of(row: Mapping) -> PricingRule | None:
	"""A Pricing Rule as precedence sees it; None for one on the whole document."""
	on = _BY_APPLY_ON.get(row.get("apply_on"))
	if not on:
		return None
	level = pricing_rule_rules.level_of(row.get("applicable_for"))
	stacks = bool(row.get("apply_multiple_pricing_rules"))
	is_mixed = bool(row.get("mixed_conditions"))
	return PricingRule(level, on, cint(row.get("priority")) or None, stacks, row.get("currency"), is_mixed)


def own_rules() -> list[dict]:
	"""The enabled selling rules of ERPNext's own that the user sees, on items, groups or brands."""
	return frappe.get_list(
		PRICING_RULE,
		{**_SELLING, "price_family": ["is", "not set"]},
		_FIELDS,
		order_by="name",
		limit_page_length=0,
	)


def rules_met(rules: Iterable[str]) -> dict[str, set[tuple[int, str]]]:
	"""By rule, priority and currency of the rules of trade types that are for some item that it is for as well."""
	rows = frappe.get_all(
		PRICING_RULE, {**_SELLING, "trade_type": ["is", "set"]}, ["name", "priority", "currency"]
	)
	kept = {row.name: (cint(row.priority), row.currency) for row in rows}
	theirs, ours = _targets_of(rules), _targets_of(kept)
	groups = _with_those_above("Item Group", "parent_item_group")
	met: dict[str, set[tuple[int, str]]] = defaultdict(set)
	for item in frappe.get_all("Item", fields=["name", "variant_of", "item_group", "brand"]):
		keys = [(On.ITEM, item.name), (On.ITEM, item.variant_of), (On.BRAND, item.brand)]
		keys += [(On.ITEM_GROUP, group) for group in groups.get(item.item_group, ())]
		found = {kept[rule] for key in keys for rule in ours.get(key, ())}
		if found:
			for rule in {rule for key in keys for rule in theirs.get(key, ())}:
				met[rule] |= found
	return met


def targets_for(party_type: str, party: str) -> frozenset[tuple]:
	"""What the enabled rules for one party are on, each with its priority, and whether for selling or buying."""
	fields = ["name", "priority", "selling", "buying"]
	rules = frappe.get_all(PRICING_RULE, {frappe.scrub(party_type): party, "disable": 0}, fields)
	by_name = {rule.name: (rule.priority, rule.selling, rule.buying) for rule in rules}
	return frozenset((*key, *by_name[rule]) for key, named in _targets_of(by_name).items() for rule in named)


def _targets_of(rules: Iterable[str]) -> dict[tuple[On, str], list[str]]:
	"""The rules by what they name."""
	found: dict[tuple[On, str], list[str]] = defaultdict(list)
	filters = {"parent": ["in", [*rules] or [""]], "parenttype": PRICING_RULE}
	for on, (apply_on, _table, field) in TABLES.items():
		for row in frappe.get_all(f"{PRICING_RULE} {apply_on}", filters, ["parent", f"{field} as target"]):
			found[on, row.target].append(row.parent)
	return found


def _with_those_above(doctype: str, field: str) -> Paths:
	return paths_in(dict(frappe.get_all(doctype, fields=["name", field], as_list=True)))
