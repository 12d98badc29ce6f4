"""The machine: where things are kept, which programs are there, who runs what."""

import fcntl
import os
import pwd
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import say

CHECKOUT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "branch-crm"
LOG = CACHE / "log.txt"

# the program that must be there, and Debian's packages that bring it
MARIADB = ("mariadbd", ["mariadb-server", "mariadb-client"])
REDIS = ("redis-server", ["redis-server"])
NODE = ("node", ["nodejs", "npm"])
CHROMIUM = ("chromium", ["chromium"])
PDF = ("wkhtmltopdf", ["wkhtmltopdf"])
BUILD = ("mariadb_config", ["libmariadb-dev", "pkg-config", "gcc", "python3-dev", "python3-venv"])


def require(*programs: tuple[str, list[str]]) -> None:
	"""Install by apt what is missing; raises Failure with the command to run where that is not possible."""
	missing = [package for program, packages in programs if not find(program) for package in packages]
	if not missing:
		return
	command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
	privilege = [] if os.geteuid() == 0 else ["sudo", "-n"]
	remedy = f"Run it yourself and repeat: sudo {' '.join(command)}"
	if not shutil.which("apt-get") or (privilege and not shutil.which("sudo")):
		raise say.Failure(f"These packages are missing: {', '.join(missing)}. {remedy}")
	env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
	say.run([*privilege, "apt-get", "update"], "Reading the list of packages", remedy, log=LOG, env=env)
	say.run([*privilege, *command], f"Installing {', '.join(missing)}", remedy, log=LOG, env=env)


def find(program: str) -> str | None:
	"""The program's path; servers live where a user's PATH may not look."""
	return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/sbin")


def free_port(preferred: int) -> int:
	"""The first free port of the loopback from `preferred` on."""
	for port in range(preferred, preferred + 200):
		with socket.socket() as probe:
			probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			try:
				probe.bind(("127.0.0.1", port))
			except OSError:
				continue
			return port
	raise say.Failure(f"No port is free from {preferred} to {preferred + 200}. End what holds them.")


def answers(host: str, port: int) -> bool:
	try:
		with socket.create_connection((host, port), timeout=2):
			return True
	except OSError:
		return False


def owner_of(path: Path) -> str:
	return pwd.getpwuid(path.stat().st_uid).pw_name


def me() -> str:
	return pwd.getpwuid(os.geteuid()).pw_name


@contextmanager
def alone(lock: Path, doing: str) -> Iterator[None]:
	"""Raises Failure if another command of the project is doing the same."""
	with lock.open("w") as held:
		try:
			fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError as busy:
			raise say.Failure(f"Another make demo or make test {doing}. Wait until it ends.") from busy
		yield


def tools(requirements: tuple[str, ...]) -> Path:
	"""The python of a virtual environment of the project's own tools, made or completed when needed."""
	venv = CACHE / "tools"
	python = venv / "bin" / "python"
	stamp = venv / "requirements.txt"
	wanted = "\n".join(requirements)
	if stamp.exists() and stamp.read_text() == wanted:
		return python
	if say.output_of(["python3", "-c", "import ensurepip, venv"]) is None:
		require(("python3-venv is missing", ["python3-venv"]))
	remedy = "Look whether PyPI can be reached, then repeat."
	if not python.exists():
		say.run(["python3", "-m", "venv", str(venv)], "Making a virtual environment", remedy, log=LOG)
	pip = [str(python), "-m", "pip", "install", "-q", *requirements]
	say.run(pip, "Installing the test tools", remedy, log=LOG)
	stamp.write_text(wanted)
	return python
