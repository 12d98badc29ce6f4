"""Payment terms beyond those agreed with a customer need a second person."""

import frappe
import pytest
from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice
from erpnext.stock.doctype.delivery_note import delivery_note
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import hold_jobs
from branch_crm.credit_control.judge_events import CreditRefusedError
from tests.site import credit
from tests.site.company import as_user, make_tree
from tests.site.credit import BUYER, billed, buyer, of_order, ordered
from tests.site.documents import make_delivery_note, make_item
from tests.site.holds import Refusals, released, seller

TERMS, LONGER = "Zq 30 Days", "Zq 60 Days"


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	make_item()
	for name, days in ((TERMS, 30), (LONGER, 60)):
		row = {"invoice_portion": 100, "credit_days": days, "due_date_based_on": "Day(s) after invoice date"}
		frappe.get_doc({"doctype": "Payment Terms Template", "template_name": name, "terms": [row]}).insert()
	buyer("Delhi", payment_terms=TERMS)
	credit.judge()


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> Refusals:
	return Refusals(monkeypatch)


def _within(days: int) -> dict:
	return {"payment_schedule": [{"due_date": add_days(nowdate(), days), "invoice_portion": 100}]}


def _longer(invoice: Document) -> Document:
	"""ERPNext holds an invoice to the template that it names."""
	return invoice.update({"payment_terms_template": LONGER, "payment_schedule": [], "due_date": None})


def _order(days: int) -> Document:
	return ordered(submit=False, branch="Delhi", **_within(days))


def test_what_is_agreed_passes_and_sooner_too() -> None:
	for days in (30, 10):
		_order(days).submit()


def test_more_is_held_and_passes_once_it_is_released(refusals: Refusals) -> None:
	with as_user(seller()):
		order = _order(60)
		hold = refusals.of(order)
	assert "30" in hold.reasons
	assert "60" in hold.reasons
	# no payment clears it
	hold_jobs.look_again(order.company)
	assert hold.reload().status == "Open"
	released(hold)
	with as_user(seller()):
		order.reload().submit()
	# and so do its invoices
	_longer(make_sales_invoice(order.name)).insert().submit()


def test_a_release_of_an_amount_is_none_of_its_terms(refusals: Refusals) -> None:
	credit.profile(credit_limit=500)
	with as_user(seller()):
		order = _order(30)
		hold = refusals.of(order)
	released(hold)
	with as_user(seller()):
		order.reload().update(_within(90))
		order.save()
		refusals.attempt(order)


def test_the_invoice_for_what_is_delivered_keeps_what_is_agreed() -> None:
	invoice = delivery_note.make_sales_invoice(of_order(ordered(), make_delivery_note).name)
	_longer(invoice).insert()
	with pytest.raises(CreditRefusedError, match="60"):
		invoice.submit()


def test_where_nothing_is_agreed_any_terms_are() -> None:
	frappe.get_doc("Customer", BUYER).update({"payment_terms": None}).save()
	billed(100, **_within(365))
