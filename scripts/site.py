"""The app's own two sites, made from a base with ERPNext and a company that is kept as a dump."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.bench import APP, Bench
from scripts.places import CHECKOUT, cache
from scripts.process import quiet
from scripts.say import Stop, step
from scripts.services import Database, Redis

DEMO = "branch-crm-demo.localhost"
TEST = "branch-crm-test.localhost"
ADMIN_PASSWORD = "admin"
FORMAT = 1
APRIL = 4
FOLDERS = ("public/files", "private/files", "private/backups", "locks", "logs")


@dataclass(frozen=True)
class Site:
	"""One of the app's sites in a bench, with the servers that it uses in this run."""

	name: str
	bench: Bench
	database: Database
	cache: Redis
	queue: Redis

	@property
	def folder(self) -> Path:
		return self.bench.sites / self.name

	@property
	def config(self) -> dict[str, object]:
		file = self.folder / "site_config.json"
		return json.loads(file.read_text()) if file.is_file() else {}

	@property
	def db_name(self) -> str:
		return "_" + hashlib.sha1(f"{self.bench.path}/{self.name}".encode()).hexdigest()[:16]

	def configure(self, **changes: object) -> None:
		"""Writes the site's configuration: its own servers, so that the bench's common one stays untouched."""
		for each in FOLDERS:
			(self.folder / each).mkdir(parents=True, exist_ok=True)
		now = self.config
		config = {
			**now,
			"db_type": "mariadb",
			"db_name": self.db_name,
			"db_password": now.get("db_password") or secrets.token_hex(12),
			"db_host": self.database.host,
			"db_port": self.database.port,
			"redis_cache": self.cache.url,
			"redis_queue": self.queue.url,
			"allow_tests": 1,
			"developer_mode": 0,
			"mute_emails": 1,
			"server_script_enabled": 0,
			**changes,
		}
		file = self.folder / "site_config.json"
		with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "w") as output:
			json.dump(config, output, indent=1, sort_keys=True)

	def make_database(self) -> None:
		"""An empty database and its user; whatever stood there is dropped."""
		name, password = self.db_name, self.config["db_password"]
		users = [f"`{name}`@'{host}'" for host in ("localhost", "%")]
		statements = [
			f"drop database if exists `{name}`",
			f"create database `{name}` character set utf8mb4 collate utf8mb4_unicode_ci",
			*(f"create or replace user {user} identified by '{password}'" for user in users),
			*(f"grant all privileges on `{name}`.* to {user}" for user in users),
		]
		self.database.query(";\n".join(statements) + ";")

	def forget_cache(self) -> None:
		self.cache.empty()
		self.queue.empty()

	def run(self, title: str, *arguments: str) -> str:
		return self.bench.run(title, *arguments, site=self.name)


def fiscal_year(today: date) -> tuple[str, str]:
	"""First and last day of the Indian fiscal year of a day."""
	start = today.year if today.month >= APRIL else today.year - 1
	return f"{start}-04-01", f"{start + 1}-03-31"


def base_key(bench: Bench, today: date) -> str:
	"""Changes when the base has to be made again: other versions of the apps, another fiscal year."""
	parts = [str(FORMAT), fiscal_year(today)[0], (CHECKOUT / "scripts/inside/base.py").read_text()]
	for app in ("frappe", "erpnext"):
		source = bench.path / "apps" / app
		head = subprocess.run(["git", "-C", str(source), "rev-parse", "HEAD"], capture_output=True, text=True)
		version = source / app / "__init__.py"
		inside = head.returncode == 0 and (source / ".git").exists()
		parts.append(head.stdout if inside else f"{version.read_text()} {version.stat().st_mtime_ns}")
	return hashlib.sha1("\n".join(parts).encode()).hexdigest()[:16]


def make(site: Site) -> None:
	"""The site afresh: ERPNext with a company, then the app."""
	key = base_key(site.bench, date.today())
	dump = cache("base", f"{key}.sql.gz")
	if dump.is_file():
		fresh_folder(site)
		restore(site, dump)
	else:
		make_base(site, dump)
	site.forget_cache()
	site.run("Installing the app on the site", "install-app", APP)
	site.configure(branch_crm_base=key)


def refresh(site: Site) -> None:
	"""The site as it stands, brought to the app's present state; made afresh when there is none of this base."""
	if site.config.get("branch_crm_base") != base_key(site.bench, date.today()) or not has_data(site):
		make(site)
		return
	site.configure()
	site.forget_cache()
	site.run("Migrating the site", "migrate", "--skip-search-index")


def has_data(site: Site) -> bool:
	sql = f"select count(*) from information_schema.tables where table_schema = '{site.db_name}'"
	return int(site.database.query(sql)) > 100 and site.config.get("db_port") is not None and can_log_in(site)


def can_log_in(site: Site) -> bool:
	password = str(site.config.get("db_password"))
	return Database(site.database.host, site.database.port, site.db_name, password).answers()


def fresh_folder(site: Site) -> None:
	shutil.rmtree(site.folder, ignore_errors=True)
	site.configure()
	site.make_database()


def restore(site: Site, dump: Path) -> None:
	"""Loads the kept base into the site's database."""
	started = time.monotonic()
	step(f"Loading ERPNext with a company into {site.name}")
	client = subprocess.Popen(
		[*site.database.client(), site.db_name], env=site.database.environment(), stdin=subprocess.PIPE
	)
	assert client.stdin
	with gzip.open(dump, "rb") as source:
		shutil.copyfileobj(source, client.stdin, 1 << 20)
	client.stdin.close()
	if client.wait():
		raise Stop("The kept base of the site could not be loaded.", f"Delete {dump} and repeat the command.")
	step(f"Loaded in {time.monotonic() - started:.0f} s")


def make_base(site: Site, dump: Path) -> None:
	"""A new site with ERPNext and its setup wizard answered; takes minutes, so its dump is kept."""
	fresh_folder(site)
	address = ["--db-host", site.database.host, "--db-port", str(site.database.port)]
	names = ["--db-name", site.db_name, "--db-password", str(site.config["db_password"]), "--no-setup-db"]
	login = ["--admin-password", ADMIN_PASSWORD, "--force"]
	bench = site.bench
	bench.run("Making a site with Frappe (once, takes minutes)", "new-site", site.name, *address, *names, *login)
	site.run("Installing ERPNext (once, takes minutes)", "install-app", "erpnext")
	start, end = fiscal_year(date.today())
	argv = bench.script("base.py", site.name, start, end)
	quiet("Answering the setup wizard (once)", argv, cwd=bench.sites, env=bench.environment())
	keep(site, dump)


def keep(site: Site, dump: Path) -> None:
	step("Keeping this base for the next time")
	argv = [*site.database.client("mariadb-dump"), "--single-transaction", "--quick", site.db_name]
	temporary = dump.with_suffix(".new")
	client = subprocess.Popen(argv, env=site.database.environment(), stdout=subprocess.PIPE)
	assert client.stdout
	with gzip.open(temporary, "wb", compresslevel=4) as target:
		shutil.copyfileobj(client.stdout, target, 1 << 20)
	if client.wait():
		raise Stop("The base of the site could not be dumped.")
	for old in dump.parent.glob("*.sql.gz"):
		old.unlink()
	temporary.replace(dump)
