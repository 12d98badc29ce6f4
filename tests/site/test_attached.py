"""What hangs on a document is seen with it: rows of tables, comments, files, versions, to-dos, shares, tags."""

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.branch_access import permissions, registry
from branch_crm.branch_access.registry import By
from tests.site import documents
from tests.site.company import (
	as_user,
	counted,
	join_team,
	listed,
	make_customer,
	make_tree,
	make_user,
	opened,
	switch_on,
)

ROLES = ("Sales User", "Sales Manager", "Accounts User", "Accounts Manager", "System Manager", "Support Team")
# what each satellite needs besides the document that it hangs on
NEEDED = {
	"Comment": {"comment_type": "Comment", "content": "Zq"},
	"Communication": {"subject": "Zq", "content": "Zq", "communication_type": "Communication"},
	"Activity Log": {"subject": "Zq"},
	"View Log": {"viewed_by": "Administrator"},
	"Version": {"data": "{}"},
	"ToDo": {"description": "Zq", "allocated_to": "Administrator"},
	"File": {"file_name": "zq.txt", "content": "Zq", "is_private": 1},
	"DocShare": {"user": "Administrator", "read": 1},
	"Tag Link": {},
	"Notification Log": {"subject": "Zq", "for_user": "Administrator"},
	"Document Follow": {"user": "Administrator"},
	"Submission Queue": {},
	"Email Queue": {"message": "Zq", "sender": "zq@branch-crm.example"},
	"Energy Point Log": {"user": "Administrator", "type": "Auto", "points": 1},
	"Workflow Action": {"status": "Open"},
	"Error Log": {"method": "Zq", "error": "Zq"},
	"Milestone": {"track_field": "status", "value": "Zq"},
	"Document Share Key": {},
	"Integration Request": {"integration_request_service": "Zq"},
	"Auto Repeat": {"start_date": "2030-01-01", "frequency": "Monthly"},
	"Deleted Document": {"data": "{}"},
	"Branch Withdrawal": {"kind": "Share"},
	"Discussion Topic": {"title": "Zq"},
	"Reminder": {"user": "Administrator", "remind_at": "2030-01-01 10:00:00", "description": "Zq"},
}
ROWS = ("Sales Invoice Item", "Sales Taxes and Charges", "Payment Schedule")


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	documents.make_item()
	for place in ("Delhi", "Mumbai"):
		make_customer(f"Zq {place}", place)
	switch_on()


@pytest.fixture
def user() -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


def hung_on(doctype: str, carrier: Document) -> str:
	kind, name = registry.attached_to(doctype)
	values = {**NEEDED[doctype], kind: carrier.doctype, name: carrier.name}
	doc = frappe.get_doc({"doctype": doctype, **values})
	# as Frappe makes them, without what their own DocTypes ask of the document
	doc.set_new_name()
	doc.db_insert()
	return doc.name


def test_every_satellite_is_tried() -> None:
	found = {doctype for doctype, by in registry.scoped_doctypes().items() if by is By.ATTACHED}
	assert found == set(NEEDED)


@pytest.mark.parametrize("doctype", NEEDED)
def test_a_satellite_is_seen_with_its_document(doctype: str, user: str) -> None:
	carriers = {
		place: (frappe.get_doc("Customer", f"Zq {place}"), documents.sales("Sales Invoice", f"Zq {place}"))
		for place in ("Delhi", "Mumbai")
	}
	own, foreign = ({hung_on(doctype, carrier) for carrier in carriers[place]} for place in carriers)
	free = hung_on(doctype, frappe.get_doc("Territory", "India"))
	both = {*own, *foreign, free}
	with as_user(user):
		condition = permissions.query_condition(user, doctype)
	shown = set(frappe.db.sql_list(f"select name from `tab{doctype}` where {condition}")) & both
	assert shown == {*own, free}
	assert listed(user, doctype).isdisjoint(foreign)
	assert opened(user, doctype, both).isdisjoint(foreign)
	assert {name for name in both if permissions.reaches(doctype, name, user)} == {*own, free}
	assert counted(user, doctype) == len(listed(user, doctype))


@pytest.mark.parametrize("table", ROWS)
def test_rows_are_seen_with_their_document(table: str, user: str) -> None:
	account = documents.account("Chargeable")
	taxes = [{"charge_type": "On Net Total", "account_head": account, "description": "Zq", "rate": 5}]
	invoices = {
		place: documents.sales("Sales Invoice", f"Zq {place}", taxes=taxes) for place in ("Delhi", "Mumbai")
	}
	rows = {
		place: set(frappe.get_all(table, {"parent": invoice.name}, pluck="name"))
		for place, invoice in invoices.items()
	}
	with as_user(user):
		seen = frappe.get_list(table, parent_doctype="Sales Invoice", pluck="name", limit_page_length=0)
		assert rows["Delhi"] <= set(seen)
		assert rows["Mumbai"].isdisjoint(seen)


def test_who_only_views_comments_on_nothing() -> None:
	viewer = make_user("viewer", roles=ROLES)
	join_team(viewer, "Delhi", "Viewer")
	name = hung_on("Comment", frappe.get_doc("Customer", "Zq Delhi"))
	assert opened(viewer, "Comment", {name}) == {name}
	assert opened(viewer, "Comment", {name}, "write") == set()


def test_what_hangs_on_a_deleted_document_is_head_office_s(user: str) -> None:
	name = hung_on("Comment", frappe.get_doc("Customer", "Zq Delhi"))
	frappe.db.delete("Branch Assignment", {"parent": "Zq Delhi"})
	frappe.db.delete("Customer", {"name": "Zq Delhi"})
	assert opened(user, "Comment", {name}) == set()
