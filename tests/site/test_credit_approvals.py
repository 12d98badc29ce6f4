"""What grants more than somebody may waits for a second person."""

from collections.abc import Callable

import frappe
import pytest
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import api
from branch_crm.credit_control.profile_work import CreditProfileError, NoAuthorityError
from branch_crm.demo.records import COMPANY
from tests.site.company import as_user, make_tree, make_user
from tests.site.credit import BUYER, buyer, profile
from tests.site.http_requests import send

CONTROLLER, MANAGER = ("Accounts User", "Accounts Manager"), ("Accounts Manager", "Sales Manager")


@pytest.fixture(autouse=True)
def _customer() -> None:
	make_tree()
	buyer("Delhi", "Agra")


@pytest.fixture
def people() -> tuple[str, str]:
	"""Somebody who may grant 5,000, and somebody who may grant anything."""
	settings = frappe.get_doc("Credit Settings")
	rows = [{"role": "Accounts Manager", "amount": 5000}, {"role": "Sales Manager"}]
	settings.update({"authorities": rows}).save()
	return (
		make_user(
			"zqfew",
			roles=CONTROLLER,
		),
		make_user("zqmany", roles=MANAGER),
	)


def _limit() -> float:
	return api.position(BUYER, COMPANY)["limit"]


def _decide(decision: Callable, doc: Document, **values) -> None:
	"""As somebody who has just opened the profile."""
	decision(doc.name, modified=str(doc.reload().modified), **values)


def test_a_limit_above_ones_authority_waits_for_a_second_person(people: tuple[str, str]) -> None:
	few, many = people
	with as_user(few):
		doc = profile(credit_limit=4000)
		assert (doc.credit_limit, doc.proposed_by) == (4000, None)
		doc.update({"credit_limit": 9000}).save()
		assert (doc.credit_limit, doc.proposed_limit, doc.proposed_by) == (4000, 9000, few)
		with pytest.raises(NoAuthorityError, match="yourself"):
			_decide(api.approve_limit, doc)
	assert _limit() == 4000
	with as_user(many):
		_decide(api.approve_limit, doc)
	doc.reload()
	assert (doc.credit_limit, doc.proposed_limit, doc.proposed_by) == (9000, 0, None)
	with as_user(few):
		# less is granted by whoever may change it
		doc.update({"credit_limit": 8000}).save()
	assert doc.reload().credit_limit == 8000
	assert frappe.db.count("Version", {"docname": doc.name}) >= 3


def test_a_proposal_is_rejected_and_is_nobody_s_to_write(people: tuple[str, str]) -> None:
	few, many = people
	with as_user(few):
		doc = profile(credit_limit=9000)
		assert (doc.credit_limit, doc.proposed_limit) == (0, 9000)
		doc.update({"proposed_limit": 99999, "proposed_by": many}).save()
		assert (doc.reload().proposed_limit, doc.proposed_by) == (9000, few)
	with as_user(many):
		_decide(api.reject_limit, doc)
		with pytest.raises(CreditProfileError, match="Nothing awaits"):
			_decide(api.approve_limit, doc)
	assert (doc.reload().credit_limit, doc.proposed_by) == (0, None)


def test_who_may_not_grant_so_much_does_not_approve_it(people: tuple[str, str]) -> None:
	few, many = people
	other = make_user("zqother", roles=CONTROLLER)
	with as_user(few):
		doc = profile(credit_limit=9000)
	with as_user(other), pytest.raises(NoAuthorityError, match="above what you may"):
		_decide(api.approve_limit, doc)
	with as_user(few), pytest.raises(NoAuthorityError, match="Delhi"):
		doc.append("branch_limits", {"branch": "Delhi", "credit_limit": 9000})
		doc.save()
	assert many


def test_a_temporary_limit_counts_once_a_second_person_has_approved_it(people: tuple[str, str]) -> None:
	few, many = people
	with as_user(few):
		doc = profile(credit_limit=1000)
		row = {"amount": 500, "valid_from": nowdate(), "valid_to": add_days(nowdate(), 7), "reason": "Diwali"}
		doc.append("temporary_limits", {**row, "approved_by": few})
		doc.save()
		assert doc.temporary_limits[0].approved_by is None
		with pytest.raises(NoAuthorityError, match="yourself"):
			_decide(api.approve_temporary_limit, doc, row=doc.temporary_limits[0].name)
	assert _limit() == 1000
	with as_user(many):
		_decide(api.approve_temporary_limit, doc, row=doc.temporary_limits[0].name)
	assert _limit() == 1500
	with as_user(few):
		doc.reload().temporary_limits[0].amount = 800
		doc.save()
	assert _limit() == 1000


@pytest.mark.parametrize(
	"looser",
	[
		{"check_credit": 0},
		{"stop_sales": 0},
		{"tolerance": 10},
		{"sales_blocked": 0},
		{"judge_overdue": 0},
		{"grace_days": 9},
		{"actions": [{"kind": "Sales Order", "rule": "Customer Limit", "action": "Off"}]},
	],
)
def test_who_has_a_bound_lets_nobody_owe_more_by_other_means(people: tuple[str, str], looser: dict) -> None:
	few, many = people
	block = {"sales_blocked": 1, "blocked_reason": "x", "judge_overdue": 1, "grace_days": 5}
	with as_user(few):
		doc = profile(credit_limit=4000, **block)
		with pytest.raises(NoAuthorityError, match="any amount"):
			doc.update(looser).save()
		with pytest.raises(NoAuthorityError, match="any amount"):
			frappe.delete_doc("Credit Profile", doc.name)
	with as_user(many):
		doc.reload().update(looser)
		doc.save()


@pytest.mark.parametrize("verb", ["PUT", "DELETE"])
def test_no_row_is_changed_but_in_its_profile(people: tuple[str, str], verb: str) -> None:
	few, _many = people
	with as_user(few):
		doc = profile(credit_limit=1000, branch_limits=[{"branch": "Delhi", "credit_limit": 100}])
		row = {"amount": 500, "valid_from": nowdate(), "valid_to": add_days(nowdate(), 7), "reason": "x"}
		doc.append("temporary_limits", row)
		doc.save()
	temporary, branch = doc.temporary_limits[0], doc.branch_limits[0]
	for row, values in ((temporary, {"approved_by": few}), (branch, {"credit_limit": 99999})):
		answer = send(few, verb, f"/api/resource/{row.doctype}/{row.name}", **values)
		assert answer.status == 403
	assert not frappe.db.get_value(temporary.doctype, temporary.name, "approved_by")
	assert frappe.db.get_value(branch.doctype, branch.name, "credit_limit") == 100
