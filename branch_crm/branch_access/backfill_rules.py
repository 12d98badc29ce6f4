"""Which branch a document gets that has none, by which rule; decided on plain facts, so that the dry run and the
run answer alike."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from branch_crm.branch_access.default_rules import Catchment, proposed_branch
from branch_crm.branch_access.rules import BranchTree

Key = tuple[str, str]


class Rule(Enum):
	COST_CENTER = "Cost Center"
	WAREHOUSE = "Warehouse"
	TERRITORY = "Territory"
	OWNER = "Owner's Branch"
	PARTY = "Party's Only Branch"
	SOURCE = "Voucher or Source Document"
	CSV = "CSV"


@dataclass(frozen=True)
class Line:
	"""What a row of a journal entry and the ledger rows that came of it have in common."""

	account: str
	party: str | None = None
	reference: str | None = None
	cost_center: str | None = None


@dataclass(frozen=True)
class Facts:
	"""What is known of a document, or of a row of a journal entry.

	`branches` are those that it has. `cost_centers`, `warehouses` and `parties` go from the nearest on;
	`sources` are what each of its links leads to, the strongest link first. `rows` are a journal entry's, by
	name. A ledger row has the `voucher` that it always follows; `line` says which row of it. `is_wanted` is
	False for what the run does not cover: it is read and never given anything.
	"""

	company: str | None = None
	branches: frozenset[str] = frozenset()
	cost_centers: tuple[str, ...] = ()
	warehouses: tuple[str, ...] = ()
	territory: str | None = None
	pin_code: str | None = None
	owner_branch: str | None = None
	parties: tuple[Key, ...] = ()
	sources: tuple[tuple[Key, ...], ...] = ()
	voucher: Key | None = None
	line: Line | None = None
	rows: Mapping[str, "Facts"] = field(default_factory=dict)
	is_wanted: bool = True

	@property
	def is_empty(self) -> bool:
		"""Whether there is something to give a branch to."""
		if self.rows:
			return not all(row.branches for row in self.rows.values())
		return not self.branches

	@property
	def leads_to(self) -> frozenset[Key]:
		"""The documents that have to be known before this one can be decided."""
		if not self.is_empty:
			return frozenset()
		found = {*self.parties, *(key for keys in self.sources for key in keys)}
		found |= {self.voucher} if self.voucher else set()
		return frozenset(found.union(*(row.leads_to for row in self.rows.values())))


@dataclass(frozen=True)
class Given:
	branch: str
	rule: Rule


@dataclass(frozen=True)
class Holders:
	"""A tree (of cost centers, of warehouses) and the branches that stand at its nodes."""

	parents: Mapping[str, str | None]
	branches: Mapping[str, frozenset[str]]

	def nearest(self, node: str) -> str | None:
		"""The branch at the node or its nearest ancestor that has any; None where several branches share it."""
		found = (self.branches[place] for place in lineage(node, self.parents) if place in self.branches)
		return only(next(found, ()))


@dataclass(frozen=True)
class Places:
	"""Where the branches are."""

	tree: BranchTree
	cost_centers: Holders
	warehouses: Holders
	catchments: tuple[Catchment, ...] = ()
	territories: Mapping[str, str | None] = field(default_factory=dict)

	def are_open(self, branch: str | None, company: str | None) -> bool:
		return bool(branch) and self.tree.is_enabled(branch) and self.tree.belongs_to(branch, company)


def lineage(node: str | None, parents: Mapping[str, str | None]) -> list[str]:
	"""The node, then its ancestors, the nearest first."""
	found: list[str] = []
	while node and node not in found:
		found.append(node)
		node = parents.get(node)
	return found


def only(branches: Iterable[str]) -> str | None:
	"""The branch, if there is just one."""
	distinct = set(branches)
	return distinct.pop() if len(distinct) == 1 else None


class Answers:
	"""What each document gets: the answer of the first rule that finds an open branch of its company.

	Arguments:
	        rules: in the order in which they are asked.
	        facts: of the documents and of all that they lead to.
	        lines: branch by document, from the CSV file.
	        of_documents: the branches of all documents of a master; what the party rule goes by on masters.
	        known: what was decided before, of documents that are not among the facts as such.

	A document that another one comes from is decided first; in a circle the document that was asked for goes
	by its other rules.
	"""

	def __init__(
		self,
		rules: Sequence[Rule],
		places: Places,
		facts: Mapping[Key, Facts],
		lines: Mapping[Key, str] | None = None,
		of_documents: Mapping[Key, Collection[str]] | None = None,
		known: Mapping[Key, Given] | None = None,
	) -> None:
		self._rules = rules
		self._places = places
		self._facts = facts
		self._lines = lines or {}
		self._of_documents = of_documents or {}
		self._known = known or {}
		self._decided: dict[Key, dict[str, Given]] = {}
		self._asking: list[Key] = []
		self._is_circle = False

	def of(self, key: Key) -> Given | None:
		"""What a document without rows gets."""
		return self._of(key).get("")

	def of_rows(self, key: Key) -> dict[str, Given]:
		"""What the rows of a journal entry get, by name."""
		return {row: given for row, given in self._of(key).items() if row}

	def _of(self, key: Key) -> dict[str, Given]:
		facts = self._facts.get(key)
		if key in self._known:
			return {"": self._known[key]}
		if facts is None or not facts.is_wanted or not facts.is_empty:
			return {}
		if key in self._decided:
			return self._decided[key]
		if key in self._asking:
			self._is_circle = True
			return {}
		self._asking.append(key)
		answer = self._rows_of(key, facts) if facts.rows else self._single(key, facts)
		self._asking.pop()
		# what was cut short by a circle is true only from where it was asked
		if not self._asking or not self._is_circle:
			self._decided[key] = answer
		if not self._asking:
			self._is_circle = False
		return answer

	def _single(self, key: Key, facts: Facts) -> dict[str, Given]:
		if facts.voucher:
			branch = self._branch_of_ledger_row(facts)
			return {"": Given(branch, Rule.SOURCE)} if branch else {}
		given = self._by_rules(key, facts)
		return {"": given} if given else {}

	def _rows_of(self, key: Key, facts: Facts) -> dict[str, Given]:
		"""Each row by its own rules; the rest go with the others where these have one branch."""
		empty = [name for name, row in facts.rows.items() if not row.branches]
		decided = {name: self._by_rules(key, facts.rows[name]) for name in empty}
		given = {name: answer for name, answer in decided.items() if answer}
		stored = frozenset().union(*(row.branches for row in facts.rows.values()))
		branch = only(stored | {answer.branch for answer in given.values()})
		if self._places.are_open(branch, facts.company):
			rule = next((answer.rule for answer in given.values()), Rule.SOURCE)
			given |= {name: Given(branch, rule) for name in empty if name not in given}
		return given

	def _by_rules(self, key: Key, facts: Facts) -> Given | None:
		for rule in self._rules:
			branch = self._found_by(rule, key, facts)
			if branch and self._places.are_open(branch, facts.company):
				return Given(branch, rule)
		return None

	def _found_by(self, rule: Rule, key: Key, facts: Facts) -> str | None:
		if rule is Rule.COST_CENTER:
			return _first(map(self._places.cost_centers.nearest, facts.cost_centers))
		if rule is Rule.WAREHOUSE:
			return _first(map(self._places.warehouses.nearest, facts.warehouses))
		if rule is Rule.TERRITORY:
			return self._proposed(facts)
		if rule is Rule.OWNER:
			return facts.owner_branch
		if rule is Rule.PARTY:
			return only(self._of_documents.get(key) or self._first_with_branch([[p] for p in facts.parties]))
		if rule is Rule.SOURCE:
			return only(self._first_with_branch(facts.sources))
		return self._lines.get(key)

	def _proposed(self, facts: Facts) -> str | None:
		own = [
			catchment
			for catchment in self._places.catchments
			if self._places.are_open(catchment.branch, facts.company)
		]
		territories = lineage(facts.territory, self._places.territories)
		return proposed_branch(own, territories, facts.pin_code)

	def _first_with_branch(self, groups: Iterable[Iterable[Key]]) -> frozenset[str]:
		found = (frozenset().union(*map(self._branches_of, keys)) for keys in groups)
		return next((branches for branches in found if branches), frozenset())

	def _branches_of(self, key: Key) -> frozenset[str]:
		stored = self._facts[key].branches if key in self._facts else frozenset()
		return stored | {given.branch for given in self._of(key).values()}

	def _branch_of_ledger_row(self, facts: Facts) -> str | None:
		"""The branch of the voucher, closed or not; of a journal entry that of the rows it came of."""
		voucher = self._facts.get(facts.voucher)
		if voucher is None or not voucher.rows:
			return only(self._branches_of(facts.voucher))
		given = self.of_rows(facts.voucher)
		branches = {
			only(voucher.rows[name].branches or ([given[name].branch] if name in given else []))
			for name in rows_behind(facts.line, voucher.rows)
		}
		return only(branches)


def rows_behind(line: Line | None, rows: Mapping[str, Facts]) -> list[str]:
	"""The rows of a journal entry that a ledger row may have come of: those of its account and party, of its
	reference and its cost center where that narrows them down; all where none fits."""
	fitting = [name for name, row in rows.items() if line and row.line and _is_of(line, row.line)]
	for attribute in ("reference", "cost_center"):
		closer = [
			name for name in fitting if getattr(rows[name].line, attribute) == getattr(line, attribute, None)
		]
		fitting = closer or fitting
	return fitting or list(rows)


def _is_of(line: Line, row: Line) -> bool:
	return (line.account, line.party or None) == (row.account, row.party or None)


def _first(branches: Iterable[str | None]) -> str | None:
	return next((branch for branch in branches if branch), None)
