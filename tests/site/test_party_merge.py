"""Two that are one are merged by an audited action that shows first what moves, moves everything, and records it."""

import json

import frappe
import pytest
from frappe.desk.doctype.tag.tag import add_tag
from frappe.desk.form import assign_to, document_follow
from frappe.desk.like import toggle_like
from frappe.utils import getdate

from branch_crm.customer_master import merge_api, merge_queries
from branch_crm.customer_master.doctype.party_merge.party_merge import MergeIsHistoryError
from branch_crm.customer_master.merge_queries import MERGE
from branch_crm.demo.records import COMPANY
from tests.site.company import (
	as_user,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	request,
)
from tests.site.documents import get_payment_entry, make_lead, sales
from tests.site.masters import make_address

API = "branch_crm.customer_master.merge_api"
REASON = "The same firm"
LOST, KEPT = "zq lost", "zq kept"
LINK = ("Customer", LOST)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


@pytest.fixture
def customers() -> None:
	make_customer(LOST, "Delhi", {"branch": "Agra", "sales_owner": "Administrator"})
	make_customer(KEPT, "Mumbai", "Agra")


def _merge(doctype: str = "Customer", lost: str = LOST, kept: str = KEPT) -> object:
	return frappe.get_doc(MERGE, merge_api.merge(doctype, lost, kept, REASON))


def test_the_preview_says_what_moves_and_changes_nothing(customers: None) -> None:
	for _ in range(2):
		sales("Sales Order", LOST, submit=False)
	make_contact("zq person", LINK)
	frappe.db.set_value("Customer", LOST, {"website": "lost.example", "tax_id": "1"})
	frappe.db.set_value("Customer", KEPT, "tax_id", "2")
	before = frappe.get_doc("Customer", LOST).as_dict()
	preview = merge_api.preview("Customer", LOST, KEPT)
	assert preview["obstacles"] == []
	moves = {(move["document_type"], move["field"]): move["number"] for move in preview["moves"]}
	assert moves["Sales Order", "Customer"] == 2
	assert moves["Contact", "Link Name"] == 1
	assert {"label": "Branches", "number": 2, "taken": 1} in preview["rows"]
	told = {one["label"]: (one["lost"], one["kept"]) for one in preview["differences"]}
	assert told["Website"] == ("lost.example", "")
	assert told["Tax ID"] == ("1", "2")
	assert frappe.get_doc("Customer", LOST).as_dict() == before
	assert not frappe.db.exists(MERGE, {"from_name": LOST})


def test_everything_that_names_the_one_names_the_other(customers: None) -> None:
	order = sales("Sales Order", LOST, branch="Delhi")
	invoice = sales("Sales Invoice", LOST, branch="Delhi")
	receipt = get_payment_entry("Sales Invoice", invoice.name)
	receipt.update({"reference_no": "1", "reference_date": getdate(), "paid_amount": 40})
	receipt.references[0].allocated_amount = 40
	receipt.insert().submit()
	quotation = sales("Quotation", LOST, branch="Delhi")
	issue = frappe.get_doc(
		{"doctype": "Issue", "subject": "zq", "customer": LOST, "branch": "Delhi"}
	).insert()
	contact, address = make_contact("zq person", LINK), make_address("zq place", LINK)
	lost = frappe.get_doc("Customer", LOST)
	comment = lost.add_comment("Comment", "zq said")
	file = frappe.get_doc(
		{"doctype": "File", "file_name": "zq.txt", "content": "zq", "attached_to_doctype": "Customer"}
	)
	file = file.update({"attached_to_name": LOST}).insert()
	mail = {"doctype": "Communication", "subject": "zq", "reference_doctype": "Customer"}
	mail = frappe.get_doc({**mail, "reference_name": LOST, "content": "zq"}).insert()
	lost.update({"website": "zq.example"}).save()
	moved = {(naming.document_type, naming.field): naming.number for naming in _namings(LOST)}
	# Frappe remembers for hours what a dynamic link leads to, and does not see what SQL writes
	frappe.local.dynamic_link_map = None
	frappe.cache.set_value("dynamic_link_map::Comment::reference_doctype", ["Lead"])
	record = _merge()
	assert _namings(LOST) == []
	assert not frappe.db.exists("Customer", LOST)
	assert {(row.document_type, row.field): row.number for row in record.moved} == moved
	assert moved["GL Entry", "Party"] == 2 and moved["Payment Ledger Entry", "Party"] == 2
	for doc, field in (
		(order, "customer"),
		(invoice, "customer"),
		(receipt, "party"),
		(quotation, "party_name"),
		(issue, "customer"),
		(comment, "reference_name"),
		(file, "attached_to_name"),
		(mail, "reference_name"),
	):
		assert doc.reload().get(field) == KEPT
	assert contact.reload().links[0].as_dict(no_default_fields=True)["link_title"] == KEPT
	assert frappe.db.get_value("Dynamic Link", {"parent": address}, "link_name") == KEPT
	assert frappe.db.exists(
		"Version", {"ref_doctype": "Customer", "docname": KEPT, "data": ["like", "%zq.example%"]}
	)
	assert invoice.outstanding_amount == 60


