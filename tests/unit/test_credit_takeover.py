"""Which of ERPNext's limits holds, and where its sum and ours come apart."""

from decimal import Decimal

import pytest

from branch_crm.credit_control.rules import ZERO
from branch_crm.credit_control.takeover_rules import (
	Owed,
	Source,
	StockLimit,
	Why,
	differences,
	limit_in_force,
)

TEN, HUNDRED = StockLimit(Decimal(10)), StockLimit(Decimal(100))
NONE = StockLimit(ZERO)


@pytest.mark.parametrize(
	("own", "of_group", "of_company", "expected"),
	[
		(TEN, HUNDRED, Decimal(5), (Source.CUSTOMER, Decimal(10))),
		(NONE, HUNDRED, Decimal(5), (Source.GROUP, Decimal(100))),
		(None, HUNDRED, Decimal(5), (Source.GROUP, Decimal(100))),
		(None, StockLimit(Decimal(100), is_bypassed=True), Decimal(5), (Source.COMPANY, Decimal(5))),
		# orders that are not judged there do not take the limit away
		(StockLimit(Decimal(10), is_bypassed=True), None, ZERO, (Source.CUSTOMER, Decimal(10))),
		(None, NONE, Decimal(5), (Source.COMPANY, Decimal(5))),
		(NONE, NONE, ZERO, None),
		(None, None, ZERO, None),
	],
)
def test_the_limit_is_the_nearest_one(
	own: object, of_group: object, of_company: Decimal, expected: object
) -> None:
	assert limit_in_force(own, of_group, of_company) == expected


@pytest.mark.parametrize(
	("stock", "ours", "expected"),
	[
		(Owed(Decimal(90)), {"receivable": Decimal(100), "advances": Decimal(-10)}, {}),
		(Owed(), {}, {}),
		(Owed(not_billed=Decimal(50)), {"orders": Decimal(40)}, {Why.NOT_BILLED: (50, 40)}),
		(Owed(not_billed=Decimal(5)), {"deliveries": Decimal(2), "orders": Decimal(3)}, {}),
		(
			Owed(),
			{"till_sales": Decimal(7), "payables": Decimal(-3)},
			{Why.TILL_SALES: (0, 7), Why.PAYABLES: (0, -3)},
		),
	],
)
def test_each_part_that_differs_is_named(stock: Owed, ours: dict, expected: dict) -> None:
	assert differences(stock, ours) == expected
	assert sum(mine - theirs for theirs, mine in expected.values()) == sum(ours.values()) - stock.total
