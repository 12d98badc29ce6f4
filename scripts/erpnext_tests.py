"""`make test-erpnext`: ERPNext's own tests, test by test, without the app and with it."""

import os
from collections.abc import Sequence

from scripts import bench as benches
from scripts import erpnext_results as results
from scripts import erpnext_site, say, session, system
from scripts.erpnext_differences import EXPECTED
from scripts.erpnext_results import Comparison
from scripts.erpnext_site import AGAIN, OFF, ON, STATES, WITHOUT, ErpnextSite

DOCTYPES = ("Customer", "Supplier", "Lead", "Prospect", "Opportunity", "Quotation", "Sales Order")
DOCTYPES += ("Sales Invoice", "Delivery Note", "Payment Entry", "Journal Entry", "Issue", "Task")
DOCTYPES += ("Pricing Rule",)
# what the runner and ERPNext's tests import besides
NEEDED = ("unittest-xml-reporting", "hypothesis", "freezegun", "responses")


def main() -> int:
	"""Compare; MODULES names some of the DocTypes. Fail if a test goes otherwise that is not expected to."""
	system.CACHE.mkdir(parents=True, exist_ok=True)
	doctypes = chosen(os.environ.get("MODULES") or "")
	try:
		bench = benches.find_or_make()
	except benches.NoBench as reason:
		raise say.Failure(f"ERPNext's tests need a bench: {reason}.") from None
	erpnext_site.require_payments(bench)
	session.require_packages(bench, NEEDED)
	comparisons = []
	with session.ready(bench) as (running, database):
		site = erpnext_site.prepared(running, database, DOCTYPES)
		for doctype in doctypes:
			comparisons.append(_compare(site, doctype))
			_tell(comparisons[-1:])
	return _conclude(comparisons)


def chosen(text: str) -> list[str]:
	"""The DocTypes named in a comma separated list, all by default; raises Failure for an unknown one."""
	names = {name.strip() for name in text.split(",") if name.strip()}
	if names - set(DOCTYPES):
		unknown = ", ".join(sorted(names - set(DOCTYPES)))
		raise say.Failure(f"MODULES names {unknown}; there are {', '.join(DOCTYPES)}.")
	return [doctype for doctype in DOCTYPES if doctype in names or not names]


def _compare(site: ErpnextSite, doctype: str) -> Comparison:
	runs = {state: site.run(state, doctype) or {} for state in STATES}
	if not runs[WITHOUT] or not runs[AGAIN]:
		raise say.Failure(f"The tests of {doctype} do not run without the app either; {system.LOG} says why.")
	# many fail by what other tests leave behind, and say nothing of the app then
	failing = results.failing(runs[WITHOUT])
	if failing:
		apart = {state: site.run(state, doctype, failing) or {} for state in STATES}
		runs = {state: results.with_apart(runs[state], failing, apart[state]) for state in STATES}
	return Comparison(doctype, runs[WITHOUT], runs[AGAIN], {OFF: runs[OFF], ON: runs[ON]})


def _tell(comparisons: Sequence[Comparison]) -> None:
	for one in comparisons:
		for test in one.flaky:
			print(f"  flaky   {one.doctype}: {test}: {one.without.get(test)} | {one.again.get(test)}")
		for difference in one.differences:
			reason = EXPECTED.get((difference.doctype, difference.test, difference.state))
			print(f"  differs {difference.doctype}, app {difference.state}: {difference.test}")
			print(f"          without: {difference.without}")
			print(f"          with:    {difference.with_app}")
			print(f"          {f'as expected: {reason}' if reason else 'NOT EXPECTED'}", flush=True)


def _conclude(comparisons: Sequence[Comparison]) -> int:
	print(f"\n{results.table(comparisons)}\n")
	_tell(comparisons)
	differences = [difference for one in comparisons for difference in one.differences]
	unexpected = results.unexpected(differences, EXPECTED)
	outdated = results.outdated(comparisons, EXPECTED)
	for entry in outdated:
		print(f"  expected to differ, but does not: {', '.join(entry)}")
	expected = len(differences) - len(unexpected)
	print(
		f"differences: {len(unexpected)} unexpected, {expected} expected, {len(outdated)} outdated",
		flush=True,
	)
	return int(bool(unexpected or outdated))


if __name__ == "__main__":
	say.guarded(main)
