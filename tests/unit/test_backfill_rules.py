"""Which branch a document without one gets, by which rule."""

from dataclasses import replace

import pytest

from branch_crm.branch_access.backfill_rules import (
	Answers,
	Facts,
	Given,
	Key,
	Line,
	Rule,
	lineage,
	only,
	rows_behind,
)
from tests.backfill_places import CENTERS, PLACES

ORDER, INVOICE, RETURN = ("Sales Order", "O"), ("Sales Invoice", "I"), ("Sales Invoice", "R")
CUSTOMER, JOURNAL, LEDGER = ("Customer", "C"), ("Journal Entry", "J"), ("GL Entry", "G")
STORED = frozenset({"Delhi"})


def answer(facts: dict[Key, Facts], *rules: Rule, key: Key = INVOICE, **more) -> Given | None:
	return Answers(rules or tuple(Rule), PLACES, facts, **more).of(key)


@pytest.mark.parametrize(
	("node", "branch"),
	[
		("North", "Delhi"),
		("Desk", "Delhi"),
		("Free", None),
		("Odd", None),
		("Old", "Closed"),
		("Unknown", None),
	],
)
def test_the_nearest_ancestor_with_a_branch_says_it_unless_several_share_it(
	node: str, branch: str | None
) -> None:
	assert CENTERS.nearest(node) == branch


@pytest.mark.parametrize(
	("facts", "rule", "branch"),
	[
		(Facts(cost_centers=("Desk",)), Rule.COST_CENTER, "Delhi"),
		(Facts(cost_centers=("Free", "Desk")), Rule.COST_CENTER, "Delhi"),
		(Facts(cost_centers=("Odd",)), Rule.COST_CENTER, None),
		(Facts(cost_centers=("Old",)), Rule.COST_CENTER, None),
		(Facts(warehouses=("Shop",)), Rule.WAREHOUSE, "Agra"),
		(Facts(territory="Konkan"), Rule.TERRITORY, "Delhi"),
		(Facts(territory="Goa"), Rule.TERRITORY, "Theirs"),
		(Facts(territory="Goa", company="Us"), Rule.TERRITORY, "Delhi"),
		(Facts(territory="Konkan", pin_code="403521"), Rule.TERRITORY, "Theirs"),
		(Facts(owner_branch="Agra"), Rule.OWNER, "Agra"),
		(Facts(owner_branch="Theirs", company="Us"), Rule.OWNER, None),
		(Facts(owner_branch="Ours", company="Us"), Rule.OWNER, "Ours"),
		(Facts(), Rule.OWNER, None),
	],
	ids=repr,
)
def test_each_rule_finds_its_branch_if_it_is_open_and_of_the_company(
	facts: Facts, rule: Rule, branch: str | None
) -> None:
	expected = Given(branch, rule) if branch else None
	assert answer({INVOICE: facts}, rule) == expected
	assert answer({INVOICE: facts}, *(other for other in Rule if other is not rule)) is None


def test_the_file_says_what_goes_where() -> None:
	assert answer({INVOICE: Facts()}, Rule.CSV, lines={INVOICE: "Agra"}) == Given("Agra", Rule.CSV)
	assert answer({INVOICE: Facts()}, Rule.CSV, lines={INVOICE: "Closed"}) is None
	assert answer({INVOICE: Facts()}, Rule.CSV, lines={INVOICE: "Nowhere"}) is None


def test_the_first_rule_that_finds_an_open_branch_wins() -> None:
	facts = {INVOICE: Facts(cost_centers=("Old",), warehouses=("Shop",), owner_branch="Delhi")}
	assert answer(facts, Rule.OWNER, Rule.WAREHOUSE) == Given("Delhi", Rule.OWNER)
	assert answer(facts, Rule.WAREHOUSE, Rule.OWNER) == Given("Agra", Rule.WAREHOUSE)
	assert answer(facts, Rule.COST_CENTER, Rule.WAREHOUSE) == Given("Agra", Rule.WAREHOUSE)


@pytest.mark.parametrize(
	("branches", "branch"), [({"Delhi"}, "Delhi"), ({"Delhi", "Agra"}, None), (set(), None)]
)
def test_a_party_counts_if_it_has_one_branch(branches: set[str], branch: str | None) -> None:
	facts = {
		INVOICE: Facts(parties=(CUSTOMER,)),
		CUSTOMER: Facts(branches=frozenset(branches), is_wanted=False),
	}
	found = answer(facts, Rule.PARTY)
	assert (found and found.branch) == branch


def test_a_master_goes_by_all_its_documents() -> None:
	facts = {CUSTOMER: Facts(territory="India")}
	for branches, expected in (
		({"Agra"}, Given("Agra", Rule.PARTY)),
		({"Agra", "Delhi"}, None),
		(set(), None),
	):
		of_documents = {CUSTOMER: branches}
		assert answer(facts, Rule.PARTY, key=CUSTOMER, of_documents=of_documents) == expected


def test_what_a_dry_run_decided_on_a_party_counts_for_its_documents() -> None:
	facts = {INVOICE: Facts(parties=(CUSTOMER,)), CUSTOMER: Facts(is_wanted=False)}
	known = {CUSTOMER: Given("Agra", Rule.CSV)}
	assert answer(facts, Rule.PARTY, known=known) == Given("Agra", Rule.PARTY)


