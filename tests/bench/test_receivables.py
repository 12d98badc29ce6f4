"""Receivables by age beside stock ERPNext's reports, in one run. Prints; asserts nothing about time."""

import math
import os
import time
import tracemalloc
from collections.abc import Callable, Iterator

import frappe
import pytest
from erpnext.accounts.report.accounts_receivable import accounts_receivable as stock
from erpnext.accounts.report.accounts_receivable_summary import accounts_receivable_summary as stock_summary
from frappe.utils import nowdate

from branch_crm.credit_control.report.receivables_ageing import receivables_ageing as ours
from branch_crm.demo.records import COMPANY
from tests.bench import customers, receivables
from tests.bench.customers import MEAN

ROWS = int(os.environ.get("BRANCH_CRM_DOCUMENTS") or 100_000)
PARTIES = int(os.environ.get("BRANCH_CRM_CUSTOMERS") or 100_000)
# stock's report and filters, and ours for the same
ASKED = {
	"one mean branch": (stock, {"branch": [MEAN]}, [{"branch": MEAN, "group_by": "Document"}]),
	"one party": (
		stock,
		{"party_type": "Customer", "party": [receivables.FEW]},
		[{"customer": receivables.FEW, "group_by": "Document"}],
	),
	"summary": (stock_summary, {}, [{"group_by": "Branch"}, {"group_by": "Branch", "show_customers": 1}]),
}
AGES = ("range1", "range2", "range3", "range4", "range5")
Amounts = tuple[float, ...]


@pytest.fixture(scope="module")
def ledger() -> Iterator[None]:
	customers.build(PARTIES)
	receivables.remove()
	receivables.build(ROWS, PARTIES, COMPANY)
	yield
	receivables.remove()


def _stock(report: object, filters: dict) -> Amounts:
	_columns, rows, *_more = report.execute(
		frappe._dict(company=COMPANY, report_date=nowdate(), ageing_based_on="Due Date", **filters)
	)
	return _summed(rows)


def _ours(filters: dict) -> Amounts:
	_columns, rows, *_more = ours.execute({"company": COMPANY, **filters})
	return _summed(rows[-1:])


def _summed(rows: list[dict]) -> Amounts:
	return tuple(round(sum(row[field] or 0 for row in rows), 2) for field in ("outstanding", *AGES))


def _measured(act: Callable[[], Amounts], with_memory: bool) -> tuple[Amounts, float, float]:
	"""What it says, its seconds and, in another run, the most megabytes that it holds."""
	began = time.perf_counter()
	found = act()
	seconds = time.perf_counter() - began
	if not with_memory:
		return found, seconds, math.nan
	tracemalloc.start()
	act()
	_now, peak = tracemalloc.get_traced_memory()
	tracemalloc.stop()
	return found, seconds, peak / 2**20


def test_receivables_beside_stock(ledger: None) -> None:
	print(
		f"\n{ROWS:,} ledger rows of {PARTIES:,} customers | stock: s, MB | ours: s, MB | of it: time, memory"
	)
	for name, (report, of_stock, of_ours) in ASKED.items():
		# to follow it takes a multiple of the minute that the summary takes
		with_memory = report is stock
		_ours(of_ours[0])
		expected, stock_seconds, stock_memory = _measured(
			lambda r=report, f=of_stock: _stock(r, f), with_memory
		)
		for filters in of_ours:
			said, seconds, memory = _measured(lambda filters=filters: _ours(filters), with_memory)
			# the summary leaves out the ages of who owes nothing altogether
			compared = slice(None) if report is stock else slice(1)
			assert said[compared] == expected[compared]
			print(
				f"{name:15} | {stock_seconds:8.3f} {stock_memory:7.1f} | {seconds:8.3f} {memory:7.1f}"
				f" | {seconds / stock_seconds:.4f} {memory / stock_memory:.4f}  {', '.join(filters)}"
			)
