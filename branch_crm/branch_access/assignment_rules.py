"""What belongs to which branches: the rows of a master's branch table, and who sees it by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from branch_crm.branch_access.rules import Scope


class Unassigned(Enum):
	"""Who sees a document that belongs to no branch."""

	HEAD_OFFICE = "Head Office"
	EVERYBODY = "Everybody"


@dataclass(frozen=True)
class Assignment:
	"""One row of a master's branch table; the dates are included, None is open."""

	branch: str
	is_primary: bool = False
	sales_owner: str | None = None
	support_owner: str | None = None
	from_date: date | None = None
	to_date: date | None = None

	def is_active_on(self, today: date) -> bool:
		return (self.from_date is None or self.from_date <= today) and (
			self.to_date is None or today <= self.to_date
		)

	def overlaps(self, other: "Assignment") -> bool:
		return (self.from_date or date.min) <= (other.to_date or date.max) and (
			other.from_date or date.min
		) <= (self.to_date or date.max)


def may_see(
	scope: Scope,
	assignments: Sequence[Assignment],
	unassigned: Unassigned,
	today: date,
	is_always_visible: bool = False,
) -> bool:
	"""Whether a user of `scope` sees a master with these rows. Who reaches no branch sees nothing."""
	if scope.all:
		return True
	if not scope.branches:
		return False
	if is_always_visible:
		return True
	if not assignments:
		return unassigned is Unassigned.EVERYBODY
	return any(row.branch in scope.branches and row.is_active_on(today) for row in assignments)


class AssignmentFault(Enum):
	NO_PRIMARY = "no primary"
	SEVERAL_PRIMARY = "several primary"
	PRIMARY_ENDS = "primary ends"
	PRIMARY_NOT_BEGUN = "primary not begun"
	ENDS_BEFORE_START = "ends before start"
	OVERLAP = "overlap"


def with_primary(assignments: Sequence[Assignment]) -> list[Assignment]:
	"""The rows, a single one made primary: nobody has to tick the only choice."""
	if len(assignments) == 1:
		return [replace(assignments[0], is_primary=True)]
	return list(assignments)


def faults_of(assignments: Sequence[Assignment], today: date) -> list[tuple[AssignmentFault, str]]:
	"""What is wrong with a master's rows, each with the branch concerned ("" where it is all of them)."""
	faults: list[tuple[AssignmentFault, str]] = []
	primaries = [row for row in assignments if row.is_primary]
	if assignments and not primaries:
		faults.append((AssignmentFault.NO_PRIMARY, ""))
	if len(primaries) > 1:
		faults.append((AssignmentFault.SEVERAL_PRIMARY, ""))
	for row in primaries:
		if row.to_date:
			faults.append((AssignmentFault.PRIMARY_ENDS, row.branch))
		if row.from_date and row.from_date > today:
			faults.append((AssignmentFault.PRIMARY_NOT_BEGUN, row.branch))
	for index, row in enumerate(assignments):
		if row.from_date and row.to_date and row.to_date < row.from_date:
			faults.append((AssignmentFault.ENDS_BEFORE_START, row.branch))
		if any(other.branch == row.branch and other.overlaps(row) for other in assignments[:index]):
			faults.append((AssignmentFault.OVERLAP, row.branch))
	return faults


def touched_branches(stored: dict[str, Assignment], new: dict[str, Assignment]) -> frozenset[str]:
	"""Branches whose rows a change adds, removes or alters; rows are keyed by their row name."""
	touched: set[str] = set()
	for key in stored.keys() | new.keys():
		before, after = stored.get(key), new.get(key)
		if before != after:
			touched |= {row.branch for row in (before, after) if row}
	return frozenset(touched)


def missing_owners(
	stored: dict[str, Assignment], new: dict[str, Assignment], required: Sequence[str], today: date
) -> list[tuple[str, str]]:
	"""Branch and kind of owner ("sales_owner", "support_owner") that a change should name and does not. Rows that
	it leaves as they were, and rows that have ended, are not asked."""
	return [
		(row.branch, owner)
		for key, row in new.items()
		if stored.get(key) != row and (row.to_date is None or row.to_date >= today)
		for owner in required
		if not getattr(row, owner)
	]


def merged(assignments: Sequence[Assignment]) -> list[Assignment]:
	"""Rows of one master after two branches became one: overlapping rows of a branch join into the first,
	which becomes primary if any was, keeps or takes the owners and spans the dates of all."""
	result: list[Assignment] = []
	for row in sorted(assignments, key=lambda row: not row.is_primary):
		joined, place = row, len(result)
		while twin := next((kept for kept in result if _is_double(kept, joined)), None):
			place = min(place, result.index(twin))
			result.remove(twin)
			joined = _joined(twin, joined)
		result.insert(place, joined)
	return result


def merged_by_row(rows: Mapping[str, Assignment]) -> dict[str, Assignment]:
	"""The same, of rows keyed by their row name: what is joined stays in the row that is primary, or first."""
	free = dict(rows)
	result: dict[str, Assignment] = {}
	for assignment in merged(list(rows.values())):
		row = next(
			key
			for key, before in sorted(free.items(), key=lambda item: not item[1].is_primary)
			if before.branch == assignment.branch and before.overlaps(assignment)
		)
		result[row] = assignment
		del free[row]
	return result


def _is_double(first: Assignment, second: Assignment) -> bool:
	return first.branch == second.branch and first.overlaps(second)


def _joined(first: Assignment, second: Assignment) -> Assignment:
	starts, ends = (first.from_date, second.from_date), (first.to_date, second.to_date)
	return replace(
		first,
		is_primary=first.is_primary or second.is_primary,
		sales_owner=first.sales_owner or second.sales_owner,
		support_owner=first.support_owner or second.support_owner,
		from_date=None if None in starts else min(starts),
		to_date=None if None in ends else max(ends),
	)
