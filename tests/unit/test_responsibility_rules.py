"""Who was responsible when: the past stays, and from now on the terms say what the rows say."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.branch_access.assignment_rules import Assignment
from branch_crm.branch_access.responsibility_rules import (
	OWNERS,
	OwnerFault,
	Term,
	changes,
	owner_fault,
	terms_of,
)
from branch_crm.branch_access.rules import Function
from tests.companies import TODAY, days

NOON = datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=12)
DAY = timedelta(days=1)
MIDNIGHT = NOON + timedelta(hours=12)
USERS = (None, "anna", "bela")


def sales(rows: list[Assignment], kept: dict[str, Term] | None = None) -> tuple[list, dict, list]:
	"""The changes of sales owners, support left out."""
	kept = kept or {}
	found = changes(kept, rows, NOON)
	begun = [(t.branch, t.user, t.begins, t.ends) for t in found.begun if t.function is Function.SALES]
	return begun, found.ended, found.withdrawn


def running(user: str | None, **values) -> dict[str, Term]:
	"""A sales term since yesterday, and what support says to rows without a support owner."""
	term = Term("Delhi", Function.SALES, user, NOON - DAY)
	return {"old": replace(term, **values), "support": Term("Delhi", Function.SUPPORT, None, NOON - DAY)}


DELHI = Assignment("Delhi", sales_owner="anna")


@pytest.mark.parametrize(
	("rows", "kept", "expected"),
	[
		([DELHI], {}, ([("Delhi", "anna", NOON, None)], {}, [])),
		([DELHI], running("anna"), ([], {}, [])),
		([DELHI], running("bela"), ([("Delhi", "anna", NOON, None)], {"old": NOON}, [])),
		([replace(DELHI, sales_owner=None)], running("anna"), ([("Delhi", None, NOON, None)], {"old": NOON}, [])),
		([], running("anna"), ([], {"old": NOON, "support": NOON}, [])),
		([replace(DELHI, branch="Goa")], running("anna"), ([("Goa", "anna", NOON, None)], {"old": NOON, "support": NOON}, [])),
		([replace(DELHI, to_date=TODAY)], running("anna"), ([], {"old": MIDNIGHT, "support": MIDNIGHT}, [])),
		([replace(DELHI, from_date=TODAY + DAY)], {}, ([("Delhi", "anna", MIDNIGHT, None)], {}, [])),
		([replace(DELHI, from_date=TODAY - 9 * DAY)], {}, ([("Delhi", "anna", NOON, None)], {}, [])),
		([replace(DELHI, to_date=TODAY - DAY)], {}, ([], {}, [])),
		([], {"plan": Term("Goa", Function.SALES, "anna", NOON + DAY)}, ([], {}, ["plan"])),
	],
	ids=[
		"begins", "goes on", "changes hands", "nobody", "leaves", "moves", "ends tonight", "is planned",
		"is never dated back", "is over", "is called off",
	],
)  # fmt: skip
def test_a_change_of_rows_is_a_change_of_terms(rows: list, kept: dict, expected: tuple) -> None:
	assert sales(rows, kept) == expected


def test_a_row_that_was_there_before_the_history_begins_with_its_first_day() -> None:
	row = replace(DELHI, from_date=TODAY - 9 * DAY, to_date=TODAY - 5 * DAY)
	begins = NOON.replace(hour=0) - 9 * DAY
	found = terms_of(row, begins)
	assert [(term.user, term.begins, term.ends) for term in found] == [
		("anna", begins, begins + 5 * DAY),
		(None, begins, begins + 5 * DAY),
	]


@st.composite
def tables(draw: st.DrawFn) -> list[Assignment]:
	"""Branch rows as saving lets them pass: those of one branch never overlap."""
	row = st.builds(
		Assignment,
		st.sampled_from(["Delhi", "Goa"]),
		sales_owner=st.sampled_from(USERS),
		support_owner=st.sampled_from(USERS),
		from_date=days(),
		to_date=days(),
	)
	rows: list[Assignment] = []
	for one in draw(st.lists(row, max_size=4)):
		backwards = one.from_date and one.to_date and one.to_date < one.from_date
		if not backwards and not any(other.branch == one.branch and other.overlaps(one) for other in rows):
			rows.append(one)
	return rows


Terms = dict[str, Term]


def saved(terms: Terms, rows: list[Assignment], now: datetime) -> Terms:
	"""The terms after a save, as the database would hold them."""
	kept = {key: term for key, term in terms.items() if term.ends is None or term.ends > now}
	found = changes(kept, rows, now)
	left = {key: term for key, term in terms.items() if key not in found.withdrawn}
	left |= {key: replace(left[key], ends=ends) for key, ends in found.ended.items()}
	return left | {f"{now} {number}": term for number, term in enumerate(found.begun)}


def responsible(terms: Terms, moment: datetime) -> list[tuple]:
	return sorted(
		(term.branch, term.function.value, term.user or "")
		for term in terms.values()
		if term.begins <= moment and (term.ends is None or moment < term.ends)
	)


def said_by(rows: list[Assignment], moment: datetime) -> list[tuple]:
	return sorted(
		(row.branch, function.value, getattr(row, owner) or "")
		for row in rows
		if row.is_active_on(moment.date())
		for owner, function in OWNERS.items()
	)


@given(st.lists(tables(), min_size=1, max_size=5))
def test_the_history_says_at_any_moment_what_the_rows_said_then(history: list[list[Assignment]]) -> None:
	terms: Terms = {}
	moments = [NOON + timedelta(hours=9) * number for number in range(len(history))]
	for moment, rows in zip(moments, history, strict=True):
		before = terms
		terms = saved(terms, rows, moment)
		assert saved(terms, rows, moment + timedelta(minutes=1)) == terms, "saving again changes something"
		past = moment - timedelta(seconds=1)
		assert responsible(terms, past) == responsible(before, past), "the past was rewritten"
	for number, moment in enumerate(moments):
		until = moments[number + 1] if number + 1 < len(moments) else moment + 9 * DAY
		while moment < until:
			assert responsible(terms, moment) == said_by(history[number], moment)
			moment += timedelta(hours=3)


@pytest.mark.parametrize(
	("owner", "fault"),
	[
		(None, OwnerFault.MISSING),
		("gone", OwnerFault.DISABLED),
		("bela", OwnerFault.NOT_IN_TEAM),
		("anna", None),
	],
)
def test_an_owner_is_an_enabled_member_of_the_team(owner: str | None, fault: OwnerFault | None) -> None:
	assert owner_fault(owner, enabled={"anna", "bela"}, team={"anna", "gone"}) is fault