def test_no_program_deletes_the_record_unasked(customers: None) -> None:
	with pytest.raises(MergeIsHistoryError):
		frappe.delete_doc(MERGE, _merge().name, force=True, ignore_on_trash=True)


def test_the_notes_of_both_are_kept_whoever_wrote_them(customers: None) -> None:
	for name, notes in ((LOST, ("pays late", "ask for Ravi")), (KEPT, ("good customer",))):
		customer = frappe.get_doc("Customer", name)
		customer.extend("crm_notes", [{"note": note} for note in notes])
		customer.save()
	_merge()
	notes = {row.note for row in frappe.get_doc("Customer", KEPT).crm_notes}
	assert notes == {"good customer", "pays late", "ask for Ravi"}


def test_the_other_rows_of_his_vouchers_are_against_the_one_that_stays(customers: None) -> None:
	invoice = sales("Sales Invoice", LOST, branch="Delhi").name
	row = {"voucher_no": invoice, "against": LOST}
	frappe.db.set_value("GL Entry", row, "against", f"Other, {LOST}")
	_merge()
	texts = set(
		frappe.get_all("GL Entry", {"voucher_no": invoice, "party": ["is", "not set"]}, pluck="against")
	)
	assert texts == {f"Other, {KEPT}"}


def test_the_record_holds_what_was_lost_and_nobody_changes_it(customers: None) -> None:
	values = {"website": "lost.example", "customer_code": "ZQ-LOST"}
	frappe.db.set_value("Customer", LOST, values)
	before = frappe.get_doc("Customer", LOST)
	record = _merge()
	assert (record.from_name, record.from_code, record.into_name) == (LOST, "ZQ-LOST", KEPT)
	assert (record.status, record.reason, record.merged_by) == ("Completed", REASON, "Administrator")
	said = json.loads(record.from_values)
	assert said["website"] == "lost.example"
	assert [row["branch"] for row in said["branches"]] == [row.branch for row in before.branches]
	for act in (
		lambda: record.moved[0].update({"number": 9}).save(),
		lambda: frappe.delete_doc("Party Merge Count", record.moved[0].name, force=True),
		lambda: record.update({"reason": "other"}).save(),
		lambda: record.delete(),
		lambda: frappe.delete_doc(MERGE, record.name, force=True),
		lambda: frappe.rename_doc(MERGE, record.name, "x", force=True),
		lambda: frappe.get_doc({**record.as_dict(), "name": None}).insert(),
	):
		with pytest.raises(MergeIsHistoryError):
			act()
	change = {"doctype": MERGE, "name": record.name, "fieldname": "reason", "value": "other"}
	assert not request("Administrator", "frappe.client.set_value", **change)
	with as_user("Administrator"):
		found = frappe.call("frappe.desk.search.search_link", doctype=MERGE, txt="ZQ-LOST")
	assert [row["value"] for row in found] == [record.name]


def test_rows_are_united_and_what_the_other_has_is_left_as_it_is(customers: None) -> None:
	users = [make_user(f"zq-{name}", roles=("Customer",)) for name in ("one", "two")]
	lost, kept = (frappe.get_doc("Customer", name) for name in (LOST, KEPT))
	for user in users:
		lost.append("portal_users", {"user": user})
	kept.append("portal_users", {"user": users[0]})
	lost.append("credit_limits", {"company": COMPANY, "credit_limit": 500})
	kept.append("credit_limits", {"company": COMPANY, "credit_limit": 900})
	person = frappe.get_all("Sales Person", {"is_group": 0}, pluck="name", limit=1) or [_sales_person()]
	lost.append("sales_team", {"sales_person": person[0], "allocated_percentage": 100})
	for doc in (lost, kept):
		doc.save()
	_merge()
	kept.reload()
	assert [row.user for row in kept.portal_users] == users
	assert [row.credit_limit for row in kept.credit_limits] == [900]
	assert [row.sales_person for row in kept.sales_team] == person
	rows = [(row.branch, row.is_primary, row.sales_owner) for row in kept.branches]
	assert rows == [("Mumbai", 1, None), ("Agra", 0, "Administrator"), ("Delhi", 0, None)]
	assert [row.idx for row in kept.portal_users] == [1, 2]
	history = frappe.get_all(
		"Branch Responsibility", {"party": KEPT, "to_time": ["is", "not set"]}, pluck="branch"
	)
	assert set(history) == {"Mumbai", "Agra", "Delhi"}
	kept.save()


def test_who_has_no_branch_gets_those_of_the_other() -> None:
	make_customer(LOST, "Delhi")
	make_customer(KEPT)
	_merge()
	kept = frappe.get_doc("Customer", KEPT)
	assert [(row.branch, row.is_primary) for row in kept.branches] == [("Delhi", 1)]
	assert not kept.is_unassigned


