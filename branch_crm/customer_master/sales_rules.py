"""What customers come to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
	"""Numbers of customers, and amounts in company currency."""

	customers: int = 0
	new_customers: int = 0
	ordered: float = 0
	invoiced: float = 0
	receivable: float = 0

	def __add__(self, other: "Figures") -> "Figures":
		return Figures(
			self.customers + other.customers,
			self.new_customers + other.new_customers,
			self.ordered + other.ordered,
			self.invoiced + other.invoiced,
			self.receivable + other.receivable,
		)
