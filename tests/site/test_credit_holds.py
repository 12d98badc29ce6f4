"""What is refused for credit leaves a record, which is cleared when it fits again, and told to whom it concerns."""

import frappe
import pytest
from erpnext.controllers.accounts_controller import update_child_qty_rate
from frappe.model.document import Document

from branch_crm.credit_control import exposure_work, hold_api, hold_jobs, hold_queries
from branch_crm.credit_control.hold_queries import HOLD
from branch_crm.credit_control.judge_events import CreditRefusedError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, join_team, make_user
from tests.site.credit import BUYER, billed, ordered, received
from tests.site.holds import (
	CONTROLLERS,
	Refusals,
	draft,
	events,
	make_company,
	make_people,
	released,
)

_FIVE = {"item_code": documents.ITEM, "qty": 5, "rate": 100}


@pytest.fixture(autouse=True)
def company() -> None:
	make_company()


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> Refusals:
	return Refusals(monkeypatch)


@pytest.fixture
def people() -> tuple[str, str]:
	return make_people()


def test_a_refusal_is_recorded_with_what_was_asked_for_and_why(refusals: Refusals) -> None:
	order = draft()
	hold = refusals.of(order)
	assert (hold.customer, hold.company, hold.branch) == (BUYER, COMPANY, "Delhi")
	assert (hold.document_type, hold.document_name) == ("Sales Order", order.name)
	assert (hold.status, hold.kind, hold.amount, hold.adds) == ("Open", "Sales Order", 1500, 1500)
	assert (hold.refused_for, hold.times, hold.is_blocked) == ("Administrator", 1, 0)
	assert "500" in hold.reasons
	assert events(hold) == ["Refused"]


def test_however_often_one_refusal_is_told_it_is_recorded_once(refusals: Refusals) -> None:
	hold = refusals.of(draft())
	assert hold_jobs.record(refusals.found[-1]) == hold.name
	assert hold.reload().times == 1
	assert events(hold) == ["Refused"]


def test_a_document_has_one_record_however_often_it_is_refused(refusals: Refusals) -> None:
	order = draft()
	hold = refusals.of(order)
	order.reload().update({"items": [{**order.items[0].as_dict(), "qty": 20}]})
	order.save()
	assert refusals.of(order).name == hold.name
	assert (hold.reload().times, hold.amount) == (2, 2000)
	assert events(hold) == ["Refused", "Refused"]


def test_what_was_never_there_is_recorded_by_its_content(refusals: Refusals) -> None:
	made = []

	def submitted_at_once() -> Document:
		frappe.db.savepoint("asked")
		with pytest.raises(CreditRefusedError):
			ordered(15, branch="Delhi")
		frappe.db.rollback(save_point="asked")
		made.append(refusals.found[-1]["document_name"])
		return frappe.get_doc(HOLD, hold_jobs.record(refusals.found[-1]))

	first, second = submitted_at_once(), submitted_at_once()
	# the name that a refused document has given back is another's now
	third = draft(3)
	assert {*made} == {third.name}
	assert (first.name, first.document_name) == (second.name, None)
	assert second.times == 2
	assert hold_queries.hold_of("Sales Order", third.name) is None


@pytest.mark.parametrize("relief", ["payment", "limit"])
def test_what_fits_again_is_cleared_and_told(refusals: Refusals, relief: str) -> None:
	invoice = billed(1000)
	exposure_work.settle()
	hold = refusals.of(draft(5))
	larger = refusals.of(draft(50))
	if relief == "payment":
		received(600, invoice)
		exposure_work.settle()
	else:
		frappe.get_doc("Credit Profile", {"party": BUYER}).update({"credit_limit": 1600}).save()
	asked = [arguments for method, arguments in refusals.told if method.endswith("hold_jobs.look_again")]
	assert asked
	hold_jobs.look_again(asked[-1]["company"], asked[-1]["customers"])
	assert (hold.reload().status, larger.reload().status) == ("Cleared", "Open")
	assert events(hold)[-1] == "Cleared"
	assert refusals.announced("Cleared")


def test_controllers_of_the_branch_are_told_and_the_seller_what_was_decided(
	refusals: Refusals, people: tuple[str, str]
) -> None:
	selling, controller = people
	join_team(controller, "Delhi", "Credit")
	stranger = make_user("stranger", "Mumbai", roles=CONTROLLERS)
	with as_user(selling):
		hold = refusals.of(draft())
		hold_api.request(hold.name)
	hold_jobs.announce(**_called(refusals.announced("Release Requested")[-1]))
	with as_user(controller):
		released(hold)
	hold_jobs.announce(**_called(refusals.announced("Released")[-1]))
	logs = frappe.get_all(
		"Notification Log", {"document_name": hold.name}, ["for_user", "subject"], as_list=True
	)
	assert {user for user, _subject in logs} == {controller, selling}
	assert stranger not in hold_queries.controllers_of(hold)


def _called(arguments: dict) -> dict:
	return {name: arguments[name] for name in ("hold", "happened")}


def test_a_hold_is_seen_in_its_branch(refusals: Refusals, people: tuple[str, str]) -> None:
	selling, _controller = people
	order = draft()
	with as_user(selling):
		hold = refusals.of(order)
		assert hold_api.of_document("Sales Order", order.name)["name"] == hold.name
		assert [row.name for row in frappe.get_list(HOLD)] == [hold.name]
	with as_user(make_user("agra", "Agra", roles=CONTROLLERS)):
		assert not frappe.get_list(HOLD)
		with pytest.raises(frappe.PermissionError):
			hold_api.release(hold.name, str(hold.modified), 1500, "Other")


def test_every_kind_of_sale_is_held(refusals: Refusals) -> None:
	billed(900)
	for doctype in ("Delivery Note", "Sales Invoice"):
		hold = refusals.of(documents.sales(doctype, BUYER, submit=False, items=[_FIVE]))
		assert (hold.kind, hold.amount) == (doctype, 500)
	order = ordered(1)
	row = {"docname": order.items[0].name, "item_code": documents.ITEM, "qty": 5, "rate": 100}
	frappe.db.savepoint("asked")
	with pytest.raises(CreditRefusedError):
		update_child_qty_rate("Sales Order", frappe.as_json([row]), order.name)
	frappe.db.rollback(save_point="asked")
	hold = frappe.get_doc(HOLD, hold_jobs.record(refusals.found[-1]))
	assert (hold.kind, hold.document_name, hold.amount, hold.adds) == (
		"Update of Items",
		order.name,
		500,
		400,
	)