def test_who_is_over_his_limit_is_merged_all_the_same(customers: None) -> None:
	frappe.get_doc("Customer", KEPT).update(
		{"credit_limits": [{"company": COMPANY, "credit_limit": 1000}]}
	).save()
	frappe.db.set_value("Customer Credit Limit", {"parent": KEPT}, "credit_limit", 10)
	sales("Sales Invoice", LOST, branch="Delhi")
	_merge()
	assert not frappe.db.exists("Customer", LOST)


def test_what_both_had_is_there_once(customers: None) -> None:
	user = make_user("zq-reader", roles=("Sales User",))
	shared = make_contact("zq of both", LINK, ("Customer", KEPT))
	frappe.share.add("Customer", LOST, user, write=1)
	frappe.share.add("Customer", KEPT, user)
	for name in (LOST, KEPT):
		add_tag("zq both", "Customer", name)
		document_follow.follow_document("Customer", name, user)
		permission = {"doctype": "User Permission", "user": user, "allow": "Customer", "for_value": name}
		frappe.get_doc(permission).insert()
	add_tag("zq lost", "Customer", LOST)
	toggle_like("Customer", LOST, "Yes")
	assign_to.add({"doctype": "Customer", "name": LOST, "assign_to": [user]})
	assign_to.add({"doctype": "Customer", "name": KEPT, "assign_to": [user]})
	assign_to.remove("Customer", KEPT, user)
	_merge()
	assert [row.link_name for row in shared.reload().links] == [KEPT]
	assert frappe.get_all("DocShare", {"share_name": KEPT, "user": user}, pluck="write") == [1]
	assert frappe.db.count("User Permission", {"user": user, "for_value": KEPT}) == 1
	assert frappe.db.get_value("Customer", KEPT, "_user_tags") == ",zq both,zq lost"
	assert frappe.db.count("Tag Link", {"document_name": KEPT}) == 2
	assert "Administrator" in frappe.db.get_value("Customer", KEPT, "_liked_by")
	assert user in frappe.db.get_value("Customer", KEPT, "_assign")
	assert frappe.db.exists("ToDo", {"reference_name": KEPT, "allocated_to": user, "status": "Open"})


def test_the_one_that_stays_keeps_its_primary_contact_address_name_and_code(customers: None) -> None:
	frappe.db.set_value("Customer", KEPT, {"customer_name": "zq title", "customer_code": "ZQ-KEPT"})
	contacts = {name: make_contact(f"zq of {name}", ("Customer", name)) for name in (LOST, KEPT)}
	addresses = {name: make_address(f"zq of {name}", ("Customer", name)) for name in (LOST, KEPT)}
	for name in (LOST, KEPT):
		frappe.db.set_value("Contact", contacts[name].name, "is_primary_contact", 1)
		frappe.db.set_value(
			"Address", addresses[name], {"is_primary_address": 1, "is_shipping_address": name == LOST}
		)
		frappe.db.set_value("Customer", name, "customer_primary_contact", contacts[name].name)
	frappe.db.set_value("Customer", LOST, "customer_primary_address", addresses[LOST])
	_merge()
	kept = frappe.get_doc("Customer", KEPT)
	assert (kept.customer_name, kept.customer_code) == ("zq title", "ZQ-KEPT")
	assert kept.customer_primary_contact == contacts[KEPT].name
	assert kept.customer_primary_address == addresses[LOST]
	primary = [
		frappe.db.get_value("Contact", contacts[name].name, "is_primary_contact") for name in (LOST, KEPT)
	]
	assert primary == [0, 1]
	flags = ("is_primary_address", "is_shipping_address")
	assert frappe.db.get_value("Address", addresses[LOST], flags) == (0, 1)
	assert frappe.db.get_value("Address", addresses[KEPT], flags) == (1, 0)


def test_a_code_and_a_lead_go_along_where_there_is_none(customers: None) -> None:
	lead, other = make_lead("zq first"), make_lead("zq second")
	frappe.db.set_value("Customer", KEPT, "customer_code", None)
	frappe.db.set_value("Customer", LOST, {"customer_code": "ZQ-LOST", "lead_name": lead.name})
	frappe.db.set_value("Lead", {"name": ["in", [lead.name, other.name]]}, "status", "Converted")
	_merge()
	assert frappe.db.get_value("Customer", KEPT, ("customer_code", "lead_name")) == ("ZQ-LOST", lead.name)
	assert lead.reload().status == "Converted"
	make_customer(LOST)
	frappe.db.set_value("Customer", LOST, "lead_name", other.name)
	_merge()
	assert frappe.db.get_value("Customer", KEPT, "lead_name") == lead.name
	assert other.reload().status == "Converted"


def _namings(name: str) -> list:
	return merge_queries.namings("Customer", name)


def _sales_person() -> str:
	person = {"doctype": "Sales Person", "sales_person_name": "zq person", "parent_sales_person": ""}
	return frappe.get_doc(person).insert().name
