"""Everything that a site needs to run, for the time of one command."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from scripts import say, services, system
from scripts.bench import Bench, with_app
from scripts.services import Database

NEEDED = ("pytest", "pytest-xdist", "hypothesis", "freezegun")
# what the app itself needs, as in pyproject.toml
RUNTIME = ("python-stdnum",)
IMPORTED_AS = {
	"unittest-xml-reporting": "xmlrunner",
	"pytest-xdist": "xdist",
	"python-stdnum": "stdnum",
}


@contextmanager
def ready(bench: Bench) -> Iterator[tuple[Bench, Database]]:
	"""The bench with the app linked, what it imports installed, a database and two Redis running."""
	require_packages(bench, RUNTIME)
	with (
		services.database(bench.config) as database,
		services.redis(13310) as cache,
		services.redis(11310) as queue,
	):
		env = {
			"FRAPPE_DB_HOST": database.host,
			"FRAPPE_DB_PORT": str(database.port),
			"FRAPPE_REDIS_CACHE": cache,
			"FRAPPE_REDIS_QUEUE": queue,
		}
		running = replace(bench, env=env)
		with with_app(running):
			yield running, database


def require_packages(bench: Bench, packages: tuple[str, ...]) -> None:
	"""Install into the bench's environment what it lacks of `packages`."""
	missing = [
		package
		for package in packages
		if say.output_of(
			[*bench.as_owner, str(bench.python), "-c", f"import {IMPORTED_AS.get(package, package)}"]
		)
		is None
	]
	if missing:
		command = [*bench.as_owner, str(bench.python), "-m", "pip", "install", "-q", *missing]
		what = f"Installing {', '.join(missing)} into the bench"
		say.run(command, what, "Look whether PyPI can be reached, then repeat.", log=system.LOG)


def run_in_bench(bench: Bench, arguments: list[str], env: dict[str, str]) -> int:
	"""The exit code of the bench's python with `arguments`, started in the checkout."""
	command = [*bench.as_owner, str(bench.python), *arguments]
	paths = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(system.CHECKOUT)}
	environment = {**bench.environment, **paths, **env}
	return subprocess.run(command, cwd=system.CHECKOUT, env=environment, check=False).returncode
