"""The backfill in the background: in batches, each with its own commit, so that it can be killed at any point and
begun again without harm."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.utils import now_datetime

from branch_crm.branch_access import backfill_changes, backfill_rights
from branch_crm.branch_access.backfill_queries import RUN
from branch_crm.branch_access.backfill_work import BATCH, WITHOUT, Batch, Counts, Work, count, in_words

_FAULTS_SHOWN = 500
# seconds until the database has noticed that a killed process is gone
_PATIENCE = 5


def count_backfill(run: str) -> None:
	"""Count what the run would give and what would stay without, and keep it for the form; nothing is given."""
	backfill_rights.refuse_restricted()
	work = Work(frappe.get_doc(RUN, run))
	counts: Counts = {}
	total, looked_at = work.total(), 0
	for batch in work.batches():
		for given in batch.given.values():
			for got in given.values():
				count(counts, batch.doctype, got.rule.value, 1)
		count(counts, batch.doctype, WITHOUT, batch.rest)
		work.remember(batch)
		looked_at += len(batch.names)
		_show_progress(run, looked_at, total)
	faults = [in_words(*fault) for fault in work.faults()]
	result = {"counts": counts, "faults": faults[:_FAULTS_SHOWN], "number_of_faults": len(faults)}
	_keep(run, dry_run=json.dumps(result), dry_run_on=now_datetime())
	_show(run)


def run_backfill(run: str, size: int = BATCH) -> None:
	"""Write what the run gives, from where it stopped; does nothing while another backfill is at work."""
	backfill_rights.refuse_restricted()
	with alone() as is_alone:
		doc = frappe.get_doc(RUN, run)
		if not is_alone or doc.status not in ("Queued", "Running"):
			return
		work = Work(doc, size)
		doc.total = doc.total or work.total()
		_keep(run, status="Running", total=doc.total)
		for batch in work.batches(doc.at_doctype, doc.after_name or ""):
			_write(work, batch)
			# a batch is whole by itself: documents, rows, ledger, log, and how far it came
			frappe.db.commit()
			_show_progress(run, doc.looked_at, doc.total)
		_end(run, "Done")


def undo_backfill(run: str, size: int = BATCH) -> None:
	"""Take back what the run wrote and nobody has changed since, from where it stopped."""
	backfill_rights.refuse_restricted()
	with alone() as is_alone:
		doc = frappe.get_doc(RUN, run)
		if not is_alone or doc.status != "Undoing":
			return
		last: str | None = ""
		while last is not None:
			taken, kept, last = backfill_changes.take_back(run, last, size)
			doc.taken_back += taken
			doc.changed_since += kept
			_keep(run, taken_back=doc.taken_back, changed_since=doc.changed_since)
			# what is taken back leaves the log in the same transaction
			frappe.db.commit()
		_end(run, "Undone")


def is_at_work() -> bool:
	"""Whether a backfill of this site runs in any process."""
	return frappe.db.sql("select is_used_lock(%s)", _lock_name())[0][0] is not None


@contextmanager
def alone() -> Iterator[bool]:
	"""Whether this is the only backfill of the site; the lock ends with its process, however that ends. What
	another transaction was in the way of is tried again by the worker, from the last commit."""
	is_alone = bool(frappe.db.sql("select get_lock(%s, %s)", (_lock_name(), _PATIENCE))[0][0])
	try:
		yield is_alone
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError) as error:
		raise frappe.RetryBackgroundJobError from error
	finally:
		if is_alone:
			frappe.db.sql("select release_lock(%s)", _lock_name())


def _lock_name() -> str:
	return f"branch_backfill:{frappe.conf.db_name}"


def _write(work: Work, batch: Batch) -> None:
	run = work.run
	counts: Counts = json.loads(run.counts or "{}")
	backfill_changes.give(work, batch, counts)
	count(counts, batch.doctype, WITHOUT, batch.rest)
	run.update({"counts": json.dumps(counts), "at_doctype": batch.doctype, "after_name": batch.last})
	run.looked_at += len(batch.names)
	_keep(run.name, **{name: run.get(name) for name in ("counts", "at_doctype", "after_name", "looked_at")})


def _end(run: str, status: str) -> None:
	_keep(run, status=status)
	# the lock is given back after this
	frappe.db.commit()
	_show(run)
	frappe.enqueue("branch_crm.branch_access.jobs.count_members", enqueue_after_commit=True)


def _keep(run: str, **values) -> None:
	frappe.db.set_value(RUN, run, values, update_modified=False)


def _show_progress(run: str, looked_at: int, total: int) -> None:
	percent = min(100 * looked_at / max(total, 1), 100)
	frappe.publish_progress(percent, title=_("Branch Backfill"), doctype=RUN, docname=run)


def _show(run: str) -> None:
	"""Forms that are open load the run anew."""
	_show_progress(run, 1, 1)
	frappe.publish_realtime("doc_update", {"doctype": RUN, "name": run}, doctype=RUN, docname=run)
