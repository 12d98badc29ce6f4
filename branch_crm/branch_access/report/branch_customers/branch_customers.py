"""Customers by branch: the tree with their number rolled up, or the customers themselves."""

import frappe
from frappe import _
from frappe.utils import getdate

from branch_crm.branch_access import queries, responsibility_queries, rules
from branch_crm.branch_access.registry import BRANCH

OWNER_FILTERS = {
	"With Sales Owner": {"sales_owner": ["is", "set"]},
	"Without Sales Owner": {"sales_owner": ["is", "not set"]},
	"With Support Owner": {"support_owner": ["is", "set"]},
	"Without Support Owner": {"support_owner": ["is", "not set"]},
}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Rows of the branches that the user reaches, or of the customers that he sees in them.

	Filters: `branch` (with those below it), `show_customers`, and then `owner`, a key of `OWNER_FILTERS`.
	"""
	filters = frappe._dict(filters or {})
	tree = queries.tree()
	branches = queries.reached_below("Customer", filters.branch)
	if filters.show_customers:
		owner = OWNER_FILTERS.get(filters.owner, {})
		return _customer_columns(), responsibility_queries.visible_rows(
			"Customer", branches, owner, getdate()
		)
	return _branch_columns(), [_branch_row(tree, branches, *node) for node in tree.in_order(branches)]


def _branch_row(tree: rules.BranchTree, branches: set[str], name: str, indent: int) -> dict:
	"""A branch with its own customers and those of the branches below it; each customer counts once, however
	many branches it has."""
	own, _own_sales, _own_support = responsibility_queries.owner_counts("Customer", {name}, getdate())
	below = responsibility_queries.owner_counts("Customer", tree.with_descendants(name) & branches, getdate())
	return {
		"branch": name,
		"indent": indent,
		"customers": own,
		"customers_below": below[0],
		"without_sales_owner": below[1],
		"without_support_owner": below[2],
	}


def _branch_columns() -> list[dict]:
	return [
		{
			"fieldname": "branch",
			"label": _("Branch"),
			"fieldtype": "Link",
			"options": BRANCH,
			"width": 260,
		},
		_count("customers", _("Customers")),
		_count("customers_below", _("Including Branches Below"), 190),
		_count("without_sales_owner", _("Without Sales Owner"), 170),
		_count("without_support_owner", _("Without Support Owner"), 180),
	]


def _count(fieldname: str, label: str, width: int = 120) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": "Int", "width": width}


def _customer_columns() -> list[dict]:
	def link(fieldname: str, label: str, options: str, width: int = 180) -> dict:
		return {
			"fieldname": fieldname,
			"label": label,
			"fieldtype": "Link",
			"options": options,
			"width": width,
		}

	return [
		link("branch", _("Branch"), BRANCH),
		link("party", _("Customer"), "Customer", 220),
		{"fieldname": "is_primary", "label": _("Primary"), "fieldtype": "Check", "width": 80},
		link("sales_owner", _("Sales Owner"), "User"),
		link("support_owner", _("Support Owner"), "User"),
	]
