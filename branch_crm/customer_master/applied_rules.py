"""Whether a Pricing Rule that a row of a draft names still is for it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AppliedRule:
	"""What a rule asks of a document. Quantities are in stock units; what is None is not asked for.

	Attributes:
	        condition: asked of the document elsewhere.
	"""

	is_current: bool = True
	condition: str | None = None
	customer: str | None = None
	min_qty: float | None = None
	max_qty: float | None = None
	valid_from: date | None = None
	valid_upto: date | None = None


def fits(rule: AppliedRule, customer: str | None, quantity: float | None, day: date) -> bool:
	"""Whether the rule is for a row of this quantity (None where that is not known yet), of a document of this customer
	and day."""
	return (
		rule.is_current
		and rule.customer in (None, customer)
		and (quantity is None or (rule.min_qty or 0) <= quantity <= (rule.max_qty or quantity))
		and (rule.valid_from or day) <= day <= (rule.valid_upto or day)
	)
