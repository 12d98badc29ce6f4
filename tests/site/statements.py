"""Customers that owe something, and statements of their accounts that are printed and mailed, each made in one line."""

import email
import os
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import statement_api, statement_jobs
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import (
	make_branch,
	make_contact,
	make_customer,
)
from tests.site.http_requests import call

RUN, ENTRY, QUEUE = "Statement of Account Run", "Statement of Account Entry", "Email Queue"
ACCOUNTS = ("Accounts User", "Accounts Manager")
DELHI, PUNE = "Zq Delhi", "Zq Pune"
BUYERS = ("Zq A", "Zq B", "Zq C")
API = "branch_crm.credit_control.statement_api"
BEFORE, FROM = add_days(nowdate(), -100), add_days(nowdate(), -10)
# by site and run
WORKER = """
import sys
import frappe
from branch_crm.credit_control import statement_jobs

frappe.init(sys.argv[1])
frappe.connect()
statement_jobs.run(sys.argv[2])
"""
COUNT = """
import sys
import frappe

frappe.init(sys.argv[1])
frappe.connect()
print(frappe.db.count("Statement of Account Entry", {"parent": sys.argv[2], "state": "Sent"}))
"""


def sold(customer: str, branch: str, amount: float = 100, **values) -> Document:
	items = [{"item_code": documents.make_item(), "qty": 1, "rate": amount}]
	return documents.sales("Sales Invoice", customer, branch=branch, items=items, **values)


def contact(customer: str, address: str, **values) -> None:
	contact = make_contact(f"{customer} {address}", ("Customer", customer))
	contact.append("email_ids", {"email_id": address, "is_primary": 1})
	contact.update(values).save()


def address(customer: str, street: str) -> None:
	place = {
		"address_line1": street,
		"city": "Delhi",
		"state": "Delhi",
		"country": "India",
		"pincode": "110001",
	}
	link = {"link_doctype": "Customer", "link_name": customer}
	address = {"doctype": "Address", "address_title": customer, "address_type": "Billing", **place}
	frappe.get_doc({**address, "links": [link]}).insert()


def make_buyers() -> None:
	"""Three customers of two branches that owe something in both, each with a mail address; one that owes nothing."""
	for branch in (DELHI, PUNE):
		make_branch(branch)
	for customer in (*BUYERS, "Zq Nil"):
		make_customer(customer, DELHI, PUNE)
	for customer in BUYERS:
		contact(customer, f"{frappe.scrub(customer)}@buyer.example", is_billing_contact=1)
		sold(customer, DELHI)
		sold(customer, PUNE, 7000)


@contextmanager
def mail_account() -> Iterator[None]:
	"""What is sent from an account, as HTML: no server is there for the styles of a PDF."""
	account = {"doctype": "Email Account", "email_id": "zq@site.example", "enable_outgoing": 1}
	account |= {"default_outgoing": 1, "smtp_server": "localhost", "no_smtp_authentication": 1}
	account = frappe.get_doc(account | {"name": "Zq", "email_account_name": "Zq"})
	account.db_insert()
	frappe.db.set_single_value("Print Settings", "send_print_as_pdf", 0)
	frappe.db.commit()
	yield
	frappe.db.rollback()
	frappe.db.set_single_value("Print Settings", "send_print_as_pdf", 1)
	frappe.db.delete("Email Account", {"name": account.name})
	frappe.db.commit()


@contextmanager
def served_styles() -> Iterator[None]:
	"""What a PDF is made with, served as on any site."""
	handler = partial(SimpleHTTPRequestHandler, directory=os.getcwd())
	with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
		Thread(target=server.serve_forever, daemon=True).start()
		before = frappe.conf.host_name
		frappe.conf.host_name = f"http://127.0.0.1:{server.server_port}"
		yield
		frappe.conf.host_name = before
		server.shutdown()


def new_run(**values) -> Document:
	asked = {"doctype": RUN, "company": COMPANY, "from_date": FROM, "to_date": nowdate()}
	return frappe.get_doc({**asked, **values}).insert()


def sent_run(**values) -> str:
	"""A run that is on its way."""
	name = new_run(**values).name
	send(name)
	frappe.db.commit()
	return name


def send(run: str) -> None:
	"""Somebody who has just looked at it presses the button."""
	statement_api.send(run, str(frappe.db.get_value(RUN, run, "modified")))


def work_on(run: str) -> None:
	"""What a worker does; it answers no request."""
	if not getattr(frappe.local, "request", True):
		del frappe.local.request
	statement_jobs.run(run)


def results_of(run: str) -> dict[str, str]:
	frappe.db.rollback()
	return {row.customer: row.state for row in frappe.get_doc(RUN, run).entries if row.customer in BUYERS}


def mails_of(run: str) -> dict[str, Message]:
	"""By address, the mails of a run that wait in the queue."""
	queued = frappe.get_all(QUEUE, {"reference_doctype": RUN, "reference_name": run}, ["name", "message"])
	found = {}
	for mail in queued:
		(address,) = frappe.get_all("Email Queue Recipient", {"parent": mail.name}, pluck="recipient")
		assert address not in found
		found[address] = email.message_from_string(mail.message)
	return found


def attached_to(message: Message) -> tuple[str, bytes]:
	"""Name and content of what is attached to a mail."""
	(part,) = (part for part in message.walk() if part.get_content_disposition() == "attachment")
	return part.get_filename(), part.get_payload(decode=True)


def text_of(message: Message) -> str:
	parts = (part for part in message.walk() if part.get_content_type() == "text/plain")
	return next(parts).get_payload(decode=True).decode()


def printed(run: Document, user: str = "Administrator") -> str:
	asked = {"doc": RUN, "name": run.name, "print_format": "Statement of Account"}
	answer = call(user, "frappe.www.printview.get_html_and_style", **asked)
	return answer.message["html"]


def previewed(run: Document) -> dict[str, float]:
	return {one["customer"]: one["closing_balance"] for one in statement_api.preview(run.name)}
