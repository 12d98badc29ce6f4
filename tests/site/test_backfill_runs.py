"""Who may run a backfill, and a run that is killed half-way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest

from branch_crm.branch_access import backfill_api, backfill_jobs, batch_runs
from branch_crm.branch_access.backfill_queries import ENTRY, RUN
from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.customer_master import deletion_queries
from tests.site import backfill
from tests.site.company import (
	as_user,
	listed,
	make_customer,
	make_tree,
	make_user,
	opened,
	switch_on,
)

PREFIX = "Backfill Killed"
CUSTOMERS = 40


def test_nobody_who_is_limited_by_branch_runs_undoes_or_changes_a_backfill() -> None:
	make_tree()
	make_customer("Wanted")
	user = make_user("admin", "Delhi", roles=("System Manager", "Sales User"))
	plain = make_user("plain", "Delhi", roles=("Sales User",))
	run = backfill.make_run("CSV", csv="doctype,name,branch\nCustomer,Wanted,Delhi")
	with as_user(user):
		backfill_api.begin_dry_run(run.name)
	switch_on()
	for someone in (user, plain):
		for attempt in (
			lambda: backfill_api.begin_dry_run(run.name),
			lambda: backfill_api.begin(run.name),
			lambda: backfill_api.begin_undo(run.name),
			lambda: backfill_jobs.count_backfill(run.name),
			lambda: backfill_jobs.run_backfill(run.name),
			lambda: backfill_jobs.undo_backfill(run.name),
			lambda: backfill.make_run("Territory"),
			lambda: frappe.get_doc(RUN, run.name).save(),
			lambda: frappe.delete_doc(RUN, run.name),
		):
			with as_user(someone), pytest.raises((OutOfScopeError, frappe.PermissionError)):
				attempt()
	assert backfill.rows_of("Customer", "Wanted") == []
	head = make_user("head", roles=("Branch Head Office",))
	with as_user(head):
		backfill_api.begin(run.name)
	assert frappe.db.get_value(RUN, run.name, "status") == "Queued"


def test_nobody_who_is_limited_by_branch_sees_what_a_backfill_found() -> None:
	"""It counts documents of all branches, and names them in its faults and its log."""
	make_tree()
	make_customer("Wanted")
	user = make_user("admin", "Delhi", roles=("System Manager",))
	head = make_user("head", roles=("Branch Head Office",))
	run = backfill.make_run("CSV", csv="doctype,name,branch\nCustomer,Wanted,Delhi")
	backfill.apply(run)
	logged = set(frappe.get_all(ENTRY, {"run": run.name}, pluck="name"))
	assert logged
	for switch, sees in ((lambda: None, {user, head}), (switch_on, {head})):
		switch()
		for someone in (user, head):
			for doctype, names in ((RUN, {run.name}), (ENTRY, logged)):
				seen = names if someone in sees else set()
				assert listed(someone, doctype) & names == opened(someone, doctype, names) == seen


def test_what_the_jobs_keep_is_not_for_forms_to_write() -> None:
	run = backfill.make_run("Territory")
	run.update({"status": "Done", "looked_at": 7, "counts": "{}", "at_doctype": "Task"}).save()
	kept = frappe.db.get_value(RUN, run.name, ["status", "looked_at", "counts", "at_doctype"])
	assert kept == ("Draft", 0, None, None)
	frappe.db.set_value(RUN, run.name, "status", "Done")
	with pytest.raises(frappe.ValidationError, match="has begun"):
		frappe.get_doc(RUN, run.name).update({"company": frappe.get_all("Company", pluck="name")[0]}).save()
	with pytest.raises(frappe.ValidationError, match="Undo it first"):
		frappe.delete_doc(RUN, run.name)
	with pytest.raises(backfill_api.BackfillStateError):
		backfill_api.begin(run.name)


@pytest.fixture
def killed_run() -> Iterator[object]:
	"""Committed customers and a run that gives them all one branch; taken away afterwards."""
	branch = frappe.get_doc({"doctype": "Branch", "branch": PREFIX}).insert()
	names = [make_customer(f"{PREFIX} {number:03}").name for number in range(CUSTOMERS)]
	lines = "\n".join(f"Customer,{name},{branch.name}" for name in names)
	run = backfill.make_run(
		"CSV", csv=f"doctype,name,branch\n{lines}", document_types=[{"document_type": "Customer"}]
	)
	frappe.db.set_value(RUN, run.name, "status", "Queued")
	frappe.db.commit()
	yield run
	frappe.db.rollback()
	frappe.db.delete(ENTRY, {"run": run.name})
	frappe.db.delete("Branch Assignment", {"branch": branch.name})
	with deletion_queries.permitted():
		for doctype, name in [*(("Customer", name) for name in names), ("Branch", branch.name)]:
			frappe.delete_doc(doctype, name, force=True)
	frappe.db.set_value(RUN, run.name, "status", "Undone")
	frappe.delete_doc(RUN, run.name, force=True)
	frappe.db.commit()


def in_process(job: str, run: object) -> subprocess.Popen:
	"""A real worker's process: it has its own connection and commits."""
	code = (
		"import frappe;"
		f"frappe.init({frappe.local.site!r}); frappe.connect();"
		"from branch_crm.branch_access import backfill_jobs;"
		f"backfill_jobs.{job}({run.name!r}, size=5); frappe.db.commit(); frappe.destroy()"
	)
	checkout = str(Path(__file__).resolve().parents[2])
	return subprocess.Popen(
		[sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": checkout}, stderr=subprocess.PIPE
	)


def finished(process: subprocess.Popen) -> None:
	_output, error = process.communicate(timeout=120)
	assert process.returncode == 0, error.decode()[-2000:]


def given() -> int:
	"""How many customers have their row, as other connections see it."""
	frappe.db.rollback()
	return frappe.db.count("Branch Assignment", {"branch": PREFIX, "is_primary": 1})


def killed_at(job: str, run: object, doctype: str, name: str, reached: object) -> None:
	"""The job, killed with SIGKILL while it waits for a row that is locked, after `reached` says yes."""
	blocker = frappe.database.get_db(
		host=frappe.conf.db_host,
		port=frappe.conf.db_port,
		user=frappe.conf.db_name,
		password=frappe.conf.db_password,
	)
	blocker.connect()
	blocker.use(frappe.conf.db_name)
	blocker.sql(f"select name from `tab{doctype}` where name = %s for update", name)
	process = in_process(job, run)
	try:
		deadline = time.monotonic() + 60
		while not reached():
			assert process.poll() is None, process.stderr.read().decode()[-2000:]
			assert time.monotonic() < deadline, "the job never came so far"
	finally:
		process.send_signal(signal.SIGKILL)
		process.communicate()
		assert process.returncode == -signal.SIGKILL
		blocker.rollback()
		blocker.close()


def test_a_run_that_is_killed_goes_on_and_its_undo_too(killed_run: object) -> None:
	before = frappe.get_all(
		"Customer", {"name": ["like", f"{PREFIX}%"]}, ["name", "modified"], order_by="name"
	)
	names = [row.name for row in before]
	killed_at("run_backfill", killed_run, "Customer", names[12], lambda: given() == 10)
	assert frappe.db.get_value(RUN, killed_run.name, ["status", "after_name"]) == ("Running", names[9])
	assert frappe.db.count(ENTRY, {"run": killed_run.name}) == given() == 10
	finished(in_process("run_backfill", killed_run))
	assert given() == frappe.db.count(ENTRY, {"run": killed_run.name}) == CUSTOMERS
	status, counts, looked_at = frappe.db.get_value(RUN, killed_run.name, ["status", "counts", "looked_at"])
	assert status == "Done"
	assert json.loads(counts)["Customer"]["CSV"] == CUSTOMERS
	assert looked_at >= CUSTOMERS
	finished(in_process("run_backfill", killed_run))
	assert given() == CUSTOMERS

	frappe.db.set_value(RUN, killed_run.name, "status", "Undoing", update_modified=False)
	frappe.db.commit()
	row = frappe.get_all(ENTRY, {"run": killed_run.name}, pluck="row", order_by="name")[12]
	killed_at("undo_backfill", killed_run, "Branch Assignment", row, lambda: given() == CUSTOMERS - 10)
	assert given() == frappe.db.count(ENTRY, {"run": killed_run.name}) == CUSTOMERS - 10
	finished(in_process("undo_backfill", killed_run))
	assert given() == frappe.db.count(ENTRY, {"run": killed_run.name}) == 0
	assert frappe.db.get_value(RUN, killed_run.name, ["status", "taken_back"]) == ("Undone", CUSTOMERS)
	after = frappe.get_all(
		"Customer", {"name": ["like", f"{PREFIX}%"]}, ["name", "modified"], order_by="name"
	)
	assert after == before


def test_only_one_backfill_is_at_work(killed_run: object) -> None:
	with batch_runs.alone(backfill_jobs.LOCK) as is_alone:
		assert is_alone
		with pytest.raises(backfill_api.BackfillStateError, match="at work"):
			backfill_api.begin(killed_run.name)
		finished(in_process("run_backfill", killed_run))
		assert given() == 0
	assert not batch_runs.is_at_work(backfill_jobs.LOCK)
	finished(in_process("run_backfill", killed_run))
	assert given() == CUSTOMERS


def test_the_dry_run_is_kept_for_the_form(killed_run: object) -> None:
	backfill_jobs.count_backfill(killed_run.name)
	result = json.loads(frappe.db.get_value(RUN, killed_run.name, "dry_run"))
	assert result["counts"]["Customer"]["CSV"] == CUSTOMERS
	assert result["faults"] == []
	assert given() == 0
