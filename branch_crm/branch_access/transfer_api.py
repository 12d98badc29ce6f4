"""What the list of a party and the form of a Branch Transfer ask the server to do."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import batch_runs, transfer_jobs, transfer_rights, transfer_work
from branch_crm.branch_access.transfer_queries import TRANSFER

# a worker that is stopped after this time leaves a transfer that goes on when it is begun again
_SIX_HOURS = 6 * 60 * 60


class TransferStateError(frappe.ValidationError):
	pass


@frappe.whitelist()
def count(transfer: str) -> dict:
	"""What the transfer would do now: `changed`, a number, and `not_changed`, a number by sentence."""
	return transfer_work.counted(_only_for_keepers(transfer))


@frappe.whitelist()
def begin(transfer: str) -> None:
	"""Transfer in the background; one that was stopped or has failed goes on where it stopped."""
	doc = _only_for_keepers(transfer)
	_refuse_unless(doc, "Draft", "Queued", "Running", "Failed")
	if doc.status != "Running":
		status = "Running" if doc.total else "Queued"
		batch_runs.keep(TRANSFER, transfer, status=status, error=None)
	_enqueue(transfer_jobs.run_transfer, doc)


@frappe.whitelist()
def cancel(transfer: str) -> None:
	"""Stop the transfer after the party that it is at; what it has done stays and can be undone."""
	doc = _only_for_keepers(transfer)
	if doc.status not in ("Draft", "Queued", "Running", "Failed"):
		_refuse(_("This transfer is {0}. There is nothing to cancel.").format(frappe.bold(_(doc.status))))
	stands = {"name": transfer, "status": doc.status}
	frappe.db.set_value(TRANSFER, stands, "status", "Cancelled", update_modified=False)
	batch_runs.show(TRANSFER, transfer)


@frappe.whitelist()
def begin_undo(transfer: str) -> None:
	"""Take back in the background what the transfer did; one that was stopped goes on where it stopped."""
	doc = _only_for_keepers(transfer)
	_refuse_unless(doc, "Completed", "Cancelled", "Failed", "Undoing")
	batch_runs.keep(TRANSFER, transfer, status="Undoing", undone_by=frappe.session.user)
	_enqueue(transfer_jobs.undo_transfer, doc)


def _only_for_keepers(transfer: str) -> Document:
	"""The transfer, for who may write it: its maker, or head office."""
	doc = frappe.get_doc(TRANSFER, transfer)
	doc.check_permission("write")
	transfer_rights.refuse_unpermitted(doc)
	return doc


def _refuse_unless(doc: Document, *states: str) -> None:
	if doc.status not in states:
		_refuse(_("This transfer is {0}. Make a new one.").format(frappe.bold(_(doc.status))))
	if batch_runs.is_at_work(transfer_jobs.LOCK.format(doc.name)):
		_refuse(_("This transfer is at work. Wait until it is done, or cancel it."))


def _refuse(text: str) -> None:
	frappe.throw(text, TransferStateError, title=_("Branch Transfer"))


def _enqueue(job: object, doc: Document) -> None:
	"""A second click finds the job; the job of a worker that was killed is no job that would end."""
	job_id = f"{job.__name__}:{doc.name}"
	once = {} if doc.status in ("Running", "Undoing") else {"job_id": job_id, "deduplicate": True}
	frappe.enqueue(
		job, queue="long", timeout=_SIX_HOURS, enqueue_after_commit=True, transfer=doc.name, **once
	)
