"""A transfer in the background: party by party, each in its own transaction, so that it can be killed at any point
and begun again without harm."""

from collections.abc import Callable

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import batch_runs, transfer_queries, transfer_rights, transfer_work
from branch_crm.branch_access.transfer_queries import TRANSFER
from branch_crm.branch_access.transfer_work import Work

BATCH = 20
# a transfer is at work in one process; different ones may run side by side
LOCK = "branch_transfer:{}"


def run_transfer(transfer: str) -> None:
	"""Transfer what is still to do, as the user who asked for it; does nothing while it is at work elsewhere."""
	with batch_runs.alone(LOCK.format(transfer)) as is_alone:
		doc = frappe.get_doc(TRANSFER, transfer)
		if not is_alone or doc.status not in ("Queued", "Running"):
			return
		# whoever goes on with it, and a worker that tries again: rights are those of who asked for it
		_act_as(doc.owner)
		try:
			_begin(doc)
		except (frappe.ValidationError, frappe.PermissionError) as error:
			_fail(doc, error)
			return
		_go_through(doc, "Running", "Pending", transfer_work.move, refused="Failed")
		_end(doc, "Running", "Completed")


def undo_transfer(transfer: str) -> None:
	"""Take back what the transfer did and nobody has changed since, as the user who asked for that."""
	with batch_runs.alone(LOCK.format(transfer)) as is_alone:
		doc = frappe.get_doc(TRANSFER, transfer)
		if not is_alone or doc.status != "Undoing":
			return
		_act_as(doc.undone_by)
		_go_through(doc, "Undoing", "Done", transfer_work.take_back, refused="Left")
		_end(doc, "Undoing", "Undone")


def _act_as(user: str) -> None:
	if frappe.session.user != user:
		frappe.set_user(user)


def _begin(doc: Document) -> None:
	if not frappe.get_cached_value("User", doc.owner, "enabled"):
		raise frappe.PermissionError
	transfer_rights.refuse_unpermitted(doc)
	if doc.status == "Queued":
		batch_runs.keep(TRANSFER, doc.name, status="Running", total=transfer_work.list_parties(doc))
		# from here on the log says what is to do
		frappe.db.commit()
		doc.reload()


def _go_through(
	doc: Document, status: str, state: str, act: Callable[[Work, dict], None], refused: str
) -> None:
	last = done = 0
	while entries := transfer_queries.entries_in(doc.name, state, last, BATCH):
		# a membership that ended meanwhile counts no longer
		frappe.local.request_cache.clear()
		work = Work(doc)
		for entry in entries:
			if transfer_queries.status_of(doc.name) != status:
				return
			# the party is read as it is now, not as it was when this transaction began
			frappe.db.commit()
			_act_on(work, entry, act, refused)
			last, done = entry["idx"], done + 1
		batch_runs.keep(TRANSFER, doc.name, **transfer_work.figures(doc.name))
		# who looks at the form sees them
		frappe.db.commit()
		batch_runs.show_progress(TRANSFER, doc.name, done, doc.total)


def _act_on(work: Work, entry: dict, act: Callable[[Work, dict], None], refused: str) -> None:
	try:
		act(work, entry)
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
		raise
	except Exception as error:
		# whatever goes wrong with one party must not keep the others waiting
		frappe.db.rollback()
		transfer_work.note(entry, refused, transfer_work.sentence_of(error, work.doc.party_type))
	# a party and its entry in the log are whole by themselves
	frappe.db.commit()
	frappe.clear_messages()


def _fail(doc: Document, error: Exception) -> None:
	frappe.db.rollback()
	batch_runs.keep(
		TRANSFER, doc.name, status="Failed", error=transfer_work.sentence_of(error, doc.party_type)
	)
	# the worker would undo it with the error
	frappe.db.commit()
	batch_runs.show(TRANSFER, doc.name)


def _end(doc: Document, status: str, ended: str) -> None:
	batch_runs.keep(TRANSFER, doc.name, **transfer_work.figures(doc.name))
	running = {"name": doc.name, "status": status}
	frappe.db.set_value(TRANSFER, running, "status", ended, update_modified=False)
	# the lock is given back after this
	frappe.db.commit()
	batch_runs.show(TRANSFER, doc.name)
