"""Statements of account in the background: customer by customer, each mail in one transaction with the note of it, so
that a run can be killed at any point, begun again, and run beside another worker, and nobody gets a statement twice."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm import errors
from branch_crm.credit_control import statement_queries, statement_work
from branch_crm.credit_control.statement_queries import RUN

_SIX_HOURS = 6 * 60 * 60


def begin(doc: Document) -> None:
	"""Begin, or go on as the user who has begun; what could not be sent is tried again."""
	if not doc.begun_by:
		# the branches that it is of are those of who sends it
		doc.save()
		doc.db_set("begun_by", frappe.session.user)
	for name in statement_queries.unsent(doc.name):
		frappe.db.set_value(statement_queries.ENTRY, name, {"state": statement_queries.PENDING, "note": None})
	doc.db_set({"status": "Running" if doc.entries else "Queued", "error": None})
	frappe.enqueue(run, queue="long", timeout=_SIX_HOURS, enqueue_after_commit=True, name=doc.name)


def run(name: str) -> None:
	"""Go through what is still to be sent, as the user who has begun the run."""
	# one worker lists the customers
	frappe.db.get_value(RUN, name, "name", for_update=True)
	doc = frappe.get_doc(RUN, name)
	if doc.status not in ("Queued", "Running"):
		return
	if frappe.session.user != doc.begun_by:
		frappe.set_user(doc.begun_by)
	if doc.status == "Queued":
		try:
			statement_work.list_customers(doc)
		except errors.REFUSALS as error:
			frappe.db.rollback()
			_end(name, "Failed", error=errors.sentence_of(error, RUN))
			return
		doc.db_set("status", "Running")
	# from here on the entries say what is to do
	frappe.db.commit()
	entries = statement_queries.entries_to_do(name)
	for number, (entry, customer) in enumerate(entries, 1):
		_go_through(doc, entry, customer)
		frappe.publish_progress(100 * number / len(entries), title=_(RUN), doctype=RUN, docname=name)
	if not statement_queries.entries_to_do(name):
		_end(name, "Completed")


def _go_through(doc: Document, name: str, customer: str) -> None:
	try:
		mail = statement_work.prepared(doc, customer)
		# rendering has committed: another worker may have sent it since
		entry = statement_queries.locked_entry(name)
		if statement_queries.is_to_do(entry):
			statement_work.send(doc, entry, mail)
	except errors.BUSY as error:
		# the worker tries again, from the last commit
		raise frappe.RetryBackgroundJobError from error
	except Exception as error:
		# whatever goes wrong with one customer must not keep the others waiting
		frappe.db.rollback()
		said = errors.sentence_of(error, RUN)
		entry = statement_queries.locked_entry(name)
		if statement_queries.is_to_do(entry):
			statement_work.note(entry, "Failed", note=said)
	# a mail and its entry are whole by themselves
	frappe.db.commit()
	frappe.clear_messages()


def _end(name: str, status: str, **said: object) -> None:
	frappe.db.set_value(RUN, name, {"status": status, **said})
	# forms that are open are told what is there
	frappe.db.commit()
	frappe.publish_realtime("doc_update", {"doctype": RUN, "name": name}, doctype=RUN, docname=name)
