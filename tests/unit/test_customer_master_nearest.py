"""What branches have for those below them, as the series of customer codes."""

import pytest

from branch_crm.branch_access.rules import Branch, BranchTree
from branch_crm.customer_master.nearest_rules import nearest

TREE = BranchTree(
	[
		Branch("HO"),
		Branch("North", "HO"),
		Branch("Delhi", "North"),
		Branch("Agra", "North"),
		Branch("West", "HO"),
	]
)
SERIES = {"North": "N-.###", "Delhi": "D-.###"}


@pytest.mark.parametrize(
	("branch", "default", "series"),
	[
		("Delhi", "C-.###", "D-.###"),
		("Agra", "C-.###", "N-.###"),
		("West", "C-.###", "C-.###"),
		("HO", "C-.###", "C-.###"),
		("gone", "C-.###", "C-.###"),
		(None, "C-.###", "C-.###"),
		("West", None, None),
		("West", "", None),
		("Agra", None, "N-.###"),
	],
)
def test_the_nearest_branch_with_a_series_gives_it(
	branch: str | None, default: str | None, series: str | None
) -> None:
	assert nearest(branch, TREE, SERIES, default) == series


def test_a_branch_of_its_own_series_only() -> None:
	assert nearest("Delhi", TREE, {"Delhi": ""}, None) is None
