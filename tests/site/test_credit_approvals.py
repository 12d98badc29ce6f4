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
