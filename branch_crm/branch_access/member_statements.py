"""The SQL that counts what chooses the shape of a list's condition (`statements.is_few`)."""

from datetime import date

from branch_crm.branch_access.statements import PAGE, VALID, Condition


def member_counts(doctype: str, today: date) -> Condition:
	"""A whole query: branch and its number of valid rows on masters of `doctype`; "" are the unassigned."""
	return (
		"select branch, count(*) from `tabBranch Assignment` assignment"
		f" where parenttype = %s and {VALID} group by branch"
		f" union all select '', count(*) from `tab{doctype}` where is_unassigned = 1",
		[doctype, today, today],
	)


def row_counts(doctype: str, row: str, field: str) -> Condition:
	"""A whole query: branch and the number of documents of `doctype` that have rows of it; "" are those that have
	rows without a branch."""
	branch = f"ifnull(line.`{field}`, '')"
	return (
		f"select {branch}, count(distinct line.parent) from `tab{row}` line where line.parenttype = %s"
		f" group by {branch}",
		[doctype],
	)


def depth(doctype: str, branch: str) -> Condition:
	"""A whole query: how many documents a list sorted by `modified` shows before it has shown a page of
	those of `branch` ("" for the unassigned); all of them where there is no full page."""
	if not branch:
		return _depth(doctype, f"`tab{doctype}` member where member.is_unassigned = 1", [])
	members = (
		f"`tabBranch Assignment` assignment join `tab{doctype}` member on member.name = assignment.parent"
		" where assignment.branch = %s and assignment.parenttype = %s"
	)
	return _depth(doctype, members, [branch, doctype])


def row_depth(doctype: str, row: str, field: str, branch: str) -> Condition:
	"""The same for documents that have rows of `branch` ("" for rows without one)."""
	rows = f"select line.parent from `tab{row}` line where line.parenttype = %s and ifnull(line.`{field}`, '') = %s"
	return _depth(doctype, f"`tab{doctype}` member where member.name in ({rows})", [doctype, branch])


def _depth(doctype: str, members: str, parameters: list) -> Condition:
	last = f"select member.modified from {members} order by member.modified desc limit 1 offset {PAGE - 1}"
	return f"select count(*) from `tab{doctype}` where modified >= ifnull(({last}), 0)", parameters
