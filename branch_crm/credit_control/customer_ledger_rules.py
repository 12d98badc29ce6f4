"""A customer's ledger: what it owed before a period, what moved, what it owes at the end; and how branches add up."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from branch_crm.credit_control.rules import ZERO
from branch_crm.customer_master.path_rules import Paths


@dataclass(frozen=True)
class Balance:
	"""What is owed: in company currency, and by account currency what it comes to in that."""

	amount: Decimal = ZERO
	in_currencies: Mapping[str, Decimal] = field(default_factory=dict)

	def __add__(self, other: "Balance") -> "Balance":
		currencies = self.in_currencies.keys() | other.in_currencies.keys()
		sums = {one: self._in(one) + other._in(one) for one in currencies}
		return Balance(self.amount + other.amount, sums)

	def foreign(self, company_currency: str) -> tuple[str, Decimal] | None:
		"""The account currency and the balance in it, where all of it is in one that is not the company's."""
		if len(self.in_currencies) != 1 or company_currency in self.in_currencies:
			return None
		return next(iter(self.in_currencies.items()))

	def _in(self, currency: str) -> Decimal:
		return self.in_currencies.get(currency, ZERO)


@dataclass(frozen=True)
class Movement:
	"""A row of the ledger. What raises what is owed is above zero. `branch` is the one that it counts for, "" for none;
	`voucher_no` and `against_no` are None where they are not to be told."""

	posting_date: date
	voucher_type: str | None
	voucher_no: str | None
	against_type: str | None
	against_no: str | None
	remarks: str | None
	branch: str
	moved: Balance

	@property
	def debit(self) -> Decimal:
		return max(self.moved.amount, ZERO)

	@property
	def credit(self) -> Decimal:
		return max(-self.moved.amount, ZERO)


@dataclass(frozen=True)
class Total:
	"""A period in four figures."""

	opening: Balance = Balance()
	debit: Decimal = ZERO
	credit: Decimal = ZERO
	closing: Balance = Balance()

	def __add__(self, other: "Total") -> "Total":
		return Total(
			self.opening + other.opening,
			self.debit + other.debit,
			self.credit + other.credit,
			self.closing + other.closing,
		)


@dataclass
class Block:
	"""The ledger of one customer, or of one of its branches, in a period."""

	opening: Balance = field(default_factory=Balance)
	movements: list[Movement] = field(default_factory=list)

	@property
	def total(self) -> Total:
		moved = sum((movement.moved for movement in self.movements), Balance())
		return Total(
			self.opening,
			sum((movement.debit for movement in self.movements), ZERO),
			sum((movement.credit for movement in self.movements), ZERO),
			self.opening + moved,
		)

	def running(self) -> Iterator[tuple[Movement, Balance]]:
		"""Each movement with the balance after it."""
		balance = self.opening
		for movement in self.movements:
			balance += movement.moved
			yield movement, balance


# the blocks of a customer by branch, "" for what has none; by "" alone where branches are not told apart
Blocks = Mapping[str, Block]


@dataclass(frozen=True)
class Node:
	"""A branch with everything below it, and its own block if it has one."""

	branch: str
	depth: int
	total: Total
	block: Block | None


def has_anything(block: Block) -> bool:
	"""Whether there is something to tell: a movement, or an opening balance in some currency."""
	return bool(
		block.movements
		or block.opening.amount
		or any(amount for amount in block.opening.in_currencies.values())
	)


def total(blocks: Iterable[Block]) -> Total:
	return sum((block.total for block in blocks), Total())


def roll_up(blocks: Blocks, paths: Paths) -> list[Node]:
	"""The branches as a tree is printed, siblings by name; what has no branch comes last. In each the sum of what is its own
	and of what lies below it, so that the top ones add up to the customer's."""
	above = {branch: paths.get(branch, (branch,)) for branch in blocks}
	found = {name for path in above.values() for name in path}
	return [
		Node(
			name,
			len(_path(name, paths)) - 1,
			total(block for branch, block in blocks.items() if name in above[branch]),
			blocks.get(name),
		)
		for name in sorted(found, key=lambda name: (name == "", _path(name, paths)[::-1]))
	]


def _path(name: str, paths: Paths) -> Collection[str]:
	return tuple(paths.get(name, (name,)))


def aged(open_amounts: Iterable[tuple[int, Decimal]], buckets: int) -> list[Decimal]:
	"""What is open by bucket, given the place of the bucket of each amount."""
	found = [ZERO] * buckets
	for place, amount in open_amounts:
		found[place] += amount
	return found
