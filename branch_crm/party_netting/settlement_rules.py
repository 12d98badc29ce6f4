"""Whether the rows of a settlement may be settled, and the journals that settle them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from branch_crm.party_netting.rules import ZERO, Item, Key, Row, Side, Terms, exclusion, limit_of


class Fault(Enum):
	"""What is wrong with the rows of a settlement."""

	NOT_OPEN = "not open"
	TWICE = "twice"
	NOT_POSITIVE = "not positive"
	TOO_MUCH = "too much"
	EXCLUDED = "excluded"
	UNEQUAL = "unequal"
	ABOVE_LIMIT = "above limit"
	BELOW_MINIMUM = "below minimum"
	NOTHING = "nothing"


@dataclass
class Line:
	"""A row of a journal: it credits a receivable or debits a payable."""

	row: Row
	amount: Decimal = ZERO


def faults(
	rows: Sequence[tuple[Side, Key, Decimal]], items: Sequence[Item], terms: Terms, on: date
) -> list[tuple[Fault, Key | None]]:
	"""What stands against settling these rows, each the side on which it is to be settled, the key of an item, and an
	amount: all of it, with the key of the row where it is about one."""
	known = {(item.side, item.key): item for item in items}
	found: list[tuple[Fault, Key | None]] = []
	of = {side: ZERO for side in Side}
	seen: set[Key] = set()
	for side, key, amount in rows:
		fault = _fault_of_row(known.get((side, key)), amount, key in seen, terms, on)
		seen.add(key)
		if fault:
			found.append((fault, key))
		else:
			of[side] += amount
	if found:
		return found
	receivable, payable = of[Side.RECEIVABLE], of[Side.PAYABLE]
	if receivable != payable:
		return [(Fault.UNEQUAL, None)]
	if receivable > limit_of(items, terms, on):
		return [(Fault.ABOVE_LIMIT, None)]
	fault = _fault_of_amount(receivable, terms)
	return [(fault, None)] if fault else []


def journals(rows: Sequence[Row], most: int) -> list[list[Line]]:
	"""The lines of the journals that settle `rows`, at most `most` in each and in each as much debit as credit.

	Both sides are gone through in their order, so what is cut where a journal is full goes on in the next.
	"""
	sides = [[Line(row, row.amount) for row in rows if row.item.side is side] for side in Side]
	done: list[list[Line]] = []
	open_: dict[Key, Line] = {}
	while all(sides):
		heads = [side[0] for side in sides]
		settled = min(head.amount for head in heads)
		fresh = [head for head in heads if head.row.item.key not in open_]
		if len(open_) + len(fresh) > most:
			done.append(list(open_.values()))
			open_ = {}
		for head, side in zip(heads, sides, strict=True):
			line = open_.setdefault(head.row.item.key, Line(head.row))
			line.amount += settled
			head.amount -= settled
			if not head.amount:
				side.pop(0)
	return [*done, list(open_.values())] if open_ else done


def _fault_of_row(item: Item | None, amount: Decimal, is_twice: bool, terms: Terms, on: date) -> Fault | None:
	if item is None:
		return Fault.NOT_OPEN
	if is_twice:
		return Fault.TWICE
	if amount <= ZERO:
		return Fault.NOT_POSITIVE
	if exclusion(item, terms, on):
		return Fault.EXCLUDED
	return Fault.TOO_MUCH if amount > item.outstanding else None


def _fault_of_amount(amount: Decimal, terms: Terms) -> Fault | None:
	if not amount:
		return Fault.NOTHING
	return Fault.BELOW_MINIMUM if amount < terms.minimum else None
