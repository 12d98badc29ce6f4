"""What reports group by, and how these groups lie below one another."""

from enum import Enum

from branch_crm.branch_access import queries
from branch_crm.customer_master import category_queries


class By(Enum):
	"""What customers and their documents are grouped by: the DocType of the groups."""

	TRADE_TYPE = "Trade Type"
	CATEGORY = "Customer Category"
	BRANCH = "Branch"
	CUSTOMER = "Customer"


def paths(by: By, doctype: str, branch: str | None, category: str | None) -> dict[str, tuple[str, ...]]:
	"""Of the groups that lie below one another: itself and what is above it, of `branch` or `category` and what lies below
	them if one is asked for, and as far as the session's user reaches it for `doctype`."""
	if by is By.CATEGORY:
		return category_queries.paths(category)
	if by is not By.BRANCH:
		return {}
	tree = queries.tree()
	reached = queries.reached_below(doctype, branch)
	return {
		name: (name, *(above for above in tree.ancestors_of(name) if above in reached)) for name in reached
	}
