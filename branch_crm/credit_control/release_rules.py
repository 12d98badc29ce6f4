"""What a release lets pass, and who may give one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256

from branch_crm.credit_control.payment_rules import Share
from branch_crm.credit_control.rules import ZERO


@dataclass(frozen=True)
class Content:
	"""What a document asks for, whatever it is called: a name that a refused document gives back is taken by the next."""

	customer: str
	company: str
	branch: str
	kind: str
	amount: Decimal
	items: Sequence[tuple[str, Decimal, Decimal]]
	"""Item, quantity and rate of each row."""
	payment: Sequence[Share] = ()

	@property
	def fingerprint(self) -> str:
		"""The same for the same content, in whatever order its rows stand."""
		rows = sorted((item, _exact(quantity), _exact(rate)) for item, quantity, rate in self.items)
		payment = sorted((share.days, _exact(share.percent)) for share in self.payment)
		said = (self.customer, self.company, self.branch, self.kind, _exact(self.amount), *rows, *payment)
		return sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True)
class Release:
	"""What a second person has let pass: this content, or all of the customer's; so much of it; until a day."""

	customer: str
	company: str
	amount: Decimal
	used: Decimal = ZERO
	until: date | None = None
	fingerprint: str | None = None

	@property
	def left(self) -> Decimal:
		return max(self.amount - self.used, ZERO)


@dataclass(frozen=True)
class Authority:
	"""Up to which amount a role may release in a branch and below it; without branches, everywhere; without an amount,
	whatever it is."""

	role: str
	amount: Decimal | None = None
	branches: frozenset[str] | None = None


class Refusal(Enum):
	"""Why somebody may not release."""

	OWN = "own"
	AUTHORITY = "authority"
	BLOCKED = "blocked"


def fits(release: Release, content: Content, on: date) -> bool:
	"""Whether the release is for this content, has not run out, and is enough."""
	return (
		(release.customer, release.company) == (content.customer, content.company)
		and release.fingerprint in (None, content.fingerprint)
		and (release.until is None or on <= release.until)
		and content.amount <= release.left
	)


def refusal(
	amount: Decimal,
	branch: str,
	authorities: Collection[Authority],
	is_own: bool,
	is_blocked: bool,
) -> Refusal | None:
	"""Why who has these authorities may not release this amount in the branch; None if he may.

	Arguments:
	        is_blocked: whether it was refused in a way that nobody releases.
	        branch: "" for what holds in all of them.
	        is_own: whether he has asked for it himself.
	"""
	if is_blocked:
		return Refusal.BLOCKED
	if is_own:
		return Refusal.OWN
	suffices = any(
		(one.amount is None or amount <= one.amount) and (one.branches is None or branch in one.branches)
		for one in authorities
	)
	return None if suffices else Refusal.AUTHORITY


def _exact(amount: Decimal) -> str:
	"""The same text for 1, 1.0 and 1E0."""
	return format(amount.normalize(), "f")
