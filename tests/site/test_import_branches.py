"""A file of invoices that somebody imports: each gets its branch, and nothing goes to a foreign one."""

import frappe
from frappe.core.doctype.data_import.data_import import start_import
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

ROLES = ("Accounts User", "Accounts Manager", "Sales User", "System Manager")


def imported(user: str, *lines: str, submit: int = 0) -> list[dict]:
	"""What became of each line."""
	rows = [
		f'"{line[0]}","{COMPANY}",{nowdate()},{nowdate()},{line[1]},{documents.ITEM},1,100' for line in lines
	]
	head = "Customer,Company,Date,Payment Due Date,Branch,Item (Items),Quantity (Items),Rate (Items)"
	content = "\n".join([head, *rows])
	file = {"doctype": "File", "file_name": "invoices.csv", "is_private": 1, "content": content}
	file = frappe.get_doc(file).insert()
	job = {
		"doctype": "Data Import",
		"reference_doctype": "Sales Invoice",
		"import_type": "Insert New Records",
	}
	job = frappe.get_doc(
		{**job, "import_file": file.file_url, "submit_after_import": submit, "mute_emails": 1}
	)
	job.insert()
	frappe.db.commit()
	with as_user(user):
		start_import(job.name)
	logs = {"data_import": job.name}
	return frappe.get_all("Data Import Log", logs, ["success", "docname", "exception"], order_by="log_index")


def test_imported_invoices_get_their_branch_and_foreign_ones_are_refused(taken_away: None) -> None:
	make_tree()
	documents.make_item()
	make_customer("Two", "Mumbai", "Delhi")
	make_customer("Theirs", "Mumbai")
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	lines = [("Two", ""), ("Two", "Delhi"), ("Two", "Mumbai"), ("Theirs", "")]
	logs = imported(user, *lines, submit=1)
	assert [row.success for row in logs] == [1, 1, 0, 0], logs
	for row in logs[:2]:
		invoice = frappe.get_doc("Sales Invoice", row.docname)
		assert (invoice.owner, invoice.branch, invoice.docstatus) == (user, "Delhi", 1)
		assert {line.branch for line in invoice.items} == {"Delhi"}
		ledger = frappe.get_all("GL Entry", {"voucher_no": invoice.name}, pluck="branch")
		assert set(ledger) == {"Delhi"}
	assert "OutOfScopeError" in logs[2].exception
	assert "LinkValidationError" in logs[3].exception
