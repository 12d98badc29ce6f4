"""`make test`: the four tiers, each on what it needs."""

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from scripts import bench as benches
from scripts import say, server, services, session, system, tiers
from scripts.bench import Bench
from scripts.services import Database
from scripts.site import TEST, TESTS, Site
from scripts.tiers import Result

TOOLS = ("pytest", "hypothesis", "PyMySQL", "playwright", "ruff", "Jinja2", "python-stdnum", "phonenumbers")


def main() -> int:
	"""Run the tiers of TIERS (all by default); fail if one fails or one of REQUIRE could not run."""
	system.CACHE.mkdir(parents=True, exist_ok=True)
	try:
		wanted = tiers.chosen(os.environ.get("TIERS") or ",".join(tiers.NAMES))
		required = set(tiers.chosen(os.environ.get("REQUIRE") or ""))
	except ValueError as error:
		raise say.Failure(str(error)) from None
	python = system.tools(TOOLS)
	results = []
	if "unit" in wanted:
		results.append(_pytest("unit", [str(python)], {}))
	if "database" in wanted:
		results.append(_database(python))
	if {"site", "browser"} & set(wanted):
		results += _on_site(python, wanted)
	print(f"\n{tiers.summary(results)}", flush=True)
	return tiers.exit_code(results, required)


def _database(python: Path) -> Result:
	with services.database() as database:
		env = {
			"BRANCH_CRM_DB_HOST": database.host,
			"BRANCH_CRM_DB_PORT": str(database.port),
			"BRANCH_CRM_DB_USER": database.user,
			"BRANCH_CRM_DB_PASSWORD": database.password,
		}
		return _pytest("database", [str(python)], env)


def _on_site(python: Path, wanted: list[str]) -> list[Result]:
	names = [name for name in ("site", "browser") if name in wanted]
	try:
		bench = benches.find_or_make()
	except benches.NoBench as reason:
		reasons = {"site": str(reason), "browser": "needs site"}
		return [Result(name, not_run=reasons[name]) for name in names]
	session.require_packages(bench, session.NEEDED)
	with session.ready(bench) as (running, database):
		run = {
			"site": lambda: _site(running, database),
			"browser": lambda: _browser(Site(running, database, TEST), python),
		}
		return [run[name]() for name in names]


def _site(bench: Bench, database: Database) -> Result:
	"""The files of tests, shared out among processes that have a site each."""
	for name in TESTS:
		Site(bench, database, name).make()
	env = {"BRANCH_CRM_BENCH": str(bench.path), "BRANCH_CRM_SITE": ",".join(TESTS)}
	arguments = ["--numprocesses", str(len(TESTS)), "--dist", "loadfile", "--no-loadscope-reorder"]
	return _pytest("site", [*bench.as_owner, str(bench.python)], {**bench.environment, **env}, arguments)


def _browser(site: Site, python: Path) -> Result:
	system.require(system.CHROMIUM)
	site.make()
	site.frappe("Loading the demo company", "branch-crm-demo", "load")
	with server.serving(site, preferred=8100) as port:
		env = {
			"BRANCH_CRM_URL": f"http://localhost:{port}",
			"BRANCH_CRM_SITE": site.name,
			"BRANCH_CRM_SITES": str(site.bench.sites),
			"BRANCH_CRM_SITE_EXEC": shlex.join(site.bench.frappe("--site", site.name)),
			"BRANCH_CRM_CHROMIUM": system.find("chromium") or "",
		}
		return _pytest("browser", [str(python)], {**site.bench.environment, **env})


def _pytest(tier: str, python: list[str], env: dict[str, str], arguments: Sequence[str] = ()) -> Result:
	say.step(f"Tier {tier}")
	report = system.CACHE / f"{tier}.xml"
	report.unlink(missing_ok=True)
	command = [*python, "-m", "pytest", f"tests/{tier}", "-q", f"--junitxml={report}", *arguments]
	command += shlex.split(os.environ.get("ARGS", ""))
	environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(system.CHECKOUT), **env}
	done = subprocess.run(command, cwd=system.CHECKOUT, env=environment, check=False)
	return tiers.read(tier, report, done.returncode)


if __name__ == "__main__":
	say.guarded(main)
