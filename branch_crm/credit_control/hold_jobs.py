"""What is written down, looked at again and told in the background."""

from collections.abc import Callable, Collection
from functools import partial

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.model.document import Document
from frappe.utils import get_url_to_form, getdate
from redis.exceptions import ConnectionError as NoQueueError

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import asked_queries, hold_queries, hold_work, release_work
from branch_crm.credit_control.hold_queries import HOLD
from branch_crm.credit_control.hold_rules import Event
from branch_crm.credit_control.profile_queries import CUSTOMER


def note(found: dict) -> None:
	"""Have a refusal recorded once the transaction is rolled back; by a job as well, for where only a part of it is rolled
	back, or this process ends before."""
	frappe.db.after_rollback.add(partial(_record_at_once, found))
	try:
		frappe.enqueue(record, queue="short", found=found)
	except (NoQueueError, frappe.QueueOverloaded):
		frappe.logger("branch_crm").exception("a refusal is recorded after the rollback alone")


def record(found: dict) -> str | None:
	"""The Credit Hold of a refusal, written and there for all to see."""
	while True:
		try:
			hold = hold_work.record(found)
			# what was refused is undone, and this is not
			frappe.db.commit()
			return hold
		except frappe.UniqueValidationError:
			# another process was told of it as well, and was first
			frappe.clear_last_message()
			frappe.db.rollback()


def _record_at_once(found: dict) -> None:
	# what else waits for the rollback would be forgotten by a commit
	frappe.db.after_rollback.run()
	try:
		record(found)
	except Exception:
		# whoever was refused is told that, and the job tries again
		frappe.db.rollback()
		frappe.logger("branch_crm").exception("a refusal was not recorded")


def look_again(company: str, customers: Collection[str] | None = None) -> None:
	for name in hold_queries.waiting(company, customers):
		# what others have changed meanwhile counts, and nobody waits for all of them
		frappe.db.commit()
		_try(release_work.look_again, name)


def look_at_all() -> None:
	"""Limits begin and end with a day."""
	for name in hold_queries.run_out(getdate()):
		# as above
		frappe.db.commit()
		_try(release_work.end_run_out, name)
	for company in sorted(asked_queries.judged_companies()):
		look_again(company)


def _try(act: Callable[[Document], None], name: str) -> None:
	"""One hold that cannot be looked at keeps nobody from the others."""
	try:
		act(release_work.locked(name))
	except frappe.ValidationError:
		frappe.db.rollback()
		frappe.logger("branch_crm").exception(f"{name} was not looked at")


def announce(hold: str, happened: str) -> None:
	"""Tell whom it concerns, on the desk and by mail."""
	doc, event = frappe.get_doc(HOLD, hold), Event(happened)
	users = _concerned(doc, event)
	if not users:
		return
	subject = _subject(doc, event)
	recipients = frappe.get_all("User", {"name": ["in", users], "enabled": 1}, pluck="email")
	log = {"type": "Alert", "document_type": HOLD, "document_name": hold, "subject": subject}
	make_notification_logs(frappe._dict(log, from_user=frappe.session.user), recipients)
	if recipients and frappe.db.exists("Email Account", {"default_outgoing": 1, "enable_outgoing": 1}):
		link = f'<p><a href="{get_url_to_form(HOLD, hold)}">{hold}</a></p>'
		frappe.sendmail(recipients, subject=subject, message=f"<p>{subject}</p>{link}")


def _concerned(doc: Document, event: Event) -> list[str]:
	if event is Event.REQUESTED:
		return hold_queries.controllers_of(doc)
	users = {doc.refused_for, doc.requested_by}
	if event is Event.CLEARED:
		rows = access_queries.assignments_of(CUSTOMER, [doc.customer])[doc.customer].values()
		users |= {row.sales_owner for row in rows if row.branch == doc.branch}
	return sorted(filter(None, users - {"Guest"}))


def _subject(doc: Document, event: Event) -> str:
	what = f"{_(doc.document_type)} {doc.document_name or ''}".strip()
	sentences = {
		Event.REQUESTED: _("{0} asks to release {1} of {2}"),
		Event.RELEASED: _("{0} has released {1} of {2}"),
		Event.REJECTED: _("{0} has not released {1} of {2}"),
		Event.CLEARED: _("Nothing stands against {1} of {2} any more"),
		Event.RAN_OUT: _("The release of {1} of {2} has run out"),
	}
	by = doc.requested_by if event is Event.REQUESTED else doc.decided_by
	name = frappe.db.get_value("User", by, "full_name") if by else ""
	return sentences[event].format(name, what, doc.customer)
