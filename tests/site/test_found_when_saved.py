"""What a document finds by itself when it is saved is of those whom the user sees."""

import json

import frappe
import pytest
from frappe.utils import now_datetime, nowdate

from tests.site import documents
from tests.site.company import make_contact
from tests.site.documents import COMPANY, ITEM, sales
from tests.site.http_requests import call
from tests.site.strangers import MAIL, THERE, foreign_contact, payment_of, user

__all__ = ["user"]


def test_a_mail_names_whose_addresses_it_holds(user: str) -> None:
	contact = foreign_contact()
	own = sales("Sales Order", "Zq Mine", submit=False, branch="Delhi").name
	mail = {"doctype": "Sales Order", "name": own, "content": "x", "subject": "x", "recipients": MAIL}
	made = call(user, "frappe.core.doctype.communication.email.make", send_email=0, **mail).message["name"]
	rows = {
		"doctype": "Communication Link",
		"parent": "Communication",
		"fields": ["link_doctype", "link_name"],
	}
	answer = call(user, "frappe.client.get_list", filters={"parent": made}, **rows)
	assert contact not in answer.text and THERE not in answer.text


@pytest.mark.parametrize(("doctype", "field"), [("Issue", "raised_by"), ("Opportunity", "contact_email")])
def test_an_address_is_no_question(user: str, doctype: str, field: str) -> None:
	"""Whether it is that of a contact or lead of another branch."""
	foreign_contact()
	new = {"doctype": doctype, "subject": "x", "branch": "Delhi", "company": COMPANY}
	one, other = (
		call(user, "frappe.client.insert", doc={**new, field: mail})
		for mail in (MAIL, "nobody@other.example")
	)
	assert one.status == other.status


def test_a_lead_with_a_taken_address_names_no_other(user: str) -> None:
	lead = documents.make_lead("Zq Lead", branch="Agra", email_id=MAIL).name
	new = {"doctype": "Lead", "first_name": "x", "email_id": MAIL, "branch": "Delhi", "company": COMPANY}
	assert lead not in call(user, "frappe.client.insert", doc=new).text


def test_an_order_of_a_shared_customer_names_no_other(user: str) -> None:
	order = sales("Sales Order", "Zq Shared", branch="Agra", po_no="PO-77").name
	new = {"doctype": "Sales Order", "customer": "Zq Shared", "branch": "Delhi", "company": COMPANY}
	new |= {
		"po_no": "PO-77",
		"delivery_date": nowdate(),
		"items": [{"item_code": ITEM, "qty": 1, "rate": 100}],
	}
	answer = call(user, "frappe.client.insert", doc=new)
	assert order not in answer.text + json.dumps(frappe.local.message_log)


def test_a_bill_of_a_shared_supplier_names_no_other(user: str) -> None:
	frappe.db.set_single_value("Accounts Settings", "check_supplier_invoice_uniqueness", 1)
	bill = {"doctype": "Purchase Invoice", "supplier": "Zq Maker", "company": COMPANY, "bill_no": "B-1"}
	bill |= {"posting_date": nowdate(), "due_date": nowdate(), "bill_date": nowdate()}
	bill["items"] = [{"item_code": ITEM, "qty": 1, "rate": 1}]
	other = frappe.get_doc({**bill, "branch": "Agra"}).insert().name
	answer = call(user, "frappe.client.insert", doc={**bill, "branch": "Delhi"})
	assert other not in answer.text + json.dumps(frappe.local.message_log)


def test_a_transaction_of_the_bank_finds_no_foreign_party(user: str) -> None:
	frappe.db.set_single_value("Accounts Settings", {"enable_party_matching": 1, "enable_fuzzy_matching": 1})
	frappe.get_doc({"doctype": "Bank", "bank_name": "Zq Bank"}).insert()
	account = {"doctype": "Bank Account", "account_name": "Zq", "bank": "Zq Bank", "is_company_account": 1}
	account |= {"company": COMPANY, "account": documents.account("Bank")}
	account = frappe.get_doc(account).insert()
	paid = {"doctype": "Bank Transaction", "date": nowdate(), "deposit": 10, "bank_account": account.name}
	paid |= {"currency": "INR", "company": COMPANY, "bank_party_name": "Zq Othr"}
	made = call(user, "frappe.client.insert", doc=paid)
	answer = call(user, "frappe.client.submit", doc=made.message) if made.status == 200 else made
	assert answer.status != 200 or THERE not in answer.text


def test_what_is_to_be_posted_anew_names_no_voucher_of_others(user: str) -> None:
	invoice = sales("Sales Invoice", THERE, branch="Agra", due_date=nowdate()).name
	new = {"doctype": "Repost Payment Ledger", "company": COMPANY, "posting_date": nowdate()}
	answer = call(user, "frappe.client.insert", doc={**new, "voucher_type": "", "add_manually": 0})
	assert invoice not in answer.text


