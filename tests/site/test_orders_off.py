"""Where orders are not judged, what is only ordered takes nothing of a limit, and is judged when it is delivered or billed."""

from collections.abc import Callable

import frappe
import pytest
from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.selling.doctype.sales_order.sales_order import update_status

from branch_crm.credit_control import api, exposure_work, release_work
from branch_crm.credit_control.hold_queries import HOLD
from branch_crm.credit_control.judge_events import CreditRefusedError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.categories import make_category
from tests.site.credit import BUYER, billed, of_order, ordered, profile, received
from tests.site.documents import make_delivery_note
from tests.site.holds import Refusals, make_company

RULES = ("Customer Limit", "Branch Limit", "Category Limit")


@pytest.fixture(autouse=True)
def company() -> None:
	make_company()
	settings = frappe.get_doc("Credit Settings")
	for rule in RULES:
		settings.append("actions", {"kind": "Sales Order", "rule": rule, "action": "Off"})
	settings.save()


def _refused(act: Callable[[], object]) -> None:
	frappe.db.savepoint("asked")
	with pytest.raises(CreditRefusedError, match="too much"):
		act()
	frappe.db.rollback(save_point="asked")
	exposure_work.settle()


def test_a_delivery_is_judged_by_what_is_delivered() -> None:
	order = ordered(15)
	of_order(order, make_delivery_note, 9)
	_refused(lambda: of_order(order, make_delivery_note, 2))
	of_order(order, make_delivery_note, 1)
	_refused(lambda: billed(1))
	assert api.position(BUYER, COMPANY)["available"] == 0


def test_branch_and_category_are_judged_so_as_well() -> None:
	make_category("Zq Works")
	frappe.db.set_value("Customer", BUYER, "customer_category", "Zq Works")
	profile("Zq Works", party_type="Customer Category", credit_limit=900)
	doc = frappe.get_doc("Credit Profile", {"party": BUYER})
	doc.append("branch_limits", {"branch": "Delhi", "credit_limit": 800})
	doc.save()
	order = ordered(20, branch="Delhi")
	_refused(lambda: of_order(order, make_delivery_note, 9))
	of_order(order, make_delivery_note, 8)
	_refused(lambda: billed(101, branch="Agra"))
	billed(100, branch="Agra")


def test_an_order_is_changed_and_reopened_like_it_was_made() -> None:
	order = ordered(15)
	row = {"docname": order.items[0].name, "item_code": documents.ITEM, "qty": 30, "rate": 100}
	update_child_qty_rate("Sales Order", frappe.as_json([row]), order.name)
	for status in ("Closed", "Draft"):
		update_status(status, order.name)
	assert frappe.db.get_value("Sales Order", order.name, ["status", "grand_total"]) == (
		"To Deliver and Bill",
		3000,
	)


def test_a_refused_delivery_is_cleared_once_it_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
	# the job that records it after the rollback runs here: a test's own transaction is not ended
	refusals = Refusals(monkeypatch)
	order = ordered(30)
	of_order(order, make_delivery_note, 9)
	note = make_delivery_note(order.name)
	note.items[0].qty = 2
	hold = refusals.of(note.insert())
	received(50)
	exposure_work.settle()
	release_work.look_again(release_work.locked(hold.name))
	assert frappe.db.get_value(HOLD, hold.name, "status") == "Open"
	received(50)
	exposure_work.settle()
	release_work.look_again(release_work.locked(hold.name))
	assert frappe.db.get_value(HOLD, hold.name, "status") == "Cleared"
	note.reload().submit()
