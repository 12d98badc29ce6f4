"""May a customer buy more? The one judge of credit.

Amounts are `Decimal` in company currency, exact to its precision. A limit of zero is a limit: nothing may be owed. Who has
no limit is not judged by one (`is_judged`), but is by what is overdue and by a block of sales.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum

from branch_crm.credit_control.payment_rules import Payment

ZERO = Decimal(0)


class Kind(Enum):
	"""What is asked for."""

	QUOTATION = "Quotation"
	SALES_ORDER = "Sales Order"
	DELIVERY_NOTE = "Delivery Note"
	SALES_INVOICE = "Sales Invoice"
	POS = "POS Invoice"
	UPDATE_OF_ITEMS = "Update of Items"
	JOURNAL_DEBIT = "Journal Debit"


class Rule(Enum):
	"""What may stand against it."""

	SALES_BLOCKED = "Sales Blocked"
	CUSTOMER_LIMIT = "Customer Limit"
	BRANCH_LIMIT = "Branch Limit"
	CATEGORY_LIMIT = "Category Limit"
	OVERDUE = "Overdue"
	PAYMENT_TERMS = "Payment Terms"


class Action(IntEnum):
	"""What happens then, the stronger the higher."""

	OFF = 0
	WARN = 1
	"""It passes, with a message."""
	HOLD = 2
	"""It is refused, and a second person may release it."""
	BLOCK = 3
	"""It is refused, and nobody releases it."""


_CHANGING_ORDERS = frozenset({Kind.SALES_ORDER, Kind.UPDATE_OF_ITEMS})
_ORDERING = _CHANGING_ORDERS | {Kind.QUOTATION}
LIMITS = frozenset({Rule.CUSTOMER_LIMIT, Rule.BRANCH_LIMIT, Rule.CATEGORY_LIMIT})
Actions = Mapping[tuple[Kind, Rule], Action]


@dataclass(frozen=True)
class Extra:
	"""What counts for a limit for a time: a temporary limit, a guarantee. Without an end it stays."""

	amount: Decimal
	valid_from: date
	valid_to: date | None = None

	def counts_on(self, day: date) -> bool:
		return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Allowance:
	"""How much may be owed.

	Attributes:
	        tolerance: by how many per cent the limit may be crossed before anything happens.
	"""

	limit: Decimal
	extras: Sequence[Extra] = ()
	tolerance: Decimal = ZERO

	def granted(self, on: date) -> Decimal:
		"""The limit with what counts for it on a day: what people are told."""
		return self.limit + total(extra.amount for extra in self.extras if extra.counts_on(on))

	def bound(self, on: date) -> Decimal:
		"""Up to where nothing happens."""
		return self.granted(on) * (1 + self.tolerance / 100)


@dataclass(frozen=True)
class Level:
	"""A limit and what is owed under it already: of the customer, of a branch of it, or of a category above it.

	Attributes:
	        name: of the customer, branch or category.
	        exposure: without what is asked for now.
	        adds: by how much what is asked for would let it grow, where that is otherwise than the whole: a delivery takes from
	                the branch of its order what it adds to its own.
	"""

	rule: Rule
	name: str
	allowance: Allowance
	exposure: Decimal
	is_judged: bool = True
	adds: Decimal | None = None

	def available(self, on: date) -> Decimal:
		"""What is left of it; below zero what is owed beyond it."""
		return self.allowance.granted(on) - self.exposure


@dataclass(frozen=True)
class Owed:
	"""What is owed under a limit, and how much of it is only ordered."""

	amount: Decimal = ZERO
	orders: Decimal = ZERO

	def counted(self, with_orders: bool) -> Decimal:
		return self.amount if with_orders else self.amount - self.orders


@dataclass(frozen=True)
class Debt:
	"""Something owed, and the day by which it was to be paid."""

	due: date
	amount: Decimal


@dataclass(frozen=True)
class OverdueTerms:
	"""What may be overdue: so much, longer than so many days. Where there are none, anything may."""

	grace_days: int = 0
	amount: Decimal = ZERO


@dataclass(frozen=True)
class Overdue:
	"""What is overdue beyond the days of grace, and the days of the oldest debt since its due date."""

	amount: Decimal = ZERO
	oldest_days: int = 0


@dataclass(frozen=True)
class Standing:
	"""How a customer stands before something is asked for, and by when it would be paid."""

	levels: Sequence[Level] = ()
	is_blocked: bool = False
	overdue: Overdue = field(default_factory=Overdue)
	overdue_terms: OverdueTerms | None = None
	payment: Payment = field(default_factory=Payment)


@dataclass(frozen=True)
class Policy:
	"""What is done about it.

	Attributes:
	        stops_sales: whether limits stop a sale; else they are told.
	        actions: where they differ from the usual ones.
	"""

	stops_sales: bool = True
	actions: Actions = field(default_factory=dict)

	def action(self, kind: Kind, rule: Rule) -> Action:
		if rule is Rule.SALES_BLOCKED:
			return Action.BLOCK
		usual = Action.WARN if kind is Kind.QUOTATION else Action.HOLD
		if kind is Kind.UPDATE_OF_ITEMS:
			usual = self.action(Kind.SALES_ORDER, rule)
		action = self.actions.get((kind, rule), usual)
		return min(action, Action.WARN) if rule in LIMITS and not self.stops_sales else action

	def counts_orders(self, kind: Kind, rule: Rule) -> bool:
		"""Whether what is only ordered takes something of a limit: not where nobody is held to it when he orders. Then it is
		judged when it is delivered or billed."""
		at_order = {Kind.SALES_ORDER} if kind in _ORDERING else _CHANGING_ORDERS
		return all(self.action(one, rule) is not Action.OFF for one in at_order)


@dataclass(frozen=True)
class Asked:
	"""What is asked for.

	Attributes:
	        adds: by how much what is owed would grow, each amount counted once: the delivery of what was ordered adds nothing.
	        is_let_through: whether it is never stopped: money that comes in, a return, the invoice for what is delivered.
	"""

	kind: Kind
	adds: Decimal
	is_let_through: bool = False


@dataclass(frozen=True)
class Finding:
	"""A rule that stands against it, with its numbers.

	Attributes:
	        limit: what may be owed, or overdue; of payment terms the days of the last agreed payment.
	        stands_at: what is owed, or overdue, already; the days that are asked for.
	        over: by how much the limit would be crossed.
	"""

	rule: Rule
	action: Action
	name: str = ""
	limit: Decimal = ZERO
	stands_at: Decimal = ZERO
	over: Decimal = ZERO


@dataclass(frozen=True)
class Judgement:
	findings: tuple[Finding, ...] = ()

	@property
	def verdict(self) -> Action:
		"""The strongest action; `Action.OFF` where nothing stands against it."""
		return max((finding.action for finding in self.findings), default=Action.OFF)

	@property
	def is_refused(self) -> bool:
		return self.verdict >= Action.HOLD


def judge(asked: Asked, standing: Standing, policy: Policy, on: date) -> Judgement:
	"""What stands against it on a day, the strongest first.

	What adds nothing to what is owed crosses no limit, also where it was crossed before.
	"""
	if asked.is_let_through:
		return Judgement()
	found = [*_blocked(standing), *_crossed(asked, standing, on), *_overdue(standing), *_later(standing)]
	findings = (
		Finding(rule, policy.action(asked.kind, rule), name, limit, stands_at, over)
		for rule, name, limit, stands_at, over in found
	)
	acting = [finding for finding in findings if finding.action is not Action.OFF]
	return Judgement(tuple(sorted(acting, key=lambda finding: -finding.action)))


def overdue(debts: Iterable[Debt], on: date, grace_days: int = 0) -> Overdue:
	"""What is overdue for longer than the days of grace. A debt is overdue on the day after its due date."""
	late = [debt for debt in debts if debt.amount > ZERO and (on - debt.due).days > grace_days]
	oldest = max(((on - debt.due).days for debt in late), default=0)
	return Overdue(total(debt.amount for debt in late), oldest)


def total(amounts: Iterable[Decimal]) -> Decimal:
	return sum(amounts, ZERO)


_Found = tuple[Rule, str, Decimal, Decimal, Decimal]


def _blocked(standing: Standing) -> Iterable[_Found]:
	if standing.is_blocked:
		yield Rule.SALES_BLOCKED, "", ZERO, ZERO, ZERO


def _crossed(asked: Asked, standing: Standing, on: date) -> Iterable[_Found]:
	for level in standing.levels:
		adds = asked.adds if level.adds is None else level.adds
		owed = level.exposure + adds
		if level.is_judged and adds > ZERO and owed > level.allowance.bound(on):
			granted = level.allowance.granted(on)
			yield level.rule, level.name, granted, level.exposure, owed - granted


def _overdue(standing: Standing) -> Iterable[_Found]:
	terms, late = standing.overdue_terms, standing.overdue
	if terms and late.amount > terms.amount:
		yield Rule.OVERDUE, "", terms.amount, late.amount, late.amount - terms.amount


def _later(standing: Standing) -> Iterable[_Found]:
	payment = standing.payment
	if payment.is_beyond:
		agreed, asked = (
			Decimal(max(share.days for share in shares)) for shares in (payment.agreed, payment.asked)
		)
		yield Rule.PAYMENT_TERMS, "", agreed, asked, max(asked - agreed, ZERO)
