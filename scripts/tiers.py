"""The four tiers of tests and the one line that says how each went."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

NAMES = ("unit", "database", "site", "browser")


@dataclass(frozen=True)
class Result:
	tier: str
	passed: int = 0
	failed: int = 0
	skipped: int = 0
	not_run: str = ""

	@property
	def is_bad(self) -> bool:
		return bool(self.failed) or not (self.not_run or self.passed)

	def __str__(self) -> str:
		if self.not_run:
			return f"{self.tier} NOT RUN: {self.not_run}"
		parts = [f"{self.passed} passed"]
		parts += [f"{self.failed} failed"] if self.failed else []
		parts += [f"{self.skipped} skipped"] if self.skipped else []
		return f"{self.tier} {', '.join(parts)}"


def read(tier: str, report: Path, exit_code: int) -> Result:
	"""A tier's result from pytest's JUnit report; a run that broke off or tested nothing has failed."""
	if not report.exists():
		return Result(tier, failed=1)
	suites = ElementTree.parse(report).getroot().iter("testsuite")
	total = failed = skipped = 0
	for suite in suites:
		total += int(suite.get("tests", 0))
		failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
		skipped += int(suite.get("skipped", 0))
	if exit_code and not failed:
		failed = 1
	return Result(tier, max(total - failed - skipped, 0), failed, skipped)


def summary(results: list[Result]) -> str:
	return " | ".join(map(str, results))


def exit_code(results: list[Result], required: set[str]) -> int:
	"""1 if a tier failed or a required one could not run."""
	unmet = [result for result in results if result.not_run and result.tier in required]
	return int(bool(unmet) or any(result.is_bad for result in results))


def chosen(text: str) -> list[str]:
	"""The tiers named in a comma separated list, in their order; raises ValueError for an unknown one."""
	names = {name.strip() for name in text.split(",") if name.strip()}
	unknown = names - set(NAMES)
	if unknown:
		raise ValueError(f"Unknown tier {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}.")
	return [name for name in NAMES if name in names]
