"""What looks like an attack and is none stays possible for whoever is limited by branch."""

import json
from collections.abc import Iterator

import frappe
import pytest
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.utils import add_days, now_datetime, nowdate

from branch_crm.branch_access import found_events, own_figure_events, row_queries
from tests.site import documents, goods
from tests.site.company import as_user, make_contact
from tests.site.documents import COMPANY, ITEM, sales
from tests.site.http_requests import call, send
from tests.site.strangers import MAIL, THERE, bought, foreign_contact, payment_of, user

__all__ = ["user"]


def test_a_lead_with_a_numbered_note_is_saved(user: str) -> None:
	lead = documents.make_lead("Zq Noted", branch="Delhi")
	lead.append("notes", {"note": "said"})
	lead.save()
	sent = json.loads(frappe.get_doc("Lead", lead.name).as_json())
	assert isinstance(sent["notes"][0]["name"], int)
	sent["company_name"] = "Zq Firm"
	for method, more in (("frappe.desk.form.save.savedocs", {"action": "Save"}), ("frappe.client.save", {})):
		sent["modified"] = str(frappe.db.get_value("Lead", lead.name, "modified"))
		assert call(user, method, doc=json.dumps(sent), **more).status == 200, method
	added = {
		"docs": json.dumps(frappe.get_doc("Lead", lead.name).as_dict(), default=str),
		"method": "add_note",
	}
	assert call(user, "run_doc_method", **added, args={"note": "more"}).status == 200


@pytest.mark.parametrize(
	("doctype", "name"), [("Branch", "Delhi"), ("Customer", "Zq Shared"), ("Supplier", "Zq Maker")]
)
def test_a_form_sends_the_other_branches_that_its_document_has_already(
	user: str, doctype: str, name: str
) -> None:
	said = {"method": "add_comment", "args": json.dumps({"comment_type": "Comment", "text": "x"})}
	sent = frappe.get_doc(doctype, name).as_dict()
	assert call(user, "run_doc_method", docs=json.dumps(sent, default=str), **said).status == 200
	sent["parent_branch" if doctype == "Branch" else "branch"] = "West"
	assert call(user, "run_doc_method", docs=json.dumps(sent, default=str), **said).status == 404


def test_one_may_look_for_private_companies(user: str) -> None:
	like = [["Customer", "customer_name", "like", "%private%"]]
	asked = {"doctype": "Customer", "fields": ["name"], "filters": like}
	assert call(user, "frappe.desk.reportview.get", **asked).status == 200
	assert call(user, "frappe.desk.search.search_link", doctype="Customer", txt="private").status == 200


def test_lists_are_filtered_by_what_lies_below(user: str) -> None:
	below = [["Customer", "territory", "descendants of", "All Territories", False]]
	kept = json.dumps({"List": {"filters": below}})
	save = "frappe.model.utils.user_settings.save"
	assert call(user, save, doctype="Customer", user_settings=kept).status == 200
	asked = {"doctype": "Customer", "fields": ["name"], "filters": [below[0][:4]]}
	assert call(user, "frappe.desk.reportview.get", **asked).status == 200


def test_a_payment_says_what_its_party_is_called(user: str) -> None:
	frappe.db.set_value("Customer", "Zq Mine", "customer_name", "Zq Called Otherwise")
	made = call(user, "frappe.client.insert", doc=payment_of("Zq Mine"))
	assert made.message["party_name"] == "Zq Called Otherwise"
	asked = {"method": "allocate_amount_to_references", "docs": json.dumps(made.message, default=str)}
	args = {"paid_amount": 5, "paid_amount_change": 1, "allocate_payment_amount": 1}
	assert call(user, "run_doc_method", **asked, args=args).status == 200


def test_rows_of_a_form_that_is_not_saved_are_left_to_erpnext(user: str) -> None:
	plan = frappe.get_doc({"doctype": "Production Plan", "company": COMPANY})
	plan.append("sub_assembly_items", {"production_plan_item": "new-production-plan-item-abc"})
	assert list(row_queries.documents_named(plan, None)) == []


def test_costs_are_landed_on_invoices_that_take_goods(user: str) -> None:
	bill = {"doctype": "Purchase Invoice", "supplier": "Zq Maker", "company": COMPANY, "branch": "Delhi"}
	bill |= {"update_stock": 1, "bill_no": "1", "posting_date": nowdate(), "due_date": nowdate()}
	item = {"item_code": goods.GOODS, "qty": 1, "rate": 10, "warehouse": goods.warehouse()}
	goods.stock_up()
	bill = goods.done(frappe.get_doc({**bill, "items": [item]}))
	voucher = frappe.get_doc({"doctype": "Landed Cost Voucher", "company": COMPANY})
	received = {"receipt_document_type": "Purchase Invoice", "receipt_document": bill.name}
	row = {**received, "purchase_receipt_item": bill.items[0].name, "item_code": goods.GOODS}
	voucher.append("items", row)
	found = [key for key, *_ in row_queries.documents_named(voucher, None)]
	assert found == [("Purchase Invoice", bill.name)]


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_what_erpnext_takes_for_free_is_free(user: str, is_cancelled: bool) -> None:
	other = sales("Sales Order", "Zq Shared", branch="Agra", po_no="PO-9")
	if is_cancelled:
		other.cancel()
	rows = [{"item_code": ITEM, "qty": 1, "rate": 100}]
	order = {"doctype": "Sales Order", "customer": "Zq Shared", "branch": "Delhi", "company": COMPANY}
	order |= {"po_no": "PO-9", "delivery_date": nowdate(), "items": rows}
	assert (call(user, "frappe.client.insert", doc=order).status == 200) is is_cancelled


