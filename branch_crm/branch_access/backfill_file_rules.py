"""What is wrong with the lines of a CSV file that says which document goes to which branch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from branch_crm.branch_access.backfill_rules import Facts, Key
from branch_crm.branch_access.rules import BranchTree

COLUMNS = ("doctype", "name", "branch")


@dataclass(frozen=True)
class FileLine:
	"""One line; `number` as a spreadsheet counts, the titles being line 1."""

	number: int
	doctype: str = ""
	name: str = ""
	branch: str = ""

	@property
	def key(self) -> Key:
		return self.doctype, self.name


class LineFault(Enum):
	INCOMPLETE = "incomplete"
	TWICE = "twice"
	NOT_COVERED = "not covered"
	NO_DOCUMENT = "no document"
	OTHER_RUN = "other run"
	HAS_BRANCH = "has branch"
	NO_BRANCH = "no branch"
	CLOSED = "closed"
	OTHER_COMPANY = "other company"


def lines_in(rows: Iterable[list]) -> list[FileLine] | None:
	"""The lines below the titles, which may stand in any order; None where a title is missing."""
	titles, *lines = [*rows] or [[]]
	names = [str(title or "").strip().lower().lstrip("\ufeff") for title in titles]
	if not set(COLUMNS) <= set(names):
		return None
	places = {column: names.index(column) for column in COLUMNS}
	return [
		FileLine(number, **{column: _cell(line, place) for column, place in places.items()})
		for number, line in enumerate(lines, 2)
		if any(line)
	]


def branch_by_document(lines: Iterable[FileLine]) -> dict[Key, str]:
	"""What the file says; of two lines on one document the first counts."""
	said: dict[Key, str] = {}
	for line in lines:
		if line.doctype and line.name and line.branch:
			said.setdefault(line.key, line.branch)
	return said


def faults_in(
	lines: Iterable[FileLine], doctypes: Iterable[str], facts: Mapping[Key, Facts], tree: BranchTree
) -> list[tuple[FileLine, LineFault]]:
	"""The lines that will not be followed, each with the first thing that is wrong with it.

	Arguments:
	        doctypes: those that the run covers.
	        facts: of the documents in the file that exist.
	"""
	covered, seen = frozenset(doctypes), set()
	found = []
	for line in lines:
		fault = _fault_of(line, covered, facts.get(line.key), tree)
		if not fault and line.key in seen:
			fault = LineFault.TWICE
		seen.add(line.key)
		found += [(line, fault)] if fault else []
	return found


def _fault_of(
	line: FileLine, covered: frozenset[str], facts: Facts | None, tree: BranchTree
) -> LineFault | None:
	if not (line.doctype and line.name and line.branch):
		return LineFault.INCOMPLETE
	if line.doctype not in covered:
		return LineFault.NOT_COVERED
	if facts is None:
		return LineFault.NO_DOCUMENT
	if not facts.is_wanted:
		return LineFault.OTHER_RUN
	if not facts.is_empty:
		return LineFault.HAS_BRANCH
	if line.branch not in tree:
		return LineFault.NO_BRANCH
	if not tree.is_enabled(line.branch):
		return LineFault.CLOSED
	return None if tree.belongs_to(line.branch, facts.company) else LineFault.OTHER_COMPANY


def _cell(line: list, place: int) -> str:
	return str(line[place] or "").strip() if place < len(line) else ""
