"""Which price of a trade type holds where: the prices as people write them, taken apart so that no two of one rank meet.

ERPNext's Pricing Rules refuse a document where two of the same priority fit. So each price becomes rules for exactly
those branches, items or groups, dates and quantities where it is the nearest one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from itertools import combinations, pairwise

from branch_crm.customer_master.path_rules import Paths


class On(Enum):
	"""What a price is for; the narrower goes before the wider."""

	ITEM = "Item"
	ITEM_GROUP = "Item Group"
	BRAND = "Brand"


class Level(Enum):
	"""Whom a rule is for; the higher goes before the lower, whatever it is on."""

	CUSTOMER = 20
	NO_DOCUMENT = 17
	"""Holds the list price where nothing is known of the document, and so not whether a type's price holds."""
	TYPE_AND_BRANCH = 14
	TYPE = 11
	GROUP = 8
	DEFAULT = 5


def priority_of(level: Level, on: On) -> int:
	"""The priority of ERPNext's Pricing Rule, from 1 to 20."""
	return level.value - list(On).index(on)


@dataclass(frozen=True)
class Price:
	"""A price of one trade type. Quantities are in stock units; a bound that is None is open; a currency that is None: it
	is a share of the price, in whatever currency."""

	name: str
	on: On
	target: str
	branch: str | None = None
	min_qty: float = 0
	valid_from: date | None = None
	valid_upto: date | None = None
	currency: str | None = None

	@property
	def begin(self) -> date:
		return self.valid_from or date.min

	@property
	def end(self) -> date:
		"""The first day on which it no longer holds."""
		return date.max if self.valid_upto in (None, date.max) else self.valid_upto + timedelta(days=1)


@dataclass(frozen=True)
class Slot:
	"""Where one price holds, in quantity and time."""

	price: Price
	min_qty: float
	max_qty: float | None
	valid_from: date | None
	valid_upto: date | None


@dataclass(frozen=True)
class Rule:
	"""A slot for these targets, in these branches (without any everywhere), for documents in a currency (None: in any
	that has no rules of its own)."""

	slot: Slot
	targets: frozenset[str]
	branches: frozenset[str]
	currency: str | None = None

	@property
	def level(self) -> Level:
		return Level.TYPE_AND_BRANCH if self.branches else Level.TYPE

	@property
	def priority(self) -> int:
		return priority_of(self.level, self.slot.price.on)


def overlapping(prices: Iterable[Price]) -> list[tuple[Price, Price]]:
	"""The pairs of which nobody could say which one holds: for the same, in the same currency, from the same quantity on,
	at the same time."""
	return [
		(first, second)
		for found in _alike_prices(prices)
		for first, second in combinations(found, 2)
		if _overlap(first, second)
	]


def kept_apart(prices: Iterable[Price]) -> list[Price]:
	"""Without those that overlap an earlier one, as they may after what they are for was merged."""
	kept: list[Price] = []
	for found in _alike_prices(prices):
		alone: list[Price] = []
		for price in found:
			if not any(_overlap(price, other) for other in alone):
				alone.append(price)
		kept += alone
	return kept


def _alike_prices(prices: Iterable[Price]) -> Iterable[list[Price]]:
	alike = defaultdict(list)
	for price in prices:
		alike[price.on, price.target, price.branch, price.currency, price.min_qty].append(price)
	return alike.values()


def _overlap(first: Price, second: Price) -> bool:
	return first.begin < second.end and second.begin < first.end


def rules_of(
	prices: Iterable[Price], targets: Paths, branches: Paths, digits: int, currencies: Iterable[str] = ()
) -> list[Rule]:
	"""The rules of the prices of one trade type.

	Where several hold, the one of the nearest branch does, then that of the nearest group (or of the item rather than
	its template), then that in the document's currency rather than a share, then that from the highest quantity on; what
	is for a branch goes before what is for all of them.

	Arguments:
	        prices: without overlapping ones.
	        targets: of the items, groups or brands that are named, and of everything below them.
	        branches: of all branches.
	        digits: how many decimals quantities have.
	        currencies: those that get rules of their own besides those that a price is in. Before it looks at
	                priorities, ERPNext prefers a rule in the document's currency.
	"""
	prices = sorted(prices, key=lambda price: price.currency is None)
	named = {price.currency for price in prices if price.currency}.union(currencies)
	return [
		replace(rule, currency=currency)
		for currency in (None, *sorted(named))
		for rule in _rules_of(
			[price for price in prices if price.currency in (None, currency)], targets, branches, digits
		)
	]


