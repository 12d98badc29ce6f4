"""A transfer in a worker: killed half-way, begun again, cancelled, in another's hands, and over many customers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import frappe
import pytest

from branch_crm.branch_access import batch_runs, transfer_api, transfer_jobs
from branch_crm.branch_access.responsibility_queries import RECORD
from branch_crm.branch_access.transfer_queries import ENTRY, TRANSFER
from branch_crm.customer_master import deletion_queries
from tests.site.company import make_customer, make_user
from tests.site.transfers import log_of

PREFIX = "Transfer Killed"
HOME, AWAY = f"{PREFIX} Home", f"{PREFIX} Away"
ROLES = ("Sales User", "Sales Master Manager")
CUSTOMERS = 40


@pytest.fixture
def transfer() -> Iterator[object]:
	yield from committed(CUSTOMERS)


@pytest.fixture
def large_transfer() -> Iterator[object]:
	yield from committed(300)


def committed(number: int) -> Iterator[object]:
	"""Committed customers and the transfer of a user who moves them all; taken away afterwards."""
	for branch in (HOME, AWAY):
		frappe.get_doc({"doctype": "Branch", "branch": branch}).insert()
	names = [make_customer(f"{PREFIX} {one:03}", HOME).name for one in range(number)]
	maker = make_user("transfer.killed", roles=ROLES)
	frappe.set_user(maker)
	filters = f'[["Customer", "name", "like", "{PREFIX}%"]]'
	values = {"action": "Replace Branch", "party_type": "Customer", "from_branch": HOME, "branch": AWAY}
	doc = frappe.get_doc({"doctype": TRANSFER, "filters": filters, **values}).insert()
	frappe.set_user("Administrator")
	frappe.db.set_value(TRANSFER, doc.name, "status", "Queued", update_modified=False)
	frappe.db.commit()
	yield doc
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.db.delete(ENTRY, {"transfer": doc.name})
	frappe.db.delete(TRANSFER, {"name": doc.name})
	customers = [("Customer", name) for name in names]
	with deletion_queries.permitted():
		for doctype, name in (*customers, ("Branch", HOME), ("Branch", AWAY), ("User", maker)):
			frappe.delete_doc(doctype, name, force=True)
	assert not frappe.db.exists(RECORD, {"branch": ["like", f"{PREFIX}%"]})
	frappe.db.commit()


def in_process(job: str, transfer: object) -> subprocess.Popen:
	"""A real worker's process: it has its own connection and commits."""
	code = (
		"import frappe;"
		f"frappe.init({frappe.local.site!r}); frappe.connect();"
		"from branch_crm.branch_access import transfer_jobs; transfer_jobs.BATCH = 5;"
		f"transfer_jobs.{job}({transfer.name!r}); frappe.db.commit(); frappe.destroy()"
	)
	checkout = str(Path(__file__).resolve().parents[2])
	return subprocess.Popen(
		[sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": checkout}, stderr=subprocess.PIPE
	)


def finished(process: subprocess.Popen) -> None:
	_output, error = process.communicate(timeout=240)
	assert process.returncode == 0, error.decode()[-2000:]


@contextmanager
def blocked(party: str) -> Iterator[None]:
	"""Somebody else holds this customer, so that a job waits there."""
	blocker = frappe.database.get_db(
		host=frappe.conf.db_host,
		port=frappe.conf.db_port,
		user=frappe.conf.db_name,
		password=frappe.conf.db_password,
	)
	blocker.connect()
	blocker.use(frappe.conf.db_name)
	blocker.sql("select name from `tabCustomer` where name = %s for update", party)
	yield
	blocker.rollback()
	blocker.close()


def wait_until(reached: Callable[[], bool], process: subprocess.Popen) -> None:
	deadline = time.monotonic() + 120
	while not reached():
		assert process.poll() is None, process.stderr.read().decode()[-2000:]
		assert time.monotonic() < deadline, "the job never came so far"


def killed_at(job: str, transfer: object, party: str, reached: Callable[[], bool]) -> None:
	"""The job, killed with SIGKILL while it waits for a party that is locked, after `reached` says yes."""
	with blocked(party):
		process = in_process(job, transfer)
		try:
			wait_until(reached, process)
		finally:
			process.send_signal(signal.SIGKILL)
			process.communicate()
	assert process.returncode == -signal.SIGKILL


def moved() -> int:
	"""How many customers are in the other branch, as other connections see it."""
	frappe.db.rollback()
	return frappe.db.count("Branch Assignment", {"branch": AWAY, "is_primary": 1})


def state_of(transfer: object, *fields: str) -> tuple:
	frappe.db.rollback()
	return frappe.db.get_value(TRANSFER, transfer.name, fields)


def terms() -> dict[str, int]:
	"""How many terms of sales began in each branch, and in the one that is left how many ended."""
	filters = {"function": "Sales", "party": ["like", f"{PREFIX}%"]}
	return {
		"home": frappe.db.count(RECORD, {**filters, "branch": HOME}),
		"ended": frappe.db.count(RECORD, {**filters, "branch": HOME, "to_time": ["is", "set"]}),
		"away": frappe.db.count(RECORD, {**filters, "branch": AWAY}),
	}


def test_a_transfer_that_is_killed_goes_on_and_its_undo_too(transfer: object) -> None:
	party = f"{PREFIX} 012"
	killed_at("run_transfer", transfer, party, lambda: moved() == 12)
	assert state_of(transfer, "status", "total") == ("Running", CUSTOMERS)
	states = [state for state, _note in log_of(transfer).values()]
	assert states == ["Done"] * 12 + ["Pending"] * (CUSTOMERS - 12)
	assert terms() == {"home": CUSTOMERS, "ended": 12, "away": 12}
	finished(in_process("run_transfer", transfer))
	assert moved() == CUSTOMERS
	assert {state for state, _note in log_of(transfer).values()} == {"Done"}
	assert state_of(transfer, "status", "changed", "not_changed") == ("Completed", CUSTOMERS, 0)
	assert terms() == {"home": CUSTOMERS, "ended": CUSTOMERS, "away": CUSTOMERS}
	before = frappe.get_all(RECORD, {"branch": AWAY}, "*", order_by="name")
	finished(in_process("run_transfer", transfer))
	assert (moved(), frappe.get_all(RECORD, {"branch": AWAY}, "*", order_by="name")) == (CUSTOMERS, before)
	assert {row.owner for row in before} == {transfer.owner}, "somebody else did it"

	late = frappe.get_doc("Customer", f"{PREFIX} 020")
	late.append("branches", {"branch": HOME})
	late.save()
	frappe.db.commit()
	transfer_api.begin_undo(transfer.name)
	frappe.db.commit()
	killed_at("undo_transfer", transfer, party, lambda: moved() == CUSTOMERS - 12)
	finished(in_process("undo_transfer", transfer))
	assert moved() == 1
	figures = state_of(transfer, "status", "undone", "left_alone")
	assert figures == ("Undone", CUSTOMERS - 1, 1)
	left = {name: note for name, (state, note) in log_of(transfer).items() if state == "Left"}
	assert left == {late.name: "Somebody has changed the branches since."}


def test_only_one_process_works_on_a_transfer(transfer: object) -> None:
	with batch_runs.alone(transfer_jobs.LOCK.format(transfer.name)) as is_alone:
		assert is_alone
		with pytest.raises(transfer_api.TransferStateError, match="at work"):
			transfer_api.begin(transfer.name)
		finished(in_process("run_transfer", transfer))
		assert moved() == 0
	finished(in_process("run_transfer", transfer))
	assert moved() == CUSTOMERS


def test_a_cancelled_transfer_stops_and_what_it_did_is_undone(transfer: object) -> None:
	with blocked(f"{PREFIX} 007"):
		process = in_process("run_transfer", transfer)
		wait_until(lambda: moved() == 7, process)
		transfer_api.cancel(transfer.name)
		frappe.db.commit()
	finished(process)
	done = moved()
	assert done in (7, 8), "7 if it had not yet begun the one that was locked"
	assert state_of(transfer, "status", "changed") == ("Cancelled", done)
	finished(in_process("run_transfer", transfer))
	assert moved() == done
	transfer_api.begin_undo(transfer.name)
	frappe.db.commit()
	finished(in_process("undo_transfer", transfer))
	assert moved() == 0
	assert state_of(transfer, "status", "undone", "left_alone") == ("Undone", done, 0)


@pytest.mark.parametrize("loss", ["disabled", "role"])
def test_who_may_no_longer_is_refused_when_it_begins(transfer: object, loss: str) -> None:
	if loss == "disabled":
		frappe.db.set_value("User", transfer.owner, "enabled", 0)
	else:
		frappe.get_doc("User", transfer.owner).remove_roles(*ROLES)
	frappe.db.commit()
	finished(in_process("run_transfer", transfer))
	status, error = state_of(transfer, "status", "error")
	assert (status, moved()) == ("Failed", 0)
	assert "may not change this Customer" in error
	assert log_of(transfer) == {}


def test_three_hundred_customers_move_and_come_back(large_transfer: object) -> None:
	began = time.monotonic()
	finished(in_process("run_transfer", large_transfer))
	assert (moved(), state_of(large_transfer, "status", "changed")) == (300, ("Completed", 300))
	print(f"300 customers in {time.monotonic() - began:.0f} s")
	transfer_api.begin_undo(large_transfer.name)
	frappe.db.commit()
	finished(in_process("undo_transfer", large_transfer))
	assert (moved(), state_of(large_transfer, "undone")) == (0, 300)
