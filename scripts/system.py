"""Programs of the system: found, or installed from the distribution when they are missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from scripts.process import environment, quiet
from scripts.say import Stop, note

PACKAGES = {
	"mariadbd": "mariadb-server",
	"mariadb-install-db": "mariadb-server",
	"mariadb": "mariadb-client",
	"mariadb-dump": "mariadb-client",
	"redis-server": "redis-server",
	"node": "nodejs",
	"npm": "npm",
	"git": "git",
	"wkhtmltopdf": "wkhtmltopdf",
	"chromium": "chromium",
}
OTHER_NAMES = {"chromium": ("chromium-browser", "google-chrome")}
DATABASE = ("mariadbd", "mariadb-install-db", "mariadb")
SITE = (*DATABASE, "mariadb-dump", "redis-server", "node")
PDF = ("wkhtmltopdf",)
BROWSER = ("chromium",)
SEARCH = ":/usr/local/sbin:/usr/sbin:/sbin"


def program(name: str) -> str | None:
	"""The path of a program, also of one that only administrators have on their path."""
	path = os.environ.get("PATH", "") + SEARCH
	found = (shutil.which(each, path=path) for each in (name, *OTHER_NAMES.get(name, ())))
	return next((each for each in found if each), None)


def needed(name: str) -> str:
	path = program(name)
	if not path:
		raise Stop(f"The program {name} is missing.", f"Install it: {by_hand([package_of(name)])}")
	return path


def package_of(name: str, distribution: str = "") -> str:
	"""The package that brings a program; Ubuntu calls Chromium's differently."""
	if name == "chromium" and distribution == "ubuntu":
		return "chromium-browser"
	return PACKAGES[name]


def packages_for(missing: Iterable[str], distribution: str = "") -> list[str]:
	return sorted({package_of(name, distribution) for name in missing})


def distribution() -> str:
	release = Path("/etc/os-release")
	lines = release.read_text().splitlines() if release.is_file() else []
	return next((line[3:].strip('"') for line in lines if line.startswith("ID=")), "")


def by_hand(packages: Iterable[str]) -> str:
	return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"


def install(packages: list[str]) -> None:
	"""Installs packages as root or through sudo; otherwise says the command to run."""
	if not packages:
		return
	remedy = f"Run this, then repeat the command: {by_hand(packages)}"
	names = ", ".join(packages)
	if not shutil.which("apt-get"):
		raise Stop(f"These packages are missing and this system has no apt-get: {names}.", remedy)
	prefix: list[str] = []
	if os.geteuid() != 0:
		if not shutil.which("sudo"):
			raise Stop(f"These packages are missing and only root may install them: {names}.", remedy)
		prefix = ["sudo", "-n"] if os.environ.get("CI") else ["sudo"]
	apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
	try:
		quiet("Refreshing the list of system packages", [*apt, "update"], env=environment())
		quiet(
			f"Installing system packages: {names}",
			[*apt, "install", "-y", "--no-install-recommends", *packages],
			env=environment(),
		)
	except Stop as stop:
		raise Stop(f"These system packages could not be installed: {names}.", remedy) from stop


def ensure(programs: Iterable[str], optional: Iterable[str] = ()) -> None:
	"""Installs the packages of the programs that are missing; optional ones may stay missing."""
	install(packages_for((name for name in programs if not program(name)), distribution()))
	try:
		install(packages_for((name for name in optional if not program(name)), distribution()))
	except Stop as stop:
		note(f"Going on without: {stop.reason}.")
