"""Long settlements in the background: journal by journal, each in its own transaction with the note that it is there, so
that a worker can be killed at any point, and whoever comes next goes on where it stopped."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm import errors
from branch_crm.party_netting import settlement_queries, settlement_work
from branch_crm.party_netting.settlement_queries import SETTLEMENT

_SIX_HOURS = 6 * 60 * 60


def enqueue(doc: Document) -> None:
	frappe.enqueue(go_on, queue="long", timeout=_SIX_HOURS, enqueue_after_commit=True, settlement=doc.name)


def begin_to_take_back(doc: Document) -> None:
	"""Cancel the journals of a settlement in the background, and then the settlement itself."""
	doc.check_permission("cancel")
	if frappe.db.get_value(SETTLEMENT, doc.name, "status", for_update=True) != "Settled":
		settlement_work.refuse(_("Somebody is at work on it. Load it again."))
	# what others have to say before a cancellation is asked now, not when half of it is done
	doc.flags.begins_to_take_back = True
	doc.run_method("before_cancel")
	doc.db_set("status", "Cancelling")
	enqueue(doc)


def resume() -> None:
	"""Go on with what a killed worker has left."""
	for name in settlement_queries.all_at_work():
		try:
			go_on(name)
		except Exception:
			# one that others are at must not keep the rest waiting
			frappe.db.rollback()
			frappe.log_error(title=_(SETTLEMENT), reference_doctype=SETTLEMENT, reference_name=name)


def go_on(settlement: str) -> None:
	"""Settle or take back what is still to do; does nothing where it is done. Another process at the same settlement takes
	turns with this one."""
	try:
		if _locked(settlement).status == "Settling":
			_settle(settlement)
		if _locked(settlement).status == "Cancelling":
			_take_back(settlement)
	except errors.BUSY as error:
		# the worker tries again, from the last commit
		raise frappe.RetryBackgroundJobError from error
	except Exception as error:
		# what hinders it may be gone when somebody presses Go On, or in an hour
		frappe.db.rollback()
		said = errors.sentence_of(error, SETTLEMENT)
		_end(settlement, settlement_queries.status_after_failure(settlement), error=said)


def _settle(settlement: str) -> None:
	try:
		is_done = _for_each_journal(settlement, "Settling", _post)
	except errors.REFUSALS as error:
		frappe.db.rollback()
		# what was settled so far is taken back: all or nothing
		_end(settlement, "Cancelling", error=errors.sentence_of(error, SETTLEMENT))
		return
	if is_done:
		_end(settlement, "Settled")


def _take_back(settlement: str) -> None:
	if _for_each_journal(settlement, "Cancelling", settlement_work.take_back):
		doc = frappe.get_doc(SETTLEMENT, settlement)
		doc.flags.taken_back = True
		doc.cancel()
		_end(settlement, "Cancelled")


def _post(doc: Document, number: int) -> None:
	if not doc.journals[number].journal_entry:
		settlement_work.post(doc, number)


def _for_each_journal(settlement: str, status: str, act: Callable[[Document, int], None]) -> bool:
	"""Whether this process has gone through all of them."""
	number = 0
	while True:
		doc = _locked(settlement)
		if doc.status != status:
			return False
		if number >= len(doc.journals):
			return True
		act(doc, number)
		number += 1
		# a journal and the note of it are whole by themselves
		frappe.db.commit()
		frappe.publish_progress(
			100 * number / len(doc.journals), title=_(SETTLEMENT), doctype=SETTLEMENT, docname=doc.name
		)


def _locked(settlement: str) -> Document:
	"""The settlement as it is now, kept from others until the end of the transaction."""
	# what this transaction has seen before is no longer true
	frappe.db.commit()
	frappe.db.get_value(SETTLEMENT, settlement, "name", for_update=True)
	return frappe.get_doc(SETTLEMENT, settlement)


def _end(settlement: str, status: str, **said: object) -> None:
	frappe.db.set_value(SETTLEMENT, settlement, {"status": status, **said})
	# forms that are open are told what is there
	frappe.db.commit()
	frappe.publish_realtime(
		"doc_update", {"doctype": SETTLEMENT, "name": settlement}, doctype=SETTLEMENT, docname=settlement
	)
