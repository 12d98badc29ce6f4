"""How old is what is open between two parties, by branch."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from branch_crm.party_netting.rules import ZERO, Item, Side, total

# days over due up to which an amount is of a bucket; before the first one it is not due, beyond the last one older
LIMITS = (0, 30, 60, 90)


def _empty() -> dict[Side, list[Decimal]]:
	return {side: [ZERO] * (len(LIMITS) + 1) for side in Side}


@dataclass
class Aged:
	"""What is open in a branch, in company currency: by side an amount for each bucket."""

	buckets: dict[Side, list[Decimal]] = field(default_factory=_empty)

	def of(self, side: Side) -> Decimal:
		return total(self.buckets[side])

	@property
	def net(self) -> Decimal:
		return self.of(Side.RECEIVABLE) - self.of(Side.PAYABLE)


def by_branch(items: Iterable[Item], on: date) -> dict[str, Aged]:
	"""By branch, "" for none, what is open on a day; an advance or credit note lowers the bucket of its own age."""
	found: dict[str, Aged] = {}
	for item in items:
		aged = found.setdefault(item.branch or "", Aged())
		aged.buckets[item.side][bucket(item.due, on)] += item.amount
	return found


def bucket(due: date, on: date) -> int:
	"""The place of the bucket: 0 for what is not over due."""
	days = (on - due).days
	return next((place for place, limit in enumerate(LIMITS) if days <= limit), len(LIMITS))
