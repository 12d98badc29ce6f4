"""A second person releases what was refused, or rejects it; a release is for what it was given for, and used once."""

from decimal import Decimal

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from branch_crm.credit_control import hold_api, hold_jobs, hold_work, release_work
from branch_crm.credit_control.hold_queries import EVENT, HOLD
from branch_crm.credit_control.release_rules import Content
from branch_crm.credit_control.release_work import CreditHoldError, NotReleasableError
from tests.site.company import as_user, make_user
from tests.site.credit import BUYER
from tests.site.holds import (
	CONTROLLERS,
	Refusals,
	draft,
	events,
	held,
	make_company,
	make_people,
	released,
	seller,
)


@pytest.fixture(autouse=True)
def company() -> None:
	make_company()


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> Refusals:
	return Refusals(monkeypatch)


@pytest.fixture
def people() -> tuple[str, str]:
	return make_people()


def test_a_second_person_releases_and_the_document_passes_once(
	refusals: Refusals, people: tuple[str, str]
) -> None:
	selling, controller = people
	with as_user(selling):
		order = draft()
		hold = refusals.of(order)
		hold_api.request(hold.name, "he pays tomorrow")
	assert (hold.reload().status, hold.requested_by) == ("Release Requested", selling)
	with as_user(controller):
		seen = str(hold.reload().modified)
		hold_api.release(hold.name, seen, 1500, "Payment Promised", "agreed", nowdate())
	assert hold.reload().status == "Released"
	with as_user(selling):
		order.reload().submit()
	assert (hold.reload().status, hold.used_amount) == ("Used", 1500)
	assert events(hold) == ["Refused", "Release Requested", "Released", "Release Used"]
	# a copy of it is refused
	assert refusals.of(draft()).name != hold.name


def test_a_release_is_not_for_another_content(refusals: Refusals) -> None:
	order, hold = held(refusals)
	released(hold)
	order.reload().update({"items": [{**order.items[0].as_dict(), "qty": 16}]})
	order.save()
	again = refusals.of(order)
	assert again.name != hold.name
	assert hold.reload().status == "Released"


def test_a_release_for_all_is_used_up_to_its_amount(refusals: Refusals) -> None:
	_order, hold = held(refusals)
	with pytest.raises(CreditHoldError, match="until when"):
		released(hold, 4000, for_all=True)
	released(hold, 4000, for_all=True, until=getdate())
	# who has released it does not use it
	refusals.attempt(draft(15))
	with as_user(seller()):
		for quantity in (15, 20):
			last = draft(quantity).submit()
		assert (hold.reload().status, hold.used_amount) == ("Released", 3500)
		refusals.attempt(draft(15))
		used = {"hold": hold.name, "event": "Release Used"}
		assert frappe.db.exists(EVENT, {**used, "document_name": last.name, "amount": 2000})
		draft(5).submit()
	assert hold.reload().status == "Used"


def test_nobody_decides_about_what_he_has_not_seen(refusals: Refusals) -> None:
	order, hold = held(refusals)
	seen = str(hold.modified)
	with as_user(seller()):
		order.reload().update({"items": [{**order.items[0].as_dict(), "qty": 14}]})
		order.save()
		refusals.of(order)
	for act in (
		lambda: hold_api.release(hold.name, seen, 1500, "Other"),
		lambda: hold_api.reject(hold.name, seen, "Other"),
	):
		with pytest.raises(frappe.TimestampMismatchError):
			act()


def test_a_release_is_taken_back(refusals: Refusals) -> None:
	order, hold = held(refusals)
	released(hold)
	with as_user(seller()), pytest.raises(NotReleasableError, match="yourself"):
		release_work.reject(release_work.locked(hold.name), "Other", "")
	release_work.reject(release_work.locked(hold.name), "Other", "a slip")
	with as_user(seller()):
		refusals.attempt(order)


def test_who_has_ever_asked_for_it_does_not_decide(refusals: Refusals) -> None:
	order, _hold = held(refusals)
	third = make_user("third", roles=CONTROLLERS)
	with as_user(third):
		refusals.of(order)
	with as_user(seller()):
		hold = refusals.of(order)
	with as_user(third), pytest.raises(NotReleasableError, match="yourself"):
		released(hold)


def test_what_lessens_what_is_owed_refills_no_release(refusals: Refusals) -> None:
	_order, hold = held(refusals)
	released(hold, 4000, for_all=True, until=getdate())
	content = Content(BUYER, hold.company, "Delhi", "Sales Order", Decimal(-50000), ())
	with as_user(seller()):
		assert hold_work.use(draft(1), content) == hold.name
	assert (hold.reload().used_amount, hold.status) == (0, "Released")


