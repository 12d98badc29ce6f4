"""Which shape a list's condition takes: the one that reads less by the kept figures."""

import pytest

from branch_crm.branch_access.statements import COUNTED, PAGE, Figures, is_few

MILLION = 1_000_000

TINY_OLD = Figures(members=20, depth=MILLION)
SMALL = Figures(members=5_000, depth=4_000)
MEAN = Figures(members=26_000, depth=770)
LARGE_RECENT = Figures(members=300_000, depth=67)
LARGE_OLD = Figures(members=100_000, depth=900_020)


@pytest.mark.parametrize(
	("scope", "few"),
	[
		([], True),
		([Figures(0, MILLION)], True),
		([TINY_OLD], True),
		([LARGE_OLD], True),
		([MEAN], False),
		([LARGE_RECENT], False),
		([TINY_OLD, LARGE_RECENT], False),
		# several branches fill a page together
		([SMALL] * 4, False),
	],
)
def test_a_page_is_collected_where_it_would_be_met_late(scope: list[Figures], few: bool) -> None:
	assert is_few(scope, MILLION, counting=False) is few


@pytest.mark.parametrize(
	("scope", "few"),
	[
		([], True),
		([TINY_OLD], True),
		# the rows of one branch are read in their order, until enough are counted
		([MEAN], True),
		([LARGE_RECENT], True),
		([SMALL, SMALL], True),
		([MEAN, MEAN], False),
		([LARGE_RECENT, TINY_OLD], False),
	],
)
def test_a_count_is_collected_where_its_thousand_would_be_met_late(scope: list[Figures], few: bool) -> None:
	assert is_few(scope, MILLION, counting=True) is few


def test_the_count_stops_where_the_desk_stops() -> None:
	assert (PAGE, COUNTED) == (20, 1001)
