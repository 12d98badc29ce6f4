"""All agreements of a company at once: in the background, killed, begun again, by two people."""

import subprocess
import sys

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting import api, run_jobs
from tests.site import netting
from tests.site.commands import SITE
from tests.site.company import as_user, listed, make_branch, make_user, switch_on
from tests.site.http_requests import call
from tests.site.netting import agree, bought, outstanding, sold

RUN, SETTLEMENT = "Netting Run", "Netting Settlement"
PARTIES = ("Zq A", "Zq B", "Zq C")
_WORKER = """
import sys
import frappe
from branch_crm.party_netting import run_jobs

frappe.init(sys.argv[1])
frappe.connect()
print("ready", flush=True)
sys.stdin.readline()
run_jobs.run(sys.argv[2])
print("done", flush=True)
"""
_COUNT = """
import sys
import frappe

frappe.init(sys.argv[1])
frappe.connect()
print(frappe.db.count("Netting Run Entry", {"parent": sys.argv[2], "state": "Settled"}))
"""


@pytest.fixture
def pairs(taken_away: None) -> dict[str, tuple[Document, Document]]:
	"""Three pairs with an agreement and an invoice of 100 on each side."""
	invoices = {}
	for party in PARTIES:
		netting.pair(party)
		invoices[party] = (sold(100, party), bought(60, party))
		agree(party)
	frappe.db.commit()
	return invoices


def _begun(**values: object) -> str:
	run = frappe.get_doc({"doctype": RUN, "company": COMPANY, **values}).insert()
	api.begin_run(run.name)
	frappe.db.commit()
	return run.name


def _results(run: str) -> dict[str, str]:
	frappe.db.rollback()
	return {row.customer: row.state for row in frappe.get_doc(RUN, run).entries if row.customer in PARTIES}


def _worker(run: str) -> subprocess.Popen:
	command = [sys.executable, "-c", _WORKER, SITE, run]
	worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
	assert worker.stdout.readline() == "ready\n"
	return worker


def _let_go(worker: subprocess.Popen) -> None:
	worker.stdin.write("\n")
	worker.stdin.flush()


def _settlements(*docstatus: int) -> int:
	return frappe.db.count(SETTLEMENT, {"customer": ["in", PARTIES], "docstatus": ["in", docstatus]})


def test_it_proposes_for_every_agreement_and_settles_nothing(pairs: dict) -> None:
	run = _begun()
	run_jobs.run(run)
	assert _results(run) == dict.fromkeys(PARTIES, "Proposed")
	assert (_settlements(0), _settlements(1)) == (3, 0)
	assert frappe.db.get_value(RUN, run, "status") == "Completed"
	entry = frappe.get_doc(RUN, run).entries[0]
	assert frappe.db.get_value(SETTLEMENT, entry.settlement, "amount") == entry.amount == 60
	with pytest.raises(frappe.ValidationError, match="Make a new one"):
		api.begin_run(run)
	# a second one leaves what is proposed
	again = _begun()
	run_jobs.run(again)
	assert _results(again) == dict.fromkeys(PARTIES, "Open Proposal")
	# also one that settles: somebody may have changed its rows
	settling = _begun(settle=1)
	run_jobs.run(settling)
	assert _results(settling) == dict.fromkeys(PARTIES, "Open Proposal")
	assert (_settlements(0), _settlements(1)) == (3, 0)


def test_it_settles_where_asked_and_the_next_one_finds_nothing(pairs: dict) -> None:
	for expected in ("Settled", "Nothing to Settle"):
		run = _begun(settle=1)
		run_jobs.run(run)
		assert _results(run) == dict.fromkeys(PARTIES, expected)
	for invoices in pairs.values():
		assert outstanding(*invoices) == [40, 0]
	assert _settlements(0, 1, 2) == 3


