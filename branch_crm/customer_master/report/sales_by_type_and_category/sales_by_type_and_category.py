"""Customers and what was sold to them, by trade type, customer category or branch."""

from collections.abc import Iterator
from functools import partial

import frappe
from frappe import _
from frappe.utils import flt, getdate

from branch_crm.customer_master import group_queries, sales_queries, tree_rules
from branch_crm.customer_master.group_queries import By
from branch_crm.customer_master.sales_queries import CUSTOMER, Asked
from branch_crm.customer_master.sales_rules import Figures
from branch_crm.customer_master.tree_rules import NONE

GROUPS = (By.TRADE_TYPE, By.CATEGORY, By.BRANCH)
NUMBERS = ("customers", "new_customers")
_REQUIRED = ("company", "from_date", "to_date")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each group, those below it, and their total; amounts in company currency, those that the user's roles
	let him read.

	Filters: `company`, `from_date`, `to_date`, `group_by` (one of `GROUPS`, the first by default), `then_by` (another
	one, or "Customer"), `branch` and `customer_category` (with those below them), `trade_type`.
	"""
	filters = frappe._dict(filters or {})
	if missing := [field for field in _REQUIRED if not filters.get(field)]:
		frappe.throw(
			_("Choose {0} first.").format(", ".join(_(frappe.unscrub(field)) for field in missing)),
			title=_("Filters"),
		)
	node, part = _groups(filters)
	asked = Asked(
		filters.company,
		getdate(filters.from_date),
		getdate(filters.to_date),
		filters.branch,
		filters.trade_type,
		filters.customer_category,
	)
	amounts = sales_queries.amounts_shown()
	return _columns(node, part, amounts), list(_rows(asked, node, part, amounts))


def _groups(filters: frappe._dict) -> tuple[By, By | None]:
	node = filters.group_by or GROUPS[0].value
	part = filters.then_by or None
	if node not in {by.value for by in GROUPS} or part not in {None, *(by.value for by in By)} - {node}:
		frappe.throw(
			_("Group by {0}, and then by another one of them or by {1}.").format(
				", ".join(_(by.value) for by in GROUPS), _(By.CUSTOMER.value)
			),
			title=_("Filters"),
		)
	return By(node), By(part) if part else None


def _rows(asked: Asked, node: By, part: By | None, amounts: list[str]) -> Iterator[dict]:
	shares = sales_queries.shares(asked, node, part)
	figures = partial(_figures, amounts, frappe.get_precision("Sales Invoice", "base_net_total"))
	currency = frappe.get_cached_value("Company", asked.company, "default_currency")
	paths = group_queries.paths(node, CUSTOMER, asked.branch, asked.category)
	for row in tree_rules.roll_up(shares, paths, with_parts=bool(part)):
		by, name = (node, row.node) if row.part is None else (part, row.part)
		entry = {"document_type": by.value, "entry": name}
		if name == NONE:
			entry = {"document_type": None, "entry": _("Without {0}").format(_(by.value))}
		yield {"indent": row.depth, **entry, "currency": currency, **figures(row.figures)}
	if shares:
		total = figures(tree_rules.total(shares, Figures()))
		yield {"indent": 0, "entry": _("Total"), "is_total": 1, "currency": currency, **total}


def _figures(amounts: list[str], precision: int, figures: Figures) -> dict[str, float]:
	numbers = {name: getattr(figures, name) for name in NUMBERS}
	return numbers | {name: flt(getattr(figures, name), precision) for name in amounts}


def _columns(node: By, part: By | None, amounts: list[str]) -> list[dict]:
	labels = {
		"customers": _("Customers"),
		"new_customers": _("New Customers"),
		"ordered": _("Ordered"),
		"invoiced": _("Invoiced"),
		"receivable": _("Receivable"),
	}

	def column(fieldname: str, fieldtype: str, **more: object) -> dict:
		return {
			"fieldname": fieldname,
			"label": labels[fieldname],
			"fieldtype": fieldtype,
			"width": 140,
			**more,
		}

	return [
		{
			"fieldname": "entry",
			"label": " / ".join(_(by.value) for by in (node, part) if by),
			"fieldtype": "Dynamic Link",
			"options": "document_type",
			"width": 300,
		},
		*(column(name, "Int") for name in NUMBERS),
		*(column(name, "Currency", options="currency") for name in amounts),
	]
