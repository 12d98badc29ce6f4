"""The Pricing Rules of trade types built anew: family by family, each with its own commit, so that it can be killed at
any point and begun again."""

import frappe
from frappe import _

from branch_crm.customer_master import price_queries, price_work
from branch_crm.customer_master.price_queries import TRADE_PRICE

JOB = "trade_prices"
# more than these are built in the background
AT_ONCE = 20


def rebuild_soon(families: list[str]) -> None:
	"""At once where they are few."""
	if len(families) <= AT_ONCE:
		for family in families:
			price_work.rebuild(family)
		return
	frappe.enqueue(
		rebuild_all,
		queue="long",
		timeout=4 * 3600,
		job_id=JOB,
		deduplicate=True,
		enqueue_after_commit=True,
	)


def rebuild_all() -> None:
	families = price_queries.families()
	for number, family in enumerate(families, 1):
		price_work.rebuild(family)
		# what is built stays built when the job is killed
		frappe.db.commit()
		frappe.publish_progress(100 * number / len(families), title=_("Trade Prices"), doctype=TRADE_PRICE)
