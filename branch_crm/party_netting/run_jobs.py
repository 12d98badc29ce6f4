"""A netting run in the background: agreement by agreement, each in its own transaction with the note of it, so that it
can be killed at any point, begun again, and run beside another one, and nothing is settled twice."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm import errors
from branch_crm.party_netting import run_queries, run_work, settlement_jobs
from branch_crm.party_netting.run_queries import RUN

_SIX_HOURS = 6 * 60 * 60


def begin(doc: Document) -> None:
	doc.db_set(
		{"status": "Running" if doc.entries else "Queued", "begun_by": frappe.session.user, "error": None}
	)
	frappe.enqueue(run, queue="long", timeout=_SIX_HOURS, enqueue_after_commit=True, name=doc.name)


def run(name: str) -> None:
	"""Go through what is still to do, as the user who has begun it; another worker on the same run takes what this one has
	not begun yet."""
	# the run alone, not the place of its entries: two runs would wait for each other for ever
	frappe.db.get_value(RUN, name, "name", for_update=True)
	doc = frappe.get_doc(RUN, name)
	if doc.status not in ("Queued", "Running"):
		return
	if frappe.session.user != doc.begun_by:
		frappe.set_user(doc.begun_by)
	if doc.status == "Queued":
		try:
			run_work.list_agreements(doc)
		except errors.REFUSALS as error:
			frappe.db.rollback()
			_end(name, "Failed", error=errors.sentence_of(error, RUN))
			return
		doc.db_set("status", "Running")
	# from here on the entries say what is to do
	frappe.db.commit()
	entries = run_queries.entries_to_do(name)
	# the first one begins with what is there then
	frappe.db.commit()
	for number, (entry, agreement) in enumerate(entries, 1):
		_go_through(doc, entry, agreement)
		frappe.publish_progress(100 * number / len(entries), title=_(RUN), doctype=RUN, docname=name)
	if not run_queries.entries_to_do(name):
		_end(name, "Completed")


def _go_through(doc: Document, name: str, agreement: str) -> None:
	entry = run_queries.locked_entry(name, agreement)
	try:
		unfinished = run_work.act_on(doc, entry) if run_queries.is_to_do(entry) else None
	except errors.BUSY as error:
		# the worker tries again, from the last commit
		raise frappe.RetryBackgroundJobError from error
	except Exception as error:
		# whatever goes wrong with one agreement must not keep the others waiting
		frappe.db.rollback()
		# another worker may have taken it since
		if run_queries.is_to_do(run_queries.locked_entry(name, agreement)):
			run_work.note(entry, "Failed", note=errors.sentence_of(error, RUN))
		unfinished = None
	# an agreement and its entry are whole by themselves
	frappe.db.commit()
	frappe.clear_messages()
	if unfinished:
		_finish(entry, unfinished)


def _finish(entry: frappe._dict, settlement: str) -> None:
	"""Make the journals of a long settlement; where another process is at it, that one ends it."""
	settlement_jobs.go_on(settlement)
	status = run_queries.settlement_status(settlement)
	if status == "Settled":
		run_work.note(entry, "Settled")
	elif status == "Cancelled":
		run_work.note(entry, "Failed", note=_("It could not be settled wholly; the settlement says why."))
	# the next entry begins with what is there then
	frappe.db.commit()


def _end(name: str, status: str, **said: object) -> None:
	frappe.db.set_value(RUN, name, {"status": status, **said})
	# forms that are open are told what is there
	frappe.db.commit()
	frappe.publish_realtime("doc_update", {"doctype": RUN, "name": name}, doctype=RUN, docname=name)
