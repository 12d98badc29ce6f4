"""The Pricing Rules of trade types built anew: family by family, each with its own commit, so that it can be killed at
any point and begun again."""

from itertools import count

import frappe
from frappe import _
from frappe.utils.background_jobs import get_job_status
from rq.job import JobStatus

from branch_crm.customer_master import price_queries, price_work
from branch_crm.customer_master.price_queries import TRADE_PRICE

JOB = "trade_prices"
# more than these are built in the background
AT_ONCE = 20


def rebuild_soon(families: list[str]) -> None:
	"""At once where they are few; otherwise all families, since a job that waits may have been asked for others."""
	if len(families) <= AT_ONCE:
		for family in families:
			_rebuild(family)
		return
	# a job that runs may have passed what has changed since
	job = next(job for job in map(f"{JOB}_{{}}".format, count()) if get_job_status(job) != JobStatus.STARTED)
	frappe.enqueue(
		rebuild_all,
		queue="long",
		timeout=4 * 3600,
		job_id=job,
		deduplicate=True,
		enqueue_after_commit=True,
	)


def rebuild_all() -> None:
	families = price_queries.families()
	for number, family in enumerate(families, 1):
		_rebuild(family)
		# what is built stays built when the job is killed
		frappe.db.commit()
		frappe.publish_progress(100 * number / len(families), title=_("Trade Prices"), doctype=TRADE_PRICE)


def _rebuild(family: str) -> None:
	"""What ERPNext refuses of one family (a discount beyond what an item allows by now) hinders neither the others nor
	the change that they follow from."""
	frappe.db.savepoint(JOB)
	try:
		price_work.rebuild(family)
	except frappe.ValidationError as refusal:
		frappe.db.rollback(save_point=JOB)
		frappe.clear_last_message()
		frappe.log_error(_("Prices of trade types as they were: {0}").format(family))
		frappe.msgprint(
			_("The prices of trade types on {0} stay as they were: {1}").format(frappe.bold(family), refusal),
			title=_("Trade Prices"),
			indicator="orange",
		)
