"""What the trade types of the demo company pay, and which of these prices holds, by the rules alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from branch_crm.branch_access.rules import BranchTree
from branch_crm.customer_master.price_rules import On, Price, Rule, rules_of
from branch_crm.demo import records
from branch_crm.demo.sales_records import ITEMS, DemoItem

GOODS = "Products"


@dataclass(frozen=True)
class DemoPrice:
	"""A trade price: a discount in percent, or a rate."""

	trade_type: str
	price: Price
	discount_percentage: float = 0
	rate: float = 0

	def of(self, item: DemoItem) -> float:
		return self.rate or item.price * (100 - self.discount_percentage) / 100


def prices(today: date) -> tuple[DemoPrice, ...]:
	"""The offer runs from two months before this day to one month after it."""
	offer = {"valid_from": today - timedelta(days=60), "valid_upto": today + timedelta(days=30)}
	return (
		DemoPrice("Dealer", Price("demo-dealer", On.ITEM_GROUP, GOODS), 8),
		DemoPrice("Dealer", Price("demo-dealer-west", On.ITEM, "PUMP-10", "West Region"), rate=6200),
		DemoPrice("Dealer", Price("demo-dealer-pune", On.ITEM, "PUMP-10", "Pune"), rate=6050),
		DemoPrice("Wholesaler", Price("demo-wholesaler", On.ITEM_GROUP, GOODS, min_qty=10), 12),
		DemoPrice("Wholesaler", Price("demo-offer", On.ITEM, "TILE-60", **offer), 15),
		DemoPrice("Distributor", Price("demo-distributor", On.ITEM_GROUP, GOODS), 18),
	)


def holding(
	offered: Iterable[DemoPrice], trade_type: str, item: DemoItem, branch: str, quantity: float, day: date
) -> DemoPrice | None:
	"""The price that holds for a customer of this type; None where that is the list price."""
	by_price = {one.price: one for one in offered if one.trade_type == trade_type}
	tree = BranchTree(records.tree_nodes())
	branches = {name: (name, *tree.ancestors_of(name)) for name in tree.names}
	targets = {name: (name,) for name in (GOODS, *(item.code for item in ITEMS))}
	fitting = [
		rule
		for rule in rules_of(by_price, targets, branches, digits=3)
		if _fits(rule, item, branch, quantity, day)
	]
	best = max(fitting, key=lambda rule: rule.priority, default=None)
	return by_price[best.slot.price] if best else None


def _fits(rule: Rule, item: DemoItem, branch: str, quantity: float, day: date) -> bool:
	slot = rule.slot
	return (
		(GOODS if slot.price.on is On.ITEM_GROUP else item.code) in rule.targets
		and (not rule.branches or branch in rule.branches)
		and slot.min_qty <= quantity <= (slot.max_qty or quantity)
		and (slot.valid_from or day) <= day <= (slot.valid_upto or day)
	)
