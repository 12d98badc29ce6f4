"""The suite: every path, as people of every kind."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from branch_crm.branch_access import guard_methods
from branch_crm.branch_access.guard_methods import Policy
from tests.site.leak import judge, variations
from tests.site.leak.client import Answer, Request
from tests.site.leak.judge import Judge, Leak
from tests.site.leak.paths import Path

_CLOSED = ("is closed to you", "ClosedMethodError")
# refusals of what everybody who is limited, or has no such role, is refused
_MEANT = (
	"is not a valid parent DocType",
	"does not have doctype access via role permission",
	"Change the links in the contact or address that they belong to.",
	"Choose the branch that this",
	"Only head office asks what others reach.",
	"Reports are not prepared for you in the background",
	"acts on the documents of all branches. Ask head office for it.",
	"Documents of all branches would be moved. Ask head office to merge.",
)
_FUNCTION = re.compile(r"\w+(\.\w+)+")
_HIDDEN = (
	"DoesNotExistError",
	"ClosedMethodError",
	"OutOfScopeError",
	"ClosedReportError",
	"LinkValidationError",
)
# whose documents are shown to whom they are addressed to, or to head office, by their own rules
_OF_OTHERS = ("Document.rename", "Workflow Action", "Branch Withdrawal", "make_purchase_invoice_from_portal")


@dataclass
class Outcome:
	tried: int = 0
	proven: set[str] = field(default_factory=set)
	closed: set[str] = field(default_factory=set)
	administrators: set[str] = field(default_factory=set)
	listed: set[str] = field(default_factory=set)
	"""Open, with a reason why no test calls it."""
	unproven: dict[str, str] = field(default_factory=dict)
	leaks: list[Leak] = field(default_factory=list)
	denials: list[str] = field(default_factory=list)

	def prove(self, name: str) -> None:
		self.proven.add(name)
		self.unproven.pop(name, None)

	def unproven_functions(self) -> list[str]:
		"""Those that are neither called by a control, nor closed, nor listed as open with a reason."""
		return [name for name in self.unproven if _FUNCTION.fullmatch(name)]

	def __str__(self) -> str:
		return (
			f"paths tried {self.tried} / proven by a control {len(self.proven)} / leaking {len(self.leaks)} / "
			f"false denials {len(self.denials)} (closed {len(self.closed)}, for administrators "
			f"{len(self.administrators)}, open with a reason {len(self.listed)}, unproven {len(self.unproven)})"
		)


def run(paths: Iterable[Path], judging: Judge, persons: Iterable[str]) -> Iterator[Outcome]:
	"""The outcome so far, after each path."""
	outcome = Outcome()
	for path in paths:
		outcome.tried += 1
		_try(path, judging, tuple(persons), outcome)
		yield outcome


def _try(path: Path, judging: Judge, persons: tuple[str, ...], outcome: Outcome) -> None:
	pairs = list(zip_longest(path.requests(judging.own), path.requests(judging.foreign)))
	if path.is_other_address and not pairs:
		return
	good, said = [], "no arguments"
	for own, foreign in pairs:
		if own is None:
			continue
		control = judging.site.ask("head", own)
		if control.is_good:
			good.append((own, foreign))
		else:
			said = f"{control.status} {control.text[-300:]}"
	if not good:
		_sort_out(path, pairs, judging, persons, outcome, said)
		return
	outcome.prove(path.name)
	for request, _ in good:
		outcome.prove(request.command)
	_try_with_everybody(path, *good[0], judging, persons, outcome)
	for own, foreign in good[1 : path.judged]:
		_deny(path, own, judge.EQUALS[:1], judging, outcome)
		_leak(path, foreign or own, persons[0], judging, outcome)


def _try_with_everybody(
	path: Path,
	own: Request,
	foreign: Request | None,
	judging: Judge,
	persons: tuple[str, ...],
	outcome: Outcome,
) -> None:
	_deny(path, own, judge.EQUALS, judging, outcome)
	if leak := judging.kept(persons[0], own):
		outcome.leaks.append(leak)
	_try_variations(path, own, persons[0], judging, outcome)
	for person in persons:
		_leak(path, own, person, judging, outcome)
		if foreign and foreign != own:
			_leak(path, foreign, person, judging, outcome)


def _try_variations(path: Path, own: Request, person: str, judging: Judge, outcome: Outcome) -> None:
	if own.label == own.command:
		for request in variations.without(own, judging.own.names.values()):
			_leak(path, request, person, judging, outcome)
		understood = not judging.broken(person, own)
		for request in variations.quoted(own) if understood else ():
			if leak := judging.broken(person, request):
				outcome.leaks.append(leak)


def _sort_out(
	path: Path, pairs: list, judging: Judge, persons: tuple[str, ...], outcome: Outcome, said: str
) -> None:
	"""What head office cannot do either: closed, for administrators, or not understood by the suite."""
	for own, foreign in islice(pairs, 2):
		if own and judging.site.ask("admin", own).is_good:
			outcome.administrators.add(path.name)
		# pages of the website are for visitors
		is_of_portal = bool(own) and judging.site.ask("portal", own).is_good
		if is_of_portal:
			outcome.prove(path.name)
		for request in filter(None, (own, foreign)):
			for person in persons if is_of_portal else persons[:1]:
				_leak(path, request, person, judging, outcome)
	own = next((own for own, _ in pairs if own), None)
	if own and _is_closed(judging.site.ask("one", own)):
		outcome.closed.add(path.name)
	elif guard_methods.method(path.name).policy is Policy.OPEN:
		outcome.listed.add(path.name)
	elif path.is_other_address:
		# the path itself is proven, or named
		return
	elif path.name not in outcome.administrators | outcome.proven | outcome.closed | outcome.listed:
		outcome.unproven[path.name] = said


def _leak(path: Path, request: Request, person: str, judging: Judge, outcome: Outcome) -> None:
	if leak := judging.leak(person, request):
		outcome.leaks.append(leak)


def _deny(path: Path, own: Request, persons: tuple[str, ...], judging: Judge, outcome: Outcome) -> None:
	"""What head office may with the own side's documents, their branch's people may as well."""
	for person in persons if not path.name.endswith(_OF_OTHERS) else ():
		answer = judging.site.ask(person, own)
		if _is_closed(answer):
			outcome.closed.add(path.name)
			return
		if any(sentence in answer.text for sentence in _MEANT):
			continue
		if (
			answer.status in judge.REFUSALS
			or answer.status >= 500
			or any(word in answer.text for word in _HIDDEN)
		):
			outcome.denials.append(
				f"{person}: {path.name} {str(own.arguments)[:200]} {answer.status} {answer.text[-300:]}"[:900]
			)


def _is_closed(answer: Answer) -> bool:
	return answer.status == 403 and any(word in answer.text for word in _CLOSED)
