"""The figures of workspaces and of the form of a branch. All of them are what the session's user sees."""

import frappe
from frappe.utils import add_months, getdate

from branch_crm.branch_access import queries, registry, responsibility_queries
from branch_crm.branch_access.registry import By

CARD = "Number Card"

# what the form of a branch shows of it
CARDS_OF_BRANCH = (
	"Branch Customers",
	"Open Branch Leads",
	"Open Branch Opportunities",
	"Open Branch Quotations",
	"Branch Orders to Deliver",
	"Unpaid Branch Invoices",
	"Open Branch Issues",
)


def customers_without_sales_owner() -> int:
	"""Customers that nobody sells to in one of the branches that the user reaches."""
	scope = queries.scope_in_force(frappe.session.user, "Customer")
	branches = queries.tree().names if scope.all else scope.branches
	return responsibility_queries.owner_counts("Customer", branches, getdate())[1]


def sales_by_branch(company: str | None) -> list[tuple[str | None, float]]:
	"""Branch and net amount of the invoices of the last twelve months, the largest first."""
	field = registry.branch_field()
	filters = {"docstatus": 1, "posting_date": [">", add_months(getdate(), -12)]}
	return frappe.get_list(
		"Sales Invoice",
		fields=[field, "sum(base_net_total) as amount"],
		filters={**filters, "company": company} if company else filters,
		group_by=field,
		order_by="amount desc",
		limit_page_length=0,
		as_list=True,
	)


def card_of_branch(card: str, branch: str) -> dict | None:
	"""A number card counted for the branch and everything below it: `label`, `doctype`, `number` and the `filters`
	of the list that shows the same; None where the card is gone or the user may not read such documents."""
	doc = frappe.db.get_value(CARD, card, ["label", "document_type", "filters_json"], as_dict=True)
	if not doc or not frappe.has_permission(doc.document_type, "read"):
		return None
	below = [*_place_of_branch(doc.document_type), "descendants of (inclusive)", branch]
	filters = [*(row[:4] for row in frappe.parse_json(doc.filters_json)), below]
	number = frappe.get_list(
		doc.document_type,
		fields=[f"count(distinct `tab{doc.document_type}`.name) as number"],
		filters=filters,
	)[0].number
	return {"label": doc.label, "doctype": doc.document_type, "number": number, "filters": filters}


def _place_of_branch(doctype: str) -> tuple[str, str]:
	"""Where a list of `doctype` finds the branch: DocType and fieldname."""
	if registry.scoping_of(doctype) is By.ASSIGNMENTS:
		return queries.ASSIGNMENT, "branch"
	return doctype, registry.branch_field()