def invoiced() -> None:
	rows = [{"item_code": ITEM, "qty": 1, "rate": 4321}]
	sales("Sales Invoice", "Zq Shared", branch="Agra", items=rows, due_date=nowdate())


def test_a_payment_says_no_balance_of_others(user: str) -> None:
	invoiced()
	answer = call(user, "frappe.client.insert", doc=payment_of("Zq Shared"))
	assert "4321" not in answer.text


def test_a_journal_says_no_balance_of_others(user: str) -> None:
	invoiced()
	receivable = {"account": documents.account("Receivable"), "party_type": "Customer", "party": "Zq Shared"}
	rows = [{**receivable, "credit_in_account_currency": 5}]
	rows.append({"account": documents.account("Cash"), "debit_in_account_currency": 5})
	entry = {"doctype": "Journal Entry", "company": COMPANY, "posting_date": nowdate()}
	entry["accounts"] = [{**row, "branch": "Delhi"} for row in rows]
	made = call(user, "frappe.client.insert", doc=entry)
	assert "4321" not in made.text
	name = made.message["name"]
	call(user, "frappe.desk.form.load.getdoc", doctype="Journal Entry", name=name)
	told = json.dumps(
		[doc.as_dict() if hasattr(doc, "as_dict") else doc for doc in frappe.local.response.get("docs", [])],
		default=str,
	)
	assert "4321" not in told
	doc = json.loads(frappe.get_doc("Journal Entry", name).as_json())
	for method in ("get_balance", "get_outstanding_invoices"):
		assert "4321" not in call(user, "run_doc_method", docs=json.dumps(doc), method=method).text


def test_who_is_of_ones_own_branch_is_found(user: str) -> None:
	contact = make_contact("Zq Own Person", ("Customer", "Zq Mine"))
	contact.append("email_ids", {"email_id": "own@own.example", "is_primary": 1})
	contact.save()
	issue = {"doctype": "Issue", "subject": "x", "branch": "Delhi", "raised_by": "own@own.example"}
	assert call(user, "frappe.client.insert", doc=issue).message["customer"] == "Zq Mine"
	own = sales("Sales Order", "Zq Mine", submit=False, branch="Delhi", po_no="PO-78").name
	order = {"doctype": "Sales Order", "customer": "Zq Mine", "branch": "Delhi", "company": COMPANY}
	rows = [{"item_code": ITEM, "qty": 1, "rate": 100}]
	order |= {"po_no": "PO-78", "delivery_date": nowdate(), "items": rows}
	assert own in call(user, "frappe.client.insert", doc=order).text


@pytest.mark.parametrize("party", [THERE, "Zq Mine"])
def test_a_contact_takes_the_calls_of_its_number_that_one_sees(user: str, party: str) -> None:
	log = {"doctype": "Call Log", "id": "call1", "from": "+919876543210", "to": "2", "customer": party}
	frappe.get_doc({**log, "medium": "x", "type": "Incoming", "status": "Completed"}).insert()
	contact = {"doctype": "Contact", "first_name": "x", "phone_nos": [{"phone": "+919876543210"}]}
	contact |= {"links": [{"link_doctype": "Customer", "link_name": "Zq Mine"}]}
	made = call(user, "frappe.client.insert", doc=contact).message["name"]
	taken = frappe.get_all("Dynamic Link", {"parent": "call1", "link_name": made})
	assert bool(taken) == (party == "Zq Mine")


def lead_in_prospect(branch: str) -> str:
	"""A lead of Delhi in a prospect of this branch."""
	lead = documents.make_lead("Zq Lead", branch="Delhi").name
	prospect = {"doctype": "Prospect", "company_name": "Zq Prospect", "company": COMPANY}
	prospect |= {"branches": [{"branch": branch, "is_primary": 1}], "leads": [{"lead": lead}]}
	frappe.get_doc(prospect).insert()
	return lead


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_an_event_with_a_lead_finds_its_prospect_where_one_sees_it(user: str, branch: str) -> None:
	with_lead = [{"reference_doctype": "Lead", "reference_docname": lead_in_prospect(branch)}]
	event = {"doctype": "Event", "subject": "x", "starts_on": str(now_datetime()), "event_type": "Public"}
	answer = call(user, "frappe.client.insert", doc={**event, "event_participants": with_lead})
	assert answer.status == 200, answer.text
	told = call(user, "frappe.client.get", doctype="Event", name=answer.message["name"])
	assert ("Zq Prospect" in told.text) == (branch == "Delhi")


@pytest.mark.parametrize("branch", ["Delhi", "Agra"])
def test_a_mail_of_a_lead_finds_its_prospect_where_one_sees_it(user: str, branch: str) -> None:
	mail = {"doctype": "Lead", "name": lead_in_prospect(branch), "content": "x", "subject": "x"}
	path = "frappe.core.doctype.communication.email.make"
	made = call(user, path, send_email=0, recipients="x@x.example", **mail).message["name"]
	found = frappe.get_all("Communication Link", {"parent": made}, pluck="link_name")
	assert ("Zq Prospect" in found) == (branch == "Delhi")
