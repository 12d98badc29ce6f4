"""What the demo company buys and sells: plain records, days counted back from the day of loading."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from branch_crm.demo import records

STOCKED = 400


@dataclass(frozen=True)
class DemoItem:
	code: str
	name: str
	cost: int
	price: int


ITEMS = (
	DemoItem("PUMP-05", "Water Pump 0.5 HP", 3200, 4100),
	DemoItem("PUMP-10", "Water Pump 1 HP", 5400, 6900),
	DemoItem("PIPE-25", "PVC Pipe 25 mm", 110, 160),
	DemoItem("WIRE-15", "Copper Wire 1.5 mm", 1450, 1800),
	DemoItem("TILE-60", "Floor Tile 60 cm", 75, 120),
)


@dataclass(frozen=True)
class DemoSupplier:
	"""The first of its branches is the primary one."""

	name: str
	group: str
	branches: tuple[str, ...]


SUPPLIERS = (
	DemoSupplier("Yamuna Pump Works", "Hardware", ("Delhi", "Jaipur")),
	DemoSupplier("Gomti Cables", "Electrical", ("Lucknow", "Chandigarh")),
	DemoSupplier("Sahyadri Pipes", "Hardware", ("Mumbai", "Pune")),
	DemoSupplier("Sabarmati Ceramics", "Local", ("Ahmedabad", "Indore")),
	DemoSupplier("Coromandel Engineering", "Hardware", ("Chennai", "Bengaluru")),
	DemoSupplier("Periyar Traders", "Distributor", ("Kochi", "Hyderabad")),
)


class LeadStage(IntEnum):
	OPEN = 0
	OPPORTUNITY = 1
	QUOTATION = 2
	PROSPECT = 3


@dataclass(frozen=True)
class DemoLead:
	"""Somebody who might become a customer. `is_chosen`: whoever types it in has to choose the branch."""

	person: str
	firm: str
	branch: str
	by: str
	is_chosen: bool
	stage: LeadStage
	days_ago: int


class Stage(IntEnum):
	"""How far a deal has come; each stage includes those before it, but for a lost quotation."""

	LOST = 0
	QUOTED = 1
	ORDERED = 2
	DELIVERED = 3
	INVOICED = 4
	PART_PAID = 5
	PAID = 6
	RETURNED = 7


@dataclass(frozen=True)
class DemoDeal:
	"""What one customer buys in one branch. `is_chosen`: the app would have proposed another branch."""

	customer: str
	branch: str
	by: str
	item: DemoItem
	quantity: int
	stage: Stage
	days_ago: int
	is_chosen: bool = False

	@property
	def bookkeeper(self) -> str:
		return "farida" if records.PARENTS[self.branch] == "West Region" else "asha"

	@property
	def is_quoted(self) -> bool:
		"""Every other deal begins with an order."""
		return self.stage <= Stage.QUOTED or self.quantity % 2 == 0

	@property
	def invoices(self) -> int:
		return (self.stage >= Stage.INVOICED) + (self.stage is Stage.RETURNED)


@dataclass(frozen=True)
class DemoCounterSale:
	"""What somebody takes along who pays at once and is no customer of his own. `is_chosen`: as of a deal."""

	branch: str
	by: str
	item: DemoItem
	quantity: int
	days_ago: int
	is_chosen: bool = False


COUNTER_SALES = (
	DemoCounterSale("Delhi", "asha", ITEMS[3], 1, 33, is_chosen=True),
	DemoCounterSale("Mumbai", "meera", ITEMS[2], 12, 21),
	DemoCounterSale("Pune", "farida", ITEMS[0], 1, 12, is_chosen=True),
	DemoCounterSale("Mumbai", "meera", ITEMS[4], 30, 9),
)

PLACES = tuple(branch for branch in records.BRANCHES if not branch.is_group)
_SELLERS = {"Delhi": "divya", "Jaipur": "divya", "Mumbai": "rohan", "Pune": "rohan"}
_CYCLE = (
	Stage.PAID,
	Stage.INVOICED,
	Stage.QUOTED,
	Stage.ORDERED,
	Stage.PART_PAID,
	Stage.DELIVERED,
	Stage.INVOICED,
	Stage.LOST,
)


def seller_of(branch: str) -> str:
	west = "wasim" if records.PARENTS[branch] == "West Region" else "asha"
	return _SELLERS.get(branch, west)


def _leads() -> Iterator[DemoLead]:
	"""Two leads per branch."""
	people = ("Kavya Iyer", "Manoj Sethi", "Nisha Kaul", "Omar Qureshi", "Priya Dutta", "Ravi Menon")
	trades = ("Builders", "Interiors", "Farms", "Contractors")
	for number in range(2 * len(PLACES)):
		branch = PLACES[number % len(PLACES)].name
		seller = next(user for user in records.USERS if user.login == seller_of(branch))
		yield DemoLead(
			people[number % len(people)],
			f"{branch} {trades[number % len(trades)]}" if number < len(PLACES) else f"New {branch} Works",
			branch,
			seller.login,
			is_chosen=seller.default != branch,
			stage=LeadStage((number + number // len(PLACES)) % len(LeadStage)),
			days_ago=90 - number * 3,
		)


def _deals() -> Iterator[DemoDeal]:
	"""Three deals per branch with customers of that branch alone; then one customer buys in two branches, where
	nobody need choose, and in a third, which head office chooses; one sends something back; two have just begun."""
	for place, branch in enumerate(PLACES):
		several = 5
		own = [number for number in range(place, 60, len(PLACES)) if number % several]
		for turn, number in enumerate(own[:3]):
			count = 3 * place + turn
			yield DemoDeal(
				records.CUSTOMERS[number].name,
				branch.name,
				seller_of(branch.name),
				ITEMS[count % len(ITEMS)],
				quantity=4 + count % 9,
				stage=_CYCLE[count % len(_CYCLE)],
				days_ago=150 - 4 * count,
			)
	shared = records.CUSTOMERS[0].name
	yield DemoDeal(shared, "Delhi", "divya", ITEMS[0], 10, Stage.PART_PAID, 30)
	yield DemoDeal(shared, "Mumbai", "meera", ITEMS[1], 6, Stage.INVOICED, 62)
	yield DemoDeal(shared, "Chennai", "asha", ITEMS[2], 50, Stage.PAID, 55, is_chosen=True)
	yield DemoDeal(records.CUSTOMERS[28].name, "Mumbai", "rohan", ITEMS[4], 40, Stage.RETURNED, 47)
	yield DemoDeal(records.CUSTOMERS[16].name, "Mumbai", "rohan", ITEMS[3], 8, Stage.ORDERED, 6)
	yield DemoDeal(records.CUSTOMERS[52].name, "Mumbai", "meera", ITEMS[0], 3, Stage.QUOTED, 4)


LEADS = tuple(_leads())
DEALS = tuple(sorted(_deals(), key=lambda deal: -deal.days_ago))
