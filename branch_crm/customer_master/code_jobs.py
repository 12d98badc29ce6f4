"""Codes for the customers that were there before: in batches, each with its own commit, so that it can be killed at any
point and begun again."""

import frappe
from frappe import _
from frappe.model.naming import make_autoname

from branch_crm.customer_master import code_queries
from branch_crm.customer_master.code_queries import SETTINGS

LOCK = "customer_codes"
BATCH = 500


def give_codes(size: int = BATCH) -> int:
	"""Give each customer without a code the next one of its series, in the order of their names, and leave `modified` as it is.

	Returns how many got one; those whose branch has no series, where the settings have none either, stay without.
	"""
	total, given = frappe.db.count("Customer", {"customer_code": ["is", "not set"]}), 0
	after = None
	while batch := code_queries.without_code(size, after):
		for name, branch in batch:
			given += _give(name, branch)
		after = batch[-1][0]
		# a batch is whole by itself
		frappe.db.commit()
		frappe.publish_progress(
			min(100 * given / total, 100), title=_("Customer Codes"), doctype=SETTINGS, docname=SETTINGS
		)
	return given


def _give(name: str, branch: str | None) -> bool:
	series = code_queries.series_for(branch)
	if not series:
		return False
	code = make_autoname(series, "Customer")
	while code_queries.is_taken(code, name):
		code = make_autoname(series, "Customer")
	frappe.db.set_value("Customer", name, "customer_code", code, update_modified=False)
	return True
