"""Who was responsible when: the terms that follow from a master's branch rows, and what is wrong with an owner."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from branch_crm.branch_access.assignment_rules import Assignment
from branch_crm.branch_access.rules import Function

# the function that an owner of a branch row answers for
OWNERS = {"sales_owner": Function.SALES, "support_owner": Function.SUPPORT}


@dataclass(frozen=True)
class Term:
	"""From when until when (not included, None is open) a user is responsible; without a user nobody is, though
	the party belongs to the branch."""

	branch: str
	function: Function
	user: str | None
	begins: datetime
	ends: datetime | None = None


@dataclass(frozen=True)
class Changes:
	"""What a change of rows does to the terms: those that begin, those whose end is another one now, and those
	that were planned and never come to be. The last two by the key of the term."""

	begun: list[Term]
	ended: dict[str, datetime | None]
	withdrawn: list[str]


def terms_of(row: Assignment, since: datetime) -> list[Term]:
	"""The terms of one branch row, from `since` on: one for each owner, and for each that is missing."""
	begins = max(since, _start_of(row.from_date)) if row.from_date else since
	ends = _start_of(row.to_date) + timedelta(days=1) if row.to_date else None
	if ends and ends <= begins:
		return []
	return [
		Term(row.branch, function, getattr(row, owner), begins, ends) for owner, function in OWNERS.items()
	]


def changes(kept: Mapping[str, Term], rows: Iterable[Assignment], now: datetime) -> Changes:
	"""What has to be written so that the terms say from `now` on what the rows say. The past stays as it was.

	Arguments:
	        kept: the terms that have not ended, running or planned, by any key.
	"""
	wanted = [term for row in rows for term in terms_of(row, now)]
	ended: dict[str, datetime | None] = {}
	withdrawn: list[str] = []
	for key, term in kept.items():
		same = next((one for one in wanted if _goes_on(term, one, now)), None)
		if same:
			wanted.remove(same)
			if same.ends != term.ends:
				ended[key] = same.ends
		elif term.begins > now:
			withdrawn.append(key)
		else:
			ended[key] = now
	return Changes(wanted, ended, withdrawn)


class OwnerFault(Enum):
	MISSING = "No Owner"
	DISABLED = "Owner Disabled"
	NOT_IN_TEAM = "Owner Not in Team"


def owner_fault(owner: str | None, enabled: Collection[str], team: Collection[str]) -> OwnerFault | None:
	"""What is wrong with the owner of a branch row.

	Arguments:
	        enabled: the users who are enabled.
	        team: those who reach the branch by a membership today.
	"""
	if not owner:
		return OwnerFault.MISSING
	if owner not in enabled:
		return OwnerFault.DISABLED
	return None if owner in team else OwnerFault.NOT_IN_TEAM


def _goes_on(term: Term, wanted: Term, now: datetime) -> bool:
	same = (term.branch, term.function, term.user) == (wanted.branch, wanted.function, wanted.user)
	return same and max(term.begins, now) == wanted.begins


def _start_of(day: date) -> datetime:
	return datetime.combine(day, time.min)
