"""What somebody imports into customers and existing documents is judged as if he had typed it in."""

import csv
import io

import frappe
import pytest
from frappe.core.doctype.data_import.importer import Importer
from frappe.model.document import Document

from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site import documents
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

ROLES = ("System Manager", "Accounts User", "Accounts Manager", "Sales User", "Sales Master Manager")


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	documents.make_item()
	make_customer("Two", "Mumbai", "Delhi")


@pytest.fixture
def delhi() -> str:
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	return user


def importing(doctype: str, kind: str, *lines: tuple) -> list:
	"""What Frappe's import makes of a file, line by line: the document, or why it was refused. Each line is done as
	the import does it, but for the commit after it."""
	text = io.StringIO()
	csv.writer(text).writerows(lines)
	file = {"doctype": "File", "file_name": "import.csv", "content": text.getvalue(), "is_private": 1}
	url = frappe.get_doc(file).insert().file_url
	values = {"reference_doctype": doctype, "import_type": kind, "import_file": url}
	importer = Importer(doctype, data_import=frappe.get_doc({"doctype": "Data Import", **values}).insert())
	importer.before_import()
	payloads = importer.import_file.get_payloads_for_import()
	assert not [one for one in importer.import_file.get_warnings() if one.get("type") != "info"]
	made = []
	try:
		for payload in payloads:
			frappe.db.savepoint("line")
			try:
				made.append(importer.process_doc(payload.doc))
			except (frappe.PermissionError, frappe.ValidationError) as refusal:
				frappe.db.rollback(save_point="line")
				made.append(refusal)
	finally:
		importer.after_import()
	return made


def test_an_update_moves_no_invoice_of_another_branch(delhi: str) -> None:
	invoices = {
		branch: documents.sales("Sales Invoice", "Two", submit=False, branch=branch)
		for branch in ("Delhi", "Mumbai")
	}
	lines = [(invoices["Mumbai"].name, "Delhi"), (invoices["Delhi"].name, "Mumbai")]
	with as_user(delhi):
		results = importing("Sales Invoice", "Update Existing Records", ("ID", "Branch"), *lines)
	assert all(isinstance(result, frappe.PermissionError) for result in results), results
	for branch, invoice in invoices.items():
		assert frappe.db.get_value("Sales Invoice", invoice.name, "branch") == branch


def test_imported_customers_belong_to_the_importer_s_branch(delhi: str) -> None:
	header = ("Customer Name", "Customer Group", "Territory", "Branch (Branches)")
	lines = [("Plain", "Commercial", "India", ""), ("Strange", "Commercial", "India", "Mumbai")]
	with as_user(delhi):
		plain, strange = importing("Customer", "Insert New Records", header, *lines)
	assert isinstance(plain, Document) and [row.branch for row in plain.branches] == ["Delhi"], plain
	assert isinstance(strange, OutOfScopeError), strange
