"""What of an invoice is owed by which day."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from branch_crm.credit_control.rules import ZERO, Debt, total

# by when how much was agreed to be paid
Instalment = tuple[date, Decimal]


def debts(outstanding: Decimal, instalments: Iterable[Instalment]) -> Iterator[Debt]:
	"""What is left to pay of each instalment: what was paid, whatever for, has paid the first ones."""
	agreed = sorted(instalments)
	paid = max(total(amount for _due, amount in agreed) - outstanding, ZERO)
	left = outstanding
	for due, amount in agreed:
		settled = min(paid, amount)
		paid -= settled
		owed = min(amount - settled, left)
		left -= owed
		if owed > ZERO:
			yield Debt(due, owed)
