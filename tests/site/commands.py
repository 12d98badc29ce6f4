"""Commands of bench on the site under test; they commit."""

import os
import subprocess
import sys

import frappe

SITE = os.environ["BRANCH_CRM_SITE"]


def bench(*arguments: str) -> None:
	"""Run the command, and begin anew with what it left."""
	frappe.db.commit()
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", SITE, *arguments]
	done = subprocess.run(command, capture_output=True, text=True, check=False)
	assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
	# hooks and metadata of this process are those of before
	frappe.destroy()
	frappe.init(SITE)
	frappe.connect()
