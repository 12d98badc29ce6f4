"""How much of what may be owed is owed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from branch_crm.credit_control.entry_rules import Component
from branch_crm.credit_control.rules import ZERO, total


@dataclass(frozen=True)
class Owed:
	"""What is owed, in company currency, by component; and of branches of which one is told no more."""

	components: tuple[Decimal, ...] = (ZERO,) * len(Component)
	other_branches: Decimal = ZERO

	def __add__(self, more: "Owed") -> "Owed":
		components = zip(self.components, more.components, strict=True)
		return Owed(tuple(a + b for a, b in components), self.other_branches + more.other_branches)

	@property
	def exposure(self) -> Decimal:
		return total(self.components) + self.other_branches


def told(
	by_branch: Mapping[str, Mapping[Component, Decimal]], reached: Collection[str] | None, is_hidden: bool
) -> Owed:
	"""What is owed of whom one may see, as far as one is told.

	Arguments:
	        reached: the branches that are told by component; None for all.
	        is_hidden: whether nothing is told of the others, not even what they come to.
	"""
	owed = {branch: Owed(tuple(parts[one] for one in Component)) for branch, parts in by_branch.items()}
	own = sum((one for branch, one in owed.items() if reached is None or branch in reached), Owed())
	if is_hidden:
		return own
	everything = sum(owed.values(), Owed())
	return Owed(own.components, everything.exposure - own.exposure)


def percentage(exposure: Decimal, limit: Decimal | None) -> Decimal | None:
	"""How much of the limit is used; None where there is no limit above zero."""
	return exposure / limit * 100 if limit and limit > ZERO else None


def is_over(exposure: Decimal, limit: Decimal | None, least: Decimal) -> bool:
	"""Whether more than so many per cent of the limit are used. Of a limit of zero anything is too much."""
	used = percentage(exposure, limit)
	if used is None:
		return limit is not None and exposure > ZERO
	return used > least
