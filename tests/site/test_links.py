"""A restricted user links his documents only to what he sees, and learns nothing where he tries."""

import frappe
import pytest

from tests.site import documents
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

ROLES = ("Sales User", "Sales Manager", "Accounts User", "Accounts Manager", "Support Team", "Projects User")
ROLES += ("Maintenance User",)


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	make_customer("Own", "Delhi")
	make_customer("Foreign", "Mumbai")


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


def refusal(doc: object) -> str:
	with pytest.raises(frappe.LinkValidationError) as caught:
		doc.save()
	return str(caught.value)


def test_foreign_is_refused_as_what_does_not_exist(delhi: str) -> None:
	order = documents.sales("Sales Order", "Foreign")
	project = frappe.get_doc({"doctype": "Project", "project_name": "Zq", "branch": "Mumbai"}).insert().name
	lead = documents.make_lead("Foreign lead", branch="Mumbai").name
	drafts = (
		({"doctype": "Issue", "subject": "Zq", "customer": "{}"}, "Foreign"),
		({"doctype": "Issue", "subject": "Zq", "project": "{}"}, project),
		({"doctype": "Opportunity", "opportunity_from": "Lead", "party_name": "{}"}, lead),
		({"doctype": "Event", "subject": "Zq", "starts_on": "2030-01-01", "event_participants": [
			{"reference_doctype": "Customer", "reference_docname": "{}"}]}, "Foreign"),
		({"doctype": "ToDo", "description": "Zq", "allocated_to": delhi, "reference_type": "Sales Order", "reference_name": "{}"}, order.name),
		({"doctype": "Warranty Claim", "complaint": "Zq", "customer": "{}"}, "Foreign"),
	)  # fmt: skip
	switch_on()
	with as_user(delhi):
		for draft, name in drafts:
			texts = set()
			for target in (name, "None such"):
				doc = frappe.get_doc(frappe.parse_json(frappe.as_json(draft).replace("{}", target)))
				try:
					doc.insert()
				except frappe.LinkValidationError as error:
					texts.add(str(error).replace(target, ""))
			assert len(texts) == 1, (draft, texts)


def test_a_new_link_of_a_stored_document_is_refused_and_an_old_one_stays(delhi: str) -> None:
	issue = frappe.get_doc({"doctype": "Issue", "subject": "Zq", "customer": "Own"}).insert()
	project = frappe.get_doc({"doctype": "Project", "project_name": "Zq", "branch": "Mumbai"}).insert().name
	old = frappe.get_doc({"doctype": "Issue", "subject": "Zq", "customer": "Own", "project": project})
	old.branch = "Delhi"
	old.insert()
	switch_on()
	with as_user(delhi):
		assert refusal(frappe.get_doc("Issue", issue.name).update({"project": project})) == (
			f"Could not find Project: {project}"
		)
		frappe.get_doc("Issue", old.name).update({"subject": "Zq again"}).save()


def test_rows_are_looked_at_too(delhi: str) -> None:
	order = documents.sales("Sales Order", "Foreign")
	switch_on()
	with as_user(delhi):
		invoice = frappe.get_doc(
			{
				"doctype": "Sales Invoice",
				"customer": "Own",
				"items": [{"item_code": documents.ITEM, "qty": 1}],
			}
		)
		invoice.items[0].sales_order = order.name
		assert refusal(invoice) == f"Could not find Row #1: Sales Order: {order.name}"


def test_what_goes_on_from_an_own_document_keeps_its_links(delhi: str) -> None:
	project = frappe.get_doc({"doctype": "Project", "project_name": "Zq", "branch": "Mumbai"}).insert().name
	order = documents.sales("Sales Order", "Own", project=project)
	switch_on()
	with as_user(delhi):
		invoice = documents.make_sales_invoice(order.name)
		invoice.insert()
		assert invoice.project == project
		invoice.submit()
		invoice.cancel()
		amended = frappe.copy_doc(invoice)
		amended.amended_from = invoice.name
		amended.insert()
		other = frappe.get_doc(
			{
				"doctype": "Sales Invoice",
				"customer": "Own",
				"items": [{"item_code": documents.ITEM, "qty": 1}],
			}
		)
		other.project = project
		assert refusal(other) == f"Could not find Project: {project}"


def test_an_own_invoice_is_made_as_before(delhi: str) -> None:
	documents.make_item()
	switch_on()
	with as_user(delhi):
		invoice = documents.sales("Sales Invoice", "Own")
		payment = documents.get_payment_entry("Sales Invoice", invoice.name)
		payment.update({"reference_no": "1", "reference_date": frappe.utils.nowdate()})
		payment.insert()
	assert payment.branch == "Delhi"


def test_no_foreign_document_is_amended(delhi: str) -> None:
	order = documents.sales("Sales Order", "Foreign")
	order.cancel()
	switch_on()
	with as_user(delhi):
		amended = frappe.copy_doc(order)
		amended.update({"amended_from": order.name, "customer": "Own", "branch": "Delhi"})
		assert "Could not find" in refusal(amended)


def test_a_repeat_is_made_of_an_own_document_only(delhi: str) -> None:
	orders = {name: documents.sales("Sales Order", name).name for name in ("Own", "Foreign")}
	switch_on()
	values = {"doctype": "Auto Repeat", "reference_doctype": "Sales Order", "frequency": "Monthly"}
	values["start_date"] = frappe.utils.add_days(None, 1)
	with as_user(delhi):
		with pytest.raises((frappe.LinkValidationError, frappe.PermissionError)):
			frappe.get_doc({**values, "reference_document": orders["Foreign"]}).insert()
		frappe.get_doc({**values, "reference_document": orders["Own"]}).insert()
