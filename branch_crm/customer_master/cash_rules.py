"""What the CASH customer is, and what would be credit to it: it sells at every counter, to whoever pays at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

CODE = "CASH"


class Obstacle(Enum):
	"""Why a customer cannot be the CASH customer, or would cease to be one."""

	DISABLED = "disabled"
	FROZEN = "frozen"
	INTERNAL = "internal"
	BRANCHES = "branches"
	CREDIT_LIMITS = "credit limits"


@dataclass(frozen=True)
class Candidate:
	is_disabled: bool = False
	is_frozen: bool = False
	is_internal: bool = False
	has_branches: bool = False
	has_credit_limits: bool = False


def obstacles_of(candidate: Candidate) -> list[Obstacle]:
	found = {
		Obstacle.DISABLED: candidate.is_disabled,
		Obstacle.FROZEN: candidate.is_frozen,
		Obstacle.INTERNAL: candidate.is_internal,
		Obstacle.BRANCHES: candidate.has_branches,
		Obstacle.CREDIT_LIMITS: candidate.has_credit_limits,
	}
	return [obstacle for obstacle, stands_in_the_way in found.items() if stands_in_the_way]


def free_label(taken: Collection[str]) -> str:
	"""Name and code of a new CASH customer: the first of CASH, CASH-1, CASH-2, … that nothing has, however spelt."""
	others = {label.casefold() for label in taken}
	number = 0
	while (label := f"{CODE}-{number}" if number else CODE).casefold() in others:
		number += 1
	return label


@dataclass(frozen=True)
class Payment:
	"""What was to be paid on a sale, and what was, in the sale's currency."""

	total: float
	paid: float
	redeemed: float = 0
	written_off: float = 0
	change: float = 0

	@property
	def owed(self) -> float:
		return self.total - self.paid - self.redeemed - self.written_off + max(self.change, 0)


@dataclass(frozen=True)
class Delivered:
	"""A row of a delivery: its number, what it is worth, and the invoice that it is delivered from."""

	number: int
	amount: float
	invoice: str | None = None


def unpaid_rows(rows: Sequence[Delivered], paid: Collection[str]) -> list[int]:
	"""The numbers of the rows that are worth something and not delivered from one of the invoices `paid`."""
	return [row.number for row in rows if row.amount > 0 and row.invoice not in paid]


@dataclass(frozen=True)
class Posting:
	"""What a row of a voucher posts on the account of CASH; `reference` is what it settles."""

	debit: float = 0
	credit: float = 0
	reference: str | None = None


def lent(postings: Iterable[Posting]) -> float:
	"""How much more a voucher charges CASH with than it pays in, where it settles nothing by it."""
	return sum(posting.debit - posting.credit for posting in postings if not posting.reference)
