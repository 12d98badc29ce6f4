"""The customer list with scope beside stock User Permissions, in one run. Prints; asserts nothing about time."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe
import pytest
from frappe.custom.doctype.custom_field.custom_field import create_custom_field
from frappe.desk.reportview import get_count

from branch_crm.branch_access import api, jobs, queries
from tests.bench import company

CUSTOMERS = int(os.environ.get("BRANCH_CRM_CUSTOMERS") or 100_000)
STOCK_FIELD = "bench_branch"
FIELDS = ["name", "owner", "creation", "modified", "customer_name", "customer_group", "disabled"]
SCOPES = {
	"tiny, old": [company.TINY],
	"small": [company.SMALL],
	"mean": [company.MEAN],
	"large, recent": [company.LARGE],
	"large, old": [company.OLD],
	"two of mean size": [company.MEAN, f"{company.PREFIX} 1"],
	"region of four": [company.MEAN, *(f"{company.PREFIX} {number}" for number in (1, 2, 3))],
	"all by one root": [company.ROOT],
	"none": [],
}


def median_ms(function: Callable[[], object], runs: int = 7) -> float:
	function()
	times = []
	for _ in range(runs):
		began = time.perf_counter()
		function()
		times.append((time.perf_counter() - began) * 1000)
	return statistics.median(times)


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


@contextmanager
def acting_as(user: str) -> Iterator[None]:
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user("Administrator")


def make_user(name: str, branches: list[str], *roles: str) -> str:
	email = f"bench-{name}@branch-crm.example".replace(" ", "-").replace(",", "")
	frappe.delete_doc_if_exists("User", email, force=True)
	user = {"doctype": "User", "email": email, "first_name": name, "send_welcome_email": 0}
	frappe.get_doc({**user, "roles": [{"role": role} for role in ("Sales User", *roles)]}).insert()
	frappe.db.delete("User Permission", {"user": email})
	for branch in branches:
		frappe.get_doc(
			{"doctype": "User Permission", "user": email, "allow": "Branch", "for_value": branch}
		).insert()
	return email


@pytest.fixture(scope="module")
def users() -> Iterator[dict[str, str]]:
	company.build(CUSTOMERS)
	jobs.count_members()
	made = {name: make_user(name, branches) for name, branches in SCOPES.items()}
	made["head office"] = make_user("head office", [], "Branch Head Office")
	frappe.db.commit()
	yield made
	for user in made.values():
		frappe.db.delete("User Permission", {"user": user})
		frappe.delete_doc_if_exists("User", user, force=True)
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
		f"{company.PREFIX}-%",
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
		api.activate(dry_run=False, unassigned_visible_to=unassigned)
		frappe.db.commit()
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
	for state, switch in (("off", api.deactivate), ("on", api.activate)):
		switch(**({"dry_run": False, "unassigned_visible_to": "Head Office"} if state == "on" else {}))
		frappe.db.commit()
		with acting_as(users["mean"]):
			print(
				f"scope {state:18}{median_ms(hundred_checks) * 10:16.0f}{median_ms(hundred_lists) * 10:11.0f}"
			)
