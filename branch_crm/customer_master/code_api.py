"""What the form of the settings asks about codes."""

import frappe

from branch_crm.customer_master import code_jobs, code_queries
from branch_crm.customer_master.code_queries import SETTINGS


@frappe.whitelist()
def count_without_code() -> int:
	"""How many customers have no code."""
	frappe.has_permission(SETTINGS, "write", throw=True)
	return code_queries.count_without_code()


@frappe.whitelist(methods=["POST"])
def begin_giving_codes() -> None:
	"""Give codes in the background to the customers that have none; does nothing while it is at work."""
	frappe.has_permission(SETTINGS, "write", throw=True)
	frappe.enqueue(
		code_jobs.give_codes,
		queue="long",
		timeout=4 * 3600,
		job_id=code_jobs.JOB,
		deduplicate=True,
		enqueue_after_commit=True,
	)
