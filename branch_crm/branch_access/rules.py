"""Who reaches which branches, and what follows for a master that belongs to some of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum


@dataclass(frozen=True)
class Branch:
	"""One node of the tree. `parent` is None for a root."""

	name: str
	parent: str | None = None
	enabled: bool = True


class BranchTree:
	"""The branches and how they nest; built from any order of nodes."""

	def __init__(self, branches: Iterable[Branch]) -> None:
		self._branches = {branch.name: branch for branch in branches}
		self._children: dict[str | None, list[str]] = defaultdict(list)
		for branch in self._branches.values():
			parent = branch.parent if branch.parent in self._branches else None
			self._children[parent].append(branch.name)

	def __contains__(self, name: str) -> bool:
		return name in self._branches

	@property
	def names(self) -> frozenset[str]:
		return frozenset(self._branches)

	def is_enabled(self, name: str) -> bool:
		return name in self and self._branches[name].enabled

	def children_of(self, name: str | None) -> list[str]:
		"""Direct children, sorted by name; of None the roots."""
		return sorted(self._children.get(name, []))

	def with_descendants(self, name: str) -> frozenset[str]:
		"""The branch and everything below it; empty if the branch does not exist."""
		found: set[str] = set()
		waiting = [name] if name in self else []
		while waiting:
			current = waiting.pop()
			if current not in found:
				found.add(current)
				waiting.extend(self._children.get(current, []))
		return frozenset(found)

	def topmost(self, names: Iterable[str]) -> list[str]:
		"""Those of `names` that have no ancestor among `names`, sorted: where a person's tree begins."""
		within = set(names)
		return sorted(name for name in within if name in self and within.isdisjoint(self._ancestors_of(name)))

	def in_order(self, names: Iterable[str]) -> list[tuple[str, int]]:
		"""`names` as a tree is printed: each with its depth below the topmost of them, siblings sorted."""
		within = set(names)
		result: list[tuple[str, int]] = []
		waiting = [(name, 0) for name in reversed(self.topmost(within))]
		while waiting:
			name, depth = waiting.pop()
			if name in within:
				result.append((name, depth))
			waiting += [(child, depth + (name in within)) for child in reversed(self.children_of(name))]
		return result

	def would_loop(self, name: str, parent: str | None) -> bool:
		"""True if putting `name` below `parent` would make it its own ancestor."""
		return parent is not None and parent in self.with_descendants(name) | {name}

	def _ancestors_of(self, name: str) -> list[str]:
		ancestors: list[str] = []
		parent = self._branches[name].parent
		while parent in self._branches and parent not in ancestors:
			ancestors.append(parent)
			parent = self._branches[parent].parent
		return ancestors


@dataclass(frozen=True)
class Membership:
	"""One User Permission on Branch. With `doctype` it counts for that DocType only."""

	branch: str
	doctype: str | None = None
	hide_descendants: bool = False
	is_default: bool = False


@dataclass(frozen=True)
class Scope:
	"""The branches that a user reaches; `all` for who is not limited by branch."""

	all: bool = False
	branches: frozenset[str] = field(default_factory=frozenset)

	def reaches(self, branch: str) -> bool:
		return self.all or branch in self.branches


def scope_of(memberships: Iterable[Membership], tree: BranchTree, doctype: str | None = None) -> Scope:
	"""The scope of a restricted user for documents of `doctype` (None: memberships limited to a DocType
	do not count).

	A membership of a closed branch grants nothing. One of an open branch reaches everything below it,
	closed branches included, so that their history stays with the region.
	"""
	reached: set[str] = set()
	for membership in memberships:
		if membership.doctype not in (None, doctype) or not tree.is_enabled(membership.branch):
			continue
		if membership.hide_descendants:
			reached.add(membership.branch)
		else:
			reached |= tree.with_descendants(membership.branch)
	return Scope(branches=frozenset(reached))


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


def may_see(scope: Scope, assignments: Sequence[Assignment], unassigned: Unassigned, today: date) -> bool:
	"""Whether a user of `scope` sees a master with these rows. Who reaches no branch sees nothing."""
	if scope.all:
		return True
	if not scope.branches:
		return False
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
	"""The branch of what a user creates: his default, his only one, or the proposed one if he reaches it."""
	for membership in memberships:
		if membership.is_default and scope.reaches(membership.branch):
			return membership.branch
	own = {membership.branch for membership in memberships if scope.reaches(membership.branch)}
	if len(own) == 1:
		return own.pop()
	return proposed if proposed and scope.reaches(proposed) else None
