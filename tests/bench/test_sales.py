"""Sales that are judged, and tills that sell to CASH at once, beside stock ERPNext in one run. Prints; asserts nothing about
time."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest
from frappe.utils import now_datetime

from branch_crm.demo.records import COMPANY
from tests.bench.measuring import without_app
from tests.site import documents
from tests.site.company import make_branch, make_customer
from tests.site.credit import profile

BRANCH, BUYER = "Zq Bench Till", "Zq Bench Buyer"
ROUNDS, INVOICES, PAIRS = 6, 12, 60
TILLS = int(os.environ.get("BRANCH_CRM_TILLS") or 20)
SALES = 5
_TILL = """
import sys
import frappe
from tests.site import documents

site, sales, branch = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def sell(end):
	while True:
		try:
			documents.paid_at_once("CASH", branch=branch)
			return end()
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()


while sys.stdin.readline():
	# what is installed may be another app than in the round before
	frappe.init(site)
	frappe.connect()
	# one fills what is cached, and gives its number back
	sell(frappe.db.rollback)
	print("ready", flush=True)
	sys.stdin.readline()
	for _sale in range(sales):
		sell(frappe.db.commit)
	print("done", flush=True)
	frappe.destroy()
"""


@pytest.fixture(scope="module", autouse=True)
def shop() -> Iterator[None]:
	frappe.db.set_value("Company", COMPANY, "sales_monthly_history", "{}")
	frappe.db.set_single_value("Selling Settings", "sales_update_frequency", "Monthly")
	if not frappe.db.exists("Branch", BRANCH):
		make_branch(BRANCH)
		make_customer(BUYER, BRANCH)
		documents.make_item()
		profile(BUYER, credit_limit=10**9, branch_limits=[{"branch": BRANCH, "credit_limit": 10**9}])
	frappe.db.commit()
	yield
	_judge(False)
	frappe.db.commit()


def test_what_the_app_and_its_judge_add_to_an_invoice() -> None:
	figures: dict[str, list[float]] = {"stock": [], "with the app": []}
	# in turns, so that what else the machine does meets all alike
	for _round in range(ROUNDS):
		with without_app():
			figures["stock"] += _submitted()
		figures["with the app"] += _submitted()
	medians = {name: statistics.median(times) for name, times in figures.items()}
	print(f"\nSales Invoice submitted, medians of {ROUNDS * INVOICES} in ms")
	for name, median in medians.items():
		print(f"{name:14}{median:8.1f}{median / medians['stock']:8.2f} of stock")
	checks = statistics.median(_judged_ms() - _submitted_ms() for _pair in range(PAIRS))
	print(f"{'the judge':14}{checks:8.1f}{checks / medians['stock']:8.2f} of stock, median of {PAIRS} pairs")


def test_tills_that_sell_to_cash_at_once() -> None:
	figures: dict[str, list[float]] = {"stock": [], "judged": []}
	sides = [("stock", without_app), ("judged", _judged)]
	with _tills() as tills:
		for round_ in range(ROUNDS):
			# each sale makes the next one slower: neither side always follows the other
			for name, as_side in sides if round_ % 2 else reversed(sides):
				with as_side():
					figures[name].append(_sold_at_once(tills))
	medians = {name: statistics.median(times) for name, times in figures.items()}
	print(f"\n{TILLS} tills, {SALES} sales to CASH each, medians of {ROUNDS} in s")
	for name, median in medians.items():
		print(f"{name:12}{median:8.2f}{median / medians['stock']:8.2f} of stock")


def _submitted() -> list[float]:
	# the first ones fill caches
	return [_submitted_ms() for _number in range(INVOICES + 2)][2:]


def _judged_ms() -> float:
	with _judged():
		return _submitted_ms()


def _submitted_ms() -> float:
	invoice = documents.sales("Sales Invoice", BUYER, submit=False, branch=BRANCH)
	# as by requests: what the app does before a commit is a part of what it takes
	frappe.db.commit()
	began = time.perf_counter()
	invoice.submit()
	frappe.db.commit()
	return (time.perf_counter() - began) * 1000


@contextmanager
def _tills() -> Iterator[list[subprocess.Popen]]:
	command = [sys.executable, "-W", "ignore", "-c", _TILL, frappe.local.site, str(SALES), BRANCH]
	pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
	tills = [subprocess.Popen(command, **pipes) for _ in range(TILLS)]
	yield tills
	for till in tills:
		till.communicate()


def _sold_at_once(tills: list[subprocess.Popen]) -> float:
	_await(tills, "ready")
	began = time.perf_counter()
	_await(tills, "done")
	return time.perf_counter() - began


def _await(tills: list[subprocess.Popen], state: str) -> None:
	for till in tills:
		till.stdin.write("\n")
		till.stdin.flush()
	assert all(till.stdout.readline() == f"{state}\n" for till in tills)


@contextmanager
def _judged() -> Iterator[None]:
	_judge(True)
	frappe.db.commit()
	try:
		yield
	finally:
		_judge(False)
		frappe.db.commit()


def _judge(is_judged: bool) -> None:
	if is_judged:
		company = {"doctype": "Credit Company", "company": COMPANY, "counted_since": now_datetime()}
		frappe.get_doc({**company, "judged_since": now_datetime()}).insert()
	else:
		frappe.db.delete("Credit Company", {"company": COMPANY})
