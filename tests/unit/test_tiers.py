import json
import re
from pathlib import Path

import pytest

from scripts import bench, session, test, tiers
from scripts.tiers import Result

ROOT = Path(__file__).resolve().parents[2]
UNIT = Result("unit", passed=412)
NOT_RUN = Result("site", not_run="no bench was found")


def test_the_last_line_names_what_ran_and_why_something_did_not() -> None:
	line = tiers.summary([UNIT, Result("database", 38), NOT_RUN, Result("browser", not_run="needs site")])
	assert line == (
		"unit 412 passed | database 38 passed | site NOT RUN: no bench was found | browser NOT RUN: needs site"
	)


def test_failures_and_skips_are_counted_aloud() -> None:
	assert str(Result("site", 3, failed=2, skipped=1)) == "site 3 passed, 2 failed, 1 skipped"


@pytest.mark.parametrize(
	("results", "required", "code"),
	[
		([UNIT], set(), 0),
		([UNIT, NOT_RUN], set(), 0),
		([UNIT, NOT_RUN], {"site"}, 1),
		([Result("unit", 3, failed=1)], set(), 1),
		([Result("unit")], set(), 1),
	],
	ids=["all passed", "not run", "required not run", "failed", "nothing tested"],
)
def test_a_run_fails_when_a_tier_fails_or_a_required_one_cannot_run(
	results: list[Result], required: set[str], code: int
) -> None:
	assert tiers.exit_code(results, required) == code


def test_a_report_is_counted(tmp_path: Path) -> None:
	report = tmp_path / "unit.xml"
	report.write_text('<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>')
	assert tiers.read("unit", report, 1) == Result("unit", passed=5, failed=2, skipped=2)


def test_a_run_that_broke_off_has_failed(tmp_path: Path) -> None:
	assert tiers.read("unit", tmp_path / "missing.xml", 2).is_bad
	report = tmp_path / "unit.xml"
	report.write_text('<testsuites><testsuite tests="1" failures="0" errors="0" skipped="0"/></testsuites>')
	assert tiers.read("unit", report, 3).is_bad


def test_tiers_are_chosen_by_name_and_run_in_order() -> None:
	assert tiers.chosen("site, unit") == ["unit", "site"]
	with pytest.raises(ValueError, match="Unknown tier sight"):
		tiers.chosen("sight")


def test_only_the_named_bench_is_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
	monkeypatch.setenv("BENCH", str(tmp_path))
	with pytest.raises(bench.NoBench, match="is not a bench with ERPNext"):
		bench.find_or_make()
	for part in ("apps/frappe", "apps/erpnext", "env/bin/python", "sites"):
		(tmp_path / part).mkdir(parents=True)
	assert bench.find_or_make().path == tmp_path.resolve()


def test_a_bench_gets_what_the_app_imports() -> None:
	declared = re.search(r"^dependencies = (\[.*\])$", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
	names = [re.split(r"[<>=~]", requirement)[0] for requirement in json.loads(declared[1])]
	assert tuple(names) == session.RUNTIME
	assert set(session.RUNTIME) <= set(test.TOOLS)
