"""The bench: one that exists, or one made the way every administrator makes it; and the app linked into it."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scripts import say, system

APP = "branch_crm"
OFFICIAL = "https://github.com/frappe/frappe"
VERSION = "version-15"
USUAL_PLACES = ("~/frappe-bench", "/home/frappe/frappe-bench", "/opt/bench/frappe-bench")
USUAL_PLACES += ("/workspace/frappe-bench", "/home/*/frappe-bench")


class NoBench(Exception):
	"""Why there is no bench to work with."""


@dataclass(frozen=True)
class Bench:
	path: Path
	env: dict[str, str] = field(default_factory=dict)
	"""Where this run's services are; set for every Frappe process."""

	@property
	def python(self) -> Path:
		return self.path / "env" / "bin" / "python"

	@property
	def sites(self) -> Path:
		return self.path / "sites"

	@property
	def config(self) -> dict:
		file = self.sites / "common_site_config.json"
		return json.loads(file.read_text()) if file.exists() else {}

	@property
	def environment(self) -> dict[str, str]:
		# Frappe's workers behave differently where CI is set
		inherited = {key: value for key, value in os.environ.items() if key != "CI"}
		path = f"{self.path / 'env' / 'bin'}:{inherited.get('PATH', '')}"
		return {**inherited, "PATH": path, "PYTHONUNBUFFERED": "1", **self.env}

	@property
	def as_owner(self) -> list[str]:
		"""The beginning of every command that root runs in somebody else's bench."""
		owner = system.owner_of(self.sites)
		if owner == system.me():
			return []
		if os.geteuid() != 0:
			raise say.Failure(f"{self.path} belongs to {owner}. Run the command as {owner} or as root.")
		return ["runuser", "-u", owner, "--"]

	def frappe(self, *arguments: str) -> list[str]:
		"""A Frappe command; to be run with `sites` as working directory."""
		return [*self.as_owner, str(self.python), "-m", "frappe.utils.bench_helper", "frappe", *arguments]

	def run(self, what: str, *arguments: str, remedy: str = "Repeat the command.") -> None:
		say.run(self.frappe(*arguments), what, remedy, log=system.LOG, cwd=self.sites, env=self.environment)


def find_or_make() -> Bench:
	"""BENCH if it is set, else one of the usual places, else a new one.

	Raises NoBench with the reason if there is none and none can be made.
	"""
	named = os.environ.get("BENCH")
	if named:
		if not is_bench(Path(named)):
			raise NoBench(f"BENCH={named} is not a bench with ERPNext")
		return Bench(Path(named).resolve())
	found = existing()
	if found:
		return Bench(found)
	say.step("No bench found; looking whether the official repositories can be reached (10 s at most)")
	if not _official_reached():
		raise NoBench("the official repositories cannot be reached and no bench was found")
	return Bench(_make())


def _official_reached() -> bool:
	return bool(say.output_of(["timeout", "10", "git", "ls-remote", "--heads", OFFICIAL, VERSION]))


def is_bench(path: Path) -> bool:
	try:
		return all(
			(path / part).exists() for part in ("apps/frappe", "apps/erpnext", "env/bin/python", "sites")
		)
	except PermissionError:
		return False


def existing() -> Path | None:
	for place in USUAL_PLACES:
		place = os.path.expanduser(place)
		candidates = sorted(Path("/").glob(place.lstrip("/"))) if "*" in place else [Path(place)]
		for candidate in candidates:
			if is_bench(candidate):
				return candidate.resolve()
	return None


def get_app(bench: Bench, app: str) -> None:
	"""Fetch one of Frappe's apps if the bench lacks it; raises Failure if it cannot be had."""
	if (bench.path / "apps" / app).exists():
		return
	if not _official_reached():
		raise say.Failure(
			f"{bench.path} lacks the app {app}, and the official repositories cannot be reached."
		)
	system.require(system.NODE, system.BUILD)
	user = system.owner_of(bench.sites)
	_get_app(user, Path(os.path.expanduser(f"~{user}")), bench.path, app, "--skip-assets")


def _make() -> Path:
	system.require(system.MARIADB, system.REDIS, system.NODE, system.BUILD, system.PDF)
	user, home = _bench_user()
	path = home / "frappe-bench"
	init = ["init", "--skip-redis-config-generation", "--frappe-branch", VERSION, str(path)]
	_bench_command(user, home, home, "Making a bench", init, f"Remove {path} and repeat.")
	_get_app(user, home, path, "erpnext")
	return path