def test_one_that_fails_does_not_stop_the_others_and_says_why(pairs: dict) -> None:
	# nobody has ended the agreement, but the parties are no longer one
	frappe.db.delete("Party Link", {"primary_party": "Zq B"})
	second = frappe.get_last_doc("Netting Agreement", {"customer": "Zq C"})
	second.approval = "By a Second Person"
	second.save()
	api_user = make_user("zq-second", roles=netting.ACCOUNTS)
	with as_user(api_user):
		api.approve_agreement(second.name)
	frappe.db.commit()
	run = _begun(settle=1)
	run_jobs.run(run)
	assert _results(run) == {"Zq A": "Settled", "Zq B": "Failed", "Zq C": "Proposed"}
	notes = {row.customer: row.note for row in frappe.get_doc(RUN, run).entries}
	assert "no longer linked" in notes["Zq B"]
	assert frappe.db.get_value(RUN, run, "status") == "Completed"


def test_a_worker_that_is_killed_is_followed_by_another_and_nothing_is_settled_twice(pairs: dict) -> None:
	run = _begun(settle=1)
	worker = _worker(run)
	# the second agreement waits for this
	frappe.db.sql("select name from `tabSales Invoice` where name = %s for update", pairs["Zq B"][0].name)
	_let_go(worker)
	command = [sys.executable, "-c", _COUNT, SITE, run]
	for _attempt in range(300):
		if int(subprocess.run(command, capture_output=True, text=True, check=True).stdout):
			break
	worker.kill()
	worker.wait()
	frappe.db.rollback()
	assert _results(run) == {"Zq A": "Settled", "Zq B": "Pending", "Zq C": "Pending"}
	assert frappe.db.get_value(RUN, run, "status") == "Running"
	api.begin_run(run)
	frappe.db.commit()
	run_jobs.run(run)
	assert _results(run) == dict.fromkeys(PARTIES, "Settled")
	for invoices in pairs.values():
		assert outstanding(*invoices) == [40, 0]
	assert _settlements(0, 1, 2) == 3


@pytest.mark.parametrize("runs", [1, 2])
def test_two_workers_settle_each_pair_once(pairs: dict, runs: int) -> None:
	begun = [_begun(settle=1) for _ in range(runs)]
	workers = [_worker(begun[number % runs]) for number in range(2)]
	for worker in workers:
		_let_go(worker)
	assert [worker.stdout.readline() for worker in workers] == ["done\n"] * 2
	for worker in workers:
		worker.wait()
	for invoices in pairs.values():
		assert outstanding(*invoices) == [40, 0]
	assert _settlements(0, 1, 2) == 3
	for run in begun:
		assert set(_results(run).values()) <= {"Settled", "Nothing to Settle"}
		assert frappe.db.get_value(RUN, run, "status") == "Completed"


def test_somebody_of_a_branch_runs_his_agreements_and_sees_no_others(taken_away: None) -> None:
	for branch in ("Zq Delhi", "Zq Pune"):
		make_branch(branch)
	for party, branches in {
		"Zq A": ["Zq Delhi"],
		"Zq B": ["Zq Pune"],
		"Zq C": ["Zq Delhi", "Zq Pune"],
	}.items():
		netting.pair(party, *branches)
		for branch in branches:
			sold(100, party, branch=branch), bought(60, party, branch=branch)
		agree(party)
	user = make_user("zq-runner", "Zq Delhi", roles=netting.ACCOUNTS)
	switch_on()
	everybodys = _begun()
	with as_user(user):
		own = _begun()
	run_jobs.run(own)
	frappe.set_user("Administrator")
	assert _results(own) == {"Zq A": "Proposed", "Zq C": "Proposed"}
	run_jobs.run(everybodys)
	assert listed(user, RUN) == {own}
	asked = {"doctype": "Netting Run Entry", "parent": RUN, "fields": ["customer"], "limit_page_length": 0}
	found = call(user, "frappe.client.get_list", **asked)
	assert {row["customer"] for row in found.message} == {"Zq A", "Zq C"}
	assert call(user, "branch_crm.party_netting.api.begin_run", run=everybodys).status == 404


def test_what_it_did_is_written_by_the_job_alone() -> None:
	run = frappe.get_doc({"doctype": RUN, "company": COMPANY, "status": "Completed", "begun_by": "Guest"})
	run.append("entries", {"state": "Settled"})
	run.insert()
	assert (run.status, run.begun_by, run.entries) == ("Draft", None, [])
	run.update({"status": "Running"})
	run.append("entries", {"state": "Settled"})
	run.save()
	assert (run.status, run.entries) == ("Draft", [])
