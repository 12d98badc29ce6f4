"""The tree of branches, and who reaches which of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True)
class Branch:
	"""One node of the tree. `parent` is None for a root, `company` for a branch of all companies."""

	name: str
	parent: str | None = None
	enabled: bool = True
	company: str | None = None


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

	def belongs_to(self, name: str, company: str | None) -> bool:
		"""Whether documents of `company` may carry the branch; without a company any may."""
		return name in self and (not company or self._branches[name].company in (None, company))

	def open_to(self, company: str | None) -> frozenset[str]:
		"""The branches that take new documents of `company`."""
		return frozenset(
			name for name in self._branches if self.is_enabled(name) and self.belongs_to(name, company)
		)

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

	def below(self, name: str) -> frozenset[str]:
		"""Everything below the branch."""
		return self.with_descendants(name) - {name}

	def topmost(self, names: Iterable[str]) -> list[str]:
		"""Those of `names` that have no ancestor among `names`, sorted: where a person's tree begins."""
		within = set(names)
		return sorted(name for name in within if name in self and within.isdisjoint(self.ancestors_of(name)))

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

	def ancestors_of(self, name: str) -> list[str]:
		"""The branches above, the nearest first; none if the branch does not exist."""
		ancestors: list[str] = []
		parent = self._branches[name].parent if name in self else None
		while parent in self._branches and parent not in ancestors:
			ancestors.append(parent)
			parent = self._branches[parent].parent
		return ancestors


class Function(Enum):
	"""What a person of a branch's team is there for. It says where; a role says what."""

	MANAGER = "Manager"
	SALES = "Sales"
	SUPPORT = "Support"
	CREDIT = "Credit"
	ACCOUNTS = "Accounts"
	VIEWER = "Viewer"


@dataclass(frozen=True)
class Membership:
	"""A row of a branch's team, or a User Permission on Branch that was made by hand: that one has no function
	and leaves everything to roles. With `doctype` it counts for that DocType only."""

	branch: str
	doctype: str | None = None
	hide_descendants: bool = False
	is_default: bool = False
	function: Function | None = None

	@property
	def works(self) -> bool:
		"""Whether it is there for more than reading."""
		return self.function is not Function.VIEWER

	@property
	def manages(self) -> bool:
		"""Whether it keeps the branch's team and place in the tree."""
		return self.function in (None, Function.MANAGER)


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
