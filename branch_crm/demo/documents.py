"""How the demo company's people write its documents: in their own name, on the day when it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

import frappe
from erpnext.accounts.utils import get_fiscal_year
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from branch_crm.demo import records

_DATES = ("transaction_date", "posting_date", "opening_date")


@contextmanager
def written_by(login: str) -> Iterator[None]:
	before = frappe.session.user
	frappe.set_user(f"{login}@{records.DOMAIN}")
	try:
		yield
	finally:
		frappe.set_user(before)


def day(days_ago: int) -> date:
	"""So many days before today, or the first day of the fiscal year; never later than today."""
	today = getdate()
	first = get_fiscal_year(today, company=records.COMPANY)[1]
	return max(getdate(add_days(today, -max(days_ago, 0))), first)


def write(doc: Document, by: str, days_ago: int, submit: bool = False) -> Document:
	"""`doc` inserted, and submitted where asked, as somebody did it that day."""
	when = day(days_ago)
	doc.update({field: when for field in _DATES if doc.meta.has_field(field)})
	if doc.meta.has_field("set_posting_time"):
		doc.set_posting_time = 1
	# what it was made from reckoned from another day
	if doc.meta.has_field("payment_schedule"):
		doc.update({"payment_schedule": [], "due_date": add_days(when, records.CREDIT_DAYS)})
	with written_by(by):
		doc.insert()
		if submit:
			doc.submit()
	backdate(doc, when)
	return doc


def backdate(doc: Document, when: date) -> None:
	"""A list shows it as old as it is meant to be."""
	doc.db_set("creation", datetime.combine(when, time(10)), update_modified=False)
