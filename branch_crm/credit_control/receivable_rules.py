"""How old what customers owe is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from branch_crm.credit_control.rules import ZERO, total

USUAL_LIMITS = (30, 60, 90, 120)


@dataclass(frozen=True)
class Aged:
	"""What is owed, in company currency, by age: an amount for what is not due, for each range, and beyond the last one."""

	amounts: tuple[Decimal, ...]

	def __add__(self, other: "Aged") -> "Aged":
		return Aged(tuple(one + more for one, more in zip(self.amounts, other.amounts, strict=True)))

	@property
	def outstanding(self) -> Decimal:
		return total(self.amounts)


@dataclass(frozen=True)
class Entry:
	"""What a voucher has posted to a customer, against itself or another document; what is owed is above zero.

	Attributes:
	        is_own: it is posted against the voucher itself.
	        is_shown: its branch is asked for and its user may read it.
	"""

	voucher_type: str
	voucher_no: str
	against_type: str
	against_no: str
	customer: str
	branch: str
	posting_date: date
	due_date: date | None
	amount: Decimal
	is_shown: bool = True

	@property
	def is_own(self) -> bool:
		return (self.voucher_type, self.voucher_no) == (self.against_type, self.against_no)


@dataclass(frozen=True)
class Open:
	"""A document that is open, or money that pays none of them."""

	voucher_type: str
	voucher_no: str
	customer: str
	branch: str
	posting_date: date
	due_date: date | None
	outstanding: Decimal

	def age(self, on: date, by_due_date: bool) -> int:
		"""Days since it was to be paid, or since it was posted."""
		begin = self.due_date if by_due_date and self.due_date else self.posting_date
		return (on - begin).days


def limits_in(text: str) -> tuple[int, ...]:
	"""The days at which one range ends and the next begins, as they are typed: numbers with commas between them.

	Raises:
	        ValueError: it is anything else, or they do not grow.
	"""
	limits = tuple(int(part) for part in text.split(",")) if text.strip() else USUAL_LIMITS
	if limits[0] < 0 or list(limits) != sorted(set(limits)):
		raise ValueError(text)
	return limits


def place(age: int, limits: Sequence[int]) -> int:
	"""That of an amount among those of `Aged`."""
	if age < 0:
		return 0
	return 1 + next((index for index, limit in enumerate(limits) if age <= limit), len(limits))


def aged(amount: Decimal, age: int, limits: Sequence[int]) -> Aged:
	amounts = [ZERO] * (len(limits) + 2)
	amounts[place(age, limits)] = amount
	return Aged(tuple(amounts))


def nothing(limits: Sequence[int]) -> Aged:
	return Aged((ZERO,) * (len(limits) + 2))


def open_documents(entries: Iterable[Entry]) -> list[Open]:
	"""What is open of what these entries say, as far as it is shown, by document, customer and branch.

	What pays a document counts for its branch and has its age; where that has several branches, for the payment's own.
	Money that pays nothing that is posted already (an order, or what comes later) stands for itself.
	"""
	by_document = defaultdict(list)
	for entry in entries:
		by_document[entry.against_type, entry.against_no].append(entry)
	return still_open(one for group in by_document.values() for one in _of_document(group))


def still_open(documents: Iterable[Open]) -> list[Open]:
	"""Those of which something is left, each once for a customer and branch."""
	found: dict[tuple[str, str, str, str], Open] = {}
	for one in documents:
		key = (one.voucher_type, one.voucher_no, one.customer, one.branch)
		before = found[key].outstanding if key in found else ZERO
		found[key] = replace(one, outstanding=before + one.outstanding)
	return [one for one in found.values() if one.outstanding]


def _of_document(entries: Sequence[Entry]) -> Iterator[Open]:
	own = [entry for entry in entries if entry.is_own]
	by_customer = defaultdict(list)
	for entry in own:
		by_customer[entry.customer].append(entry)
	for entry in entries:
		# of a journal, what it says of this customer
		settled = by_customer.get(entry.customer, own)
		is_of_one_branch = len({one.branch for one in settled}) == 1
		if entry.is_own or not own:
			document, is_shown = entry, entry.is_shown
		elif is_of_one_branch:
			document, is_shown = settled[0], any(one.is_shown for one in settled)
		else:
			document, is_shown = replace(settled[0], branch=entry.branch), entry.is_shown
		if is_shown:
			yield Open(
				document.voucher_type,
				document.voucher_no,
				entry.customer,
				document.branch,
				document.posting_date,
				document.due_date,
				entry.amount,
			)
