"""By when a document is to be paid, beside what is agreed with the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# thirds come to 99.99 %
_ROUNDING = Decimal("0.1")


@dataclass(frozen=True)
class Share:
	"""So many per cent, to be paid within so many days of the document."""

	days: int
	percent: Decimal


@dataclass(frozen=True)
class Payment:
	"""As agreed with the customer, and as a document asks for."""

	agreed: Sequence[Share] = ()
	asked: Sequence[Share] = ()

	@property
	def is_beyond(self) -> bool:
		"""Whether at any moment less is to be paid than is agreed; where nothing is agreed, any terms are."""
		return any(
			_due_within(self.asked, share.days) < _due_within(self.agreed, share.days) - _ROUNDING
			for share in self.agreed
		)


def _due_within(shares: Sequence[Share], days: int) -> Decimal:
	return sum((share.percent for share in shares if share.days <= days), Decimal(0))
