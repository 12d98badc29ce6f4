"""Random companies for hypothesis: trees, memberships, dates and assignments."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from branch_crm.branch_access.assignment_rules import Assignment
from branch_crm.branch_access.rules import Branch, Function, Membership
from branch_crm.branch_access.team_rules import TeamRow

# a loaded machine is no failure
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

TODAY = date(2026, 6, 15)
# names that hurt where something pastes them into SQL
NAMES = ("Delhi", "Mumbai", "O'Hare", "100% Pune", 'Say "Hi"', "Back\\slash", "Kochi", "चेन्नई", "Goa", "Agra")


@st.composite
def trees(draw: st.DrawFn) -> list[Branch]:
	"""Up to ten branches below one another, several roots, some closed."""
	names = draw(st.permutations(NAMES))[: draw(st.integers(1, len(NAMES)))]
	branches = []
	for index, name in enumerate(names):
		parent = draw(st.sampled_from([None, *names[:index]]))
		branches.append(Branch(name, parent, enabled=draw(st.integers(0, 4)) > 0))
	return branches


def memberships(names: list[str]) -> st.SearchStrategy[list[Membership]]:
	one = st.builds(
		Membership,
		st.sampled_from(names),
		doctype=st.sampled_from([None, None, "Customer", "Lead"]),
		hide_descendants=st.booleans(),
		is_default=st.just(False),
	)
	return st.lists(one, max_size=3, unique_by=lambda membership: (membership.branch, membership.doctype))


def days() -> st.SearchStrategy[date | None]:
	return st.none() | st.integers(-3, 3).map(lambda offset: TODAY + timedelta(days=offset))


def assignments(names: list[str]) -> st.SearchStrategy[list[Assignment]]:
	"""Rows in any state, also such as the rules for saving would refuse: reading must not depend on it."""
	one = st.builds(
		Assignment, st.sampled_from(names), is_primary=st.booleans(), from_date=days(), to_date=days()
	)
	return st.lists(one, max_size=3)


def team_rows(users: list[str], names: list[str]) -> st.SearchStrategy[list[TeamRow]]:
	"""Rows of teams in any state, also such as the rules for saving would refuse."""
	one = st.builds(
		TeamRow,
		st.sampled_from(users),
		st.sampled_from(names),
		st.sampled_from([*Function, Function.VIEWER]),
		item_group=st.sampled_from([None, "Pumps"]),
		capacity=st.integers(0, 3),
		from_date=days(),
		to_date=days(),
		include_descendants=st.booleans(),
		is_default=st.booleans(),
	)
	return st.lists(one, max_size=4)
