"""What holds for the backfill whatever the documents lead to."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from branch_crm.branch_access.backfill_rules import Answers, Facts, Key, Rule
from tests.backfill_places import PLACES, TREE

KEYS = [("Sales Order", str(number)) for number in range(6)]
BRANCHES = ["Delhi", "Agra", "Closed", "Ours", "Theirs", "Nowhere"]


@st.composite
def worlds(draw: st.DrawFn) -> dict[Key, Facts]:
	"""Documents that lead to one another in any way, circles included."""
	keys = st.lists(st.sampled_from(KEYS), max_size=2).map(tuple)
	one = st.builds(
		Facts,
		company=st.sampled_from([None, "Us", "Them"]),
		branches=st.sampled_from([frozenset(), frozenset(), frozenset({"Delhi"}), frozenset({"Closed"})]),
		cost_centers=st.lists(st.sampled_from(["Desk", "Free", "Odd", "Old"]), max_size=2).map(tuple),
		owner_branch=st.none() | st.sampled_from(BRANCHES),
		sources=st.lists(keys, max_size=2).map(tuple),
		is_wanted=st.integers(0, 4).map(bool),
	)
	return {key: draw(one) for key in KEYS}


@given(worlds(), st.permutations(list(Rule)), st.permutations(KEYS))
def test_nothing_is_ever_given_but_an_open_branch_of_the_company_to_what_is_empty_and_covered(
	world: dict[Key, Facts], rules: list[Rule], order: list[Key]
) -> None:
	answers = Answers(rules, PLACES, world)
	for key in order:
		found, facts = answers.of(key), world[key]
		if found:
			assert facts.is_wanted and not facts.branches
			assert TREE.is_enabled(found.branch) and TREE.belongs_to(found.branch, facts.company)
		elif facts.is_wanted and not facts.branches:
			assert not PLACES.are_open(facts.owner_branch, facts.company)


@given(worlds(), st.permutations(list(Rule)), st.integers(0, len(KEYS)))
def test_a_run_that_stops_anywhere_and_goes_on_ends_as_one_that_did_not(
	world: dict[Key, Facts], rules: list[Rule], stop: int
) -> None:
	def run(begin: dict[Key, Facts], size: int) -> dict[Key, Facts]:
		stored = dict(begin)
		for start in range(0, len(KEYS), size):
			answers = Answers(rules, PLACES, stored)
			given = {key: answers.of(key) for key in KEYS[start : start + size]}
			stored |= {
				key: replace(stored[key], branches=frozenset({got.branch}))
				for key, got in given.items()
				if got
			}
		return stored

	if not _has_circle(world):
		assert run(world, max(stop, 1)) == run(world, 1) == run(world, len(KEYS))


def _has_circle(world: dict[Key, Facts]) -> bool:
	def reaches(key: Key, target: Key, seen: set[Key]) -> bool:
		for other in {other for group in world[key].sources for other in group} - seen:
			seen.add(other)
			if other == target or reaches(other, target, seen):
				return True
		return False

	return any(reaches(key, key, set()) for key in world)
