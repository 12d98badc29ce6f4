"""Payment terms beyond those agreed with the customer are held; what is agreed, or sooner, is not."""

from datetime import date
from decimal import Decimal

import pytest

from branch_crm.credit_control.payment_rules import Payment, Share
from branch_crm.credit_control.rules import Action, Asked, Kind, Policy, Rule, Standing, judge

TODAY = date(2026, 12, 1)


def _shares(*shares: tuple[int, float]) -> list[Share]:
	return [Share(days, Decimal(str(percent))) for days, percent in shares]


@pytest.mark.parametrize(
	("agreed", "asked", "expected"),
	[
		(((30, 100),), ((30, 100),), False),
		(((30, 100),), ((0, 100),), False),
		(((30, 100),), ((31, 100),), True),
		(((0, 50), (60, 50)), ((60, 100),), True),
		(((0, 50), (60, 50)), ((0, 60), (60, 40)), False),
		(((0, 50), (60, 50)), ((0, 50), (90, 50)), True),
		# thirds
		(((30, 100),), ((10, 33.33), (20, 33.33), (30, 33.33)), False),
		# nothing is agreed
		((), ((365, 100),), False),
		(((30, 100),), (), True),
	],
)
def test_what_is_beyond(agreed: tuple, asked: tuple, expected: bool) -> None:
	assert Payment(_shares(*agreed), _shares(*asked)).is_beyond is expected


def test_it_is_judged_by_the_days_of_the_last_payment() -> None:
	standing = Standing(payment=Payment(_shares((30, 100)), _shares((45, 100))))
	(finding,) = judge(Asked(Kind.SALES_INVOICE, Decimal(0)), standing, Policy(), TODAY).findings
	assert (finding.rule, finding.action) == (Rule.PAYMENT_TERMS, Action.HOLD)
	assert (finding.limit, finding.stands_at, finding.over) == (30, 45, 15)


def test_it_may_be_switched_off_and_is_no_limit() -> None:
	standing = Standing(payment=Payment(_shares((30, 100)), _shares((45, 100))))
	asked = Asked(Kind.SALES_ORDER, Decimal(0))
	off = Policy(actions={(Kind.SALES_ORDER, Rule.PAYMENT_TERMS): Action.OFF})
	assert not judge(asked, standing, off, TODAY).findings
	assert judge(asked, standing, Policy(stops_sales=False), TODAY).is_refused
