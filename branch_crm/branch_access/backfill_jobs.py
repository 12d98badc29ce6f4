"""The backfill in the background: in batches, each with its own commit, so that it can be killed at any point and
begun again without harm."""

import json

import frappe
from frappe.utils import now_datetime

from branch_crm.branch_access import backfill_changes, backfill_rights, batch_runs
from branch_crm.branch_access.backfill_queries import RUN
from branch_crm.branch_access.backfill_work import BATCH, WITHOUT, Batch, Counts, Work, count, in_words

_FAULTS_SHOWN = 500
# one backfill of a site is at work
LOCK = "branch_backfill"


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
		batch_runs.show_progress(RUN, run, looked_at, total)
	faults = [in_words(*fault) for fault in work.faults()]
	result = {"counts": counts, "faults": faults[:_FAULTS_SHOWN], "number_of_faults": len(faults)}
	batch_runs.keep(RUN, run, dry_run=json.dumps(result), dry_run_on=now_datetime())
	batch_runs.show(RUN, run)


def run_backfill(run: str, size: int = BATCH) -> None:
	"""Write what the run gives, from where it stopped; does nothing while another backfill is at work."""
	backfill_rights.refuse_restricted()
	with batch_runs.alone(LOCK) as is_alone:
		doc = frappe.get_doc(RUN, run)
		if not is_alone or doc.status not in ("Queued", "Running"):
			return
		work = Work(doc, size)
		doc.total = doc.total or work.total()
		batch_runs.keep(RUN, run, status="Running", total=doc.total)
		for batch in work.batches(doc.at_doctype, doc.after_name or ""):
			_write(work, batch)
			# a batch is whole by itself: documents, rows, ledger, log, and how far it came
			frappe.db.commit()
			batch_runs.show_progress(RUN, run, doc.looked_at, doc.total)
		_end(run, "Done")


def undo_backfill(run: str, size: int = BATCH) -> None:
	"""Take back what the run wrote and nobody has changed since, from where it stopped."""
	backfill_rights.refuse_restricted()
	with batch_runs.alone(LOCK) as is_alone:
		doc = frappe.get_doc(RUN, run)
		if not is_alone or doc.status != "Undoing":
			return
		last: str | None = ""
		while last is not None:
			taken, kept, last = backfill_changes.take_back(run, last, size)
			doc.taken_back += taken
			doc.changed_since += kept
			batch_runs.keep(RUN, run, taken_back=doc.taken_back, changed_since=doc.changed_since)
			# what is taken back leaves the log in the same transaction
			frappe.db.commit()
		_end(run, "Undone")


def _write(work: Work, batch: Batch) -> None:
	run = work.run
	counts: Counts = json.loads(run.counts or "{}")
	backfill_changes.give(work, batch, counts)
	count(counts, batch.doctype, WITHOUT, batch.rest)
	run.update({"counts": json.dumps(counts), "at_doctype": batch.doctype, "after_name": batch.last})
	run.looked_at += len(batch.names)
	batch_runs.keep(
		RUN, run.name, **{name: run.get(name) for name in ("counts", "at_doctype", "after_name", "looked_at")}
	)


def _end(run: str, status: str) -> None:
	batch_runs.keep(RUN, run, status=status)
	# the lock is given back after this
	frappe.db.commit()
	batch_runs.show(RUN, run)
	frappe.enqueue("branch_crm.branch_access.jobs.count_members", enqueue_after_commit=True)
