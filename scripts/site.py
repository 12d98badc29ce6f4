"""The app's own sites, made from a kept copy of a set-up ERPNext."""

import hashlib
import json
import secrets
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from branch_crm.demo.records import COMPANY
from scripts import say, system
from scripts.bench import APP, Bench
from scripts.services import Database

DEMO = "branch-crm-demo.localhost"
TEST = "branch-crm-test.localhost"
TESTS = (TEST, "branch-crm-test-2.localhost")
PASSWORD = "admin"
FORMAT = 1


@dataclass(frozen=True)
class Site:
	bench: Bench
	database: Database
	name: str
	config: dict = field(default_factory=dict)
	"""What its configuration has besides."""

	@property
	def folder(self) -> Path:
		return self.bench.sites / self.name

	@property
	def schema(self) -> str:
		"""The name of the site's database and its user."""
		return f"_{hashlib.sha1(self.name.encode()).hexdigest()[:16]}"

	def frappe(self, what: str, *arguments: str) -> None:
		self.bench.run(what, "--site", self.name, *arguments)

	def is_current(self) -> bool:
		"""Whether the site stands on today's ERPNext and its database is there."""
		config = self.folder / "site_config.json"
		if not config.exists() or json.loads(config.read_text()).get("branch_crm_base") != key(self.bench):
			return False
		return self._sql(f"select 1 from `{self.schema}`.tabDocType limit 1") is not None

	def make(self) -> None:
		"""The site anew: a set-up ERPNext with the app installed."""
		self.fill(_base(self.bench, self.database))
		self.install_app()

	def install_frappe(self) -> None:
		"""The site anew, with nothing but Frappe."""
		shutil.rmtree(self.folder, ignore_errors=True)
		password = secrets.token_hex(12)
		new_site = ["new-site", self.name, "--force", "--admin-password", PASSWORD]
		new_site += ["--db-name", self.schema, "--db-password", password]
		new_site += ["--db-root-username", self.database.user, "--db-root-password", self.database.password]
		new_site += ["--mariadb-user-host-login-scope", "%"]
		self.bench.run("Installing Frappe (the first time only)", *new_site)
		self.write_config(password)

	def install_app(self) -> None:
		self.frappe(f"Installing {APP} on {self.name}", "install-app", APP)

	def fill(self, dump: Path) -> None:
		"""The site anew, with the database of a kept copy."""
		self._make_empty()
		say.run(
			[*self.database.client, self.schema],
			f"Filling {self.name}",
			f"Remove {dump} and repeat.",
			log=system.LOG,
			env=self.database.client_env,
			stdin=dump,
		)
		# what is known of the database that was there before, and the jobs that it left
		for redis in ("FRAPPE_REDIS_CACHE", "FRAPPE_REDIS_QUEUE"):
			say.output_of(["redis-cli", "-u", self.bench.env[redis], "flushall"])

	def keep(self, dump: Path) -> None:
		"""A copy of the database as it is now."""
		unfinished = dump.with_suffix(".part")
		command = ["mariadb-dump", *self.database.client[1:], "--single-transaction"]
		command += [f"--result-file={unfinished}", self.schema]
		remedy = "Look whether the disk is full, then repeat."
		say.run(command, "Keeping a copy", remedy, log=system.LOG, env=self.database.client_env)
		unfinished.rename(dump)

	def write_config(self, password: str | None = None) -> None:
		"""Where this run's services are, kept beside what the site needs."""
		file = self.folder / "site_config.json"
		kept = json.loads(file.read_text()) if file.exists() else {}
		config = {
			**kept,
			"db_name": self.schema,
			"db_password": password or kept.get("db_password"),
			"db_type": "mariadb",
			"db_host": self.database.host,
			"db_port": self.database.port,
			"db_socket": "",
			"redis_cache": self.bench.env["FRAPPE_REDIS_CACHE"],
			"redis_queue": self.bench.env["FRAPPE_REDIS_QUEUE"],
			"allow_tests": 1,
			"mute_emails": 1,
			"developer_mode": 0,
			"branch_crm_base": key(self.bench),
			**self.config,
		}
		file.write_text(json.dumps(config, indent=1) + "\n")

	def _make_empty(self) -> None:
		shutil.rmtree(self.folder, ignore_errors=True)
		for part in ("public/files", "private/files", "private/backups", "locks", "logs"):
			(self.folder / part).mkdir(parents=True)
		password = secrets.token_hex(12)
		self._sql(
			f"drop database if exists `{self.schema}`;"
			f"create database `{self.schema}` character set utf8mb4 collate utf8mb4_unicode_ci;"
			f"create or replace user `{self.schema}`@`%` identified by '{password}';"
			f"grant all on `{self.schema}`.* to `{self.schema}`@`%`; flush privileges",
			must=True,
		)
		self.write_config(password)
		if self.bench.as_owner:
			shutil.chown(self.folder, system.owner_of(self.bench.sites))
			for path in self.folder.rglob("*"):
				shutil.chown(path, system.owner_of(self.bench.sites))

	def _sql(self, statement: str, must: bool = False) -> str | None:
		output = say.output_of([*self.database.client, "-N", "-e", statement], env=self.database.client_env)
		if must and output is None:
			raise say.Failure("The database refused a statement of its root user. Look at its permissions.")
		return output


def key(bench: Bench) -> str:
	"""What the kept copy depends on: the versions of Frappe and ERPNext and how this file sets them up."""
	parts = [str(FORMAT), str(date.today().year)]
	for app in ("frappe", "erpnext"):
		folder = bench.path / "apps" / app
		commit = say.output_of(["git", "-C", str(folder), "rev-parse", "HEAD"])
		parts.append(commit or (folder / app / "__init__.py").read_text())
		parts.append((folder / app / "patches.txt").read_text())
	return hashlib.sha1("".join(parts).encode()).hexdigest()[:12]


def _base(bench: Bench, database: Database) -> Path:
	"""A dump of ERPNext installed and set up for the demo company, made once per version."""
	dump = system.CACHE / f"base-{key(bench)}.sql"
	if dump.exists():
		return dump
	site = Site(bench, database, TEST)
	site.install_frappe()
	site.frappe("Installing ERPNext (some minutes, the first time only)", "install-app", "erpnext")
	wizard = "frappe.desk.page.setup_wizard.setup_wizard.setup_complete"
	site.frappe(
		"Setting up the company", "execute", wizard, "--kwargs", repr({"args": _answers(date.today())})
	)
	site.keep(dump)
	return dump


def _answers(today: date) -> dict:
	"""The answers to ERPNext's setup wizard; the fiscal year begins in April."""
	year = today.year if today.month >= 4 else today.year - 1
	return {
		"language": "English",
		"country": "India",
		"timezone": "Asia/Kolkata",
		"currency": "INR",
		"full_name": "Administrator of the demo",
		"email": "admin@banyan.example",
		"password": PASSWORD,
		"company_name": COMPANY,
		"company_abbr": "BTT",
		"chart_of_accounts": "Standard",
		"fy_start_date": f"{year}-04-01",
		"fy_end_date": f"{year + 1}-03-31",
		"setup_demo": 0,
	}