def test_a_source_is_decided_first_and_its_own_rules_count() -> None:
	facts = {
		RETURN: Facts(sources=((INVOICE,),), warehouses=("Shop",)),
		INVOICE: Facts(sources=((ORDER,),)),
		ORDER: Facts(cost_centers=("Desk",)),
	}
	rules = (Rule.SOURCE, Rule.COST_CENTER, Rule.WAREHOUSE)
	assert answer(facts, *rules, key=RETURN) == Given("Delhi", Rule.SOURCE)
	facts[ORDER] = replace(facts[ORDER], is_wanted=False)
	assert answer(facts, *rules, key=RETURN) == Given("Agra", Rule.WAREHOUSE)


def test_the_strongest_link_with_a_branch_decides_and_two_branches_say_nothing() -> None:
	facts = {
		INVOICE: Facts(sources=((ORDER,), (RETURN,))),
		ORDER: Facts(),
		RETURN: Facts(branches=frozenset({"Agra"})),
	}
	assert answer(facts, Rule.SOURCE) == Given("Agra", Rule.SOURCE)
	facts[ORDER] = Facts(branches=STORED)
	assert answer(facts, Rule.SOURCE) == Given("Delhi", Rule.SOURCE)
	facts[INVOICE] = Facts(sources=((ORDER, RETURN),))
	assert answer(facts, Rule.SOURCE) is None


def test_documents_in_a_circle_go_by_their_other_rules() -> None:
	facts = {
		INVOICE: Facts(sources=((ORDER,),)),
		ORDER: Facts(sources=((INVOICE,),), warehouses=("Shop",)),
	}
	answers = Answers((Rule.SOURCE, Rule.WAREHOUSE), PLACES, facts)
	assert answers.of(INVOICE) == Given("Agra", Rule.SOURCE)
	assert answers.of(ORDER).branch == "Agra"


@pytest.mark.parametrize(
	"facts", [Facts(branches=STORED, owner_branch="Agra"), Facts(owner_branch="Agra", is_wanted=False)]
)
def test_what_has_a_branch_or_is_not_covered_gets_nothing(facts: Facts) -> None:
	assert answer({INVOICE: facts}) is None
	assert answer({}) is None


def row(**values) -> Facts:
	return Facts(line=Line("Cash"), **values)


def test_rows_go_by_their_own_rules_and_the_rest_with_the_others() -> None:
	rules = (Rule.COST_CENTER, Rule.WAREHOUSE)
	one = Facts(rows={"1": row(cost_centers=("Desk",)), "2": row()})
	two = Facts(rows={"1": row(cost_centers=("Desk",)), "2": row(branches=frozenset({"Agra"})), "3": row()})
	stored = Facts(rows={"1": row(branches=STORED), "2": row()})
	closed = Facts(rows={"1": row(branches=frozenset({"Closed"})), "2": row()})
	for facts, expected in (
		(one, {"1": Given("Delhi", Rule.COST_CENTER), "2": Given("Delhi", Rule.COST_CENTER)}),
		(two, {"1": Given("Delhi", Rule.COST_CENTER)}),
		(stored, {"2": Given("Delhi", Rule.SOURCE)}),
		(closed, {}),
		(Facts(rows={"1": row(), "2": row()}), {}),
	):
		assert Answers(rules, PLACES, {JOURNAL: facts}).of_rows(JOURNAL) == expected


def test_a_ledger_row_has_its_voucher_s_branch_whatever_the_rules_say() -> None:
	facts = {LEDGER: Facts(voucher=INVOICE, cost_centers=("Desk",)), INVOICE: Facts(warehouses=("Shop",))}
	assert answer(facts, Rule.COST_CENTER, Rule.WAREHOUSE, key=LEDGER) == Given("Agra", Rule.SOURCE)
	assert answer(facts, Rule.COST_CENTER, key=LEDGER) is None
	facts[INVOICE] = Facts(branches=frozenset({"Closed"}), is_wanted=False)
	assert answer(facts, Rule.COST_CENTER, key=LEDGER) == Given("Closed", Rule.SOURCE)


def test_a_ledger_row_of_a_journal_entry_has_the_branch_of_the_rows_it_came_of() -> None:
	journal = Facts(
		rows={
			"1": Facts(line=Line("Debtors", "C", "I"), branches=frozenset({"Agra"})),
			"2": Facts(line=Line("Debtors", "C"), branches=STORED),
			"3": Facts(line=Line("Cash"), branches=STORED),
			"4": Facts(line=Line("Cash")),
		}
	)
	for line, branch in (
		(Line("Debtors", "C", "I"), "Agra"),
		(Line("Debtors", "C"), "Delhi"),
		(Line("Cash"), None),
		(Line("Round Off"), None),
	):
		facts = {LEDGER: Facts(voucher=JOURNAL, line=line), JOURNAL: journal}
		found = answer(facts, Rule.CSV, key=LEDGER)
		assert (line, found and found.branch) == (line, branch)


def test_rows_that_fit_best_stand_behind_a_ledger_row() -> None:
	rows = {
		"1": Facts(line=Line("Cash", cost_center="Desk")),
		"2": Facts(line=Line("Cash", cost_center="Shop")),
		"3": Facts(line=Line("Bank")),
	}
	assert rows_behind(Line("Cash", cost_center="Shop"), rows) == ["2"]
	assert rows_behind(Line("Cash", cost_center="Other"), rows) == ["1", "2"]
	assert rows_behind(Line("Other"), rows) == ["1", "2", "3"]
	assert rows_behind(None, rows) == ["1", "2", "3"]


def test_a_loop_in_a_tree_ends() -> None:
	assert lineage("A", {"A": "B", "B": "A"}) == ["A", "B"]
	assert (only(["Delhi", "Delhi"]), only([]), only(["Delhi", "Agra"])) == ("Delhi", None, None)
