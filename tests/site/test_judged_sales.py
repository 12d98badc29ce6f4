"""Where profiles judge, what is more than a customer may owe is refused, and what brings money or goods back is not."""

import frappe
import pytest
from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.selling.doctype.sales_order.sales_order import update_status
from erpnext.stock.doctype.delivery_note import delivery_note
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import api, exposure_work
from branch_crm.credit_control.judge_events import CreditRefusedError
from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.categories import make_category
from tests.site.company import make_customer, make_tree
from tests.site.credit import BUYER, billed, buyer, of_order, ordered, profile, received
from tests.site.documents import make_delivery_note, make_sales_return


@pytest.fixture(autouse=True)
def _judged() -> None:
	make_tree()
	buyer("Delhi", "Agra")
	credit.judge()


def _refused(act: object, match: str = "too much") -> None:
	"""What is refused leaves nothing."""
	frappe.db.savepoint("asked")
	with pytest.raises(CreditRefusedError, match=match):
		act()
	frappe.db.rollback(save_point="asked")
	exposure_work.settle()


def _owed() -> float:
	return sum(credit.contributed().values())


def _said() -> str:
	return " ".join(str(message.get("message")) for message in frappe.local.message_log)


def test_what_fits_passes_and_what_does_not_is_refused() -> None:
	profile(credit_limit=1500)
	ordered(10)
	_refused(lambda: ordered(6))
	ordered(5)
	assert _owed() == 1500
	_refused(lambda: billed(1))
	_refused(lambda: documents.sales("Delivery Note", BUYER))


def test_what_goes_on_from_what_was_let_pass_goes_through() -> None:
	profile(credit_limit=1000)
	order = ordered(10)
	note = of_order(order, make_delivery_note, 6)
	of_order(note, delivery_note.make_sales_invoice)
	assert credit.contributed() == {"orders": 400, "receivable": 600}


def test_no_money_and_no_goods_that_come_back_are_stopped() -> None:
	doc = profile(credit_limit=5000)
	invoice = billed(1000)
	note = documents.sales("Delivery Note", BUYER)
	doc.update({"credit_limit": 0, "sales_blocked": 1, "blocked_reason": "x"}).save()
	received(100, invoice)
	received(50)
	of_order(invoice, make_sales_return)
	back = make_return_doc("Delivery Note", note.name)
	back.insert().submit()
	_refused(lambda: billed(1), "blocked")


def test_the_invoice_for_what_is_delivered_goes_through() -> None:
	doc = profile(credit_limit=5000)
	note = of_order(ordered(10), make_delivery_note)
	doc.update({"credit_limit": 0, "sales_blocked": 1, "blocked_reason": "x"}).save()
	of_order(note, delivery_note.make_sales_invoice)
	assert credit.contributed() == {"receivable": 1000}


def test_an_invoice_that_adds_to_what_is_delivered_is_judged_by_what_it_adds() -> None:
	profile(credit_limit=1000)
	note = of_order(ordered(10), make_delivery_note)
	invoice = delivery_note.make_sales_invoice(note.name)
	account = frappe.db.get_value("Account", {"company": COMPANY, "root_type": "Income", "is_group": 0})
	charge = {
		"charge_type": "Actual",
		"account_head": account,
		"description": "x",
		"tax_amount": 500,
	}
	invoice.append("taxes", charge)
	_refused(lambda: invoice.insert().submit())
	# naming a delivery does not make it the invoice of it
	row = {"item_code": documents.ITEM, "qty": 10, "rate": 100, "delivery_note": note.name}
	_refused(lambda: documents.sales("Sales Invoice", BUYER, items=[row]))


def test_a_changed_order_is_judged_by_what_it_adds() -> None:
	profile(credit_limit=1500)
	order = ordered(10)

	def change(quantity: int) -> None:
		row = {"docname": order.items[0].name, "item_code": documents.ITEM, "qty": quantity, "rate": 100}
		update_child_qty_rate("Sales Order", frappe.as_json([row]), order.name)

	_refused(lambda: change(16))
	change(15)
	assert credit.contributed() == {"orders": 1500}


def test_a_branch_is_judged_by_its_own_limit() -> None:
	profile(credit_limit=5000, branch_limits=[{"branch": "Delhi", "credit_limit": 1000}])
	ordered(10, branch="Delhi")
	_refused(lambda: ordered(1, branch="Delhi"), "Delhi")
	ordered(10, branch="Agra")


