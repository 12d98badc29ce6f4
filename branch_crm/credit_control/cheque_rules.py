"""What the return of a cheque posts, and what it leads to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from branch_crm.credit_control.rules import ZERO

# a document, by DocType and name
Voucher = tuple[str, str]


@dataclass(frozen=True)
class Line:
	"""A line of the ledger: debits are above zero, credits below.

	Attributes:
	        amount: in the currency of the account.
	        base: in company currency.
	        dimensions: cost centre, project and the like, as pairs of field and value.
	"""

	account: str
	amount: Decimal
	base: Decimal
	party_type: str | None = None
	party: str | None = None
	dimensions: tuple[tuple[str, str], ...] = ()

	@property
	def exchange_rate(self) -> Decimal:
		return self.base / self.amount if self.amount else Decimal(1)


def taken_back(lines: Iterable[Line]) -> Iterator[Line]:
	"""What takes back these lines."""
	for line in lines:
		if line.amount or line.base:
			yield replace(line, amount=-line.amount, base=-line.base)


def charged(
	bank: Line, customer: Line, account: str, of_bank: Decimal, to_customer: Decimal
) -> Iterator[Line]:
	"""What the bank takes, and what the customer owes for it, in company currency.

	Arguments:
	        bank, customer: the receipt's lines on these accounts.
	        account: where charges stand.
	"""
	expense = Line(account, ZERO, ZERO, dimensions=bank.dimensions)
	for line, base in (
		(expense, of_bank),
		(bank, -of_bank),
		(customer, to_customer),
		(expense, -to_customer),
	):
		if base:
			yield replace(line, amount=_in_account_currency(line, base), base=base)


def paid_again(
	wanted: Iterable[tuple[Voucher, Decimal]], left: Mapping[Voucher, Decimal], free: Decimal
) -> Iterator[Decimal]:
	"""How much of each allocation a receipt pays once more.

	Arguments:
	        wanted: what it had paid; parts of one document, and credit notes below zero, stand by themselves.
	        left: what is still to be paid of a document; of one that is not named, anything may be.
	        free: what of the receipt pays nothing yet.
	"""
	left = dict(left)
	for voucher, amount in wanted:
		paid = max(min(amount, left.get(voucher, amount), free), ZERO)
		if voucher in left:
			left[voucher] -= paid
		free -= paid
		yield paid


def blocks(returns: int, allowed: int) -> bool:
	"""Whether so many returned cheques stop sales; an allowance of none at all is not meant."""
	return 0 < allowed <= returns


def _in_account_currency(line: Line, base: Decimal) -> Decimal:
	return (base / line.exchange_rate).quantize(base) if line.amount else base
