"""A long merge in the background: one transaction, so that it can be killed at any point and run again."""

import frappe

from branch_crm.customer_master import merge_work
from branch_crm.customer_master.merge_queries import MERGE


def run_merge(merge: str) -> None:
	"""Merge as the user who asked for it; does nothing while another process is at it, or where it is done."""
	try:
		# held until the end: a second process sees what the first has made of it
		status = frappe.db.get_value(MERGE, merge, "status", for_update=True, wait=False)
	except frappe.QueryTimeoutError:
		return
	if status == "Completed":
		return
	try:
		merge_work.merge(frappe.get_doc(MERGE, merge))
	except (frappe.ValidationError, frappe.PermissionError) as error:
		frappe.db.rollback()
		frappe.db.set_value(MERGE, merge, {"status": "Failed", "error": frappe.utils.strip_html(str(error))})
	# the worker would undo what went wrong with the error, and forms that are open are told what is there
	frappe.db.commit()
	frappe.publish_realtime("doc_update", {"doctype": MERGE, "name": merge}, doctype=MERGE, docname=merge)
