"""What nets against what: which open documents of a customer who is also a supplier settle each other, and how far.

Amounts are `Decimal`, exact to the currency's precision. An open document is positive where it is owed (an invoice,
a debit note), negative where it lowers what is owed (a credit note, an advance).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

ZERO = Decimal(0)
# what a journal can refer to, so that ERPNext lowers what is outstanding; payments are reconciled
SETTLED = ("Sales Invoice", "Purchase Invoice", "Journal Entry")

# the type and name of a document, and the account
Key = tuple[str, str, str]


class Side(Enum):
	RECEIVABLE = "Receivable"
	PAYABLE = "Payable"


class Order(Enum):
	"""Which documents are settled first; among equals the one that is due first, was posted first, by name."""

	DUE_DATE = "Due Date"
	POSTING_DATE = "Posting Date"
	LARGEST = "Largest First"
	SMALLEST = "Smallest First"


class Exclusion(Enum):
	"""Why an open document is not settled."""

	CREDIT = "credit"
	"""A credit note or an advance: it lowers what can be settled instead."""
	KIND = "kind"
	"""No journal of ERPNext settles such a document."""
	CURRENCY = "currency"
	ADVANCE_ACCOUNT = "advance account"
	"""It stands on an account for advances, which ERPNext does not reconcile with a journal."""
	LATER = "later"
	"""It is posted after the day of the settlement."""
	ON_HOLD = "on hold"
	DISPUTED = "disputed"
	NOT_YET_DUE = "not yet due"
	VOUCHER_TYPE = "voucher type"
	BRANCH = "branch"
	SEVERAL_BRANCHES = "several branches"
	"""A journal whose rows of this party are of several branches: a row of a settlement has one."""
	BEING_SETTLED = "being settled"
	"""Another settlement is at work on it."""


@dataclass(frozen=True)
class Item:
	"""A document with something open on the account of a party.

	Attributes:
	        outstanding: in the currency of the account.
	        amount: the same in company currency.
	"""

	side: Side
	voucher_type: str
	voucher_no: str
	account: str
	currency: str
	outstanding: Decimal
	amount: Decimal
	posting_date: date
	due_date: date | None = None
	branch: str | None = None
	cost_center: str | None = None
	is_on_hold: bool = False
	is_disputed: bool = False
	is_on_advance_account: bool = False
	is_being_settled: bool = False
	is_of_several_branches: bool = False

	@property
	def key(self) -> Key:
		return self.voucher_type, self.voucher_no, self.account

	@property
	def due(self) -> date:
		return self.due_date or self.posting_date


@dataclass(frozen=True)
class Terms:
	"""What an agreement says. `branches` has those below an excluded branch as well."""

	currency: str
	order: Order = Order.DUE_DATE
	minimum: Decimal = ZERO
	with_on_hold: bool = False
	with_disputed: bool = False
	with_not_yet_due: bool = True
	voucher_types: frozenset[str] = frozenset()
	branches: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
	"""How much of an item is settled."""

	item: Item
	amount: Decimal


@dataclass(frozen=True)
class Plan:
	rows: tuple[Row, ...] = ()
	excluded: tuple[tuple[Item, Exclusion], ...] = ()

	@property
	def amount(self) -> Decimal:
		"""What each side settles."""
		return total(row.amount for row in self.rows if row.item.side is Side.RECEIVABLE)


@dataclass(frozen=True)
class Position:
	"""What stands between two parties that are one, in one currency."""

	receivable: Decimal
	payable: Decimal

	@property
	def net(self) -> Decimal:
		"""Above zero what is to be received, below zero what is to be paid."""
		return self.receivable - self.payable


def total(amounts: Iterable[Decimal]) -> Decimal:
	return sum(amounts, ZERO)


def position(items: Iterable[Item], value: Callable[[Item], Decimal] = lambda item: item.amount) -> Position:
	"""The net position; advances and credit notes lower their side, which may fall below zero."""
	of = {side: ZERO for side in Side}
	for item in items:
		of[item.side] += value(item)
	return Position(of[Side.RECEIVABLE], of[Side.PAYABLE])


def plan(items: Sequence[Item], terms: Terms, on: date) -> Plan:
	"""The rows that settle as much of both sides as they have in common, the last one of the larger side in part; none
	where that is less than the minimum.

	Nothing is settled of what is excluded, nor beyond what a side comes to after its credit notes and advances.

	Arguments:
	        on: the day of the settlement.
	"""
	excluded = {item.key: reason for item in items if (reason := exclusion(item, terms, on))}
	limit = limit_of(items, terms, on)
	rows = tuple(_taken(items, excluded.keys(), terms.order, limit)) if limit >= terms.minimum else ()
	return Plan(rows, tuple((item, excluded[item.key]) for item in items if item.key in excluded))


def limit_of(items: Iterable[Item], terms: Terms, on: date) -> Decimal:
	"""The most that can be settled: of each side what is not excluded, but not more than what it comes to after its
	credit notes and advances; and of the two sides the smaller one."""
	eligible, net = ({side: ZERO for side in Side} for _ in range(2))
	for item in items:
		if item.currency != terms.currency:
			continue
		net[item.side] += item.outstanding
		if not exclusion(item, terms, on):
			eligible[item.side] += item.outstanding
	return max(ZERO, min(*eligible.values(), *net.values()))


def exclusion(item: Item, terms: Terms, on: date) -> Exclusion | None:
	"""Why an item is not settled; the reason that can least be helped first."""
	reasons = {
		Exclusion.CURRENCY: item.currency != terms.currency,
		Exclusion.CREDIT: item.outstanding <= ZERO,
		Exclusion.KIND: item.voucher_type not in SETTLED,
		Exclusion.ADVANCE_ACCOUNT: item.is_on_advance_account,
		Exclusion.LATER: item.posting_date > on,
		Exclusion.BEING_SETTLED: item.is_being_settled,
		Exclusion.VOUCHER_TYPE: item.voucher_type in terms.voucher_types,
		Exclusion.BRANCH: item.branch in terms.branches,
		Exclusion.SEVERAL_BRANCHES: item.is_of_several_branches,
		Exclusion.ON_HOLD: item.is_on_hold and not terms.with_on_hold,
		Exclusion.DISPUTED: item.is_disputed and not terms.with_disputed,
		Exclusion.NOT_YET_DUE: item.due > on and not terms.with_not_yet_due,
	}
	return next((reason for reason, is_so in reasons.items() if is_so), None)


def balance_rows(items: Sequence[Item], terms: Terms) -> tuple[Row, ...]:
	"""The documents that a payment of the net position is allocated to: of the larger side what a settlement of the
	smaller one would leave, in the order of `terms`; not what is on hold, is being settled, or stands on an account for
	advances."""
	own = [item for item in items if item.currency == terms.currency]
	both = position(own, lambda item: item.outstanding)
	if not both.net:
		return ()
	side = Side.RECEIVABLE if both.net > ZERO else Side.PAYABLE
	set_off, left = max(ZERO, min(both.receivable, both.payable)), abs(both.net)
	rows: list[Row] = []
	for item in _in_order(own, terms.order):
		is_out = item.is_on_hold or item.is_being_settled or item.is_on_advance_account
		if item.side is not side or item.outstanding <= ZERO or is_out:
			continue
		gone = min(set_off, item.outstanding)
		set_off -= gone
		if paid := min(item.outstanding - gone, left):
			rows.append(Row(item, paid))
			left -= paid
	return tuple(rows)


def _taken(items: Sequence[Item], excluded: Collection[Key], order: Order, amount: Decimal) -> Iterable[Row]:
	for side in Side:
		left = amount
		for item in _in_order(items, order):
			if item.side is not side or item.key in excluded or not left:
				continue
			taken = min(left, item.outstanding)
			left -= taken
			yield Row(item, taken)


def _in_order(items: Iterable[Item], order: Order) -> list[Item]:
	first: dict[Order, Callable[[Item], object]] = {
		Order.DUE_DATE: lambda item: item.due,
		Order.POSTING_DATE: lambda item: item.posting_date,
		Order.LARGEST: lambda item: -item.outstanding,
		Order.SMALLEST: lambda item: item.outstanding,
	}
	return sorted(items, key=lambda item: (first[order](item), item.due, item.posting_date, item.key))
