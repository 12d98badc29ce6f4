"""Documents of many rows, priced by the rules of several types."""

import pickle

import frappe
import pytest
from erpnext.accounts.doctype.sales_invoice.sales_invoice import SalesInvoice
from erpnext.selling.doctype.quotation.quotation import Quotation
from frappe.utils import add_days, nowdate

from tests.site import documents, goods, prices
from tests.site.goods import GOODS
from tests.site.prices import make_document, make_price, make_rule

ROWS = 30


@pytest.fixture(autouse=True)
def company() -> None:
	prices.make_dealer_and_retailer()
	for trade_type in ("General", "Dealer", "Wholesaler", "Distributor"):
		make_price(trade_type)


# ERPNext's own method, counted and not replaced: what it costs is how often it is called
@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
	"""The quotations that were asked for all of themselves."""
	names: list[str] = []
	whole = Quotation.as_dict
	monkeypatch.setattr(
		Quotation, "as_dict", lambda doc, *args, **more: names.append(doc.name) or whole(doc, *args, **more)
	)
	return names


def _row(**values) -> dict:
	return {
		"item_code": GOODS,
		"qty": 1,
		"warehouse": goods.warehouse(),
		"delivery_date": nowdate(),
		**values,
	}


def test_a_document_is_not_asked_for_all_of_itself_by_every_row(asked: list[str]) -> None:
	quotation = make_document("Quotation", "Dealer One", items=[_row() for _ in range(ROWS)])
	assert {row.rate for row in quotation.items} == {90}
	assert len(asked) < ROWS
	asked.clear()
	quotation.save()
	assert len(asked) < ROWS


def test_what_goes_on_from_many_rows_is_priced_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
	order = make_document("Sales Order", "Dealer One", items=[_row() for _ in range(ROWS)])
	order.submit()
	asked = []
	whole = SalesInvoice.as_dict
	monkeypatch.setattr(SalesInvoice, "as_dict", lambda doc, *args: asked.append(doc) or whole(doc, *args))
	invoice = documents.make_sales_invoice(order.name)
	assert {row.rate for row in invoice.items} == {90}
	assert len(asked) < ROWS


def test_nobody_but_pricing_is_answered_from_memory() -> None:
	quotation = make_document("Quotation", "Dealer One", items=[_row()])
	assert "as_dict" not in vars(quotation)
	quotation.valid_till = add_days(nowdate(), -1)
	with pytest.raises(frappe.ValidationError):
		quotation.save()
	quotation.items[0].rate = 1
	assert quotation.as_dict()["items"][0]["rate"] == 1
	assert pickle.loads(pickle.dumps(quotation)).items[0].rate == 1


def test_conditions_on_rows_hold_as_before() -> None:
	make_rule(condition="items[1].qty > 5", applicable_for="Customer", customer="Dealer One")
	assert make_document("Quotation", "Dealer One", items=[_row(), _row(qty=6)]).items[0].rate == 50
	assert make_document("Quotation", "Dealer One", items=[_row(), _row(qty=5)]).items[0].rate == 90
