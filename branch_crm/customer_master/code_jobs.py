"""Codes for the customers that were there before: in batches, each with its own commit, so that it can be killed at any
point and begun again."""

import frappe
from frappe import _

from branch_crm.customer_master import code_events, code_queries
from branch_crm.customer_master.code_queries import SETTINGS

JOB = "customer_codes"
BATCH = 500


def give_codes(size: int = BATCH) -> int:
	"""Give each customer without a code the next one of its series, in the order of their names.

	`modified` stays as it is. Returns how many got one; those whose branch has no series, where the settings have none
	either, stay without.
	"""
	total, given = code_queries.count_without_code(), 0
	after = None
	while batch := code_queries.without_code(size, after):
		for name, branch in batch:
			code = code_events.next_code(branch, frappe.get_doc("Customer", name))
			given += bool(code) and _keep(name, code)
		after = batch[-1][0]
		# killed at any point, this loses the batch that it is at, and the next run goes on there
		frappe.db.commit()
		percent = min(100 * given / total, 100)
		frappe.publish_progress(percent, title=_("Customer Codes"), doctype=SETTINGS, docname=SETTINGS)
	return given


def _keep(name: str, code: str) -> bool:
	"""Whether the customer had none: somebody may have typed one meanwhile, and that one lasts."""
	customer = frappe.qb.DocType("Customer")
	is_without = customer.customer_code.isnull() | (customer.customer_code == "")
	frappe.qb.update(customer).set(customer.customer_code, code).where(
		(customer.name == name) & is_without
	).run()
	frappe.clear_document_cache("Customer", name)
	return frappe.db.get_value("Customer", name, "customer_code") == code
