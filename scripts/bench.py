"""The bench: chosen, checked, and used to run Frappe's commands."""

from __future__ import annotations

import ast
import json
import os
import pwd
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.places import CHECKOUT, cache
from scripts.process import environment, quiet
from scripts.say import Stop, setting
from scripts.services import Database

APP = "branch_crm"
PARTS = ("apps/frappe", "apps/erpnext", "env/bin/python", "sites")
DEFAULT_DATABASE_PORT = 3306


class NoBench(Stop):
	"""No bench can be used; the sentence says why."""


@dataclass(frozen=True)
class Bench:
	path: Path
	variables: dict[str, str] = field(default_factory=dict)

	@property
	def sites(self) -> Path:
		return self.path / "sites"

	@property
	def app(self) -> Path:
		return self.path / "apps" / APP

	@property
	def python(self) -> str:
		return str(self.path / "env" / "bin" / "python")

	@property
	def config(self) -> dict[str, object]:
		file = self.sites / "common_site_config.json"
		return json.loads(file.read_text()) if file.is_file() else {}

	def environment(self) -> dict[str, str]:
		"""For every process of Frappe: the app from the linked checkout, nothing written into the checkout."""
		own = {"PYTHONPATH": str(self.app), "PYTHONPYCACHEPREFIX": str(cache("pycache"))}
		return environment(**own, **self.variables)

	def frappe(self, *arguments: str, site: str = "") -> list[str]:
		"""The command line of a frappe command; it has to run in the folder of the sites."""
		where = ["--site", site] if site else []
		return [self.python, "-m", "frappe.utils.bench_helper", "frappe", *where, *arguments]

	def run(self, title: str, *arguments: str, site: str = "") -> str:
		return quiet(title, self.frappe(*arguments, site=site), cwd=self.sites, env=self.environment())

	def script(self, name: str, *arguments: str) -> list[str]:
		"""The command line of one of the scripts that run inside the bench."""
		return [self.python, str(CHECKOUT / "scripts" / "inside" / name), *arguments]


def is_bench(path: Path) -> bool:
	try:
		return all((path / part).exists() for part in PARTS)
	except OSError:
		return False


def usual_places(home: Path) -> list[Path]:
	fixed = [home, Path("/home/frappe"), Path("/opt/bench"), Path("/workspace")]
	places = [place / "frappe-bench" for place in fixed]
	return [*places, *(path for path in sorted(Path("/home").glob("*/frappe-bench")) if path not in places)]


def choose(named: str, places: Iterable[Path], accept: Callable[[Path], bool] = is_bench) -> Path | None:
	"""The bench to use, None where one may be made.

	A named bench is the only one looked at: raises NoBench when it is not one.
	"""
	if named:
		path = Path(named).expanduser()
		if accept(path):
			return path.resolve()
		raise NoBench(
			f"BENCH={named} is not a bench with Frappe and ERPNext.",
			"Set BENCH to the folder that holds apps, env and sites, or leave it out.",
		)
	return next((place.resolve() for place in places if accept(place)), None)


def existing() -> Path | None:
	return choose(setting("BENCH"), usual_places(Path.home()))


def become_owner(bench: Path, module: str, arguments: list[str]) -> None:
	"""As root, goes on as the user to whom the bench belongs, because its files must stay that user's.

	Returns when there is nothing to change. Raises NoBench when the bench or the checkout is out of reach.
	"""
	owner = (bench / "sites").stat().st_uid
	if os.geteuid() == 0 and owner != 0:
		person = pwd.getpwuid(owner)
		if not readable_by(person.pw_name):
			raise NoBench(
				f"The bench {bench} belongs to {person.pw_name}, who cannot read {CHECKOUT}.",
				f"Move the checkout to a folder that {person.pw_name} can read.",
			)
		start_as(person, bench, module, arguments)
	elif not all(os.access(bench / part, os.W_OK) for part in ("apps", "sites")):
		name = pwd.getpwuid(owner).pw_name
		raise NoBench(f"The bench {bench} belongs to {name}.", f"Repeat the command as {name} or as root.")


def readable_by(name: str) -> bool:
	files = [CHECKOUT / "scripts" / "test.py", CHECKOUT / APP / "hooks.py"]
	checks = [["runuser", "-u", name, "--", "test", "-r", str(file)] for file in files]
	return all(subprocess.run(check).returncode == 0 for check in checks)


def start_as(person: pwd.struct_passwd, bench: Path, module: str, arguments: list[str]) -> None:
	"""Gives up root for good and starts the command again as this user."""
	variables = environment(
		HOME=person.pw_dir, USER=person.pw_name, LOGNAME=person.pw_name, BENCH=str(bench), **{
			name: os.environ[name] for name in ("CI",) if name in os.environ
		}
	)
	variables = {name: value for name, value in variables.items() if not name.startswith("XDG_")}
	os.initgroups(person.pw_name, person.pw_gid)
	os.setgid(person.pw_gid)
	os.setuid(person.pw_uid)
	os.chdir(CHECKOUT)
	python = sys.executable if os.access(sys.executable, os.X_OK) else "/usr/bin/python3"
	sys.stdout.flush()
	os.execve(python, [python, "-m", module, *arguments], variables)


def own_database(bench: Bench) -> Database | None:
	"""The MariaDB of the bench, when it answers to a login that is known."""
	config = bench.config
	password = setting("DB_ROOT_PASSWORD") or str(config.get("root_password") or "")
	if not password:
		return None
	user = setting("DB_ROOT_USER") or str(config.get("root_login") or "root")
	port = int(str(config.get("db_port") or DEFAULT_DATABASE_PORT))
	server = Database(str(config.get("db_host") or "127.0.0.1"), port, user, password)
	return server if server.answers() else None


def dependencies(pyproject: str) -> list[str]:
	"""The requirements that pyproject.toml names under [project]."""
	found = re.search(r"^dependencies\s*=\s*(\[.*?^?\])\s*$", pyproject, re.MULTILINE | re.DOTALL)
	return ast.literal_eval(found[1]) if found else []


def require(bench: Bench, requirements: Iterable[str]) -> None:
	"""Installs those requirements into the environment of the bench that it does not have."""
	check = "import sys, importlib.metadata as m; [m.version(n) for n in sys.argv[1:]]"
	missing = [
		each
		for each in requirements
		if subprocess.run(
			[bench.python, "-c", check, re.split(r"[\s<>=!~\[;]", each)[0]], capture_output=True
		).returncode
	]
	if missing:
		title = f"Installing into the bench: {', '.join(missing)}"
		quiet(title, [bench.python, "-m", "pip", "install", "--quiet", *missing], env=environment())


def app_requirements() -> list[str]:
	return dependencies((CHECKOUT / "pyproject.toml").read_text())


def merged(bench: Bench, variables: Mapping[str, str]) -> Bench:
	return Bench(bench.path, {**bench.variables, **variables})
