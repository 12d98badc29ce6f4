"""Keeps ERPNext's Pricing Rules as the prices of the trade types say."""

import json
from collections.abc import Iterable, Iterator

import frappe
from frappe import _
from frappe.utils import cstr

from branch_crm.branch_access import queries
from branch_crm.customer_master import price_queries, price_rules
from branch_crm.customer_master.price_queries import PRICING_RULE, TABLES
from branch_crm.customer_master.price_rules import Level, On, Price, Rule

# written by this module alone
KEPT = "kept_by_trade_prices"
_NEVER = "False"
# what differs between the rules of a family, besides what they are for
_FIELDS = (
	*("title", "trade_type", "trade_branch", "rate_or_discount", "discount_percentage", "discount_amount"),
	*("rate", "currency", "priority", "condition", "min_qty", "max_qty", "valid_from", "valid_upto"),
)


def rebuild(family: str, without: str | None = None) -> None:
	"""Make what is missing of the family's rules, and take away what no price asks for any more.

	Arguments:
	        without: a price that is about to be deleted.
	"""
	price_queries.lock_prices()
	wanted = {_key(values): values for values in _wanted(family, without)}
	for rule in price_queries.kept_rules(family, _FIELDS):
		if wanted.pop(_key(_values_of(family, rule)), None) is None:
			_withdraw(rule.name)
	for values in wanted.values():
		doc = frappe.get_doc({"doctype": PRICING_RULE, **values})
		doc.flags[KEPT] = True
		# whoever may set a type's prices makes its rules, which nobody else changes
		doc.insert(ignore_permissions=True)


def withdraw_all() -> None:
	"""Without the app nobody would keep the rules."""
	for family in price_queries.families():
		for rule in price_queries.kept_rules(family):
			_withdraw(rule.name)


def _withdraw(rule: str) -> None:
	"""What documents name stays, disabled. Nothing but rows hangs on the others, and a rule that somebody else has just
	made cannot be loaded yet."""
	if price_queries.is_on_documents(rule):
		frappe.db.set_value(PRICING_RULE, rule, "disable", 1)
		return
	for apply_on, _table, _field in TABLES.values():
		frappe.db.delete(f"{PRICING_RULE} {apply_on}", {"parenttype": PRICING_RULE, "parent": rule})
	frappe.db.delete(PRICING_RULE, {"name": rule})
	frappe.clear_document_cache(PRICING_RULE, rule)


def _wanted(family: str, without: str | None) -> Iterator[dict]:
	by_type = price_queries.prices_of(family, without)
	named = {price.target for prices in by_type.values() for price in prices}
	targets = price_queries.target_paths(family, named)
	branches = price_queries.branch_paths()
	used = {price_queries.usual_currency()}
	for trade_type, prices in by_type.items():
		currencies = price_queries.currencies_of(trade_type, without)
		apart = price_rules.kept_apart(prices)
		rules = price_rules.rules_of(apart, targets, branches, price_queries.QUANTITY_DIGITS, currencies)
		in_currencies = {rule.currency for rule in rules if rule.currency}
		used |= in_currencies
		for rule in rules:
			if rule.targets:
				yield _rule_of_type(family, trade_type, rule, prices[rule.slot.price], in_currencies)
	if named:
		for target in sorted(price_rules.topmost(targets, targets)):
			yield from (_rule_without_document(family, target, currency) for currency in sorted(used))


def _rule_of_type(family: str, trade_type: str, rule: Rule, terms: dict, currencies: set[str]) -> dict:
	slot = rule.slot
	conditions = [f"trade_type == {_literal(trade_type)}"]
	if rule.branches:
		conditions.append(f"{queries.branch_field()} in {_literal(sorted(rule.branches))}")
	if rule.currency:
		conditions.append(f"currency == {_literal(rule.currency)}")
	elif currencies:
		conditions.append(f"currency not in {_literal(sorted(currencies))}")
	return {
		**_frame(family, slot.price.on, rule.targets),
		**terms,
		"title": _title(trade_type, slot.price),
		"trade_type": trade_type,
		"trade_branch": slot.price.branch or "",
		"currency": rule.currency or price_queries.usual_currency(),
		"priority": cstr(rule.priority),
		"condition": " and ".join(conditions),
		"min_qty": slot.min_qty,
		"max_qty": slot.max_qty or 0,
		"valid_from": cstr(slot.valid_from or ""),
		"valid_upto": cstr(slot.valid_upto or ""),
	}


def _literal(value: str | list[str]) -> str:
	"""As Python reads it: JSON that escapes what is beyond the basic plane would be something else."""
	return json.dumps(value, ensure_ascii=False)


def _rule_without_document(family: str, target: str, currency: str) -> dict:
	"""ERPNext does not look at conditions where it is asked for a price without a document: there the price of any type
	would hold. This one holds instead, changes nothing, and holds for no document."""
	on = On(family.partition(": ")[0])
	return {
		**_frame(family, on, {target}),
		"title": _("No trade type is known without a document"),
		"rate_or_discount": "Discount Amount",
		"currency": currency,
		"priority": cstr(price_rules.priority_of(Level.NO_DOCUMENT, on)),
		"condition": _NEVER,
	}


def _frame(family: str, on: On, targets: Iterable[str]) -> dict:
	"""What all have; ERPNext would fill in today where no date is given."""
	apply_on, table, field = TABLES[on]
	return {
		"price_family": family,
		"apply_on": apply_on,
		table: [{field: target} for target in sorted(targets)],
		"selling": 1,
		"price_or_product_discount": "Price",
		"has_priority": 1,
		"trade_type": "",
		"trade_branch": "",
		"discount_percentage": 0,
		"discount_amount": 0,
		"rate": 0,
		"min_qty": 0,
		"max_qty": 0,
		"valid_from": "",
		"valid_upto": "",
	}


def _values_of(family: str, rule: dict) -> dict:
	"""What `_wanted` says of a stored rule."""
	on = On(family.partition(": ")[0])
	return {**_frame(family, on, rule["targets"]), **{field: rule[field] for field in _FIELDS}}


def _key(values: dict) -> str:
	flat = {
		name: value if isinstance(value, list) else cstr(float(value) if _is_number(value) else value or "")
		for name, value in values.items()
	}
	return json.dumps(flat, sort_keys=True)


def _is_number(value: object) -> bool:
	return isinstance(value, int | float)


def _title(trade_type: str, price: Price) -> str:
	place = f", {price.branch}" if price.branch else ""
	return f"{trade_type}: {price.target}{place}"[:140]