def _rules_of(prices: Iterable[Price], targets: Paths, branches: Paths, digits: int) -> list[Rule]:
	"""Those for documents in one currency."""
	found: dict[Slot, dict[str | None, set[str]]] = defaultdict(lambda: defaultdict(set))
	by_target: dict[tuple[On, str], list[Price]] = defaultdict(list)
	for price in prices:
		by_target[price.on, price.target].append(price)
	for on in On:
		for target, path in targets.items():
			here = [price for above in path for price in by_target.get((on, above), ())]
			for branch, nearest_first in _by_branch(here, branches):
				for slot in _slots(nearest_first, digits):
					found[slot][branch].add(target)
	return [
		Rule(slot, topmost(held, targets), frozenset(where) - {None})
		for slot, cells in found.items()
		for held, where in _alike(cells).items()
	]


def topmost(held: Iterable[str], targets: Paths) -> frozenset[str]:
	"""The fewest names that stand for exactly `held`, where a name stands for all below it as well. What is above
	something that is not held has to be left out itself."""
	within = set(held)
	broken = {above for target, path in targets.items() if target not in within for above in path}
	whole = within - broken
	return frozenset(target for target in whole if whole.isdisjoint(targets[target][1:]))


def _by_branch(prices: Sequence[Price], branches: Paths) -> Iterator[tuple[str | None, list[Price]]]:
	"""For each branch that has a price of its own or from above, and for all the others (None), the prices that hold
	there, the nearest first."""
	named = {price.branch for price in prices}
	for branch, path in ((None, (None,)), *branches.items()):
		if not named.isdisjoint(path):
			yield branch, [price for above in path for price in prices if price.branch == above]


def _slots(nearest_first: Sequence[Price], digits: int) -> list[Slot]:
	"""The time cut where a price begins or ends, each piece cut by quantity."""
	pieces: dict[tuple[Price, float, float | None], list[tuple[date, date]]] = defaultdict(list)
	for begin, end in pairwise(sorted({day for price in nearest_first for day in (price.begin, price.end)})):
		current = [price for price in nearest_first if price.begin <= begin and end <= price.end]
		for piece in _by_quantity(current, digits):
			spans = pieces[piece]
			if spans and spans[-1][1] == begin:
				begin_of_span, _ = spans.pop()
				spans.append((begin_of_span, end))
			else:
				spans.append((begin, end))
	return [
		Slot(
			*piece, None if begin == date.min else begin, None if end == date.max else end - timedelta(days=1)
		)
		for piece, spans in pieces.items()
		for begin, end in spans
	]


def _by_quantity(nearest_first: Sequence[Price], digits: int) -> list[tuple[Price, float, float | None]]:
	"""Each price with the quantities, both included, for which it is the one."""
	pieces: list[tuple[Price, float, float | None]] = []
	limits = sorted({price.min_qty for price in nearest_first})
	for low, next_one in pairwise([*limits, None]):
		high = None if next_one is None else round(next_one - 10**-digits, digits)
		holding = _holding(nearest_first, low)
		if pieces and pieces[-1][0] == holding:
			pieces[-1] = (holding, pieces[-1][1], high)
		else:
			pieces.append((holding, low, high))
	return pieces


def _holding(nearest_first: Sequence[Price], quantity: float) -> Price:
	fitting = [price for price in nearest_first if price.min_qty <= quantity]
	first = fitting[0]
	place = (first.branch, first.target, first.currency)
	nearest = [price for price in fitting if (price.branch, price.target, price.currency) == place]
	return max(nearest, key=lambda price: price.min_qty)


def _alike(cells: Mapping[str | None, set[str]]) -> dict[frozenset[str], set[str | None]]:
	"""The branches by what is held there."""
	found: dict[frozenset[str], set[str | None]] = defaultdict(set)
	for branch, held in cells.items():
		found[frozenset(held)].add(branch)
	return found
