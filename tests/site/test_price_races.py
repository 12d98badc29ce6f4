"""Two people set prices of one item at the same time: each on a connection of his own, with real commits."""

import subprocess
import sys
from collections.abc import Iterator

import frappe
import pytest

from tests.site import prices
from tests.site.commands import SITE
from tests.site.prices import make_document

ITEM = "Zq Raced Goods"
# commits, as one person waits for what the other has stored;
# the snapshot of its transaction is older than what the other one commits
_PERSON = """
import sys
import frappe
from frappe.utils import flt

site, item, quantity, percent = sys.argv[1:]
frappe.init(site)
frappe.connect()
frappe.db.count("Trade Price")
print("ready", flush=True)
sys.stdin.readline()
price = {"doctype": "Trade Price", "trade_type": "Dealer", "apply_on": "Item", "applies_to": item}
price |= {"rate_or_discount": "Discount Percentage", "discount_percentage": flt(percent), "min_qty": flt(quantity)}
frappe.get_doc(price).insert()
print("made", flush=True)
sys.stdin.readline()
frappe.db.commit()
"""


@pytest.fixture
def item() -> Iterator[str]:
	made = {"doctype": "Item", "item_code": ITEM, "item_group": "Products", "stock_uom": "Nos"}
	frappe.get_doc({**made, "is_stock_item": 0, "standard_rate": 100}).insert()
	frappe.db.commit()
	yield ITEM
	frappe.db.rollback()
	for name in frappe.get_all("Trade Price", {"applies_to": ITEM}, pluck="name"):
		frappe.delete_doc("Trade Price", name)
	frappe.db.delete("Item Price", {"item_code": ITEM})
	frappe.delete_doc("Item", ITEM, force=True)
	frappe.db.commit()


def _begin(quantity: int, percent: int) -> subprocess.Popen:
	command = [sys.executable, "-c", _PERSON, SITE, ITEM, str(quantity), str(percent)]
	person = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
	assert person.stdout.readline() == "ready\n"
	return person


def _go_on(person: subprocess.Popen) -> None:
	person.stdin.write("\n")
	person.stdin.flush()


def test_two_steps_set_at_once_do_not_meet(item: str) -> None:
	first, second = _begin(0, 10), _begin(10, 20)
	_go_on(first)
	assert first.stdout.readline() == "made\n"
	# waits for the first, which has not committed yet
	_go_on(second)
	_go_on(first)
	assert first.wait(60) == 0
	assert second.stdout.readline() == "made\n"
	_go_on(second)
	assert second.wait(60) == 0
	frappe.db.rollback()
	kept = {"price_family": f"Item: {ITEM}", "disable": 0, "trade_type": "Dealer"}
	rules = frappe.get_all("Pricing Rule", kept, ["min_qty", "max_qty"], order_by="min_qty", as_list=True)
	assert rules == ((0, 9.999999999), (10, 0))
	prices.make_dealer_and_retailer()
	for quantity, percent in ((9, 10), (12, 20)):
		(row,) = make_document("Quotation", "Dealer One", items=[{"item_code": ITEM, "qty": quantity}]).items
		assert row.discount_percentage == percent
