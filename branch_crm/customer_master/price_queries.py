"""Every read of the prices of trade types and of the Pricing Rules that are kept for them."""

from collections.abc import Collection

import frappe
from frappe.utils import getdate

from branch_crm.branch_access import queries
from branch_crm.customer_master.applied_rules import AppliedRule
from branch_crm.customer_master.path_rules import Paths, paths_in
from branch_crm.customer_master.price_rules import On, Price

TRADE_PRICE = "Trade Price"
PRICING_RULE = "Pricing Rule"
# by what a price is for, the table of a Pricing Rule that names it, and its link field
TABLES = {
	On.ITEM: ("Item Code", "items", "item_code"),
	On.ITEM_GROUP: ("Item Group", "item_groups", "item_group"),
	On.BRAND: ("Brand", "brands", "brand"),
}
# how many decimals the database keeps of a quantity
QUANTITY_DIGITS = 9
_FIELDS = ["name", "trade_type", "apply_on", "applies_to", "branch", "min_qty", "valid_from", "valid_upto"]
_LIMITS = ("min_qty", "max_qty", "valid_from", "valid_upto")
_TERMS = ("rate_or_discount", "discount_percentage", "discount_amount", "rate", "currency")


def family_of(apply_on: str, applies_to: str) -> str:
	"""What is decided together: an item with its template's variants, a brand, or all groups."""
	if On(apply_on) is On.ITEM_GROUP:
		return apply_on
	if On(apply_on) is On.ITEM:
		applies_to = frappe.db.get_value("Item", applies_to, "variant_of") or applies_to
	return f"{apply_on}: {applies_to}"


def families() -> list[str]:
	"""Those that have prices, or rules that are left of them."""
	named = frappe.get_all(TRADE_PRICE, fields=["apply_on", "applies_to"], distinct=True)
	kept = frappe.get_all(PRICING_RULE, {"price_family": ["is", "set"]}, pluck="price_family", distinct=True)
	return sorted({family_of(row.apply_on, row.applies_to) for row in named}.union(kept))


def families_with(**values: object) -> list[str]:
	"""Those of prices with such values."""
	named = frappe.get_all(TRADE_PRICE, values, ["apply_on", "applies_to"], distinct=True)
	return sorted({family_of(row.apply_on, row.applies_to) for row in named})


def lock_prices() -> None:
	"""Until the end of the transaction nobody else judges or builds: rules follow from all prices together."""
	frappe.db.get_value("DocType", TRADE_PRICE, for_update=True)


def prices_of(family: str, without: str | None = None) -> dict[str, dict[Price, dict]]:
	"""By enabled trade type its prices in the family, the oldest first, each with its terms: rate or discount, how much,
	and currency. As they are at this moment, whatever the transaction saw before."""
	disabled = frappe.get_all("Trade Type", {"disabled": 1}, pluck="name")
	filters = {
		"name": ["!=", without or ""],
		"trade_type": ["not in", disabled or [""]],
		**_in_family(family),
	}
	found: dict[str, dict[Price, dict]] = {}
	fields = [*_FIELDS, *_TERMS]
	rows = frappe.db.get_values(
		TRADE_PRICE, filters, fields, as_dict=True, order_by="creation", for_update=True
	)
	for row in rows:
		found.setdefault(row.trade_type, {})[price_of(row)] = {field: row[field] for field in _TERMS}
	return found


def prices_where(**values: object) -> dict[str, list[Price]]:
	"""By trade type the prices with such values that have not ended."""
	found: dict[str, list[Price]] = {}
	for row in frappe.get_all(TRADE_PRICE, values, [*_FIELDS, *_TERMS]):
		price = price_of(row)
		if price.end > getdate():
			found.setdefault(row.trade_type, []).append(price)
	return found


def price_of(row: dict) -> Price:
	return Price(
		row.name,
		On(row.apply_on),
		row.applies_to,
		row.branch or None,
		row.min_qty or 0,
		row.valid_from or None,
		row.valid_upto or None,
		row.currency or None,
	)


def _in_family(family: str) -> dict:
	apply_on, _separator, root = family.partition(": ")
	if On(apply_on) is On.ITEM_GROUP:
		return {"apply_on": apply_on}
	targets = [root]
	if On(apply_on) is On.ITEM:
		targets += frappe.get_all("Item", {"variant_of": root}, pluck="name")
	return {"apply_on": apply_on, "applies_to": ["in", targets]}


def target_paths(family: str, named: set[str]) -> Paths:
	"""Of what is named, and of all below it: itself and what is above."""
	on = On(family.partition(": ")[0])
	if on is On.BRAND or not named:
		return {name: (name,) for name in named}
	field = "variant_of" if on is On.ITEM else "parent_item_group"
	filters = {field: ["in", named]} if on is On.ITEM else {}
	parents = dict(frappe.get_all(on.value, filters, ["name", field], as_list=True))
	parents |= {name: parents.get(name) for name in named}
	return {name: path for name, path in paths_in(parents).items() if not named.isdisjoint(path)}


def branch_paths() -> Paths:
	tree = queries.tree()
	return {name: (name, *tree.ancestors_of(name)) for name in tree.names}


def currencies_of(trade_type: str, without: str | None = None) -> set[str]:
	"""Those besides the usual one that prices of the type are in."""
	foreign = ["not in", ["", usual_currency() or ""]]
	filters = {"trade_type": trade_type, "currency": foreign, "name": ["!=", without or ""]}
	return set(frappe.get_all(TRADE_PRICE, filters, pluck="currency", distinct=True))


def usual_currency() -> str | None:
	return frappe.db.get_default("currency")


def kept_rules(family: str, fields: Collection[str] = ()) -> list[frappe._dict]:
	"""The enabled Pricing Rules that are kept for the family, with `targets`, what they are for. As they are at this
	moment, whatever the transaction saw before."""
	kept = {"price_family": family, "disable": 0}
	rules = frappe.db.get_values(PRICING_RULE, kept, ["name", *fields], as_dict=True, for_update=True)
	targets: dict[str, set[str]] = {rule.name: set() for rule in rules}
	apply_on, _table, field = TABLES[On(family.partition(": ")[0])]
	named = {"parenttype": PRICING_RULE, "parent": ["in", [*targets] or [""]]}
	for rule, target in frappe.db.get_values(
		f"{PRICING_RULE} {apply_on}", named, ["parent", field], for_update=True
	):
		targets[rule].add(target)
	return [rule.update(targets=frozenset(targets[rule.name])) for rule in rules]


def is_on_documents(rule: str) -> bool:
	return bool(frappe.db.exists("Pricing Rule Detail", {"pricing_rule": rule}))


def applied_rules(names: Collection[str]) -> dict[str, AppliedRule]:
	"""Of those among these rules that were kept for a trade type, or are for one customer, what they ask of a document;
	the same of what is deleted: nothing fulfils that."""
	if not names:
		return {}
	fields = ["name", "disable", "price_family", "condition", "customer", *_LIMITS]
	stored = frappe.get_all(PRICING_RULE, {"name": ["in", list(names)]}, fields)
	found = {
		row.name: AppliedRule(
			is_current=not (row.disable and row.price_family),
			condition=row.condition if row.price_family else None,
			customer=row.customer or None,
			**({limit: row[limit] or None for limit in _LIMITS} if row.price_family else {}),
		)
		for row in stored
		if row.price_family or row.customer
	}
	gone = set(names) - {row.name for row in stored}
	return {**dict.fromkeys(gone, AppliedRule(is_current=False)), **found}
