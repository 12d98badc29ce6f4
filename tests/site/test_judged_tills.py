"""What is sold at a till on credit is owed from the sale on, and once when the till is closed."""

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.credit_control import exposure_queries, exposure_work
from branch_crm.credit_control.judge_events import CreditRefusedError
from branch_crm.demo.records import COMPANY
from tests.site import credit, documents
from tests.site.company import make_customer, switch_on
from tests.site.tills import WALK_IN, closed, opened, sold_at_the_till


@pytest.fixture
def opening(judged_company: None) -> Document:
	documents.make_item()
	make_customer(WALK_IN, "Mumbai", "Delhi")
	switch_on()
	entry = opened()
	frappe.db.set_value("POS Profile", "Till", "allow_partial_payment", 1)
	return entry


def _sold_for_40_on_credit() -> None:
	paid = [{"mode_of_payment": "Cash", "amount": 60, "account": documents.account("Cash")}]
	# the till reckons it
	sold_at_the_till(100, payments=paid, outstanding_amount=40)


def _owed() -> dict[str, float]:
	exposure_work.settle()
	found = exposure_queries.exposure_of(WALK_IN, COMPANY)
	return {component.value: float(amount) for component, amount in found.items() if amount}


def test_a_till_is_closed_whatever_its_customers_may_still_owe(opening: Document) -> None:
	profile = credit.profile(WALK_IN, credit_limit=90)
	for _sale in range(2):
		_sold_for_40_on_credit()
	frappe.db.savepoint("asked")
	with pytest.raises(CreditRefusedError, match="too much"):
		_sold_for_40_on_credit()
	frappe.db.rollback(save_point="asked")
	assert _owed() == {"till_sales": 80}
	profile.update({"credit_limit": 0}).save()
	closing = closed(opening)
	assert closing.reload().status == "Submitted"
	assert _owed() == {"receivable": 80}
	closing.cancel()
	assert _owed() == {"till_sales": 80}


def test_an_invoice_by_hand_takes_no_till_sale_over(opening: Document) -> None:
	credit.profile(WALK_IN, credit_limit=90)
	_sold_for_40_on_credit()
	(sale,) = frappe.get_all("POS Invoice", {"customer": WALK_IN, "docstatus": 1}, pluck="name")
	row = {"item_code": documents.ITEM, "qty": 1, "pos_invoice": sale}
	# ERPNext reckons none of such an invoice
	row |= dict.fromkeys(("rate", "amount", "net_rate", "net_amount", "base_rate", "base_amount"), 60)
	row |= dict.fromkeys(("base_net_rate", "base_net_amount", "stock_uom_rate"), 60)
	frappe.db.savepoint("asked")
	with pytest.raises(CreditRefusedError, match="too much"):
		documents.sales("Sales Invoice", WALK_IN, items=[row], is_consolidated=1)
	frappe.db.rollback(save_point="asked")
	assert _owed() == {"till_sales": 40}
