"""What may be merged, what stands in the way, and which rows the one that stays takes over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from branch_crm.customer_master.price_rules import Price, overlapping

# a trade type owns pricing rules: its customers are given another one instead
MERGED = ("Customer", "Supplier", "Branch", "Customer Category")
# rows that only make sense together
TOGETHER = ("Sales Team",)
# by table, the field whose value stands once in it; in others equal rows stand once
KEYS = {
	"Allowed To Transact With": "company",
	"Branch Naming Series": "document_type",
	"Customer Branch Default": "branch",
	"Customer Credit Limit": "company",
	"Party Account": "company",
	"Portal User": "user",
}


class Obstacle(Enum):
	SAME = "Same"
	DISABLED = "Disabled"
	CURRENCIES = "Currencies"
	INTERNAL = "Internal"
	LINKED = "Linked"
	CASH = "CASH"
	PRICES = "Prices"
	PRICING_RULES = "Pricing Rules"


@dataclass(frozen=True)
class Side:
	"""One of the two.

	Attributes:
	        represents: the company whose internal customer or supplier it is.
	        currencies: by company, those of its ledger rows.
	        is_linked: whether it is one with a supplier or customer by a Party Link.
	        is_cash: whether it is the CASH customer.
	        prices: by trade type, those of a branch, without it.
	        pricing_rules: what ERPNext's own rules for a party are on, and with which priority.
	"""

	name: str
	is_disabled: bool = False
	represents: str | None = None
	currencies: Mapping[str, Collection[str]] = field(default_factory=dict)
	is_linked: bool = False
	is_cash: bool = False
	prices: Mapping[str, Collection[Price]] = field(default_factory=dict)
	pricing_rules: frozenset[tuple] = frozenset()


def obstacles(lost: Side, kept: Side) -> list[Obstacle]:
	"""What has to be settled before `lost` becomes part of `kept`."""
	# MariaDB tells names of other case apart no more than ERPNext does
	if lost.name.lower() == kept.name.lower():
		return [Obstacle.SAME]
	found = {
		Obstacle.DISABLED: kept.is_disabled,
		Obstacle.CURRENCIES: any(
			set(currencies) != set(kept.currencies[company])
			for company, currencies in lost.currencies.items()
			if company in kept.currencies
		),
		Obstacle.INTERNAL: lost.represents != kept.represents,
		Obstacle.LINKED: lost.is_linked and kept.is_linked,
		Obstacle.CASH: lost.is_cash or kept.is_cash,
		Obstacle.PRICES: any(
			overlapping([*prices, *kept.prices.get(trade_type, ())])
			for trade_type, prices in lost.prices.items()
		),
		Obstacle.PRICING_RULES: bool(lost.pricing_rules & kept.pricing_rules),
	}
	return [obstacle for obstacle, stands in found.items() if stands]


def taken(table: str, lost: Sequence[Mapping], kept: Sequence[Mapping]) -> list[int]:
	"""Which rows of `lost`, by their place, are added to those of `kept` in a table.

	Arguments:
	        lost, kept: the values of the rows by fieldname.
	"""
	if table in TOGETHER:
		return [] if kept else list(range(len(lost)))
	key = KEYS.get(table)
	present = [row.get(key) if key else row for row in kept]
	places = []
	for place, row in enumerate(lost):
		value = row.get(key) if key else row
		if value not in present:
			present.append(value)
			places.append(place)
	return places