def test_bills_begin_anew_each_year(user: str) -> None:
	bill = frappe.get_doc({"doctype": "Purchase Invoice", "bill_no": "1", "supplier": "Zq Maker"})
	bill.update({"company": COMPANY, "posting_date": nowdate()})
	other = frappe.get_doc({**bill.as_dict(), "branch": "Agra"})
	other.update({"name": "zq-last-year", "posting_date": add_days(nowdate(), -800)})
	other.db_insert()
	with as_user(user):
		found_events.refuse_taken(bill)


def test_a_mail_stays_in_the_timelines_where_it_was(user: str) -> None:
	contact = foreign_contact()
	own = sales("Sales Order", "Zq Mine", submit=False, branch="Delhi").name
	mail = {"doctype": "Sales Order", "name": own, "content": "x", "subject": "x", "recipients": MAIL}
	made = call("Administrator", "frappe.core.doctype.communication.email.make", send_email=0, **mail)
	mail = frappe.get_doc("Communication", made.message["name"])
	links = {(row.link_doctype, row.link_name) for row in mail.timeline_links}
	assert {("Contact", contact), ("Customer", THERE)} <= links
	with as_user(user):
		doc = frappe.get_doc("Communication", mail.name)
		doc.subject = "y"
		# as ERPNext does when a document takes over the mails of another
		doc.save(ignore_permissions=True)
	doc.reload()
	assert {(row.link_doctype, row.link_name) for row in doc.timeline_links} == links


def test_a_file_hangs_on_a_form_that_is_not_saved_yet(user: str) -> None:
	hung = {"attached_to_doctype": "Lead", "attached_to_name": "new-lead-abcdef"}
	file = {"doctype": "File", "file_name": "Price List (it's).txt", "is_private": 1, "content": "zq", **hung}
	with as_user(user):
		# as an upload to a form does, which is not there to be asked yet
		url = frappe.get_doc(file).insert(ignore_permissions=True).file_url
	lead = {"doctype": "Lead", "first_name": "Zq", "company": COMPANY, "branch": "Delhi", "image": url}
	for owner, status in (("Administrator", 404), (user, 200)):
		frappe.db.set_value("File", {"file_url": url}, {"owner": owner})
		assert call(user, "frappe.client.insert", doc=lead).status == status


def test_names_of_files_may_hold_anything(user: str) -> None:
	hung = {"attached_to_doctype": "Customer", "attached_to_name": THERE}
	file = {
		"doctype": "File",
		"file_name": "Price List (it's).csv",
		"is_private": 1,
		"content": "Serial No\nzq",
	}
	url = frappe.get_doc({**file, **hung}).insert().file_url
	assert " " in url
	upload = "erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.upload_csv_file"
	assert call(user, upload, item_code=ITEM, file_path=url).status == 404
	assert send(user, "GET", "/api/method/download_file", file_url=url).status == 404


def test_a_till_of_ones_own_is_found_among_those_of_others(user: str) -> None:
	account = documents.account("Cash")
	till = {"doctype": "POS Profile", "company": COMPANY, "warehouse": goods.warehouse(), "currency": "INR"}
	till |= {"write_off_account": account, "write_off_limit": 1}
	till |= {"write_off_cost_center": frappe.get_cached_value("Company", COMPANY, "cost_center")}
	till |= {"payments": [{"mode_of_payment": "Cash", "default": 1}]}
	for branch in ("Agra", "Delhi"):
		frappe.get_doc({**till, "branch": branch, "__newname": f"Zq {branch}"}).insert()
	path = "erpnext.stock.get_item_details.get_pos_profile"
	assert call(user, path, company=COMPANY).message["name"] == "Zq Delhi"
	assert call(user, path, company=COMPANY, pos_profile="Zq Delhi").message["name"] == "Zq Delhi"
	assert call(user, path, company=COMPANY, pos_profile="Zq Agra").status == 404


def test_mails_to_ones_own_stand_in_their_timeline(user: str) -> None:
	contact = make_contact("Zq Own Person", ("Customer", "Zq Mine"))
	contact.append("email_ids", {"email_id": "own@own.example", "is_primary": 1})
	contact.save()
	own = sales("Sales Order", "Zq Mine", submit=False, branch="Delhi").name
	mail = {
		"doctype": "Sales Order",
		"name": own,
		"content": "x",
		"subject": "x",
		"recipients": "own@own.example",
	}
	made = call(user, "frappe.core.doctype.communication.email.make", send_email=0, **mail).message["name"]
	links = frappe.get_all(
		"Communication Link", {"parent": made}, ["link_doctype", "link_name"], as_list=True
	)
	assert {("Contact", contact.name), ("Customer", "Zq Mine")} <= set(links)


