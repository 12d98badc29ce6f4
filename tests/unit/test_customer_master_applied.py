from datetime import date, timedelta

import pytest

from branch_crm.customer_master.applied_rules import AppliedRule, fits

DAY = date(2026, 11, 1)
NEXT = DAY + timedelta(days=1)


@pytest.mark.parametrize(
	("rule", "holds"),
	[
		(AppliedRule(), True),
		(AppliedRule(is_current=False), False),
		(AppliedRule(customer="Ram"), True),
		(AppliedRule(customer="Sita"), False),
		(AppliedRule(min_qty=5, max_qty=5), True),
		(AppliedRule(min_qty=5.001), False),
		(AppliedRule(max_qty=4.999), False),
		(AppliedRule(valid_from=DAY, valid_upto=DAY), True),
		(AppliedRule(valid_from=NEXT), False),
		(AppliedRule(valid_upto=DAY - timedelta(days=1)), False),
	],
)
def test_a_rule_is_for_its_customer_quantity_and_days(rule: AppliedRule, holds: bool) -> None:
	assert fits(rule, "Ram", 5, DAY) is holds


def test_a_quantity_that_is_not_known_yet_is_none_that_does_not_fit() -> None:
	assert fits(AppliedRule(min_qty=5), "Ram", None, DAY)
