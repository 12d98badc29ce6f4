"""Makes a bench where there is none, with the bench command from PyPI, as every administrator does."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from scripts import system
from scripts.bench import CHECKOUT, NoBench, existing, readable_by
from scripts.process import environment, quiet
from scripts.say import Stop, note, setting

OFFICIAL = "https://github.com/frappe/frappe"
BRANCH = "version-15"
LOOK_SECONDS = 10
OLDEST_NODE = 18
USER = "frappe"
BUILD_PACKAGES = [
	*("build-essential", "git", "libffi-dev", "libmariadb-dev", "libssl-dev", "mariadb-client", "nodejs", "npm"),
	*("pkg-config", "python3-dev", "python3-pip", "python3-venv", "redis-server"),
]


def find_or_make() -> Path:
	"""The bench to use; raises NoBench with the reason when there is none and none can be made."""
	return existing() or make()


def reachable() -> bool:
	argv = ["git", "ls-remote", "--exit-code", OFFICIAL, f"refs/heads/{BRANCH}"]
	try:
		env = environment(GIT_TERMINAL_PROMPT="0")
		look = subprocess.run(argv, env=env, capture_output=True, stdin=subprocess.DEVNULL, timeout=LOOK_SECONDS)
	except (OSError, subprocess.TimeoutExpired):
		return False
	return look.returncode == 0


def owner() -> pwd.struct_passwd:
	"""Who the new bench belongs to: this user, or for root the user frappe, as bench refuses to work as root."""
	if os.geteuid() != 0:
		return pwd.getpwuid(os.geteuid())
	try:
		return pwd.getpwnam(USER)
	except KeyError:
		quiet(f"Making the user {USER}", ["useradd", "--create-home", "--shell", "/bin/bash", USER])
		return pwd.getpwnam(USER)


def make() -> Path:
	if not reachable():
		raise NoBench(
			"The official repositories cannot be reached and no bench was found.",
			"Set BENCH to the folder of a bench with Frappe and ERPNext.",
		)
	system.install(BUILD_PACKAGES)
	system.ensure([], optional=system.PDF)
	check_node()
	person = owner()
	if os.geteuid() == 0 and not readable_by(person.pw_name):
		raise NoBench(
			f"The new bench would belong to {person.pw_name}, who cannot read {CHECKOUT}.",
			f"Move the checkout to a folder that {person.pw_name} can read.",
		)
	home = Path(person.pw_dir)
	path = home / "frappe-bench"
	if path.exists():
		raise NoBench(f"{path} exists but is not a bench with Frappe and ERPNext.", "Complete it or move it away.")
	try:
		build(person, home / ".cache" / "branch-crm-bench-command", path)
	except BaseException as error:
		shutil.rmtree(path, ignore_errors=True)
		if isinstance(error, Stop):
			raise NoBench(f"A bench could not be made. {error.why}", error.remedy) from error
		raise
	return path


def build(person: pwd.struct_passwd, tools: Path, path: Path) -> None:
	"""The steps, each as the user to whom the bench will belong; takes 15 minutes and more."""
	prefix = ["runuser", "-u", person.pw_name, "--"] if os.geteuid() == 0 else []
	search = f"{tools}/bin:{tools}/node_modules/.bin:/usr/local/bin:/usr/bin:/bin"
	env = environment(HOME=person.pw_dir, USER=person.pw_name, LOGNAME=person.pw_name, PATH=search)
	python = setting("BENCH_PYTHON", "/usr/bin/python3")
	note(f"No bench was found: one is made in {path}. This takes a while.")
	steps = [
		("Making a place for the bench command", [python, "-m", "venv", str(tools)], person.pw_dir),
		("Installing the bench command", [f"{tools}/bin/pip", "install", "frappe-bench"], person.pw_dir),
		("Installing yarn", ["npm", "install", "--prefix", str(tools), "yarn@1"], person.pw_dir),
		(
			"Making the bench with Frappe",
			["bench", "init", "--frappe-branch", BRANCH, "--python", python, str(path)],
			person.pw_dir,
		),
		("Fetching ERPNext", ["bench", "get-app", "--branch", BRANCH, "erpnext"], str(path)),
	]
	for title, argv, cwd in steps:
		quiet(title, [*prefix, "env", f"PATH={search}", *argv], cwd=Path(cwd), env=env)


def check_node() -> None:
	version = subprocess.run([system.needed("node"), "--version"], capture_output=True, text=True).stdout.strip()
	if int(version.lstrip("v").split(".")[0] or 0) < OLDEST_NODE:
		raise NoBench(f"Node {version} is too old for Frappe.", f"Install Node {OLDEST_NODE} or newer.")
