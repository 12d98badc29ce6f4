"""Documents of many rows, priced by the rules of several types."""

import pytest
from erpnext.selling.doctype.quotation.quotation import Quotation
from frappe.utils import nowdate

from tests.site import goods, prices
from tests.site.goods import GOODS
from tests.site.prices import make_document, make_price, make_rule

ROWS = 30


@pytest.fixture(autouse=True)
def company() -> None:
	prices.make_dealer_and_retailer()
	for trade_type in ("General", "Dealer", "Wholesaler", "Distributor"):
		make_price(trade_type)


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


def test_what_is_asked_for_after_pricing_is_as_it_is_now() -> None:
	quotation = make_document("Quotation", "Dealer One", items=[_row()])
	assert "as_dict" not in vars(quotation)
	quotation.items[0].rate = 1
	assert quotation.as_dict()["items"][0]["rate"] == 1


def test_conditions_on_rows_hold_as_before() -> None:
	make_rule(condition="items[1].qty > 5", applicable_for="Customer", customer="Dealer One")
	assert make_document("Quotation", "Dealer One", items=[_row(), _row(qty=6)]).items[0].rate == 50
	assert make_document("Quotation", "Dealer One", items=[_row(), _row(qty=5)]).items[0].rate == 90
