"""What a person can see: which branches, as what, through which membership, and since when."""

import frappe

from branch_crm.branch_access import access_rows, queries


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""One row per branch and membership by which the person reaches it today.

	Filters: `user`.
	"""
	filters = frappe._dict(filters or {})
	users = {filters.user} if filters.user else set()
	return access_rows.columns(), access_rows.rows(users, access_rows.visible(queries.tree().names))
