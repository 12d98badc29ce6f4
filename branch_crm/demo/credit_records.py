"""What customers of the demo company may owe, and a dozen orders with every verdict: plain records, in the order of time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from branch_crm.credit_control.profile_rules import Terms
from branch_crm.credit_control.rules import (
	ZERO,
	Action,
	Asked,
	Judgement,
	Kind,
	Level,
	Rule,
	Standing,
	judge,
)


@dataclass(frozen=True)
class DemoCredit:
	"""A customer's Credit Profile. `blocked_because` says why nothing is sold to it."""

	customer: str
	limit: int
	stops_sales: bool = True
	tolerance: int = 0
	branch_limits: dict[str, int] = field(default_factory=dict)
	blocked_because: str | None = None

	@property
	def terms(self) -> Terms:
		return Terms(
			limit=Decimal(self.limit),
			is_judged=True,
			stops_sales=self.stops_sales,
			tolerance=Decimal(self.tolerance),
			is_blocked=bool(self.blocked_because),
			branch_limits={branch: Decimal(limit) for branch, limit in self.branch_limits.items()},
		)


@dataclass(frozen=True)
class DemoOrder:
	"""An order that somebody submits. `note` is what he says when he asks for its release."""

	customer: str
	branch: str
	amount: int
	by: str
	note: str | None = None


@dataclass(frozen=True)
class DemoCheque:
	"""A cheque of a customer that came back, both so many days before today."""

	customer: str
	branch: str
	number: str
	amount: int
	received: int
	returned: int
	bank_charge: int


CHEQUES = (
	DemoCheque("Jasmine Ceramics", "Jaipur", "481516", 12_000, 40, 33, 250),
	DemoCheque("Jasmine Ceramics", "Jaipur", "481517", 8_000, 20, 12, 250),
)
PROFILES = (
	DemoCredit("Aarohi Ceramics", 100_000),
	DemoCredit("Indigo Ceramics", 50_000, stops_sales=False),
	DemoCredit("Jasmine Ceramics", 50_000, blocked_because="Two cheques came back"),
	DemoCredit("Falcon Ceramics", 80_000, branch_limits={"Pune": 30_000}),
	DemoCredit("Aarohi Pumps", 50_000, tolerance=10),
)
ORDERS = (
	DemoOrder("Aarohi Ceramics", "Mumbai", 60_000, "meera"),
	DemoOrder("Aarohi Ceramics", "Mumbai", 30_000, "meera"),
	DemoOrder("Aarohi Ceramics", "Mumbai", 25_000, "meera", note="Their cheque comes on Friday."),
	DemoOrder("Aarohi Ceramics", "Mumbai", 10_000, "meera"),
	DemoOrder("Indigo Ceramics", "Delhi", 40_000, "divya"),
	DemoOrder("Indigo Ceramics", "Delhi", 20_000, "divya"),
	DemoOrder("Jasmine Ceramics", "Jaipur", 5_000, "divya"),
	DemoOrder("Falcon Ceramics", "Pune", 25_000, "rohan"),
	DemoOrder("Falcon Ceramics", "Pune", 10_000, "rohan"),
	DemoOrder("Falcon Ceramics", "Jaipur", 40_000, "divya"),
	DemoOrder("Aarohi Pumps", "Delhi", 54_000, "divya"),
	DemoOrder("Aarohi Pumps", "Delhi", 10_000, "divya"),
)


def judged(on: date) -> Iterator[tuple[DemoOrder, Judgement]]:
	"""Each order with what the judge says to it, after what has passed before."""
	terms = {profile.customer: profile.terms for profile in PROFILES}
	owed: dict[tuple[str, str], Decimal] = {}
	for order in ORDERS:
		of_customer, amount = terms[order.customer], Decimal(order.amount)
		judgement = judge(
			Asked(Kind.SALES_ORDER, amount),
			Standing(list(_levels(order, of_customer, owed)), of_customer.is_blocked),
			of_customer.policy,
			on,
		)
		if not judgement.is_refused:
			for branch in ("", order.branch):
				owed[order.customer, branch] = owed.get((order.customer, branch), ZERO) + amount
		yield order, judgement


def verdicts(on: date) -> list[Action]:
	return [judgement.verdict for _order, judgement in judged(on)]


def _levels(order: DemoOrder, terms: Terms, owed: dict[tuple[str, str], Decimal]) -> Iterator[Level]:
	stands_at = owed.get((order.customer, ""), ZERO)
	yield Level(Rule.CUSTOMER_LIMIT, order.customer, terms.allowance, stands_at)
	if of_branch := terms.allowance_of(order.branch):
		yield Level(
			Rule.BRANCH_LIMIT, order.branch, of_branch, owed.get((order.customer, order.branch), ZERO)
		)
