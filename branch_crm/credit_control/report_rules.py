"""How what reports show of single documents adds up."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Counted:
	"""How many documents, and what they come to, by column."""

	number: int
	amounts: tuple[Decimal, ...]

	def __add__(self, other: "Counted") -> "Counted":
		amounts = (one + more for one, more in zip(self.amounts, other.amounts, strict=True))
		return Counted(self.number + other.number, tuple(amounts))
