"""A process that is killed leaves what is owed as the documents say, and what it was refused recorded once."""

import frappe
import pytest
from frappe.utils.background_jobs import get_queue
from rq.job import Job

from branch_crm.credit_control import exposure_jobs, recount_work
from branch_crm.credit_control.hold_queries import EVENT, HOLD
from branch_crm.demo.records import COMPANY
from tests.site import credit
from tests.site.credit import BUYER, ordered, profile
from tests.site.credit_processes import killed, sellers, submitted_at_once

pytestmark = pytest.mark.usefixtures("judged_company")


@pytest.fixture(autouse=True)
def limit(judged_company: None) -> None:
	profile(credit.buyer("Delhi"), credit_limit=1000)
	for job in _jobs():
		job.delete()


def _draft(quantity: float) -> str:
	order = ordered(quantity, submit=False, branch="Delhi").name
	frappe.db.commit()
	return order


def _jobs() -> list[Job]:
	"""Those of this site: others share the queue."""
	return [job for job in get_queue("short").get_jobs() if job.kwargs["site"] == frappe.local.site]


def _run_jobs() -> None:
	"""What a worker would do now."""
	for job in _jobs():
		if job.kwargs["job_name"].endswith("hold_jobs.record"):
			frappe.call(job.kwargs["method"], **job.kwargs["kwargs"])
	frappe.db.rollback()


def _owed() -> float:
	frappe.db.rollback()
	return sum(credit.contributed().values())


def test_a_submission_that_is_killed_is_owed_by_nobody() -> None:
	order = _draft(6)
	killed("submit", order)
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order", order, "docstatus") == 0
	assert _owed() == 0
	assert not recount_work.recount(COMPANY, [BUYER])
	frappe.get_doc("Sales Order", order).submit()
	frappe.db.commit()
	assert _owed() == 600


def test_a_refusal_is_recorded_by_the_job_where_its_process_is_killed() -> None:
	order = _draft(15)
	killed("rollback", order)
	frappe.db.rollback()
	assert not frappe.db.count(HOLD)
	_run_jobs()
	_run_jobs()
	assert frappe.get_all(HOLD, pluck="document_name") == [order]
	assert frappe.db.count(EVENT) == 1
	assert _owed() == 0


def test_a_fold_that_is_killed_counts_nothing_twice() -> None:
	frappe.get_doc("Credit Profile", {"party": BUYER}).update({"check_credit": 0}).save()
	frappe.get_doc("Sales Order", _draft(15)).submit()
	frappe.db.commit()
	killed("fold")
	frappe.db.rollback()
	assert not frappe.db.get_value("Credit Exposure", {"party": BUYER, "branch": ""}, "exposure")
	exposure_jobs.fold()
	assert frappe.db.get_value("Credit Exposure", {"party": BUYER, "branch": ""}, "exposure") == 1500
	assert not recount_work.recount(COMPANY, [BUYER])
	assert _owed() == 1500


def test_a_refusal_of_another_process_is_recorded_by_both_ways_once() -> None:
	order = _draft(15)
	with sellers(1) as people:
		assert submitted_at_once(people, [order]) == ["CreditRefusedError"]
	_run_jobs()
	assert frappe.get_all(HOLD, ["document_name", "status", "times"], as_list=True) == ((order, "Open", 1),)
	assert frappe.db.count(EVENT) == 1
