"""The team of a branch: which rows count, what is wrong with them, what a function allows, and which User
Permissions say the same to Frappe."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from branch_crm.branch_access.rules import BranchTree, Function, Membership, scope_of

# what a Viewer may do; Frappe asks without a right for what a form shows
READING = frozenset({None, "select", "read", "report", "export", "print", "email"})


@dataclass(frozen=True)
class TeamRow:
	"""One row of a branch's team; the dates are included, None is open.

	`item_group` is an expertise; `capacity` the number of open work items at most, 0 for no limit.
	"""

	user: str
	branch: str
	function: Function
	item_group: str | None = None
	capacity: int = 0
	from_date: date | None = None
	to_date: date | None = None
	include_descendants: bool = True
	is_default: bool = False

	def is_active_on(self, today: date) -> bool:
		return (self.from_date or date.min) <= today <= (self.to_date or date.max)

	def overlaps(self, other: "TeamRow") -> bool:
		return (self.from_date or date.min) <= (other.to_date or date.max) and (
			other.from_date or date.min
		) <= (self.to_date or date.max)

	def doubles(self, other: "TeamRow") -> bool:
		"""Whether both say the same of one person for some day."""
		return _place_of(self) == _place_of(other) and self.overlaps(other)

	@property
	def membership(self) -> Membership:
		return Membership(
			self.branch,
			hide_descendants=not self.include_descendants,
			is_default=self.is_default,
			function=self.function,
		)


@dataclass(frozen=True)
class Access:
	"""A membership and where it comes from: whose it is, since when, and until when (None is open)."""

	user: str
	membership: Membership
	since: date
	until: date | None = None


class TeamFault(Enum):
	ENDS_BEFORE_START = "ends before start"
	DOUBLE = "double"
	SEVERAL_DEFAULTS = "several defaults"
	NEGATIVE_CAPACITY = "negative capacity"


def team_faults_of(team: Sequence[TeamRow], elsewhere: Sequence[TeamRow] = ()) -> list[tuple[TeamFault, str]]:
	"""What is wrong with a branch's team, each with the user concerned.

	Arguments:
	        elsewhere: rows of the same people in other branches.
	"""
	faults: list[tuple[TeamFault, str]] = []
	for index, row in enumerate(team):
		before = team[:index]
		if row.from_date and row.to_date and row.to_date < row.from_date:
			faults.append((TeamFault.ENDS_BEFORE_START, row.user))
		if any(row.doubles(other) for other in before):
			faults.append((TeamFault.DOUBLE, row.user))
		if row.is_default and any(_is_second_default(row, other) for other in (*before, *elsewhere)):
			faults.append((TeamFault.SEVERAL_DEFAULTS, row.user))
		if row.capacity < 0:
			faults.append((TeamFault.NEGATIVE_CAPACITY, row.user))
	return faults


def changed_users(stored: Mapping[str, TeamRow], new: Mapping[str, TeamRow]) -> frozenset[str]:
	"""Users whose rows a change adds, removes or alters; rows are keyed by their row name."""
	changed: set[str] = set()
	for key in stored.keys() | new.keys():
		before, after = stored.get(key), new.get(key)
		if before != after:
			changed |= {row.user for row in (before, after) if row}
	return frozenset(changed)


def favours(user: str, stored: Mapping[str, TeamRow], new: Mapping[str, TeamRow]) -> bool:
	"""Whether a change adds or alters a row of `user`; taking one away favours nobody."""
	return any(row.user == user and stored.get(key) != row for key, row in new.items())


def merged_team(rows: Mapping[str, TeamRow]) -> dict[str, TeamRow]:
	"""A team after two branches became one: overlapping rows that say the same of one person join into the first.
	It spans the dates of all, reaches what any reached, and keeps the larger capacity."""
	kept: dict[str, TeamRow] = {}
	for key, row in rows.items():
		while twin := next((other for other in kept if kept[other].doubles(row)), None):
			key, row = twin, _joined(kept.pop(twin), row)
		kept[key] = row
	return kept


def functions_on(
	memberships: Iterable[Membership],
	tree: BranchTree,
	doctype: str | None,
	branches: Collection[str] | None,
) -> frozenset[Function | None]:
	"""The functions with which a user reaches any of `branches` (None: any branch at all) for documents of
	`doctype`; None among them is a membership made by hand."""
	found = set()
	for membership in memberships:
		reached = scope_of([membership], tree, doctype).branches
		if reached if branches is None else reached.intersection(branches):
			found.add(membership.function)
	return frozenset(found)


def allows(functions: Collection[Function | None], right: str | None) -> bool:
	"""Whether the strongest of the functions allows a right of Frappe's: who only views only reads."""
	return right in READING or set(functions) != {Function.VIEWER}


def mirrored(
	by_hand: Iterable[Membership], team: Iterable[Membership], tree: BranchTree
) -> frozenset[Membership]:
	"""The User Permissions that, beside those made by hand, let Frappe reach what one user's team rows reach.

	Frappe takes one User Permission per user and branch, and one default per user: what a hand-made one says
	already is left out, and where it hides the branches below, those are named one by one.
	"""
	hidden: dict[str, bool] = {}
	taken = {membership.branch: membership for membership in by_hand if not membership.doctype}
	default = next((membership.branch for membership in taken.values() if membership.is_default), None)
	waiting = [membership for membership in team if tree.is_enabled(membership.branch)]
	if not default:
		default = next((membership.branch for membership in waiting if membership.is_default), None)
	wanted = [(membership.branch, membership.hide_descendants) for membership in waiting]
	while wanted:
		branch, hide = wanted.pop()
		if branch not in taken:
			hidden[branch] = hide and hidden.get(branch, True)
		elif taken[branch].hide_descendants and not hide:
			wanted += [(child, False) for child in tree.children_of(branch)]
	return frozenset(
		Membership(branch, hide_descendants=hide, is_default=branch == default)
		for branch, hide in hidden.items()
	)


def _place_of(row: TeamRow) -> tuple[str, str, Function, str | None]:
	return (row.user, row.branch, row.function, row.item_group)


def _is_second_default(row: TeamRow, other: TeamRow) -> bool:
	return other.is_default and other.user == row.user and other.overlaps(row)


def _joined(first: TeamRow, second: TeamRow) -> TeamRow:
	starts, ends = (first.from_date, second.from_date), (first.to_date, second.to_date)
	capacities = (first.capacity, second.capacity)
	return replace(
		first,
		capacity=max(capacities) if all(capacities) else 0,
		from_date=None if None in starts else min(starts),
		to_date=None if None in ends else max(ends),
		include_descendants=first.include_descendants or second.include_descendants,
		is_default=first.is_default or second.is_default,
	)
