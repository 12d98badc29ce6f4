"""A branch brings its cost center, warehouse, address, letter head, series and account to its documents."""

import frappe
import pytest
from frappe.utils import nowdate

from branch_crm.branch_access.tree_events import BranchTreeError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import make_branch, make_customer, make_tree


@pytest.fixture(autouse=True)
def delhi() -> None:
	make_tree()
	documents.make_item()
	parent = frappe.db.get_value("Cost Center", {"company": COMPANY, "is_group": 1})
	center = {"doctype": "Cost Center", "cost_center_name": "Delhi", "company": COMPANY}
	center = frappe.get_doc({**center, "parent_cost_center": parent}).insert().name
	warehouse = frappe.get_doc(
		{"doctype": "Warehouse", "warehouse_name": "Delhi", "company": COMPANY}
	).insert()
	address = {"doctype": "Address", "address_title": "Delhi", "address_line1": "1", "city": "Delhi"}
	links = [{"link_doctype": "Company", "link_name": COMPANY}]
	address = frappe.get_doc(
		{**address, "country": "India", "is_your_company_address": 1, "links": links}
	).insert()
	letter = frappe.get_doc(
		{"doctype": "Letter Head", "letter_head_name": "Delhi", "source": "HTML", "content": "Delhi"}
	).insert()
	frappe.get_doc("Branch", "Delhi").update(
		{
			"company": COMPANY,
			"cost_center": center,
			"warehouse": warehouse.name,
			"address": address.name,
			"letter_head": letter.name,
			"money_account": documents.account("Cash"),
			"naming_series": [{"document_type": "Sales Order", "naming_series": "DEL-SO-.####"}],
		}
	).save()
	make_customer("One", "Delhi")


def test_an_order_takes_what_its_branch_has() -> None:
	order = documents.sales("Sales Order", "One")
	branch = frappe.get_doc("Branch", "Delhi")
	assert order.name == "DEL-SO-0001"
	assert (order.cost_center, order.set_warehouse) == (branch.cost_center, branch.warehouse)
	assert (order.company_address, order.letter_head) == (branch.address, branch.letter_head)
	assert {row.cost_center for row in order.items} == {branch.cost_center}


def test_what_somebody_filled_in_stays() -> None:
	main = frappe.get_cached_value("Company", COMPANY, "cost_center")
	order = documents.sales("Sales Order", "One", cost_center=main, submit=False)
	assert order.cost_center == main


def _goods(warehouse: str | None = None) -> list[dict]:
	"""A row of something that lies in a warehouse; the item's own default is that of the stock settings."""
	values = {"item_code": "Branch Test Goods", "item_group": "Products", "stock_uom": "Nos"}
	if not frappe.db.exists("Item", values["item_code"]):
		frappe.get_doc({"doctype": "Item", **values}).insert()
	return [{"item_code": values["item_code"], "qty": 1, "rate": 100, "warehouse": warehouse}]


def test_goods_come_from_the_branch_s_warehouse_from_quotation_to_delivery() -> None:
	warehouse = frappe.db.get_value("Branch", "Delhi", "warehouse")
	usual = frappe.db.get_single_value("Stock Settings", "default_warehouse")
	for chosen in (None, usual):
		quotation = documents.sales("Quotation", "One", items=_goods(chosen))
		order = documents.make_sales_order(quotation.name)
		order.delivery_date = nowdate()
		order.insert().submit()
		delivery = documents.make_delivery_note(order.name).insert()
		for doc in (quotation, order, delivery):
			assert {row.warehouse for row in doc.items} == {warehouse}, (doc.doctype, chosen)


def test_a_warehouse_that_somebody_chose_stays() -> None:
	other = {"company": COMPANY, "is_group": 0, "name": ["like", "Finished%"]}
	other = frappe.db.get_value("Warehouse", other)
	usual = frappe.db.get_single_value("Stock Settings", "default_warehouse")
	assert documents.sales("Sales Order", "One", items=_goods(other)).items[0].warehouse == other
	order = documents.sales("Sales Order", "One", items=_goods(), set_warehouse=usual)
	assert order.items[0].warehouse == usual
	delivery = documents.make_delivery_note(order.name).insert()
	assert delivery.items[0].warehouse == usual


def test_another_branch_has_no_part_in_it() -> None:
	make_customer("Two", "Mumbai")
	order = documents.sales("Sales Order", "Two")
	assert not order.name.startswith("DEL")
	assert not order.set_warehouse


def test_money_goes_in_and_out_at_the_branch_s_account() -> None:
	entry = {
		"doctype": "Payment Entry",
		"payment_type": "Receive",
		"company": COMPANY,
		"posting_date": nowdate(),
		"party_type": "Customer",
		"party": "One",
		"paid_amount": 10,
		"received_amount": 10,
		"source_exchange_rate": 1,
		"target_exchange_rate": 1,
	}
	assert frappe.get_doc(entry).insert().paid_to == documents.account("Cash")


def test_an_account_of_another_company_is_refused() -> None:
	frappe.get_doc(
		{
			"doctype": "Company",
			"company_name": "Other",
			"abbr": "OTH",
			"default_currency": "INR",
			"country": "India",
		}
	).insert()
	with pytest.raises(BranchTreeError):
		make_branch("Strange", "North", company="Other", money_account=documents.account("Cash"))
