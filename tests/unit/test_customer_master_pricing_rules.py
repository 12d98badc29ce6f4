import pytest

from branch_crm.customer_master.price_rules import Level, On, priority_of
from branch_crm.customer_master.pricing_rule_rules import (
	Conflict,
	PricingRule,
	conflicts,
	level_of,
	usual_priority,
)

TYPES = {(priority_of(level, on), "INR") for level in (Level.TYPE_AND_BRANCH, Level.TYPE) for on in On}


@pytest.mark.parametrize(
	("applicable_for", "level"),
	[
		("Customer", Level.CUSTOMER),
		("Customer Group", Level.GROUP),
		("Territory", Level.GROUP),
		("Campaign", Level.GROUP),
		("", Level.DEFAULT),
		(None, Level.DEFAULT),
	],
)
def test_whom_a_rule_is_for(applicable_for: str | None, level: Level) -> None:
	assert level_of(applicable_for) is level


@pytest.mark.parametrize("level", [Level.CUSTOMER, Level.GROUP, Level.DEFAULT])
@pytest.mark.parametrize("on", On)
def test_with_its_usual_priority_a_rule_is_in_no_conflict(level: Level, on: On) -> None:
	rule = PricingRule(level, on, None)
	assert conflicts(PricingRule(level, on, usual_priority(rule), currency="INR"), TYPES) == []


@pytest.mark.parametrize(
	("level", "priority", "found"),
	[
		(Level.CUSTOMER, None, [Conflict.NO_PRIORITY]),
		(Level.CUSTOMER, 4, [Conflict.AFTER_TYPES]),
		(Level.CUSTOMER, 11, [Conflict.SAME_PRIORITY, Conflict.AFTER_TYPES]),
		(Level.CUSTOMER, 16, [Conflict.WITHOUT_DOCUMENT]),
		(Level.CUSTOMER, 18, []),
		(Level.GROUP, 15, [Conflict.BEFORE_TYPES]),
		(Level.DEFAULT, 20, [Conflict.BEFORE_TYPES]),
		(Level.DEFAULT, 9, [Conflict.SAME_PRIORITY]),
	],
)
def test_what_stands_elsewhere_is_in_conflict(
	level: Level, priority: int | None, found: list[Conflict]
) -> None:
	assert conflicts(PricingRule(level, On.ITEM, priority, currency="INR"), TYPES) == found


def test_what_meets_no_price_of_a_type_is_left_in_peace() -> None:
	assert conflicts(PricingRule(Level.CUSTOMER, On.ITEM, None, stacks=True), set()) == []


def test_what_adds_up_with_others_is_listed_whatever_its_priority() -> None:
	rule = PricingRule(Level.CUSTOMER, On.ITEM, 20, stacks=True, currency="INR")
	assert conflicts(rule, TYPES) == [Conflict.STACKED]


def test_what_counts_several_items_together_is_listed() -> None:
	rule = PricingRule(Level.DEFAULT, On.ITEM, 5, currency="INR", is_mixed=True)
	assert conflicts(rule, TYPES) == [Conflict.MIXED]


@pytest.mark.parametrize(
	("level", "currency", "types", "listed"),
	[
		(Level.CUSTOMER, "INR", {"INR"}, False),
		(Level.CUSTOMER, "INR", {"INR", "USD"}, True),
		(Level.CUSTOMER, "USD", {"INR"}, True),
		(Level.DEFAULT, "INR", {"INR", "USD"}, False),
		(Level.DEFAULT, "USD", {"INR", "USD"}, False),
		(Level.DEFAULT, "USD", {"INR"}, True),
	],
)
def test_a_rule_in_another_currency_is_listed_where_it_is_not_compared(
	level: Level, currency: str, types: set[str], listed: bool
) -> None:
	rule = PricingRule(level, On.ITEM, level.value, currency=currency)
	found = conflicts(rule, {(12, one) for one in types})
	assert found == ([Conflict.OTHER_CURRENCY] if listed else [])
