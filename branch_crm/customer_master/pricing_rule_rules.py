"""Where ERPNext's own Pricing Rules stand beside the prices of trade types."""

from dataclasses import dataclass
from enum import Enum

from branch_crm.customer_master.price_rules import Level, On, priority_of


class Conflict(Enum):
	NO_PRIORITY = "No Priority"
	"""It stops the search where it stands, and is beaten where both are found."""
	SAME_PRIORITY = "Same Priority"
	"""ERPNext refuses a document where both fit."""
	BEFORE_TYPES = "Before Trade Types"
	"""It is for a group or for everybody, and goes before the price of a type."""
	AFTER_TYPES = "After Trade Types"
	"""It is for a customer, and the price of a type goes before it."""
	OTHER_CURRENCY = "Other Currency"
	"""In documents in one of the currencies ERPNext looks at the other rule alone, whatever the priorities."""
	WITHOUT_DOCUMENT = "Without a Document"
	"""It is for a customer, and where ERPNext is asked without a document the list price goes before it."""
	MIXED = "Mixed"
	"""It counts several items together, and ERPNext then judges the others it meets by that quantity as well."""
	STACKED = "Stacked"
	"""It adds up with others, which ERPNext does only where all that fit do."""


@dataclass(frozen=True)
class PricingRule:
	"""`level` says whom it is for, `priority` is None where it has none, `stacks` whether it adds up with others,
	`is_mixed` whether it counts several items together."""

	level: Level
	on: On
	priority: int | None
	stacks: bool = False
	currency: str | None = None
	is_mixed: bool = False


def level_of(applicable_for: str | None) -> Level:
	"""Whom one of ERPNext's rules is for: a customer; a part of them; or all."""
	if not applicable_for:
		return Level.DEFAULT
	return Level.CUSTOMER if applicable_for == "Customer" else Level.GROUP


def usual_priority(rule: PricingRule) -> int:
	return priority_of(rule.level, rule.on)


def conflicts(rule: PricingRule, met: set[tuple[int, str | None]]) -> list[Conflict]:
	"""What is wrong between one of ERPNext's rules and those of trade types that it meets on some item.

	Arguments:
	        met: the priorities and currencies of these.
	"""
	if not met:
		return []
	found = [Conflict.STACKED] if rule.stacks else []
	found += [Conflict.MIXED] if rule.is_mixed else []
	currencies = {currency for _priority, currency in met}
	is_of_customer = rule.level is Level.CUSTOMER
	if currencies - {rule.currency} if is_of_customer else rule.currency not in currencies:
		found.append(Conflict.OTHER_CURRENCY)
	if rule.priority is None:
		return [*found, Conflict.NO_PRIORITY]
	priorities = {priority for priority, _currency in met}
	if rule.priority in priorities:
		found.append(Conflict.SAME_PRIORITY)
	if is_of_customer and rule.priority < max(priorities):
		found.append(Conflict.AFTER_TYPES)
	elif is_of_customer and rule.priority <= Level.NO_DOCUMENT.value:
		found.append(Conflict.WITHOUT_DOCUMENT)
	if not is_of_customer and rule.priority > min(priorities):
		found.append(Conflict.BEFORE_TYPES)
	return found
