"""The customer list with scope beside stock User Permissions, in one run. Prints; asserts nothing about time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest
from frappe.custom.doctype.custom_field.custom_field import create_custom_field
from frappe.desk.reportview import get_count

from branch_crm.branch_access import api, jobs, queries
from tests.bench import customers
from tests.bench.measuring import acting_as, make_users, median_ms, remove_users, switch_on

CUSTOMERS = int(os.environ.get("BRANCH_CRM_CUSTOMERS") or 100_000)
STOCK_FIELD = "bench_branch"
FIELDS = ["name", "owner", "creation", "modified", "customer_name", "customer_group", "disabled"]


def first_page() -> list:
	return frappe.get_list("Customer", fields=FIELDS, order_by="modified desc", limit_page_length=20)


def capped_count() -> int:
	frappe.local.form_dict = frappe._dict(
		cmd="frappe.desk.reportview.get_count",
		doctype="Customer",
		filters="[]",
		fields="[]",
		distinct="false",
		limit=1001,
	)
	try:
		return get_count()
	finally:
		frappe.local.form_dict = frappe._dict()


@pytest.fixture(scope="module")
def users() -> Iterator[dict[str, str]]:
	customers.build(CUSTOMERS)
	jobs.count_members()
	made = make_users()
	frappe.db.commit()
	yield made
	remove_users(made)
	if queries.is_enforced():
		api.deactivate()
	frappe.db.commit()


@contextmanager
def stock() -> Iterator[None]:
	"""A plain link to Branch on Customer and nothing of the app: what an administrator can do without it."""
	if queries.is_enforced():
		api.deactivate()
	field = {"fieldname": STOCK_FIELD, "label": "Branch", "fieldtype": "Link", "options": "Branch"}
	create_custom_field("Customer", {**field, "insert_after": "customer_name", "search_index": 1})
	frappe.db.sql(
		f"""update `tabCustomer` customer join `tabBranch Assignment` assignment on assignment.parent = customer.name
		set customer.{STOCK_FIELD} = assignment.branch
		where customer.name like %s and (assignment.is_primary = 0 or customer.{STOCK_FIELD} is null)""",
		f"{customers.PREFIX}-%",
	)
	frappe.db.commit()
	frappe.db.sql("analyze table `tabCustomer`")
	try:
		yield
	finally:
		frappe.delete_doc("Custom Field", f"Customer-{STOCK_FIELD}", force=True)
		frappe.db.sql_ddl(f"alter table `tabCustomer` drop column {STOCK_FIELD}")
		frappe.clear_cache(doctype="Customer")


def measure(users: dict[str, str]) -> dict[str, tuple[float, float]]:
	figures = {}
	for name, user in {**users, "Administrator": "Administrator"}.items():
		with acting_as(user):
			figures[name] = (median_ms(first_page), median_ms(capped_count))
	return figures


def test_list_and_count_of_every_scope_beside_stock(users: dict[str, str]) -> None:
	with stock():
		before = measure(users)
	results = {}
	for unassigned in ("Head Office", "Everybody"):
		switch_on(unassigned)
		results[unassigned] = measure(users)
	print(f"\n{CUSTOMERS:,} customers; medians in ms; unassigned seen by head office / everybody")
	print(f"{'scope':18}{'list stock':>12}{'list ours':>20}{'count stock':>13}{'count ours':>20}")
	for name, (page, count) in before.items():
		ours = [results[unassigned][name] for unassigned in results]
		pages, counts = (" / ".join(f"{row[index]:.1f}" for row in ours) for index in (0, 1))
		print(f"{name:18}{page:12.1f}{pages:>20}{count:13.1f}{counts:>20}")


def test_overhead_of_the_hooks_on_other_doctypes(users: dict[str, str]) -> None:
	todo = frappe.get_doc({"doctype": "ToDo", "description": "x", "allocated_to": users["mean"]})

	def hundred_checks() -> None:
		for _ in range(100):
			frappe.has_permission("ToDo", "read", todo, user=users["mean"])

	def hundred_lists() -> None:
		for _ in range(100):
			frappe.get_list("ToDo", limit_page_length=1)

	print("\nmicroseconds per call   has_permission   get_list")
	for state, switch in (("off", api.deactivate), ("on", switch_on)):
		switch()
		frappe.db.commit()
		with acting_as(users["mean"]):
			print(
				f"scope {state:18}{median_ms(hundred_checks) * 10:16.0f}{median_ms(hundred_lists) * 10:11.0f}"
			)
