import pytest

from branch_crm.branch_access import report_classes, report_rules
from branch_crm.branch_access.report_rules import Access, Report, Verdict

KNOWN = {"Ledger": Verdict(Access.BY_BRANCH, "dimension"), "Register": Verdict(Access.OPEN, "conditions")}
INSTEAD = {"Analytics": "Register", "Ledger": "Register"}


@pytest.mark.parametrize(
	("report", "decided", "access", "instead"),
	[
		(Report("Analytics", "Script Report"), {}, Access.CLOSED, "Register"),
		(Report("Own SQL", "Query Report"), {}, Access.CLOSED, None),
		(Report("Register", "Script Report"), {}, Access.OPEN, None),
		(Report("Ledger", "Script Report"), {}, Access.BY_BRANCH, None),
		(Report("Own List", "Report Builder"), {}, Access.OPEN, None),
		(Report("Own Register", "Custom Report", "Register"), {}, Access.OPEN, None),
		(Report("Own Analytics", "Custom Report", "Analytics"), {}, Access.CLOSED, "Register"),
		(
			Report("Own Analytics", "Custom Report", "Analytics"),
			{"Analytics": Access.OPEN},
			Access.OPEN,
			None,
		),
		(Report("Own SQL", "Query Report"), {"Own SQL": Access.OPEN}, Access.OPEN, None),
		(
			Report("Own Register", "Custom Report", "Register"),
			{"Own Register": Access.CLOSED},
			Access.CLOSED,
			None,
		),
		(Report("Own List", "Report Builder"), {"Own List": Access.CLOSED}, Access.CLOSED, None),
		(Report("Ledger", "Script Report"), {"Ledger": Access.CLOSED}, Access.CLOSED, "Register"),
	],
)
def test_a_report_is_closed_unless_it_is_known_to_keep_to_branches(
	report: Report, decided: dict, access: Access, instead: str | None
) -> None:
	verdict = report_rules.verdict_on(report, KNOWN, decided, INSTEAD)
	assert (verdict.access, verdict.instead) == (access, instead)
	assert verdict.reason


@pytest.mark.parametrize(
	("asked", "branches"),
	[
		(None, ["Agra", "Delhi"]),
		("", ["Agra", "Delhi"]),
		([], ["Agra", "Delhi"]),
		("Delhi", ["Delhi"]),
		(["Delhi", "Mumbai"], ["Delhi"]),
		(["Mumbai"], []),
		("Mumbai", []),
		({"Mumbai": 1}, ["Agra", "Delhi"]),
	],
)
def test_only_reached_branches_are_asked_for(asked: object, branches: list[str]) -> None:
	assert report_rules.branches_asked(asked, frozenset({"Delhi", "Agra"})) == branches


def test_what_replaces_a_closed_report_is_not_closed_itself() -> None:
	for closed, instead in report_classes.INSTEAD.items():
		assert report_classes.KNOWN[closed].access is Access.CLOSED
		assert report_classes.KNOWN[instead].access is not Access.CLOSED


def test_no_report_is_open_and_closed() -> None:
	open_ones = [name for names in report_classes._OPEN.values() for name in names]
	named = [*open_ones, *report_classes._FOLLOWING, *report_classes.INSTEAD]
	assert len(named) == len(set(named))