def _get_app(user: str, home: Path, bench: Path, app: str, *options: str) -> None:
	remedy = f"Remove {bench / 'apps' / app}, look whether {OFFICIAL} can be reached, then repeat."
	get_app = ["get-app", "--branch", VERSION, *options, app]
	_bench_command(user, home, bench, f"Fetching {app}", get_app, remedy)


def _bench_command(user: str, home: Path, cwd: Path, what: str, arguments: list[str], remedy: str) -> None:
	"""Run the bench command from PyPI, installed when it is not there yet."""
	prefix = [] if user == system.me() else ["runuser", "-u", user, "--"]
	tool = home / ".branch-crm-bench"
	path = f"{tool / 'bin'}:{tool / 'node_modules/.bin'}:{os.environ.get('PATH', '')}"
	env = {**os.environ, "HOME": str(home), "PATH": path}
	steps = [(what, [str(tool / "bin/bench"), *arguments], cwd)]
	if not (tool / "node_modules/.bin/yarn").exists():
		steps[:0] = [
			("Installing the bench command", ["python3", "-m", "venv", str(tool)], home),
			("Installing the bench command", [str(tool / "bin/pip"), "install", "-q", "frappe-bench"], home),
			("Installing yarn", ["npm", "install", "--prefix", str(tool), "yarn"], home),
		]
	for step, command, folder in steps:
		say.run([*prefix, *command], step, remedy, log=system.LOG, cwd=folder, env=env)


def _bench_user() -> tuple[str, Path]:
	"""Whoever runs the command; for root the user frappe, since bench refuses to work as root."""
	if os.geteuid() != 0:
		return system.me(), Path.home()
	if say.output_of(["id", "frappe"]) is None:
		create = ["useradd", "--create-home", "--shell", "/bin/bash", "frappe"]
		say.run(create, "Making the user frappe", "Make it by hand and repeat.", log=system.LOG)
	return "frappe", Path(os.path.expanduser("~frappe"))


@contextmanager
def with_app(bench: Bench) -> Iterator[None]:
	"""The checkout that these scripts stand in as the bench's app; what was there before is put back.

	Raises Failure if another run uses the bench, or the bench's owner cannot read the checkout.
	"""
	readable = [*bench.as_owner, "test", "-r", str(system.CHECKOUT / APP / "hooks.py")]
	if say.output_of(readable) is None:
		raise say.Failure(
			f"{system.owner_of(bench.sites)}, who owns the bench, cannot read {system.CHECKOUT}."
			" Clone into a folder that he can read."
		)
	with system.alone(system.CACHE / "bench.lock", "uses the bench"):
		undo: list[tuple[Path, Path | None]] = []
		apps_txt = bench.sites / "apps.txt"
		apps = apps_txt.read_text()
		try:
			undo.append(_replace(bench.path / "apps" / APP, system.CHECKOUT))
			undo.append(_replace(_packages(bench) / f"{APP}.pth", None))
			(_packages(bench) / f"{APP}.pth").write_text(f"{system.CHECKOUT}\n")
			if APP not in apps.split():
				apps_txt.write_text("\n".join([*apps.split(), APP]) + "\n")
			yield
		finally:
			apps_txt.write_text(apps)
			for place, kept in reversed(undo):
				_remove(place)
				if kept:
					kept.rename(place)


def _packages(bench: Bench) -> Path:
	return next((bench.path / "env" / "lib").glob("python3*")) / "site-packages"


def _replace(place: Path, target: Path | None) -> tuple[Path, Path | None]:
	"""Put a link in a place, what was there aside; a leftover of a killed run counts as what was there."""
	kept = place.with_name(f"{place.name}.before-branch-crm")
	if not os.path.lexists(kept) and os.path.lexists(place):
		place.rename(kept)
	_remove(place)
	if target:
		place.symlink_to(target)
	return place, kept if os.path.lexists(kept) else None


def _remove(place: Path) -> None:
	if place.is_dir() and not place.is_symlink():
		shutil.rmtree(place)
	elif os.path.lexists(place):
		place.unlink()
