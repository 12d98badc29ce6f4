"""Statements of account are mailed in the background: to whom, whose, and to nobody twice."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator

import frappe
import pytest
from pypdf import PdfReader

from branch_crm.credit_control import statement_api, statement_queries, statement_work
from branch_crm.demo.records import COMPANY
from tests.site.commands import SITE
from tests.site.company import as_user, listed, make_branch, make_user, switch_on
from tests.site.http_requests import call
from tests.site.statements import (
	ACCOUNTS,
	API,
	BUYERS,
	COUNT,
	DELHI,
	ENTRY,
	PUNE,
	RUN,
	WORKER,
	attached_to,
	contact,
	mail_account,
	mails_of,
	make_buyers,
	new_run,
	previewed,
	printed,
	results_of,
	send,
	sent_run,
	served_styles,
	text_of,
	work_on,
)


@pytest.fixture(autouse=True)
def buyers(taken_away: None) -> Iterator[None]:
	make_buyers()
	with mail_account():
		yield


def test_each_gets_a_mail_with_his_statement_once() -> None:
	run = sent_run(subject="Zq subject", message="Zq message {{ frappe.session.user }}")
	work_on(run)
	assert results_of(run) == dict.fromkeys(BUYERS, "Sent")
	assert frappe.db.get_value(RUN, run, "status") == "Completed"
	mails = mails_of(run)
	assert {f"{frappe.scrub(buyer)}@buyer.example" for buyer in BUYERS} <= set(mails)
	message = mails["zq_a@buyer.example"]
	assert message["Subject"] == "Zq subject"
	# what people write is no template
	assert "{{ frappe.session.user }}" in text_of(message)
	name, content = attached_to(message)
	assert name.startswith("StatementofAccount-ZqA-")
	assert b"Zq A" in content
	assert b"Zq B" not in content
	with pytest.raises(frappe.ValidationError, match="Make a new one"):
		send(run)
	frappe.db.set_value(RUN, run, "status", "Running")
	frappe.db.commit()
	work_on(run)
	assert mails_of(run).keys() == mails.keys()


def test_it_is_mailed_as_pdf() -> None:
	frappe.db.set_single_value("Print Settings", "send_print_as_pdf", 1)
	run = sent_run(customer="Zq A")
	with served_styles():
		work_on(run)
	name, content = attached_to(mails_of(run)["zq_a@buyer.example"])
	assert name.endswith(".pdf")
	pages = PdfReader(io.BytesIO(content)).pages
	text = " ".join(" ".join(page.extract_text() for page in pages).split())
	assert "Statement of Account" in text
	assert "7,100.00" in text


def test_a_template_of_mails_is_filled_in() -> None:
	text = {"subject": "Zq {{ customer_name }}", "response": "{{ closing_balance }} with {{ company }}"}
	template = frappe.get_doc({"doctype": "Email Template", "name": "Zq Template", **text}).insert()
	run = sent_run(customer="Zq A", email_template=template.name)
	work_on(run)
	message = mails_of(run)["zq_a@buyer.example"]
	assert message["Subject"] == "Zq Zq A"
	assert "7,100.00" in text_of(message)
	assert COMPANY in text_of(message)
	frappe.delete_doc("Email Template", template.name)
	frappe.db.commit()


def test_a_worker_that_is_killed_between_two_customers_is_followed_by_another() -> None:
	run = sent_run(branch=DELHI)
	# who is sent to next waits for this
	doc = frappe.get_doc(RUN, run)
	statement_work.list_customers(doc)
	doc.db_set("status", "Running")
	frappe.db.commit()
	second = frappe.db.get_value(ENTRY, {"parent": run, "customer": "Zq B"})
	frappe.db.get_value(ENTRY, second, "name", for_update=True)
	worker = subprocess.Popen([sys.executable, "-c", WORKER, SITE, run])
	for _attempt in range(100):
		counted = [sys.executable, "-c", COUNT, SITE, run]
		if int(subprocess.run(counted, capture_output=True, text=True, check=True).stdout):
			break
	worker.kill()
	worker.wait()
	assert results_of(run) == {"Zq A": "Sent", "Zq B": "Pending", "Zq C": "Pending"}
	assert mails_of(run).keys() == {"zq_a@buyer.example"}
	send(run)
	frappe.db.commit()
	work_on(run)
	assert results_of(run) == dict.fromkeys(BUYERS, "Sent")
	# each address once: `mails_of` says so
	assert len(mails_of(run)) == 3


def test_who_has_no_address_is_noted_and_gets_his_once_there_is_one() -> None:
	frappe.db.set_value("Contact", {"email_id": "zq_b@buyer.example"}, "is_billing_contact", 0)
	run = sent_run(branch=DELHI)
	work_on(run)
	assert results_of(run) == {"Zq A": "Sent", "Zq B": "No Address", "Zq C": "Sent"}
	contact("Zq B", "new@buyer.example", is_billing_contact=1)
	send(run)
	frappe.db.commit()
	work_on(run)
	assert results_of(run) == dict.fromkeys(BUYERS, "Sent")
	assert mails_of(run).keys() == {"zq_a@buyer.example", "new@buyer.example", "zq_c@buyer.example"}


def test_an_address_that_has_unsubscribed_is_noted_as_none() -> None:
	frappe.get_doc(
		{"doctype": "Email Unsubscribe", "email": "zq_b@buyer.example", "global_unsubscribe": 1}
	).insert()
	run = sent_run(customer="Zq B")
	work_on(run)
	(entry,) = frappe.get_doc(RUN, run).entries
	assert (entry.state, entry.recipients) == ("No Address", "zq_b@buyer.example")
	assert "unsubscribed" in entry.note
	frappe.db.delete("Email Unsubscribe", {"email": "zq_b@buyer.example"})
	frappe.db.commit()


def test_one_that_fails_says_why_and_keeps_nobody_waiting() -> None:
	frappe.db.set_value("Customer", "Zq B", "customer_primary_address", "Zq Nowhere")
	run = sent_run(branch=DELHI)
	work_on(run)
	assert results_of(run) == {"Zq A": "Sent", "Zq B": "Failed", "Zq C": "Sent"}
	assert "Zq Nowhere not found" in frappe.db.get_value(ENTRY, {"parent": run, "state": "Failed"}, "note")


def test_a_person_of_a_branch_prints_and_mails_what_is_of_his_branches() -> None:
	user = make_user("zq-delhi", DELHI, roles=ACCOUNTS)
	other = make_user("zq-pune", PUNE, roles=ACCOUNTS)
	switch_on()
	everybodys = new_run(customer="Zq A")
	with as_user(user):
		own = new_run(customer="Zq A")
		assert previewed(own) == {"Zq A": 100}
		send(own.name)
	frappe.db.commit()
	for text in (printed(own, user), printed(own)):
		assert DELHI in text
	assert PUNE not in printed(own, user)
	assert "7,000" not in printed(own, user)
	work_on(own.name)
	frappe.set_user("Administrator")
	(entry,) = frappe.get_doc(RUN, own.name).entries
	assert (entry.state, entry.closing_balance) == ("Sent", 100)
	assert listed(user, RUN) == {own.name}
	assert listed(other, RUN) == set()
	for who, run in ((user, everybodys), (other, own), (other, everybodys)):
		for method in ("preview", "send"):
			assert call(who, f"{API}.{method}", run=run.name, modified=str(run.modified)).status in (403, 404)
	with as_user(user), pytest.raises(frappe.PermissionError):
		new_run(branch=PUNE)


def test_what_is_sent_is_of_who_sends_it() -> None:
	make_branch("Zq Agra")
	user = make_user("zq-delhi", DELHI, "Zq Agra", roles=ACCOUNTS)
	switch_on()
	with as_user(user):
		run = new_run(customer="Zq A")
		assert previewed(run) == {"Zq A": 100}
	assert listed(user, RUN) == {run.name}
	send(run.name)
	frappe.db.commit()
	work_on(run.name)
	assert frappe.get_doc(RUN, run.name).entries[0].closing_balance == 7100
	assert listed(user, RUN) == set()


def test_a_run_that_somebody_has_changed_meanwhile_is_looked_at_again() -> None:
	run = new_run(branch=DELHI)
	seen = str(run.modified)
	run.update({"branch": None, "subject": "by somebody else"}).save()
	with pytest.raises(frappe.TimestampMismatchError):
		statement_api.send(run.name, seen)
	assert frappe.db.get_value(RUN, run.name, "status") == "Draft"


def test_an_address_is_printed_as_lines_without_what_its_writer_embeds() -> None:
	customer = frappe.get_doc("Customer", "Zq A")
	lines = '1 Road <img src="/private/files/secret.png"><b>Zq Street</b>'
	address = {
		"doctype": "Address",
		"address_title": "Zq A",
		"address_type": "Billing",
		"address_line1": lines,
	}
	address |= {
		"city": "Zq City",
		"country": "India",
		"links": [{"link_doctype": "Customer", "link_name": "Zq A"}],
	}
	customer.db_set("customer_primary_address", frappe.get_doc(address).insert().name)
	found = statement_queries.address_of(statement_queries.customers(["Zq A"])["Zq A"])
	assert "Zq Street" in found
	assert "Zq City" in found
	assert not set(re.findall(r"<(\w+)", found)) - {"br"}
