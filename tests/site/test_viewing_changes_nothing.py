"""Who only views a document changes it by no function, and by nothing that goes on from it."""

import json

import frappe
import pytest
from frappe.utils import nowdate

from tests.site import documents
from tests.site.company import join_team, make_customer, make_tree, make_user, roles_of_branches, switch_on
from tests.site.documents import COMPANY, ITEM
from tests.site.http_requests import Answer, call

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
REQUESTS = "erpnext.accounts.doctype.payment_request.payment_request"
ROW = {"item_code": ITEM, "qty": 1, "rate": 4321, "delivery_date": nowdate()}


@pytest.fixture
def viewer() -> str:
	"""Works in Delhi, and views Agra."""
	make_tree()
	documents.make_item()
	make_customer("Zq Mine", "Delhi")
	make_customer("Zq Shared", "Delhi", "Agra")
	make_customer("Zq Viewed", "Agra")
	user = make_user("viewer", roles=roles_of_branches())
	join_team(user, "Delhi", "Sales")
	join_team(user, "Agra", "Viewer")
	switch_on()
	return user


def made(doctype: str, branch: str, **values) -> str:
	return frappe.get_doc({"doctype": doctype, "branch": branch, "company": COMPANY, **values}).insert().name


def inserted(viewer: str, doctype: str, **values) -> Answer:
	return call(
		viewer,
		"frappe.client.insert",
		doc={"doctype": doctype, "company": COMPANY, "branch": "Delhi", **values},
	)


@pytest.mark.parametrize(("branch", "is_asked"), [("Delhi", True), ("Agra", False)])
def test_no_payment_is_asked_for(viewer: str, branch: str, is_asked: bool) -> None:
	invoice = documents.sales("Sales Invoice", "Zq Shared", branch=branch).name
	asked = {"dt": "Sales Invoice", "dn": invoice, "mute_email": 1, "recipient_id": "x@x.example"}
	asked |= {"submit_doc": 1, "party_type": "Customer", "party": "Zq Shared"}
	answer = call(viewer, f"{REQUESTS}.make_payment_request", **asked)
	assert bool(frappe.db.exists("Payment Request", {"reference_name": invoice})) == is_asked, answer.text


def test_no_request_for_payment_is_sent_again(viewer: str, monkeypatch: pytest.MonkeyPatch) -> None:
	invoice = documents.sales("Sales Invoice", "Zq Shared", branch="Agra").name
	asked = {"doctype": "Payment Request", "payment_request_type": "Inward", "branch": "Agra"}
	asked |= {"reference_doctype": "Sales Invoice", "reference_name": invoice, "party_type": "Customer"}
	asked |= {"party": "Zq Shared", "grand_total": 1, "company": COMPANY, "currency": "INR"}
	request = frappe.get_doc(asked).insert(ignore_mandatory=True)
	sent: list[str] = []
	monkeypatch.setattr(type(request), "send_email", lambda self: sent.append(self.name))
	call(viewer, f"{REQUESTS}.resend_payment_email", docname=request.name)
	assert not sent
	call("Administrator", f"{REQUESTS}.resend_payment_email", docname=request.name)
	assert sent == [request.name]


