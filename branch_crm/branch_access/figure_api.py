"""Figures that workspaces and the form of a branch ask for."""

import frappe

from branch_crm.branch_access import figure_queries
from branch_crm.branch_access.registry import BRANCH


@frappe.whitelist()
def customers_without_sales_owner(filters: str | list | None = None) -> dict:
	"""Of the customers that the session's user sees, how many have a branch of his without a sales owner."""
	frappe.has_permission("Customer", "read", throw=True)
	return {
		"value": figure_queries.customers_without_sales_owner(),
		"fieldtype": "Int",
		"route": ["query-report", "Branch Customers"],
		"route_options": {"show_customers": 1, "owner": "Without Sales Owner"},
	}


@frappe.whitelist()
def figures_of(branch: str) -> list[dict]:
	"""What the session's user sees of a branch and everything below it (see `figure_queries.card_of_branch`)."""
	frappe.has_permission(BRANCH, "read", branch, throw=True)
	cards = (figure_queries.card_of_branch(card, branch) for card in figure_queries.CARDS_OF_BRANCH)
	return [card for card in cards if card]
