"""What a CSV file may say about documents and their branches."""

import pytest

from branch_crm.branch_access.backfill_file_rules import (
	FileLine,
	LineFault,
	branch_by_document,
	faults_in,
	lines_in,
)
from branch_crm.branch_access.backfill_rules import Facts
from branch_crm.branch_access.rules import Branch, BranchTree

TREE = BranchTree([Branch("Delhi"), Branch("Closed", enabled=False), Branch("Theirs", company="Them")])
LEAD = ("Lead", "L")


def line(name: str = "L", branch: str = "Delhi", doctype: str = "Lead", number: int = 2) -> FileLine:
	return FileLine(number, doctype, name, branch)


def test_titles_stand_in_any_order_and_empty_lines_are_none() -> None:
	rows = [
		["\ufeffBranch ", "x", "NAME", "doctype"],
		["Delhi", "1", " L ", "Lead"],
		[None, "", None],
		["Agra"],
	]
	assert lines_in(rows) == [line(), FileLine(4, "", "", "Agra")]


@pytest.mark.parametrize("rows", [[], [["name", "branch"]], [["Lead", "L", "Delhi"]]])
def test_without_its_titles_a_file_has_no_lines(rows: list) -> None:
	assert lines_in(rows) is None


@pytest.mark.parametrize(
	("given", "facts", "fault"),
	[
		(line(branch=""), Facts(), LineFault.INCOMPLETE),
		(line(name=""), Facts(), LineFault.INCOMPLETE),
		(line(doctype="User"), Facts(), LineFault.NOT_COVERED),
		(line(), None, LineFault.NO_DOCUMENT),
		(line(), Facts(is_wanted=False), LineFault.OTHER_RUN),
		(line(), Facts(branches=frozenset({"Delhi"})), LineFault.HAS_BRANCH),
		(line(branch="Nowhere"), Facts(), LineFault.NO_BRANCH),
		(line(branch="Closed"), Facts(), LineFault.CLOSED),
		(line(branch="Theirs"), Facts(company="Us"), LineFault.OTHER_COMPANY),
		(line(branch="Theirs"), Facts(company="Them"), None),
		(line(), Facts(), None),
	],
)
def test_each_wrong_line_is_named(given: FileLine, facts: Facts | None, fault: LineFault | None) -> None:
	known = {LEAD: facts} if facts else {}
	assert faults_in([given], ["Lead"], known, TREE) == ([(given, fault)] if fault else [])


def test_of_two_lines_on_one_document_the_first_counts() -> None:
	first, second = line(), line(branch="Theirs", number=3)
	assert branch_by_document([first, second, line(name="")]) == {LEAD: "Delhi"}
	assert faults_in([first, second], ["Lead"], {LEAD: Facts()}, TREE) == [(second, LineFault.TWICE)]