def test_what_was_refused_may_be_deleted_and_its_record_goes_on(refusals: Refusals) -> None:
	order, hold = held(refusals)
	_other, later = held(refusals, 16)
	released(hold, 4000, for_all=True, until=getdate())
	frappe.delete_doc("Sales Order", order.name)
	with as_user(seller()):
		draft(12).submit()
	assert hold.reload().used_amount == 1200
	frappe.db.set_value(HOLD, hold.name, "released_until", add_days(nowdate(), -1))
	hold_jobs.look_at_all()
	assert (hold.reload().status, later.reload().status) == ("Open", "Open")


@pytest.mark.parametrize(
	("values", "said"),
	[
		({"amount": 1499}, "at least"),
		({"until": getdate(add_days(nowdate(), -1))}, "today or later"),
		({"reason": "Because"}, "reason"),
	],
)
def test_a_release_says_what_can_be(refusals: Refusals, values: dict, said: str) -> None:
	_order, hold = held(refusals)
	with pytest.raises(CreditHoldError, match=said):
		released(hold, **values)
	assert hold.reload().status == "Open"


def test_nobody_releases_what_he_has_asked_for(refusals: Refusals, people: tuple[str, str]) -> None:
	selling, controller = people
	order = draft()
	with as_user(controller):
		own = refusals.of(order)
		with pytest.raises(NotReleasableError, match="yourself"):
			released(own)
		with pytest.raises(NotReleasableError, match="yourself"):
			release_work.reject(release_work.locked(own.name), "Other", "")
	with as_user(selling):
		with pytest.raises(NotReleasableError, match="above"):
			released(own)
		made = refusals.of(draft(16))
	with as_user(controller):
		hold_api.request(made.name)
		with pytest.raises(NotReleasableError, match="yourself"):
			released(made)
	# whoever wrote the order and had a colleague submit it
	frappe.db.set_value("Sales Order", order.name, "owner", "Administrator")
	with as_user(make_user("third", "Delhi", roles=CONTROLLERS)):
		third = refusals.of(order)
	with pytest.raises(NotReleasableError, match="yourself"):
		released(third)


def test_an_authority_goes_as_far_as_its_amount_and_branches(
	refusals: Refusals, people: tuple[str, str]
) -> None:
	selling, controller = people
	settings = frappe.get_doc("Credit Settings")
	settings.append("authorities", {"role": "Accounts Manager", "amount": 1600, "branch": "Delhi"})
	settings.save()
	with as_user(selling):
		small, large, other = (refusals.of(doc) for doc in (draft(16), draft(17), draft(12)))
	with as_user(controller):
		for hold, values in ((large, {}), (other, {"for_all": True}), (small, {"amount": 1601})):
			with pytest.raises(NotReleasableError, match="above"):
				released(hold, **values)
		released(small)


def test_a_block_is_released_by_nobody(refusals: Refusals) -> None:
	doc = frappe.get_doc("Credit Profile", {"party": BUYER})
	doc.update({"sales_blocked": 1, "blocked_reason": "x"}).save()
	_order, hold = held(refusals, 1)
	assert hold.is_blocked
	with as_user(seller()), pytest.raises(NotReleasableError, match="blocked"):
		hold_api.request(hold.name)
	with pytest.raises(NotReleasableError, match="blocked"):
		released(hold)


def test_what_is_decided_is_not_decided_again(refusals: Refusals) -> None:
	_order, hold = held(refusals)
	release_work.reject(release_work.locked(hold.name), "Other", "no")
	assert hold.reload().status == "Rejected"
	with pytest.raises(CreditHoldError, match="already"):
		released(hold)
	# asked once more it can be
	with as_user(seller()):
		hold_api.request(hold.name)
	released(hold)


def test_a_release_ends_with_its_day(refusals: Refusals) -> None:
	order, hold = held(refusals)
	released(hold, until=getdate())
	frappe.db.set_value(HOLD, hold.name, "released_until", add_days(nowdate(), -1))
	refusals.attempt(order)
	hold_jobs.look_at_all()
	assert hold.reload().status == "Open"
	assert events(hold)[-1] == "Release Ran Out"


def test_a_submission_that_fails_leaves_the_release(refusals: Refusals) -> None:
	order, hold = held(refusals)
	released(hold)
	frappe.db.savepoint("tried")
	with as_user(seller()):
		order.reload().submit()
	frappe.db.rollback(save_point="tried")
	assert hold.reload().status == "Released"
