"""Customers who are suppliers as well: what they owe, what is owed to them, and how old it is, by branch."""

from collections.abc import Iterator
from itertools import pairwise

import frappe
from frappe import _
from frappe.utils import getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.party_netting import ageing_rules, position_queries, queries
from branch_crm.party_netting.ageing_rules import LIMITS, Aged
from branch_crm.party_netting.rules import Side


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each pair and branch, amounts in company currency, of the documents that the session's user may read.

	Filters: `company`, `branch` (with those below it), `customer`.
	"""
	filters = frappe._dict(filters or {})
	if not filters.company:
		frappe.throw(_("Choose {0} first.").format(_("Company")), title=_("Filters"))
	frappe.get_doc("Company", filters.company).check_permission()
	for doctype in ("Sales Invoice", "Purchase Invoice"):
		frappe.has_permission(doctype, throw=True)
	return _columns(), list(_rows(filters))


def _rows(filters: frappe._dict) -> Iterator[dict]:
	pairs = position_queries.readable_pairs(filters.customer)
	branches = access_queries.tree().with_descendants(filters.branch) if filters.branch else None
	currency = frappe.get_cached_value("Company", filters.company, "default_currency")
	for (customer, supplier), items in queries.open_items_of(pairs, filters.company).items():
		for branch, aged in sorted(ageing_rules.by_branch(items, getdate()).items()):
			if branches is None or branch in branches:
				said = {"customer": customer, "supplier": supplier, "branch": branch or None}
				yield {**said, "currency": currency, **_amounts(aged)}


def _amounts(aged: Aged) -> dict[str, float]:
	amounts = {"net": float(aged.net)}
	for side, buckets in aged.buckets.items():
		amounts[side.name.lower()] = float(aged.of(side))
		amounts |= {_field(side, place): float(amount) for place, amount in enumerate(buckets)}
	return amounts


def _field(side: Side, place: int) -> str:
	return f"{side.name.lower()}_{place}"


def _columns() -> list[dict]:
	def column(fieldname: str, label: str, fieldtype: str, options: str, width: int = 130) -> dict:
		return {
			"fieldname": fieldname,
			"label": label,
			"fieldtype": fieldtype,
			"options": options,
			"width": width,
		}

	def money(fieldname: str, label: str) -> dict:
		return column(fieldname, label, "Currency", "currency")

	labels = {Side.RECEIVABLE: _("Receivable"), Side.PAYABLE: _("Payable")}
	ages = [_("Not Due"), *(f"{first + 1}-{last}" for first, last in pairwise(LIMITS))]
	ages.append(_("Over {0}").format(LIMITS[-1]))
	return [
		column("customer", _("Customer"), "Link", "Customer", 180),
		column("supplier", _("Supplier"), "Link", "Supplier", 180),
		column("branch", _("Branch"), "Link", "Branch", 120),
		*(money(side.name.lower(), label) for side, label in labels.items()),
		money("net", _("Net")),
		*(
			money(_field(side, place), f"{label} {age}")
			for side, label in labels.items()
			for place, age in enumerate(ages)
		),
		column("currency", _("Currency"), "Link", "Currency", 80) | {"hidden": 1},
	]
