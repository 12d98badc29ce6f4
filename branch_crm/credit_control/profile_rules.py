"""What a Credit Profile grants: to whom, how much, for how long, and who may grant it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from branch_crm.credit_control.release_rules import Authority
from branch_crm.credit_control.rules import ZERO, Actions, Allowance, Extra, OverdueTerms, Policy


@dataclass(frozen=True)
class Terms:
	"""What holds for a customer or a category in a company.

	Attributes:
	        source: the profile that says so; empty where it is a default, or nothing is said.
	        is_judged: whether its limits are; else they are shown.
	        branch_limits: by branch, under the limit of the customer.
	        extras: what counts for the limit besides.
	"""

	source: str = ""
	limit: Decimal = ZERO
	is_judged: bool = False
	stops_sales: bool = True
	tolerance: Decimal = ZERO
	is_blocked: bool = False
	overdue: OverdueTerms | None = None
	branch_limits: Mapping[str, Decimal] = field(default_factory=dict)
	extras: Sequence[Extra] = ()
	actions: Actions = field(default_factory=dict)

	@property
	def allowance(self) -> Allowance:
		return Allowance(self.limit, self.extras, self.tolerance)

	@property
	def policy(self) -> Policy:
		return Policy(self.stops_sales, self.actions)

	def allowance_of(self, branch: str) -> Allowance | None:
		"""That of a branch, where it has a limit of its own."""
		limit = self.branch_limits.get(branch)
		return None if limit is None else Allowance(limit, (), self.tolerance)


@dataclass(frozen=True)
class Temporary:
	"""A limit for a time: it counts once a second person has approved it."""

	amount: Decimal
	valid_from: date
	valid_to: date
	approved_by: str | None = None

	@property
	def extra(self) -> Extra | None:
		return Extra(self.amount, self.valid_from, self.valid_to) if self.approved_by else None


def may_grant(amount: Decimal, branch: str | None, authorities: Collection[Authority]) -> bool:
	"""Whether who has these authorities may grant so much, in a branch or (None) in all of them."""
	return any(
		(one.amount is None or amount <= one.amount) and (one.branches is None or branch in one.branches)
		for one in authorities
	)


def needs_second(
	before: Decimal, after: Decimal, branch: str | None, authorities: Collection[Authority]
) -> bool:
	"""Whether a change of a limit waits for a second person: it grants more than before, and more than who makes it may."""
	return after > before and not may_grant(after, branch, authorities)
