"""Shares, assignments and follows of everybody, withdrawn and given back by the job; it commits."""

import frappe
import pytest

from branch_crm.branch_access import api, sharing_jobs
from tests.site.company import (
	as_user,
	listed,
	make_customer,
	make_tree,
	make_user,
	opened,
	request,
	switch_on,
)
from tests.site.sharing import ROLES, assign, assigned_to, follow, let_cross, share, shared_with


@pytest.fixture(autouse=True)
def company(taken_away: None) -> None:
	make_tree()
	make_customer("Own", "Delhi")
	make_customer("Foreign", "Mumbai")


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


@pytest.fixture
def agra() -> str:
	return make_user("agra", "Agra", roles=ROLES)


def test_what_is_left_over_goes_with_the_job_when_branches_close_or_dates_pass(delhi: str) -> None:
	switch_on()
	share(delhi)
	frappe.get_doc("Branch", "Delhi").update({"enabled": 0}).save()
	sharing_jobs.settle()
	assert shared_with() == set()


def test_shares_from_before_are_counted_withdrawn_and_given_back(delhi: str, agra: str) -> None:
	share(agra, write=1)
	share(delhi)
	share(None, everyone=1)
	assign(agra)
	follow(agra)
	frappe.db.commit()
	counts = api.activate(dry_run=True)["withdrawn"]
	assert [row for row in counts if row["user"] == agra] == [
		{"user": agra, "kind": kind, "doctype": "Customer", "number": 1}
		for kind in ("Share", "Assignment", "Follow")
	]
	assert {"user": None, "kind": "Share", "doctype": "Customer", "number": 1} in counts
	switch_on()
	sharing_jobs.settle()
	sharing_jobs.settle()
	assert shared_with() == {delhi}
	assert assigned_to() == set()
	api.deactivate()
	sharing_jobs.settle()
	assert shared_with() == {delhi, agra, None}
	assert frappe.db.get_value("DocShare", {"share_name": "Own", "user": agra}, "write") == 1
	assert assigned_to() == {agra}
	assert frappe.db.exists("Document Follow", {"user": agra, "ref_docname": "Own"})
	assert not frappe.db.count("Branch Withdrawal")


def test_shares_cross_where_the_setting_says_so(delhi: str, agra: str) -> None:
	switch_on()
	let_cross()
	with as_user(delhi):
		share(agra)
		assign(agra)
	assert listed(agra) == opened(agra, "Customer", {"Own", "Foreign"}) == {"Own"}
	assert request(agra, "frappe.desk.form.utils.add_comment", **_comment("Own", agra))
	let_cross(0)
	sharing_jobs.settle()
	assert shared_with() == assigned_to() == set()
	assert listed(agra) == set()


def _comment(name: str, user: str) -> dict:
	values = {"content": "Zq", "comment_email": user, "comment_by": user}
	return {"reference_doctype": "Customer", "reference_name": name, **values}
