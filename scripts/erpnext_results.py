"""How tests of ERPNext went in several runs, and which went otherwise with the app."""

import html
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
	result: str
	"""passed, failed, error, skipped or not run"""
	kind: str = ""
	"""the class of the exception"""
	message: str = ""

	@property
	def gist(self) -> str:
		"""The message without what differs from run to run: numbers, and names that are made of them."""
		text = re.sub(r"<[^>]*>", "", html.unescape(self.message))
		return " ".join(re.sub(r"\b\w*\d\w*\b", "#", text).split())

	def __str__(self) -> str:
		why = f"{self.kind}: {self.message}" if self.kind else self.message
		return f"{self.result} {why}".strip()


Run = Mapping[str, Outcome]
"""The outcome of each test, by `Class.test`."""

NOT_RUN = Outcome("not run")
ELEMENTS = {"failure": "failed", "error": "error", "skipped": "skipped"}


def read(report: Path) -> dict[str, Outcome]:
	"""A run from the JUnit report of Frappe's runner. Sub-tests have their test's name: later ones are numbered."""
	run: dict[str, Outcome] = {}
	for case in ElementTree.parse(report).getroot().iter("testcase"):
		test = f"{case.get('classname', '').rpartition('.')[2]}.{case.get('name')}"
		number = 1 + sum(re.sub(r" #\d+$", "", name) == test for name in run)
		run[test if number == 1 else f"{test} #{number}"] = _outcome(case)
	return run


def _outcome(case: ElementTree.Element) -> Outcome:
	for element, result in ELEMENTS.items():
		found = case.find(element)
		if found is not None:
			kind = found.get("type", "").rpartition(".")[2]
			return Outcome(result, kind, found.get("message", ""))
	return Outcome("passed")


def failing(run: Run) -> list[str]:
	"""The tests that do not pass by themselves, for which Frappe's runner can be asked one by one."""
	return [
		test for test, outcome in run.items() if outcome.result in ("failed", "error") and ".test_" in test
	]


def with_apart(run: Run, tests: Iterable[str], apart: Run) -> Run:
	"""A run with the outcome of some tests as they went apart from the others."""
	taken = set(tests)
	return {**{test: outcome for test, outcome in run.items() if test not in taken}, **apart}


class Verdict(Enum):
	SAME = "same"
	DIFFERS = "differs"
	FLAKY = "flaky"


def verdict(without: Outcome, again: Outcome, with_app: Outcome) -> Verdict:
	"""Whether a test goes with the app as it does without. Where two runs without the app do not agree, only what
	they agree in is judged: a test that fails with changing messages has to fail, one that passes once is flaky."""
	for part in ("result", "kind", "gist"):
		steady = getattr(without, part)
		if getattr(again, part) != steady:
			return Verdict.FLAKY if part == "result" else Verdict.SAME
		if getattr(with_app, part) != steady:
			return Verdict.DIFFERS
	return Verdict.SAME


@dataclass(frozen=True)
class Difference:
	doctype: str
	test: str
	state: str
	without: Outcome
	with_app: Outcome


@dataclass(frozen=True)
class Comparison:
	"""One DocType's tests: how they went without the app, and with it in each state."""

	doctype: str
	without: Run
	again: Run
	with_app: Mapping[str, Run]

	@property
	def tests(self) -> list[str]:
		runs = (self.without, self.again, *self.with_app.values())
		return list(dict.fromkeys(test for run in runs for test in run))

	@property
	def passed(self) -> int:
		return sum(self.without.get(test, NOT_RUN).result == "passed" for test in self.tests)

	@property
	def flaky(self) -> list[str]:
		return [
			test
			for test in self.tests
			if self.without.get(test, NOT_RUN).result != self.again.get(test, NOT_RUN).result
		]

	def same(self, state: str) -> int:
		return sum(self._verdict(test, state) is Verdict.SAME for test in self.tests)

	@property
	def differences(self) -> list[Difference]:
		return [
			Difference(
				self.doctype,
				test,
				state,
				self.without.get(test, NOT_RUN),
				self.with_app[state].get(test, NOT_RUN),
			)
			for test in self.tests
			for state in self.with_app
			if self._verdict(test, state) is Verdict.DIFFERS
		]

	def _verdict(self, test: str, state: str) -> Verdict:
		return verdict(*(run.get(test, NOT_RUN) for run in (self.without, self.again, self.with_app[state])))


Expected = Mapping[tuple[str, str, str], str]
"""By DocType, test and state, the reason why the test has to go otherwise with the app."""


def unexpected(differences: Iterable[Difference], expected: Expected) -> list[Difference]:
	return [one for one in differences if (one.doctype, one.test, one.state) not in expected]


def outdated(comparisons: Iterable[Comparison], expected: Expected) -> list[tuple[str, str, str]]:
	"""What is expected of the DocTypes that were run, and did not come: the list no longer says the truth.
	Flaky tests are not judged."""
	ran = {one.doctype: one for one in comparisons}
	shown = {(one.doctype, one.test, one.state) for run in ran.values() for one in run.differences}
	return [
		(doctype, test, state)
		for doctype, test, state in expected
		if doctype in ran and test not in ran[doctype].flaky and (doctype, test, state) not in shown
	]


def table(comparisons: Iterable[Comparison]) -> str:
	head = ("DocType", "tests", "without passed", "app off same", "app on same", "flaky", "differs")
	rows = [
		(
			one.doctype,
			len(one.tests),
			one.passed,
			*(one.same(state) for state in one.with_app),
			len(one.flaky),
			len({difference.test for difference in one.differences}),
		)
		for one in comparisons
	]
	total = ("all", *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True)))
	return "\n".join(
		f"{row[0]:15}"
		+ "".join(f"{cell:>{len(title) + 3}}" for cell, title in zip(row[1:], head[1:], strict=True))
		for row in (head, *rows, total)
	)
