"""What erases and deletes by itself works all the same, and takes no master along."""

import frappe
import pytest
from frappe.website.doctype.personal_data_deletion_request import personal_data_deletion_request as erasure

from branch_crm.credit_control.hold_events import HistoryError
from branch_crm.customer_master.deletion_events import DeletionRefusedError
from branch_crm.demo.records import COMPANY
from tests.site.company import make_customer, make_tree, make_user
from tests.site.documents import sales
from tests.site.masters import LINK, make, make_address


@pytest.fixture(autouse=True)
def keeper() -> None:
	make_customer(LINK[1])


def _deletion_of_transactions(**values) -> object:
	record = {
		"doctype": "Transaction Deletion Record",
		"company": COMPANY,
		"process_in_single_transaction": 1,
	}
	return frappe.get_doc({**record, **values}).insert()


def test_the_transactions_of_a_company_are_deleted_and_masters_stay() -> None:
	make_tree()
	order = sales("Sales Order", LINK[1])
	contact = make("Contact", "zq contact")
	account = make("Bank Account", "zq account")
	frappe.db.set_value("Bank Account", account, "company", COMPANY)
	record = _deletion_of_transactions()
	record.submit()
	record.start_deletion_tasks()
	assert record.reload().status == "Completed", record.error_log
	assert not frappe.db.exists("Sales Order", order.name)
	for doctype, name in (LINK, ("Contact", contact), ("Bank Account", account), ("Branch", "Delhi")):
		assert frappe.db.exists(doctype, name)


@pytest.mark.parametrize("doctype", ["Customer", "Supplier", "Bank Account"])
def test_no_master_is_deleted_along_with_the_transactions(doctype: str) -> None:
	record = _deletion_of_transactions(doctypes_to_be_ignored=[{"doctype_name": "Account"}])
	record.populate_doctypes_to_be_ignored_table()
	record.doctypes_to_be_ignored = [
		row for row in record.doctypes_to_be_ignored if row.doctype_name != doctype
	]
	with pytest.raises(DeletionRefusedError, match=doctype):
		record.submit()


@pytest.mark.parametrize("doctype", ["Credit Hold", "Credit Event", "Stock Credit Limit"])
def test_nothing_that_was_refused_or_put_aside_is_deleted_along_with_them(doctype: str) -> None:
	record = _deletion_of_transactions()
	record.populate_doctypes_to_be_ignored_table()
	record.doctypes_to_be_ignored = [
		row for row in record.doctypes_to_be_ignored if row.doctype_name != doctype
	]
	with pytest.raises(HistoryError, match=doctype):
		record.submit()


def test_personal_data_are_erased_and_what_they_were_in_stays(monkeypatch: pytest.MonkeyPatch) -> None:
	# Frappe writes mails about it
	for key in ("auto_email_id", "mail_server", "mail_login", "mail_password"):
		monkeypatch.setitem(frappe.local.conf, key, "mail@branch-crm.example")
	person = make_user("zq-person", roles=("Customer",))
	contact = {"doctype": "Contact", "first_name": "Zq", "last_name": "Person"}
	links = [{"link_doctype": "Customer", "link_name": LINK[1]}]
	emails = [{"email_id": person, "is_primary": 1}]
	name = frappe.get_doc({**contact, "links": links, "email_ids": emails}).insert().name
	address = make_address("zq home", LINK)
	frappe.db.set_value("Address", address, "email_id", person)
	frappe.db.set_value("Customer", LINK[1], {"email_id": person, "mobile_no": "+919820012345"})
	merged = {
		"doctype": "Party Merge",
		"name": "Zq Merge",
		"document_type": "Customer",
		"from_name": "Zq Lost",
	}
	merged |= {"into_name": LINK[1], "reason": "twice", "from_values": f'{{"said": "{person}"}}'}
	frappe.get_doc(merged).db_insert()
	request = {"doctype": "Personal Data Deletion Request", "email": person, "status": "Pending Approval"}
	request = frappe.get_doc(request).insert(ignore_permissions=True)
	# or else it would be a job
	monkeypatch.setitem(frappe.flags, "in_test", True)
	request.trigger_data_deletion()
	assert request.reload().status == "Deleted"
	assert not frappe.db.exists("User", person)
	assert not frappe.db.exists("Contact", name)
	left = frappe.get_doc("Contact", request.name)
	assert (
		left.first_name
		== erasure.PersonalDataDeletionRequest(request.as_dict()).anonymization_value_map["Data"]
	)
	assert [row.link_name for row in left.links] == [LINK[1]]
	assert frappe.db.get_value("Address", address, "address_line1") != "1 Road"
	customer = frappe.db.get_value("Customer", LINK[1], ["email_id", "mobile_no"], as_dict=True)
	assert customer and person not in customer.email_id
	assert customer.mobile_no != "+919820012345"
	assert person not in frappe.db.get_value("Party Merge", "Zq Merge", "from_values")
