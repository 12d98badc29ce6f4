"""Which reports a restricted user may run: it computes over everything unless somebody has seen that it does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Access(Enum):
	OPEN = "Open"
	"""Everything that it shows or sums up comes through the user's conditions."""
	BY_BRANCH = "By Branch"
	"""It follows the branch's dimension, whose filter is set to the user's branches."""
	CLOSED = "Closed"
	"""It computes over the documents of all branches, or nobody has seen that it does not."""


@dataclass(frozen=True)
class Verdict:
	"""Whether a restricted user may run a report, why, and what he runs instead of a closed one."""

	access: Access
	reason: str
	instead: str | None = None


@dataclass(frozen=True)
class Report:
	"""`kind` as Frappe has it: Report Builder, Query Report, Script Report, Custom Report. `follows` is the report
	that a custom one changes."""

	name: str
	kind: str
	follows: str | None = None


LISTED = "Its rows are those of a list."
UNKNOWN = "Nobody has seen that it keeps to branches."
DECIDED = "Decided in the settings."


def verdict_on(
	report: Report, known: Mapping[str, Verdict], decided: Mapping[str, Access], instead: Mapping[str, str]
) -> Verdict:
	"""The verdict on a report.

	Arguments:
	        known: what is shipped, by report.
	        decided: what the settings say, by report; it goes before what is shipped.
	        instead: what to run instead of a closed report, by report.
	"""
	if report.kind == "Custom Report" and report.name not in decided:
		report = Report(report.follows or "", "")
	if report.name in decided:
		found = Verdict(decided[report.name], DECIDED)
	elif report.kind == "Report Builder":
		found = Verdict(Access.OPEN, LISTED)
	else:
		found = known.get(report.name, Verdict(Access.CLOSED, UNKNOWN))
	if found.access is Access.CLOSED:
		return Verdict(Access.CLOSED, found.reason, found.instead or instead.get(report.name))
	return found


def branches_asked(asked: object, reached: frozenset[str]) -> list[str]:
	"""The branches that a report is filtered by: those of `asked` that are reached, sorted; all reached ones where
	none is asked for. What is not reached is left out, so that nothing is left where nothing else was asked for."""
	wanted = [asked] if isinstance(asked, str) and asked else list(asked) if isinstance(asked, list) else []
	return sorted(reached.intersection(wanted) if wanted else reached)
