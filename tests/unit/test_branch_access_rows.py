"""A master's rows over random dates: who sees it, what is wrong with them, what a merge of branches leaves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from branch_crm.branch_access.assignment_rules import (
	Assignment,
	Unassigned,
	faults_of,
	may_see,
	merged,
	touched_branches,
)
from branch_crm.branch_access.default_rules import Catchment, proposed_branch
from branch_crm.branch_access.rules import Scope
from tests.companies import TODAY, days

# a loaded machine is no defect
PROPERTY = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
PLACES = ["Delhi", "Goa", "Pune"]
OWNERS = st.sampled_from([None, "a@b.c", "d@e.f"])
A_WEEK = [TODAY + timedelta(days=offset) for offset in range(-4, 5)]
ROWS = st.lists(
	st.builds(Assignment, st.sampled_from(PLACES), st.booleans(), OWNERS, OWNERS, days(), days()), max_size=4
)


@st.composite
def sound_tables(draw: st.DrawFn) -> list[Assignment]:
	"""One lasting primary row, and up to two further periods in each of the branches."""
	primary = Assignment(
		draw(st.sampled_from(PLACES)), True, draw(OWNERS), None, draw(st.sampled_from([None, TODAY])), None
	)
	rows = [primary]
	for branch in PLACES:
		cuts = sorted(draw(st.sets(st.sampled_from(A_WEEK), max_size=4)))
		periods = [
			Assignment(branch, False, draw(OWNERS), None, first, last)
			for first, last in zip(cuts[::2], [*cuts, None][1::2], strict=False)
		]
		rows += [row for row in periods if row.branch != primary.branch or not row.overlaps(primary)]
	return draw(st.permutations(rows))


def after_delhi_became_goa(rows: Sequence[Assignment]) -> list[Assignment]:
	return [replace(row, branch="Goa") if row.branch == "Delhi" else row for row in rows]


@PROPERTY
@given(ROWS, st.sets(st.sampled_from(PLACES)), st.sampled_from(Unassigned), st.sampled_from(A_WEEK))
def test_a_master_is_seen_by_the_branches_that_hold_it_that_day(
	rows: list[Assignment], own: set[str], unassigned: Unassigned, today: date
) -> None:
	holding = set(PLACES) if not rows and unassigned is Unassigned.EVERYBODY else set()
	for row in rows:
		not_begun = row.from_date is not None and row.from_date > today
		ended = row.to_date is not None and row.to_date < today
		if not (not_begun or ended):
			holding.add(row.branch)
	assert may_see(Scope(branches=frozenset(own)), rows, unassigned, today) == (not own.isdisjoint(holding))
	assert may_see(Scope(all=True), rows, unassigned, today)


@PROPERTY
@given(ROWS, ROWS, ROWS)
def test_rows_overlap_if_a_day_belongs_to_both(
	rows: list[Assignment], others: list[Assignment], more: list[Assignment]
) -> None:
	everything = [row for row in rows + others + more if not (row.from_date and row.to_date)]
	far = [TODAY + timedelta(days=offset) for offset in (-4000, 4000)]
	for one, other in combinations(everything, 2):
		shared = [day for day in [*A_WEEK, *far] if one.is_active_on(day) and other.is_active_on(day)]
		assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@PROPERTY
@given(ROWS)
def test_a_table_without_fault_has_one_lasting_primary_and_no_branch_twice_a_day(
	rows: list[Assignment],
) -> None:
	assume(rows)
	sound = (
		len([row for row in rows if row.is_primary]) == 1
		and all(row.is_active_on(TODAY) and not row.to_date for row in rows if row.is_primary)
		and all(not row.from_date or not row.to_date or row.from_date <= row.to_date for row in rows)
		and all(
			not (one.is_active_on(day) and other.is_active_on(day))
			for one, other in combinations(rows, 2)
			for day in [*A_WEEK, date.min, date.max]
			if one.branch == other.branch
		)
	)
	assert (faults_of(rows, TODAY) == []) == sound


KEYED = st.dictionaries(st.sampled_from("abc"), st.sampled_from(PLACES).map(Assignment))


@PROPERTY
@given(KEYED, KEYED)
def test_a_change_touches_nothing_exactly_if_nothing_changed(
	stored: dict[str, Assignment], new: dict[str, Assignment]
) -> None:
	touched = touched_branches(stored, new)
	assert touched == touched_branches(new, stored)
	assert (touched == frozenset()) == (stored == new)
	untouched = set(PLACES) - touched
	for branch in untouched:
		before, after = (
			{key: row for key, row in rows.items() if row.branch == branch} for rows in (stored, new)
		)
		assert before == after


@PROPERTY
@given(sound_tables())
def test_a_merge_leaves_no_branch_twice_on_a_day(rows: list[Assignment]) -> None:
	joined = merged(after_delhi_became_goa(rows))
	assert [
		(one, other)
		for one, other in combinations(joined, 2)
		if one.branch == other.branch and one.overlaps(other)
	] == []


def test_a_merge_joins_periods_that_only_a_third_row_connects() -> None:
	early = Assignment("Goa", from_date=A_WEEK[0], to_date=A_WEEK[1])
	late = Assignment("Goa", from_date=A_WEEK[4])
	between = Assignment("Goa", from_date=A_WEEK[1], to_date=A_WEEK[5])
	assert merged([early, late, between]) == [Assignment("Goa", from_date=A_WEEK[0])]


@PROPERTY
@given(sound_tables())
def test_a_merge_keeps_every_day_of_every_branch_and_the_primary(rows: list[Assignment]) -> None:
	rows = after_delhi_became_goa(rows)
	joined = merged(rows)
	assert {row.branch for row in joined} == {row.branch for row in rows}
	for day in [*A_WEEK, date.min, date.max]:
		before, after = ({row.branch for row in table if row.is_active_on(day)} for table in (rows, joined))
		assert before == after
	before, after = ([row.branch for row in table if row.is_primary] for table in (rows, joined))
	assert before == after


@PROPERTY
@given(sound_tables())
def test_a_merged_table_can_be_saved(rows: list[Assignment]) -> None:
	assert faults_of(rows, TODAY) == []
	assert faults_of(merged(after_delhi_became_goa(rows)), TODAY) == []


@PROPERTY
@given(sound_tables())
def test_a_merge_changes_nothing_where_nothing_is_double_or_it_is_done_twice(rows: list[Assignment]) -> None:
	assert sorted(map(str, merged(rows))) == sorted(map(str, rows))
	joined = merged(after_delhi_became_goa(rows))
	assert merged(joined) == joined


CODES = st.integers(0, 30).map(lambda number: f"{number:03}")
CATCHMENTS = st.lists(
	st.builds(
		Catchment,
		st.sampled_from(PLACES),
		st.frozensets(st.sampled_from("NEWS"), max_size=2),
		st.lists(st.tuples(CODES, CODES), max_size=2).map(tuple),
	),
	max_size=3,
	unique_by=lambda catchment: catchment.branch,
)


@PROPERTY
@given(CATCHMENTS, st.lists(st.sampled_from("NEWS"), unique=True, max_size=3), st.none() | CODES)
def test_a_branch_is_proposed_only_if_it_alone_fits_best(
	catchments: list[Catchment], territories: list[str], pin_code: str | None
) -> None:
	best: dict[int, list[str]] = {}
	for catchment in catchments:
		ranges = [range(int(first), int(last) + 1) for first, last in catchment.pin_codes]
		by_code = pin_code is not None and any(int(pin_code) in codes for codes in ranges)
		nearest = [rank for rank, name in enumerate(territories, start=1) if name in catchment.territories]
		rank = 0 if by_code else min(nearest, default=None)
		if rank is not None:
			best.setdefault(rank, []).append(catchment.branch)
	fitting = best[min(best)] if best else []
	proposed = proposed_branch(iter(catchments), territories, pin_code)
	assert proposed == (fitting[0] if len(fitting) == 1 else None)
