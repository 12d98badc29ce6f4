"""How many members the branches have, kept for the choice of a list's condition."""

from collections.abc import Collection
from datetime import date

import frappe

from branch_crm.branch_access import member_statements, registry, statements
from branch_crm.branch_access.registry import By

_MEMBERS = "branch_access:members"
_COUNT_OF_LIST = "frappe.desk.reportview.get_count"


def is_few(doctype: str, branches: Collection[str], with_unassigned: bool) -> bool:
	"""Which shape the condition of this scope takes, by the figures that a job keeps; nothing is counted here."""
	kept = frappe.cache.get_value(
		_MEMBERS,
		lambda: frappe.get_all(
			"Branch Member Count",
			fields=["document_type", "branch", "members", "depth", "documents"],
			as_list=True,
		),
	)
	wanted = {*branches, ""} if with_unassigned else set(branches)
	found = [row[2:] for row in kept if row[0] == doctype and (row[1] or "") in wanted]
	return statements.is_few(
		[statements.Figures(members, depth) for members, depth, _documents in found],
		max((documents for _members, _depth, documents in found), default=0),
		counting=frappe.local.form_dict.get("cmd") == _COUNT_OF_LIST,
	)


def counted_members(doctype: str, today: date) -> list[tuple[str, int, int, int]]:
	"""Branch ("" for the unassigned), number of members today, depth in the list, and the number of all
	documents, counted."""
	documents = frappe.db.count(doctype)
	if registry.scoping_of(doctype) is By.ROWS:
		rows = (registry.rows_of(doctype), registry.branch_field())
		counts = member_statements.row_counts(doctype, *rows)
		return [
			(branch, members, _value(member_statements.row_depth(doctype, *rows, branch)), documents)
			for branch, members in frappe.db.sql(*counts)
		]
	return [
		(branch, members, _value(member_statements.depth(doctype, branch)), documents)
		for branch, members in frappe.db.sql(*member_statements.member_counts(doctype, today))
	]


def counted_doctypes() -> list[str]:
	"""The registered DocTypes whose list takes one shape or another."""
	return [name for name, by in registry.scoped_doctypes().items() if by in (By.ASSIGNMENTS, By.ROWS)]


def forget_member_counts() -> None:
	frappe.cache.delete_value(_MEMBERS)


def _value(query: statements.Condition) -> int:
	return frappe.db.sql(*query)[0][0]
