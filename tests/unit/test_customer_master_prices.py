"""Prices of trade types against their definition, in all of branch, group, day and quantity."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from branch_crm.customer_master.price_rules import (
	Level,
	On,
	Price,
	Rule,
	kept_apart,
	overlapping,
	priority_of,
	rules_of,
)

BRANCHES = {
	"HO": ("HO",),
	"North": ("North", "HO"),
	"Delhi": ("Delhi", "North", "HO"),
	"Agra": ("Agra", "North", "HO"),
	"West": ("West", "HO"),
}
GROUPS = {
	"All": ("All",),
	"Pumps": ("Pumps", "All"),
	"Hand Pumps": ("Hand Pumps", "Pumps", "All"),
	"Motor Pumps": ("Motor Pumps", "Pumps", "All"),
	"Pipes": ("Pipes", "All"),
}
LEAVES = ("Hand Pumps", "Motor Pumps", "Pipes")
DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(6)]
# what the first day's and the last day's neighbours are is asked as well
ASKED = [DAYS[0] - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1)]
QUANTITIES = (0, 1, 4.999, 5, 9.999, 10, 100)


def _price(name: str, target: str = "Pumps", on: On = On.ITEM_GROUP, **values) -> Price:
	return Price(name, on, target, **values)


def _rules(*prices: Price) -> list[Rule]:
	return rules_of(prices, GROUPS, BRANCHES, digits=3)


def _fits(rule: Rule, branch: str | None, group: str, day: date, quantity: float) -> bool:
	"""As ERPNext asks it."""
	slot = rule.slot
	return (
		(not rule.branches or branch in rule.branches)
		and not rule.targets.isdisjoint(GROUPS[group])
		and (slot.valid_from or day) <= day <= (slot.valid_upto or day)
		and slot.min_qty <= quantity
		and (slot.max_qty is None or quantity <= slot.max_qty)
	)


def _chosen(rules: list[Rule], *case, currency: str = "INR") -> str | None:
	"""As ERPNext chooses; rules of no currency are kept in the usual one, for documents in any that has none."""
	named = {rule.currency for rule in rules}
	own = [rule for rule in rules if rule.currency == (currency if currency in named else None)]
	fitting = [rule for rule in own if _fits(rule, *case)]
	top = max((rule.priority for rule in fitting), default=0)
	best = [rule for rule in fitting if rule.priority == top]
	assert len(best) <= 1, "ERPNext would refuse the document"
	return best[0].slot.price.name if best else None


def _defined(
	prices: list[Price], branch: str | None, group: str, day: date, quantity: float, currency: str
) -> str | None:
	"""The nearest branch, then the nearest group, then the highest quantity; everywhere comes last."""
	path = BRANCHES[branch] if branch else ()
	fitting = [
		price
		for price in prices
		if price.currency in (None, currency)
		and price.branch in (None, *path)
		and price.target in GROUPS[group]
		and price.begin <= day < price.end
		and price.min_qty <= quantity
	]
	ranks = {**{name: rank for rank, name in enumerate(path)}, None: len(path)}
	return min(
		fitting,
		key=lambda one: (
			*(ranks[one.branch], GROUPS[group].index(one.target)),
			*(one.currency is None, -one.min_qty),
		),
		default=_price("none"),
	).name


@st.composite
def _tables(draw: st.DrawFn) -> list[Price]:
	prices: list[Price] = []
	for number in range(draw(st.integers(1, 7))):
		begin, end = sorted(draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
		price = Price(
			str(number),
			On.ITEM_GROUP,
			draw(st.sampled_from(sorted(GROUPS))),
			draw(st.sampled_from([None, *BRANCHES])),
			draw(st.sampled_from([0, 1, 5, 10])),
			draw(st.sampled_from([None, begin])),
			draw(st.sampled_from([None, end])),
			draw(st.sampled_from([None, None, "INR", "USD"])),
		)
		if not overlapping([*prices, price]):
			prices.append(price)
	return prices


@given(_tables())
@settings(max_examples=150, deadline=None)
def test_of_any_prices_the_nearest_one_holds_and_no_two_meet(prices: list[Price]) -> None:
	rules = _rules(*prices)
	for branch in (None, *BRANCHES):
		for group in LEAVES:
			for day in ASKED:
				for quantity in QUANTITIES:
					for currency in ("INR", "USD", "EUR"):
						case = (branch, group, day, quantity)
						chosen = _chosen(rules, *case, currency=currency) or "none"
						assert chosen == _defined(prices, *case, currency), (*case, currency)


def test_one_price_is_one_rule() -> None:
	(rule,) = _rules(_price("all", "All"))
	assert (rule.targets, rule.branches, rule.level) == ({"All"}, set(), Level.TYPE)
	assert (rule.slot.min_qty, rule.slot.max_qty, rule.slot.valid_from, rule.slot.valid_upto) == (
		0,
		None,
		None,
		None,
	)


def test_a_price_of_a_region_is_one_rule_for_all_its_branches() -> None:
	(rule,) = _rules(_price("north", branch="North"))
	assert (rule.branches, rule.level) == ({"North", "Delhi", "Agra"}, Level.TYPE_AND_BRANCH)


def test_steps_of_quantity_end_where_the_next_begins() -> None:
	rules = _rules(_price("one"), _price("ten", min_qty=10), _price("hundred", min_qty=100))
	assert [(rule.slot.min_qty, rule.slot.max_qty) for rule in rules] == [
		(0, 9.999),
		(10, 99.999),
		(100, None),
	]


def test_a_step_that_holds_for_a_time_leaves_the_others_before_and_after() -> None:
	rules = _rules(
		_price("always"), _price("ten in time", min_qty=10, valid_from=DAYS[1], valid_upto=DAYS[2])
	)
	assert _chosen(rules, None, "Hand Pumps", DAYS[0], 50) == "always"
	assert _chosen(rules, None, "Hand Pumps", DAYS[1], 50) == "ten in time"
	assert _chosen(rules, None, "Hand Pumps", DAYS[2], 5) == "always"
	assert _chosen(rules, None, "Hand Pumps", DAYS[3], 50) == "always"


def test_two_prices_overlap_only_where_nobody_could_say_which_one_holds() -> None:
	first, other_branch, other_quantity = _price("a"), _price("b", branch="Delhi"), _price("c", min_qty=5)
	ended, next_one = _price("d", valid_upto=DAYS[0]), _price("e", valid_from=DAYS[1])
	assert overlapping([first, other_branch, other_quantity]) == []
	assert overlapping([ended, next_one]) == []
	assert overlapping([first, ended]) == [(first, ended)]
	rupees, dollars = _price("f", currency="INR"), _price("g", currency="USD")
	assert overlapping([rupees, dollars]) == []
	assert overlapping([first, dollars]) == []


def test_of_prices_that_a_merge_brought_together_the_older_is_kept() -> None:
	first, ended, other = _price("a"), _price("b", valid_upto=DAYS[0]), _price("c", min_qty=5)
	assert kept_apart([first, ended, other]) == [first, other]


def test_a_share_has_a_rule_in_each_currency_that_another_price_is_in() -> None:
	rules = _rules(_price("share"), _price("dollars", "Hand Pumps", currency="USD"))
	found = {(rule.slot.price.name, rule.currency) for rule in rules}
	assert found == {("share", None), ("share", "USD"), ("dollars", "USD")}
	(other,) = rules_of([_price("share")], GROUPS, BRANCHES, 3, {"USD"})[1:]
	assert (other.slot.price.name, other.currency) == ("share", "USD")


def test_who_a_rule_is_for_goes_before_what_it_is_on_and_every_priority_is_one_of_erpnext_s() -> None:
	ranks = [priority_of(level, on) for level in Level for on in On]
	assert ranks == sorted(ranks, reverse=True)
	assert len(set(ranks)) == len(ranks)
	assert set(ranks) <= set(range(1, 21))
