"""Who can see a branch, as what, through which membership, and since when."""

import frappe

from branch_crm.branch_access import access_rows, queries


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""One row per person and membership that reaches the branch today.

	Filters: `branch`, and `with_below` for the branches below it as well.
	"""
	filters = frappe._dict(filters or {})
	tree = queries.tree()
	branches = tree.with_descendants(filters.branch) if filters.with_below else {filters.branch}
	return access_rows.columns(), access_rows.rows(None, access_rows.visible(branches))