def test_a_category_is_judged_by_what_all_its_customers_owe() -> None:
	make_category("Zq Group", is_group=1)
	make_category("Zq Works", "Zq Group")
	other = make_customer("Zq Sister", "Delhi").name
	for customer, category in ((BUYER, "Zq Works"), (other, "Zq Group")):
		frappe.db.set_value("Customer", customer, "customer_category", category)
	profile("Zq Group", party_type="Customer Category", credit_limit=1500)
	ordered(10)
	exposure_work.settle()
	row = {"item_code": documents.ITEM, "qty": 6, "rate": 100}
	_refused(lambda: documents.sales("Sales Order", other, items=[row]), "Zq Group")
	documents.sales("Sales Order", other, items=[{**row, "qty": 5}])
	# anew from its customers it comes to the same
	kept = frappe.db.get_value("Credit Exposure", {"party": "Zq Group"}, "exposure")
	exposure_work.rebuild_category(COMPANY, "Zq Group")
	assert api.position(other, COMPANY)["available"] == 0
	assert kept == frappe.db.get_value("Credit Exposure", {"party": "Zq Group"}, "exposure") == 1500


@pytest.mark.parametrize(
	("values", "refused"),
	[
		({"stop_sales": 0}, False),
		({"check_credit": 0}, False),
		({"tolerance": 10}, False),
		({"tolerance": 9}, True),
		({"actions": [{"kind": "Sales Order", "rule": "Customer Limit", "action": "Warn"}]}, False),
		({"actions": [{"kind": "Sales Order", "rule": "Customer Limit", "action": "Off"}]}, False),
		({"actions": [{"kind": "Sales Order", "rule": "Customer Limit", "action": "Block"}]}, True),
	],
)
def test_what_happens_is_what_the_profile_says(values: dict, refused: bool) -> None:
	profile(credit_limit=1000, **values)
	if refused:
		_refused(lambda: ordered(11))
	else:
		ordered(11)
		is_warned = values.get("check_credit", 1) and "tolerance" not in values and "Off" not in str(values)
		assert ("too much" in _said()) is bool(is_warned)


def test_what_was_counted_before_a_refusal_stays_counted() -> None:
	profile(credit_limit=1000)
	billed(1000)
	received(400)
	_refused(lambda: billed(601))
	assert credit.contributed() == {"receivable": 1000, "advances": -400}


def test_a_quotation_warns() -> None:
	profile(credit_limit=50)
	documents.sales("Quotation", BUYER)
	assert "too much" in _said()


def test_what_is_overdue_stops_sales() -> None:
	billed(1000, posting_date=add_days(nowdate(), -40), set_posting_time=1, due_date=add_days(nowdate(), -10))
	profile(credit_limit=9000, judge_overdue=1, grace_days=5)
	_refused(lambda: ordered(1), "overdue")


def test_a_journal_that_sells_is_judged_and_one_that_opens_is_not() -> None:
	profile(credit_limit=100)

	def debit(**values) -> Document:
		party = {"party_type": "Customer", "party": BUYER, "account": documents.account("Receivable")}
		rows = (
			{**party, "debit_in_account_currency": 500},
			{"account": documents.account("Cash"), "credit_in_account_currency": 500},
		)
		return documents.journal(*rows, **values).submit()

	_refused(debit)
	debit(voucher_type="Opening Entry", is_opening="Yes")
	assert _owed() == 500


def test_money_in_by_a_journal_and_invoices_of_before_are_not_stopped() -> None:
	profile(credit_limit=0, sales_blocked=1, blocked_reason="x")
	billed(1000, is_opening="Yes", income_account=documents.account("Temporary"))
	party = {"party_type": "Customer", "party": BUYER, "account": documents.account("Receivable")}
	cash = {"account": documents.account("Cash"), "debit_in_account_currency": 300}
	documents.journal({**party, "credit_in_account_currency": 300}, cash).submit()
	assert _owed() == 700
	cash = {"account": documents.account("Cash"), "credit_in_account_currency": 300}
	_refused(documents.journal({**party, "debit_in_account_currency": 300}, cash).submit, "blocked")


def test_an_order_that_is_opened_again_is_judged() -> None:
	profile(credit_limit=1500)
	order = ordered(10)
	update_status("Closed", order.name)
	ordered(10)
	_refused(lambda: update_status("Draft", order.name))
	assert frappe.db.get_value("Sales Order", order.name, "status") == "Closed"


def test_who_is_not_judged_is_not_stopped() -> None:
	ordered(1000)
	assert _owed() == 100000
	frappe.db.set_value("Credit Company", COMPANY, "judged_since", None)
	profile(credit_limit=1)
	ordered(1)


@pytest.mark.parametrize(("limit", "passes"), [(1500, True), (500, False)])
def test_what_is_submitted_without_validation_is_judged_as_well(limit: float, passes: bool) -> None:
	"""Programs may skip the events before a submission, and what is locked in them."""
	profile(credit_limit=limit)
	order = ordered(10, submit=False, branch="Delhi")
	order.flags.ignore_validate = True
	if passes:
		assert order.submit().docstatus == 1
	else:
		_refused(order.submit)
