"""A customer of the demo company who sells to it as well: plain records, days counted back from loading."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from branch_crm.demo import records
from branch_crm.party_netting.rules import Item, Side, Terms

# what it sells to the company
SERVICE, SERVICE_NAME = "FREIGHT", "Freight"


@dataclass(frozen=True)
class DemoPair:
	"""What the customer owes for goods, and what is owed to it for its services; both within one branch."""

	party: str
	branch: str
	receivable: int
	payable: int
	days_ago: int


PAIR = DemoPair("Jasmine Stationers", "Kochi", 124_000, 82_000, days_ago=30)
TERMS = Terms("INR")


def items(today: date) -> Iterator[Item]:
	"""The invoices of both sides as the planner takes them."""
	posted = today - timedelta(days=PAIR.days_ago)
	for side, kind, amount in (
		(Side.RECEIVABLE, "Sales Invoice", PAIR.receivable),
		(Side.PAYABLE, "Purchase Invoice", PAIR.payable),
	):
		money = Decimal(amount)
		due = posted + timedelta(days=records.CREDIT_DAYS)
		yield Item(side, kind, PAIR.party, side.value, TERMS.currency, money, money, posted, due, PAIR.branch)