def test_requests_for_material_are_gathered_for_a_supplier(user: str) -> None:
	bought()
	goods.make_supplier("Zq Stranger", "Agra")
	module = "erpnext.buying.doctype.request_for_quotation.request_for_quotation"
	path = f"{module}.get_item_from_material_requests_based_on_supplier"
	target = {"doctype": "Request for Quotation", "company": COMPANY}
	asked = {"method": path, "target_doc": target, "args": None}
	for supplier, status in ("Zq Maker", 200), ("Zq Stranger", 404):
		names = json.dumps([supplier])
		answer = call(user, "frappe.model.mapper.map_docs", source_names=names, **asked)
		assert answer.status == status, answer.text


@pytest.mark.parametrize(("customer", "status"), [("Zq Mine", 200), (THERE, 404)])
def test_the_form_of_an_issue_asks_for_its_agreement(user: str, customer: str, status: int) -> None:
	frappe.db.set_single_value("Support Settings", "track_service_level_agreement", 1)
	agreement = {"doctype": "Service Level Agreement", "name": "Zq SLA", "document_type": "Issue"}
	frappe.get_doc({**agreement, "entity_type": "Customer", "entity": customer}).db_insert()
	module = "erpnext.support.doctype.service_level_agreement.service_level_agreement"
	asked = {"doctype": "Issue", "name": "Zq SLA", "customer": "Zq Mine"}
	assert call(user, f"{module}.get_service_level_agreement_filters", **asked).status == status


@pytest.mark.parametrize(("customer", "kinds"), [("Zq Mine", ["Issue"]), (THERE, [])])
def test_the_desk_is_told_what_ones_own_customers_were_promised(
	user: str, customer: str, kinds: list[str]
) -> None:
	agreement = {"doctype": "Service Level Agreement", "name": "Zq SLA", "document_type": "Issue"}
	frappe.get_doc({**agreement, "entity_type": "Customer", "entity": customer, "enabled": 1}).db_insert()
	module = "erpnext.support.doctype.service_level_agreement.service_level_agreement"
	assert json.loads(call(user, f"{module}.get_sla_doctypes").text)["message"] == kinds
	assert json.loads(call("Administrator", f"{module}.get_sla_doctypes").text)["message"] == ["Issue"]
	bootinfo = frappe._dict()
	with as_user(user):
		own_figure_events.tell_desk_less(bootinfo)
	assert bootinfo.service_level_agreement_doctypes == kinds


def test_lists_ask_for_no_titles_of_what_branches_limit(user: str) -> None:
	bootinfo = frappe._dict(link_title_doctypes=["Customer", "User", "Item"])
	with as_user(user):
		own_figure_events.tell_desk_less(bootinfo)
	assert bootinfo.link_title_doctypes == ["User", "Item"]


@pytest.fixture
def titled() -> Iterator[None]:
	"""Customers by their titles in link fields."""
	make_property_setter("Customer", "", "show_title_field_in_link", 1, "Check", for_doctype=True)
	yield
	frappe.db.rollback()
	frappe.clear_cache(doctype="Customer")


@pytest.mark.usefixtures("titled")
def test_no_form_tells_the_title_of_what_it_links_to(user: str) -> None:
	frappe.db.set_value("Customer", THERE, "customer_name", "ZQSECRET title")
	order = documents.sales("Sales Order", "Zq Mine", branch="Delhi").name
	frappe.db.set_value("Sales Order", order, "customer", THERE)
	opened = {"doctype": "Sales Order", "name": order}
	answers = [call(one, "frappe.desk.form.load.getdoc", **opened) for one in ("Administrator", user)]
	assert [("ZQSECRET" in answer.text, answer.status) for answer in answers] == [(True, 200), (False, 200)]


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_an_opportunity_of_a_lead_takes_part_in_ones_own_events_with_it(user: str, branch: str) -> None:
	lead = documents.make_lead("Zq Lead", branch="Delhi").name
	event = {"doctype": "Event", "subject": "x", "starts_on": now_datetime(), "event_type": "Public"}
	event["event_participants"] = [{"reference_doctype": "Lead", "reference_docname": lead}]
	with as_user(user):
		event = frappe.get_doc({**event, "branch": "Delhi"}).insert()
	event.db_set({"branch": branch, "modified_by": "Administrator"})
	deal = {"doctype": "Opportunity", "opportunity_from": "Lead", "party_name": lead, "company": COMPANY}
	answer = call(user, "frappe.client.insert", doc=deal)
	assert answer.status == 200 and event.name not in answer.text, answer.text
	event.reload()
	taking_part = {row.reference_docname for row in event.event_participants}
	assert (answer.message["name"] in taking_part) == (branch == "Delhi")
	assert event.modified_by == (user if branch == "Delhi" else "Administrator")
