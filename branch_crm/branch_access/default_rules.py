"""Where something new goes: the branch that a customer's place or its creator proposes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from branch_crm.branch_access.rules import Membership, Scope


@dataclass(frozen=True)
class Catchment:
	"""Where a branch finds its customers: territories by name, pin codes as ranges of equal length text."""

	branch: str
	territories: frozenset[str] = field(default_factory=frozenset)
	pin_codes: tuple[tuple[str, str], ...] = ()

	def has_pin_code(self, pin_code: str) -> bool:
		return any(
			len(first) == len(pin_code) == len(last) and first <= pin_code <= last
			for first, last in self.pin_codes
		)


def proposed_branch(
	catchments: Iterable[Catchment], territories: Sequence[str], pin_code: str | None = None
) -> str | None:
	"""The branch whose catchment fits best: the pin code decides; else the nearest territory.

	Arguments:
	        territories: the customer's territory, then its ancestors up to the root.

	Returns None where no branch, or more than one branch equally well, fits.
	"""
	catchments = list(catchments)
	wanted = (pin_code or "").replace(" ", "")
	fitting = [c.branch for c in catchments if wanted and c.has_pin_code(wanted)]
	for territory in territories:
		if fitting:
			break
		fitting = [c.branch for c in catchments if territory in c.territories]
	return fitting[0] if len(fitting) == 1 else None


def default_branch(scope: Scope, memberships: Sequence[Membership], proposed: str | None) -> str | None:
	"""The branch of what a user creates: his default, the proposed one if he reaches it, or his only one."""
	for membership in memberships:
		if membership.is_default and scope.reaches(membership.branch):
			return membership.branch
	if proposed and scope.reaches(proposed):
		return proposed
	own = {membership.branch for membership in memberships if scope.reaches(membership.branch)}
	return own.pop() if len(own) == 1 else None
