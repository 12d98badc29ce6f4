from pathlib import Path

import pytest

from scripts import erpnext_results as results
from scripts import erpnext_tests, say
from scripts.erpnext_results import Comparison, Outcome, Run, Verdict

PASSED = Outcome("passed")
FAILED = Outcome("failed", "AssertionError", "1 != 2")
REFUSED = Outcome("error", "ValidationError", "Exchange Rate is mandatory.")


def comparison(without: Run, off: Run, on: Run | None = None, again: Run | None = None) -> Comparison:
	return Comparison("Customer", without, again or without, {"off": off, "on": off if on is None else on})


@pytest.mark.parametrize(
	("without", "again", "with_app", "verdict"),
	[
		(PASSED, PASSED, PASSED, Verdict.SAME),
		(PASSED, PASSED, FAILED, Verdict.DIFFERS),
		(PASSED, PASSED, results.NOT_RUN, Verdict.DIFFERS),
		(results.NOT_RUN, results.NOT_RUN, PASSED, Verdict.DIFFERS),
		(FAILED, FAILED, PASSED, Verdict.DIFFERS),
		(FAILED, FAILED, Outcome("error", "AssertionError", "1 != 2"), Verdict.DIFFERS),
		(REFUSED, REFUSED, REFUSED, Verdict.SAME),
		(REFUSED, REFUSED, Outcome("error", "PermissionError", REFUSED.message), Verdict.DIFFERS),
		(REFUSED, REFUSED, Outcome("error", "ValidationError", "Branch is mandatory."), Verdict.DIFFERS),
		(PASSED, FAILED, FAILED, Verdict.FLAKY),
		(PASSED, FAILED, PASSED, Verdict.FLAKY),
	],
)
def test_a_test_goes_as_without_the_app_when_result_exception_and_message_agree(
	without: Outcome, again: Outcome, with_app: Outcome, verdict: Verdict
) -> None:
	assert results.verdict(without, again, with_app) is verdict


def test_a_test_that_fails_with_changing_messages_still_has_to_fail() -> None:
	other = Outcome("failed", "AssertionError", "something else")
	assert results.verdict(FAILED, other, Outcome("failed", "AssertionError", "a third")) is Verdict.SAME
	assert results.verdict(FAILED, other, REFUSED) is Verdict.DIFFERS
	assert results.verdict(FAILED, other, PASSED) is Verdict.DIFFERS


@pytest.mark.parametrize(
	("one", "other", "alike"),
	[
		("SINV-2026-00012 is paid", "SINV-2026-00977 is paid", True),
		("<b>Row 1</b>: 2.5 h3k9s8", "Row 2: 17.25 k2j1l0", True),
		("Customer is frozen", "Supplier is frozen", False),
	],
)
def test_numbers_and_names_made_of_them_are_not_compared(one: str, other: str, alike: bool) -> None:
	assert (Outcome("failed", "E", one).gist == Outcome("failed", "E", other).gist) is alike


def test_a_report_is_read_test_by_test(tmp_path: Path) -> None:
	report = tmp_path / "Customer.xml"
	report.write_text(
		"""<testsuites><testsuite>
		<testcase classname="erpnext.test_customer.TestCustomer" name="test_a"/>
		<testcase classname="erpnext.test_customer.TestCustomer" name="test_b">
			<error type="frappe.exceptions.ValidationError" message="No.">Traceback</error>
		</testcase>
		<testcase classname="erpnext.test_customer.TestCustomer" name="test_b">
			<failure type="AssertionError" message="1 != 2">Traceback</failure>
		</testcase>
		<testcase classname="erpnext.test_customer.TestCustomer" name="test_c">
			<skipped type="skip" message="later"/>
		</testcase>
		</testsuite></testsuites>"""
	)
	assert results.read(report) == {
		"TestCustomer.test_a": PASSED,
		"TestCustomer.test_b": Outcome("error", "ValidationError", "No."),
		"TestCustomer.test_b #2": FAILED,
		"TestCustomer.test_c": Outcome("skipped", "skip", "later"),
	}


def test_a_run_that_broke_off_differs_in_every_test() -> None:
	broken = comparison({"a": PASSED, "b": FAILED}, off={"a": PASSED, "b": FAILED}, on={})
	assert broken.same("off") == 2
	assert [(one.test, one.state) for one in broken.differences] == [
		("a", "on"),
		("b", "on"),
	]


def test_a_test_that_only_runs_with_the_app_differs() -> None:
	assert [one.test for one in comparison({"a": PASSED}, {"a": PASSED, "setUp": FAILED}).differences] == [
		"setUp",
		"setUp",
	]


def test_what_is_expected_to_differ_has_to() -> None:
	run = comparison(
		{"a": PASSED, "b": PASSED}, off={"a": FAILED, "b": PASSED}, on={"a": FAILED, "b": FAILED}
	)
	expected = {("Customer", "a", "off"): "by design", ("Customer", "a", "on"): "by design"}
	assert [(one.test, one.state) for one in results.unexpected(run.differences, expected)] == [("b", "on")]
	assert results.outdated([run], expected) == []
	gone = ("Customer", "b", "off")
	assert results.outdated([run], {**expected, gone: "was so once"}) == [gone]


def test_of_doctypes_that_were_not_run_and_of_flaky_tests_nothing_is_outdated() -> None:
	run = comparison({"a": PASSED}, again={"a": FAILED}, off={"a": PASSED})
	expected = {("Customer", "a", "off"): "by design", ("Supplier", "a", "off"): "by design"}
	assert run.flaky == ["a"]
	assert results.outdated([run], expected) == []


def test_the_table_counts_each_test_once() -> None:
	run = comparison(
		{"a": PASSED, "b": FAILED, "c": PASSED},
		again={"a": PASSED, "b": FAILED, "c": FAILED},
		off={"a": FAILED, "b": FAILED, "c": PASSED},
		on={"a": FAILED, "b": PASSED, "c": PASSED},
	)
	assert [line.split() for line in results.table([run]).splitlines()[1:]] == [
		["Customer", "3", "2", "1", "0", "1", "2"],
		["all", "3", "2", "1", "0", "1", "2"],
	]


def test_tests_that_fail_by_themselves_are_judged_apart_from_the_others() -> None:
	run = {"T.test_a": FAILED, "T.test_b": PASSED, "T.test_c": REFUSED, "setUpClass (x.T)": FAILED}
	failing = results.failing(run)
	assert failing == ["T.test_a", "T.test_c"]
	apart = results.with_apart(run, failing, {"T.test_a": PASSED})
	assert apart == {"T.test_a": PASSED, "T.test_b": PASSED, "setUpClass (x.T)": FAILED}


def test_doctypes_are_chosen_by_name() -> None:
	assert erpnext_tests.chosen("Task, Customer") == ["Customer", "Task"]
	assert erpnext_tests.chosen("") == list(erpnext_tests.DOCTYPES)
	with pytest.raises(say.Failure, match="MODULES names Tusk"):
		erpnext_tests.chosen("Tusk")
