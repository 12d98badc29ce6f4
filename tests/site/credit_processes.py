"""People who sell at the same moment: real processes on real connections, which commit what they do."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.site.commands import SITE

_PROCESS = """
import sys
import frappe

site = sys.argv[1]
frappe.init(site)
frappe.connect()
print("ready", flush=True)
for line in sys.stdin:
	doc = frappe.get_doc(*line.strip().split("|"))
	frappe.db.commit()
	print("waiting", flush=True)
	sys.stdin.readline()
	try:
		doc.submit()
		frappe.db.commit()
		print("done", flush=True)
	except Exception as error:
		frappe.db.rollback()
		print(type(error).__name__, flush=True)
"""

_ALONE = """
import os, signal, sys
import frappe
from branch_crm.credit_control import exposure_jobs, exposure_work, hold_jobs, statements

def die(*args):
	os.kill(os.getpid(), signal.SIGKILL)

site, where, order = sys.argv[1:]
frappe.init(site)
frappe.connect()
# each where something is done and not everything
if where == "submit":
	frappe.db.before_commit.add(lambda: (exposure_work.settle(), die()))
elif where == "rollback":
	hold_jobs._record_at_once = die
elif where == "fold":
	statements.count_entries = die
try:
	exposure_jobs.fold() if where == "fold" else frappe.get_doc("Sales Order", order).submit()
	frappe.db.commit()
except Exception:
	frappe.db.rollback()
"""


def killed(where: str, order: str = "") -> None:
	"""Another process submits the order, or folds, and is killed on the way."""
	command = [sys.executable, "-W", "ignore", "-c", _ALONE, SITE, where, order]
	assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


@contextmanager
def sellers(number: int) -> Iterator[list[subprocess.Popen]]:
	command = [sys.executable, "-W", "ignore", "-c", _PROCESS, SITE]
	pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
	people = [subprocess.Popen(command, **pipes) for _ in range(number)]
	try:
		assert all(person.stdout.readline() == "ready\n" for person in people)
		yield people
	finally:
		for person in people:
			person.stdin.close()
			person.wait()


def submitted_at_once(
	people: list[subprocess.Popen], drafts: list[str], doctype: str = "Sales Order"
) -> list[str]:
	"""What came of each of these drafts, submitted by one person each."""
	for person, draft in zip(people, drafts, strict=True):
		_tell(person, f"{doctype}|{draft}")
	assert all(person.stdout.readline() == "waiting\n" for person in people)
	for person in people:
		_tell(person, "")
	return [person.stdout.readline().strip() for person in people]


def _tell(person: subprocess.Popen, text: str) -> None:
	person.stdin.write(f"{text}\n")
	person.stdin.flush()
