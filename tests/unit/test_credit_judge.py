"""May a customer buy more?"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.credit_control.rules import (
	LIMITS,
	ZERO,
	Action,
	Allowance,
	Asked,
	Debt,
	Extra,
	Kind,
	Level,
	Overdue,
	OverdueTerms,
	Policy,
	Rule,
	Standing,
	judge,
	overdue,
)

TODAY = date(2026, 11, 30)
YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
ORDER = Asked(Kind.SALES_ORDER, Decimal(100))


def _limit(limit: int, exposure: int, rule: Rule = Rule.CUSTOMER_LIMIT, **values: object) -> Level:
	return Level(rule, "Acme", Allowance(Decimal(limit)), Decimal(exposure), **values)


def _verdict(
	*levels: Level, asked: Asked = ORDER, policy: Policy | None = None, **standing: object
) -> Action:
	return judge(asked, Standing(levels, **standing), policy or Policy(), TODAY).verdict


@pytest.mark.parametrize(
	("limit", "exposure", "expected"),
	[
		(1000, 0, Action.OFF),
		(1000, 900, Action.OFF),
		(1000, 901, Action.HOLD),
		(100, 0, Action.OFF),
		(99, 0, Action.HOLD),
		# zero is a limit
		(0, 0, Action.HOLD),
		# what the customer has paid in advance is his to use
		(0, -100, Action.OFF),
		(0, -99, Action.HOLD),
	],
)
def test_a_sale_that_crosses_the_limit_is_held(limit: int, exposure: int, expected: Action) -> None:
	assert _verdict(_limit(limit, exposure)) is expected


def test_who_has_no_limit_is_not_judged_by_one_but_by_the_rest() -> None:
	unlimited = _limit(0, 5000, is_judged=False)
	assert _verdict(unlimited) is Action.OFF
	assert _verdict(unlimited, is_blocked=True) is Action.BLOCK
	late = {"overdue": Overdue(Decimal(1), 1), "overdue_terms": OverdueTerms()}
	assert _verdict(unlimited, **late) is Action.HOLD


@pytest.mark.parametrize(
	("kind", "expected"), [(kind, Action.WARN if kind is Kind.QUOTATION else Action.HOLD) for kind in Kind]
)
def test_a_quotation_is_warned_of_and_everything_else_held(kind: Kind, expected: Action) -> None:
	assert _verdict(_limit(0, 0), asked=replace(ORDER, kind=kind)) is expected


@pytest.mark.parametrize("rule", sorted(LIMITS, key=lambda rule: rule.value))
def test_every_limit_above_is_judged(rule: Rule) -> None:
	own = _limit(1000, 0)
	judgement = judge(ORDER, Standing((own, _limit(50, 10, rule))), Policy(), TODAY)
	(finding,) = judgement.findings
	assert (finding.rule, finding.limit, finding.stands_at, finding.over) == (rule, 50, 10, 60)
	assert judgement.is_refused


def test_what_adds_nothing_crosses_no_limit() -> None:
	crossed = _limit(100, 5000)
	assert _verdict(crossed, asked=Asked(Kind.DELIVERY_NOTE, ZERO)) is Action.OFF
	assert _verdict(crossed, asked=Asked(Kind.DELIVERY_NOTE, Decimal(-5))) is Action.OFF
	assert _verdict(crossed, asked=Asked(Kind.DELIVERY_NOTE, ZERO), is_blocked=True) is Action.BLOCK


@pytest.mark.parametrize("kind", list(Kind))
def test_money_returns_and_the_invoice_for_delivered_goods_are_never_stopped(kind: Kind) -> None:
	late = {"overdue": Overdue(Decimal(900), 90), "overdue_terms": OverdueTerms()}
	asked = Asked(kind, Decimal(100), is_let_through=True)
	assert _verdict(_limit(0, 5000), asked=asked, is_blocked=True, **late) is Action.OFF


def test_where_sales_are_not_stopped_limits_are_told_and_a_block_still_stops() -> None:
	told = Policy(stops_sales=False, actions={(Kind.SALES_ORDER, Rule.CUSTOMER_LIMIT): Action.BLOCK})
	assert _verdict(_limit(0, 0), policy=told) is Action.WARN
	assert _verdict(_limit(0, 0), policy=told, is_blocked=True) is Action.BLOCK
	late = {"overdue": Overdue(Decimal(1), 1), "overdue_terms": OverdueTerms()}
	assert _verdict(_limit(0, 0), policy=told, **late) is Action.HOLD


@pytest.mark.parametrize("action", list(Action))
def test_each_kind_of_document_has_its_action_for_each_rule(action: Action) -> None:
	policy = Policy(actions={(Kind.SALES_ORDER, Rule.BRANCH_LIMIT): action})
	branch = _limit(0, 0, Rule.BRANCH_LIMIT)
	assert _verdict(branch, policy=policy) is action
	assert _verdict(branch, policy=policy, asked=replace(ORDER, kind=Kind.POS)) is Action.HOLD


@pytest.mark.parametrize(
	("off", "kind", "expected"),
	[
		((), Kind.DELIVERY_NOTE, True),
		((Kind.SALES_ORDER,), Kind.DELIVERY_NOTE, False),
		((Kind.SALES_ORDER,), Kind.QUOTATION, False),
		((Kind.SALES_ORDER,), Kind.UPDATE_OF_ITEMS, False),
		# an order that grows unseen is judged later, and a new one for itself
		((Kind.UPDATE_OF_ITEMS,), Kind.SALES_INVOICE, False),
		((Kind.UPDATE_OF_ITEMS,), Kind.SALES_ORDER, True),
		((Kind.DELIVERY_NOTE, Kind.QUOTATION), Kind.SALES_INVOICE, True),
	],
)
def test_orders_count_where_they_are_judged(off: tuple[Kind, ...], kind: Kind, expected: bool) -> None:
	policy = Policy(actions={(one, Rule.CUSTOMER_LIMIT): Action.OFF for one in off})
	assert policy.counts_orders(kind, Rule.CUSTOMER_LIMIT) is expected
	assert policy.counts_orders(kind, Rule.BRANCH_LIMIT)


def test_a_changed_order_is_judged_like_a_new_one_unless_something_else_is_said() -> None:
	limit = (Kind.SALES_ORDER, Rule.CUSTOMER_LIMIT)
	assert Policy(actions={limit: Action.WARN}).action(Kind.UPDATE_OF_ITEMS, limit[1]) is Action.WARN
	said = {limit: Action.WARN, (Kind.UPDATE_OF_ITEMS, limit[1]): Action.BLOCK}
	assert Policy(actions=said).action(Kind.UPDATE_OF_ITEMS, limit[1]) is Action.BLOCK


def test_a_block_cannot_be_switched_off() -> None:
	policy = Policy(actions={(Kind.SALES_ORDER, Rule.SALES_BLOCKED): Action.OFF})
	assert _verdict(is_blocked=True, policy=policy) is Action.BLOCK


@pytest.mark.parametrize(
	("extra", "expected"),
	[
		(Extra(Decimal(50), YESTERDAY, TODAY), 150),
		(Extra(Decimal(50), TODAY), 150),
		(Extra(Decimal(50), TOMORROW), 100),
		(Extra(Decimal(50), YESTERDAY, YESTERDAY), 100),
	],
)
def test_temporary_limits_and_guarantees_count_on_their_days(extra: Extra, expected: int) -> None:
	assert Allowance(Decimal(100), [extra]).granted(TODAY) == expected


def test_the_tolerance_is_passed_and_not_told() -> None:
	allowance = Allowance(Decimal(100), tolerance=Decimal(10))
	level = Level(Rule.CUSTOMER_LIMIT, "Acme", allowance, Decimal(10))
	assert level.available(TODAY) == 90
	assert _verdict(level) is Action.OFF
	(finding,) = judge(replace(ORDER, adds=Decimal(101)), Standing((level,)), Policy(), TODAY).findings
	assert (finding.limit, finding.over) == (100, 11)


@pytest.mark.parametrize(
	("due", "grace", "expected"),
	[
		(TODAY, 0, Overdue()),
		(YESTERDAY, 0, Overdue(Decimal(70), 1)),
		(YESTERDAY, 1, Overdue()),
		(TODAY - timedelta(31), 30, Overdue(Decimal(70), 31)),
	],
)
def test_what_is_overdue_begins_the_day_after(due: date, grace: int, expected: Overdue) -> None:
	assert overdue([Debt(due, Decimal(70)), Debt(TOMORROW, Decimal(5))], TODAY, grace) == expected


def test_credit_notes_are_not_overdue() -> None:
	assert overdue([Debt(YESTERDAY, Decimal(-70))], TODAY) == Overdue()


def test_so_much_may_be_overdue() -> None:
	terms = OverdueTerms(amount=Decimal(70))
	assert _verdict(overdue=Overdue(Decimal(70), 9), overdue_terms=terms) is Action.OFF
	assert _verdict(overdue=Overdue(Decimal(71), 9), overdue_terms=terms) is Action.HOLD
	assert _verdict(overdue=Overdue(Decimal(71), 9)) is Action.OFF


amounts = st.decimals(min_value=-1000, max_value=1000, places=2)
levels = st.builds(
	Level,
	st.sampled_from(sorted(LIMITS, key=lambda rule: rule.value)),
	st.just("Acme"),
	st.builds(
		Allowance,
		st.decimals(min_value=0, max_value=1000, places=2),
		st.just(()),
		st.integers(0, 20).map(Decimal),
	),
	amounts,
	st.booleans(),
)
standings = st.builds(
	Standing,
	st.lists(levels, max_size=4).map(tuple),
	st.booleans(),
	st.builds(Overdue, st.decimals(min_value=0, max_value=100, places=2)),
	st.none() | st.builds(OverdueTerms, st.just(0), st.decimals(min_value=0, max_value=100, places=2)),
)
policies = st.builds(
	Policy,
	st.booleans(),
	st.dictionaries(st.tuples(st.sampled_from(Kind), st.sampled_from(Rule)), st.sampled_from(Action)),
)
asked = st.builds(Asked, st.sampled_from(Kind), amounts, st.booleans())


@given(asked, standings, policies)
def test_more_is_never_judged_milder(asked: Asked, standing: Standing, policy: Policy) -> None:
	less, more = (
		judge(replace(asked, adds=adds), standing, policy, TODAY).verdict
		for adds in (asked.adds, asked.adds + 1)
	)
	assert less <= more


@given(asked, standings, policies, st.decimals(min_value=0, max_value=1000, places=2))
def test_a_higher_limit_never_refuses_what_passed(
	asked: Asked, standing: Standing, policy: Policy, raised: Decimal
) -> None:
	higher = replace(
		standing,
		levels=tuple(
			replace(level, allowance=replace(level.allowance, limit=level.allowance.limit + raised))
			for level in standing.levels
		),
	)
	assert judge(asked, higher, policy, TODAY).verdict <= judge(asked, standing, policy, TODAY).verdict


@given(asked, standings, policies)
def test_the_strongest_stands_first_and_what_is_let_through_passes(
	asked: Asked, standing: Standing, policy: Policy
) -> None:
	found = judge(asked, standing, policy, TODAY).findings
	assert [finding.action for finding in found] == sorted((one.action for one in found), reverse=True)
	assert Action.OFF not in {finding.action for finding in found}
	assert not (asked.is_let_through and found)
	if standing.is_blocked and not asked.is_let_through:
		assert found[0].rule is Rule.SALES_BLOCKED


@given(asked, standings)
def test_what_passes_stays_within_every_limit_that_is_judged(asked: Asked, standing: Standing) -> None:
	if not judge(asked, standing, Policy(), TODAY).findings and asked.adds > 0 and not asked.is_let_through:
		assert all(
			level.exposure + asked.adds <= level.allowance.bound(TODAY)
			for level in standing.levels
			if level.is_judged
		)
