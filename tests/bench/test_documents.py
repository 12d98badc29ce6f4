"""Documents that carry a branch beside stock ERPNext, in one run. Prints; asserts nothing about time."""

import os
import statistics
import time
from collections.abc import Iterator

import frappe
import pytest
from frappe.desk.reportview import get_count

from branch_crm.branch_access import api, jobs, queries, registry
from tests.bench import documents
from tests.bench.customers import MEAN
from tests.bench.measuring import (
	acting_as,
	make_user,
	make_users,
	median_ms,
	remove_users,
	switch_on,
	without_app,
)

DOCUMENTS = int(os.environ.get("BRANCH_CRM_DOCUMENTS") or 100_000)
INVOICES = 40
FIELDS = {
	"Sales Invoice": ["name", "modified", "customer", "status", "grand_total", "branch"],
	"Journal Entry": ["name", "modified", "voucher_type", "total_debit"],
}


@pytest.fixture(scope="module")
def company() -> str:
	return frappe.get_all("Company", pluck="name", order_by="creation", limit=1)[0]


@pytest.fixture(scope="module")
def users(company: str) -> Iterator[dict[str, str]]:
	documents.build(DOCUMENTS, company)
	jobs.count_members()
	made = make_users()
	for user in made.values():
		frappe.get_doc("User", user).add_roles("Accounts User")
	frappe.db.commit()
	yield made
	remove_users(made)
	if queries.is_enforced():
		api.deactivate()
	frappe.db.commit()


def first_page(doctype: str) -> list:
	fields = [name if name != "branch" else registry.branch_field() for name in FIELDS[doctype]]
	return frappe.get_list(doctype, fields=fields, order_by="modified desc", limit_page_length=20)


def capped_count(doctype: str) -> int:
	asked = {"doctype": doctype, "filters": "[]", "fields": "[]", "distinct": "false", "limit": 1001}
	frappe.local.form_dict = frappe._dict(cmd="frappe.desk.reportview.get_count", **asked)
	try:
		return get_count()
	finally:
		frappe.local.form_dict = frappe._dict()


def measure(doctype: str, users: dict[str, str]) -> dict[str, tuple[float, float]]:
	figures = {}
	for name, user in {**users, "Administrator": "Administrator"}.items():
		with acting_as(user):
			page = median_ms(lambda: first_page(doctype))
			figures[name] = (page, median_ms(lambda: capped_count(doctype)))
	return figures


@pytest.mark.parametrize("doctype", FIELDS)
def test_list_and_count_of_every_scope_beside_stock(doctype: str, users: dict[str, str]) -> None:
	with without_app():
		stock = measure(doctype, users)
	ours = {}
	for unassigned in ("Head Office", "Everybody"):
		switch_on(unassigned)
		ours[unassigned] = measure(doctype, users)
	print(f"\n{DOCUMENTS:,} of {doctype}; medians in ms; unassigned seen by head office / everybody")
	print(f"{'scope':18}{'list stock':>12}{'list ours':>20}{'count stock':>13}{'count ours':>20}")
	for name, (page, count) in stock.items():
		own = [figures[name] for figures in ours.values()]
		pages, counts = (" / ".join(f"{row[index]:.1f}" for row in own) for index in (0, 1))
		print(f"{name:18}{page:12.1f}{pages:>20}{count:13.1f}{counts:>20}")


def test_an_invoice_inserted_and_submitted_beside_stock(company: str) -> None:
	frappe.db.set_value("Company", company, "sales_monthly_history", "{}")
	frappe.db.set_single_value("Selling Settings", "sales_update_frequency", "Monthly")
	seller = make_user("seller", [MEAN], "Sales User", "Accounts Manager", "Stock User")
	customer, item = _customer(), _item()
	frappe.db.commit()
	figures: dict[str, list[tuple[float, float]]] = {"stock": [], "off": [], "on": []}
	# in turns, so that what else the machine does meets all alike
	for _round in range(4):
		with without_app():
			figures["stock"] += _timed(seller, customer, item, company)
		api.deactivate()
		frappe.db.commit()
		figures["off"] += _timed(seller, customer, item, company)
		switch_on()
		figures["on"] += _timed(seller, customer, item, company)
	api.deactivate()
	frappe.db.commit()
	print(f"\nSales Invoice, medians of {len(figures['on'])} in ms   insert   submit")
	for name, times in figures.items():
		inserted, submitted = (statistics.median(column) for column in zip(*times, strict=True))
		print(f"{name:40}{inserted:9.1f}{submitted:9.1f}")


def _timed(user: str, customer: str, item: str, company: str) -> list[tuple[float, float]]:
	times = []
	with acting_as(user):
		for number in range(INVOICES // 4 + 2):
			invoice = frappe.get_doc(
				{
					"doctype": "Sales Invoice",
					"company": company,
					"customer": customer,
					"due_date": frappe.utils.nowdate(),
					registry.branch_field(): MEAN,
					"items": [{"item_code": item, "qty": 1, "rate": 100}],
				}
			)
			began = time.perf_counter()
			invoice.insert()
			inserted = time.perf_counter()
			invoice.submit()
			# the first ones fill caches
			if number >= 2:
				times.append(((inserted - began) * 1000, (time.perf_counter() - inserted) * 1000))
			frappe.db.rollback()
	return times


def _customer() -> str:
	name = "Bench Buyer"
	if not frappe.db.exists("Customer", name):
		customer = {"doctype": "Customer", "customer_name": name, "customer_type": "Company"}
		frappe.get_doc({**customer, "branches": [{"branch": MEAN, "is_primary": 1}]}).insert()
	return name


def _item() -> str:
	name = "Bench Service"
	if not frappe.db.exists("Item", name):
		item = {"doctype": "Item", "item_code": name, "item_group": "Services", "stock_uom": "Nos"}
		frappe.get_doc({**item, "is_stock_item": 0}).insert()
	return name