@pytest.mark.parametrize("customer", ["Zq Mine", "Zq Viewed"])
def test_no_customer_is_enrolled(viewer: str, customer: str) -> None:
	program = {"doctype": "Loyalty Program", "loyalty_program_name": "zq", "from_date": nowdate()}
	program |= {"loyalty_program_type": "Single Tier Program", "company": COMPANY, "conversion_factor": 1}
	program |= {"expense_account": documents.account("Cash"), "expiry_duration": 5}
	program["collection_rules"] = [{"tier_name": "x", "collection_factor": 1}]
	frappe.get_doc(program).insert().db_set("auto_opt_in", 1)
	path = "erpnext.accounts.doctype.sales_invoice.sales_invoice.get_loyalty_programs"
	assert call(viewer, path, customer=customer).message == ["zq"]
	enrolled = frappe.db.get_value("Customer", customer, "loyalty_program")
	assert enrolled == ("zq" if customer == "Zq Mine" else None)


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_no_rule_assigns_it(viewer: str, branch: str) -> None:
	agent = make_user("agent", "Delhi", "Agra", roles=("Support Team",))
	rule = {"doctype": "Assignment Rule", "name": "zq", "document_type": "Issue", "assign_condition": "True"}
	rule |= {"users": [{"user": agent}], "assignment_days": [{"day": day} for day in DAYS]}
	frappe.get_doc({**rule, "rule": "Round Robin", "description": "x"}).insert()
	issue = made("Issue", branch, subject="x")
	frappe.db.delete("ToDo", {"reference_name": issue})
	path = "frappe.automation.doctype.assignment_rule.assignment_rule.bulk_apply"
	call(viewer, path, doctype="Issue", docnames=json.dumps([issue]))
	assert bool(frappe.db.exists("ToDo", {"reference_name": issue})) == (branch == "Delhi")


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_no_quotation_is_made_of_an_opportunity(viewer: str, branch: str) -> None:
	deal = made("Opportunity", branch, opportunity_from="Customer", party_name="Zq Shared")
	row = {**ROW, "prevdoc_doctype": "Opportunity", "prevdoc_docname": deal}
	party = {"quotation_to": "Customer", "party_name": "Zq Shared"}
	answer = inserted(viewer, "Quotation", docstatus=1, items=[row], **party)
	assert (answer.status, frappe.db.get_value("Opportunity", deal, "status")) == (
		(200, "Quotation") if branch == "Delhi" else (403, "Open")
	), answer.text


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_no_order_is_booked_on_a_project(viewer: str, branch: str) -> None:
	project = made("Project", branch, project_name="zq")
	order = {"customer": "Zq Mine", "project": project, "delivery_date": nowdate()}
	answer = inserted(viewer, "Sales Order", docstatus=1, items=[ROW], **order)
	assert (answer.status, frappe.db.get_value("Project", project, "total_sales_amount")) == (
		(200, 4321) if branch == "Delhi" else (403, 0)
	), answer.text


def test_no_opportunity_is_made_of_a_lead(viewer: str) -> None:
	frappe.db.set_single_value("Branch Access Settings", "branch_of_party", "Warn")
	lead = documents.make_lead("Zq Lead", branch="Agra").name
	assert inserted(viewer, "Opportunity", opportunity_from="Lead", party_name=lead).status == 403
	assert frappe.db.get_value("Lead", lead, "status") == "Lead"


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_no_contact_is_hung_on_a_lead(viewer: str, branch: str) -> None:
	lead = documents.make_lead("Zq Lead", branch=branch).name
	contact = {"first_name": "zq", "phone_nos": [{"phone": "+919876543210", "is_primary_phone": 1}]}
	links = [{"link_doctype": "Customer", "link_name": "Zq Mine"}]
	links.append({"link_doctype": "Lead", "link_name": lead})
	answer = inserted(viewer, "Contact", links=links, **contact)
	assert (answer.status, bool(frappe.db.get_value("Lead", lead, "phone"))) == (
		(200, True) if branch == "Delhi" else (403, False)
	), answer.text


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_no_ledger_is_written_anew(viewer: str, branch: str, monkeypatch: pytest.MonkeyPatch) -> None:
	invoice = documents.sales("Sales Invoice", "Zq Shared", branch=branch).name
	repost = {"doctype": "Repost Payment Ledger", "company": COMPANY, "posting_date": nowdate()}
	repost["repost_vouchers"] = [{"voucher_type": "Sales Invoice", "voucher_no": invoice}]
	repost = frappe.get_doc({**repost, "add_manually": 1}).insert()
	queued: list[str] = []
	monkeypatch.setattr(frappe, "enqueue", lambda **job: queued.append(job["docname"]))
	module = "erpnext.accounts.doctype.repost_payment_ledger.repost_payment_ledger"
	call(viewer, f"{module}.execute_repost_payment_ledger", docname=repost.name)
	assert queued == ([repost.name] if branch == "Delhi" else [])
