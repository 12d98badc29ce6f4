"""What customers come to, computed plainly from the documents, one by one."""

from collections import defaultdict
from collections.abc import Callable

import frappe
from frappe.utils import add_days, flt, getdate, nowdate

from branch_crm.branch_access import registry
from branch_crm.demo.records import COMPANY
from tests.site.categories import CATEGORY, PARENT

FIGURES = ("customers", "new_customers", "ordered", "invoiced", "receivable")


def computed(
	belongs: Callable[[dict, str | None], bool], branches: set[str] | None = None
) -> tuple[float, ...]:
	"""The figures of what belongs to a group, from the documents one by one.

	Arguments:
	        belongs: whether what this customer did in a branch counts; of the customer itself, in one of its branches.
	        branches: what is seen at all; None for everything.
	"""
	customers = {row.name: row for row in frappe.get_all("Customer", fields=["*"])}
	everywhere = registry.always_visible("Customer")
	assigned = defaultdict(set)
	for row in frappe.get_all(
		"Branch Assignment", {"parenttype": "Customer"}, ["parent", "branch", "to_date"]
	):
		if row.to_date and row.to_date < getdate():
			continue
		assigned[row.parent].add(row.branch)
	counted = [
		customer
		for customer in customers.values()
		if not customer.disabled
		and any(
			belongs(customer, branch)
			for branch in assigned[customer.name] or {None}
			if branches is None or branch in branches or customer.name in everywhere
		)
	]
	begin = getdate(add_days(nowdate(), -7))
	new = [customer for customer in counted if customer.creation.date() >= begin]

	def amount(doctype: str, party: str, field: str, day: str | None, **wanted) -> float:
		rows = frappe.get_all(
			doctype, {"company": COMPANY, **wanted}, [party, field, "branch", day or "name"]
		)
		return flt(
			sum(
				row[field]
				for row in rows
				if (not day or row[day] >= begin)
				and (branches is None or row.branch in branches)
				and belongs(customers[row[party]], row.branch)
			),
			2,
		)

	return (
		len(counted),
		len(new),
		amount("Sales Order", "customer", "base_net_total", "transaction_date", docstatus=1),
		amount("Sales Invoice", "customer", "base_net_total", "posting_date", docstatus=1, is_opening="No"),
		amount("Payment Ledger Entry", "party", "amount", None, delinked=0, account_type="Receivable"),
	)


def _path(category: str | None) -> list[str]:
	path = []
	while category:
		path.append(category)
		category = frappe.db.get_value(CATEGORY, category, PARENT)
	return path


def of_category(name: str) -> Callable[[dict, str | None], bool]:
	return lambda customer, branch: name in _path(customer.customer_category)


def in_branches(names: set[str | None]) -> Callable[[dict, str | None], bool]:
	return lambda customer, branch: (branch or None) in names


def of_type(name: str | None) -> Callable[[dict, str | None], bool]:
	return lambda customer, branch: (customer.trade_type or None) == name
