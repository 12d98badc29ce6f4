"""ERPNext's tests on a site of their own: the states that it is in, and a run from each."""

import base64
import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts import bench as benches
from scripts import say, system
from scripts.bench import APP, Bench
from scripts.erpnext_results import Run, read
from scripts.services import Database
from scripts.site import Site, key

NAME = "branch-crm-erpnext.localhost"
# what ERPNext's own CI has in its configuration
MAIL = {"auto_email_id": "test@example.com", "mail_server": "smtp.example.com"}
MAIL |= {"mail_login": "test@example.com", "mail_password": "test"}
RECORDS = "records"
WITHOUT, AGAIN, OFF, ON = "without", "without again", "off", "on"
STATES = (WITHOUT, AGAIN, OFF, ON)
BRANCHES = ("North", "South")
SETTINGS, NO_DELETION = "Customer Master Settings", "refuse_deletion"
# Frappe's runner makes the records of a DocType before it looks for the test
NO_TEST = "no_such_test"


@dataclass(frozen=True)
class ErpnextSite:
	"""The site with test records, as it is without the app, with it, and with scope on; every run begins with a copy
	of that state. Copies and reports are kept for the day, those with the app as long as the app is the same."""

	site: Site
	doctypes: Sequence[str]
	folder: Path

	def run(self, state: str, doctype: str, tests: Sequence[str] = ()) -> Run | None:
		"""A DocType's tests in a state, or some of them apart from the others; None where the runner broke off."""
		reports = self._folder(state) / "reports" / state
		what = f"{doctype}, apart" if tests else doctype
		report = reports / f"{what}.xml"
		if not report.exists():
			reports.mkdir(parents=True, exist_ok=True)
			self._begin_with(self._state(state))
			unfinished = self.site.folder / "report.xml"
			options = [option for test in tests for option in ("--test", test.rpartition(".")[2])]
			try:
				self._tests(doctype, f"{what}, {state}", "--junit-xml-output", str(unfinished), *options)
			except say.Failure as failure:
				say.step(str(failure))
				return None
			shutil.copy(unfinished, report.with_suffix(".part"))
			report.with_suffix(".part").rename(report)
		return read(report)

	def _state(self, state: str) -> str:
		"""The state's copy, made when it is not there."""
		if state in (WITHOUT, AGAIN):
			return self._kept(RECORDS, self._make_records)
		return self._kept(OFF, self._install) if state == OFF else self._kept(ON, self._switch_on)

	def _kept(self, state: str, make: object) -> str:
		if not self._dump(state).exists():
			self._dump(state).parent.mkdir(parents=True, exist_ok=True)
			make()
			self.site.keep(self._dump(state))
		return state

	def _make_records(self) -> None:
		bare = system.CACHE / f"erpnext-{key(self.site.bench)}.sql"
		if not bare.exists():
			self.site.install_frappe()
			for app in ("payments", "erpnext"):
				self.site.frappe(f"Installing {app} (the first time only)", "install-app", app)
			self.site.keep(bare)
		self.site.fill(bare)
		for doctype in self.doctypes:
			self._tests(doctype, f"Making test records of {doctype}", "--test", NO_TEST)
		shutil.copy(self.site.folder / ".test_log", self.folder / "test_log")

	def _install(self) -> None:
		self._begin_with(self._state(WITHOUT))
		self.site.install_app()
		for branch in BRANCHES:
			doc = {"doctype": "Branch", "branch": branch}
			self._execute(f"Making branch {branch}", "frappe.client.insert", {"doc": doc})
		# ERPNext's tests delete the masters that they have made
		setting = {"doctype": SETTINGS, "fieldname": NO_DELETION, "value": 0}
		self._execute("Permitting deletion", "frappe.client.set_value", {**setting, "name": SETTINGS})

	def _switch_on(self) -> None:
		self._begin_with(self._state(OFF))
		answers = {"dry_run": 0, "unassigned_visible_to": "Head Office"}
		self._execute("Switching scope on", f"{APP}.branch_access.api.activate", answers)

	def _execute(self, what: str, method: str, arguments: dict) -> None:
		self.site.frappe(what, "execute", method, "--kwargs", repr(arguments))

	def _tests(self, doctype: str, what: str, *options: str) -> None:
		self.site.frappe(what, "run-tests", "--app", "erpnext", "--doctype", doctype, *options)

	def _begin_with(self, state: str) -> None:
		self.site.fill(self._dump(state))
		# the records are not made twice
		shutil.copy(self.folder / "test_log", self.site.folder / ".test_log")

	def _dump(self, state: str) -> Path:
		return self._folder(state) / f"{state}.sql"

	def _folder(self, state: str) -> Path:
		return self.folder / f"app-{_fingerprint()}" if state in (OFF, ON) else self.folder


def prepared(bench: Bench, database: Database, doctypes: Sequence[str]) -> ErpnextSite:
	"""The site, resuming what today's runs have left; FRESH=1 begins anew."""
	# passwords in the records are read with the key that they were written with
	secret = base64.urlsafe_b64encode(hashlib.sha256(NAME.encode()).digest()).decode()
	site = Site(bench, database, NAME, {**MAIL, "encryption_key": secret})
	kept = system.CACHE / "erpnext-tests"
	folder = kept / f"{key(bench)}-{date.today()}"
	for old in kept.glob("*"):
		if old != folder or os.environ.get("FRESH") == "1":
			shutil.rmtree(old)
	folder.mkdir(parents=True, exist_ok=True)
	return ErpnextSite(site, doctypes, folder)


def require_payments(bench: Bench) -> None:
	"""ERPNext's tests use Frappe's app `payments`."""
	benches.get_app(bench, "payments")


def _fingerprint() -> str:
	"""The app as it is in this checkout."""
	digest = hashlib.sha1()
	for path in sorted((system.CHECKOUT / APP).rglob("*")):
		if path.is_file() and "__pycache__" not in path.parts:
			digest.update(str(path.relative_to(system.CHECKOUT)).encode() + path.read_bytes())
	return digest.hexdigest()[:12]
