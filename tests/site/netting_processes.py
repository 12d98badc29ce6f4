"""Settlements by other processes, which wait until they are let go, and commit what they do for others to
see."""

import subprocess
import sys

import frappe
from frappe.model.document import Document

from tests.site.commands import SITE

SETTLEMENT = "Netting Settlement"
_PROCESS = """
import sys
import frappe
from branch_crm.party_netting import settlement_jobs

site, act, settlement = sys.argv[1:]
frappe.init(site)
frappe.connect()
doc = frappe.get_doc("Netting Settlement", settlement)
print("ready", flush=True)
sys.stdin.readline()
try:
	doc.submit() if act == "submit" else settlement_jobs.go_on(settlement)
	frappe.db.commit()
	print("done", flush=True)
except Exception as error:
	frappe.db.rollback()
	print(type(error).__name__, flush=True)
"""


def begin(settlement: str, act: str = "go_on") -> subprocess.Popen:
	process = subprocess.Popen(
		[sys.executable, "-c", _PROCESS, SITE, act, settlement],
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		text=True,
	)
	assert process.stdout.readline() == "ready\n"
	return process


def let_go(process: subprocess.Popen) -> None:
	process.stdin.write("\n")
	process.stdin.flush()


def stored(settlement: Document) -> Document:
	frappe.db.rollback()
	return frappe.get_doc(SETTLEMENT, settlement.name)
