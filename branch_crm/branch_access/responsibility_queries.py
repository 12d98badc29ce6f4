"""Every read of who was responsible when, and of the rows that say who is."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime

import frappe
from frappe.model.db_query import DatabaseQuery

from branch_crm.branch_access import queries, registry, rules, statements, team_queries
from branch_crm.branch_access.responsibility_rules import Term
from branch_crm.branch_access.rules import Function

RECORD = "Branch Responsibility"
COLUMNS = ("branch", "function", "user", "from_time", "to_time")

_PAGE = 1000


def kept_terms(doctype: str, names: Collection[str], now: datetime) -> dict[str, dict[str, Term]]:
	"""The terms of each of these masters that have not ended, keyed by the name of their record."""
	found: dict[str, dict[str, Term]] = defaultdict(dict)
	for row in frappe.get_all(
		RECORD,
		filters={"party_type": doctype, "party": ["in", list(names)]},
		or_filters=[["to_time", "is", "not set"], ["to_time", ">", now]],
		fields=["name", "party", *COLUMNS],
	):
		found[row.party][row.name] = _term(row)
	return found


def rows_without_record() -> Iterator[list[dict]]:
	"""Branch rows of masters whose branch has no record yet, in pages: what was there before the history."""
	after = ""
	filters = {"parenttype": ["in", registry.assigned_doctypes()]}
	columns = ["name", "parenttype", "parent", "owner", "creation", *queries.COLUMNS]
	while page := frappe.get_all(
		queries.ASSIGNMENT, {**filters, "name": [">", after]}, columns, order_by="name", limit=_PAGE
	):
		after = page[-1].name
		parties = {
			"party_type": ["in", list({row.parenttype for row in page})],
			"party": ["in", list({row.parent for row in page})],
		}
		known = set(frappe.get_all(RECORD, parties, ["party_type", "party", "branch"], as_list=True))
		if rows := [row for row in page if (row.parenttype, row.parent, row.branch) not in known]:
			yield rows


def history_of(doctype: str, name: str, branches: rules.Scope) -> list[dict]:
	"""The records of one master in branches of this scope, by branch and function, the newest first."""
	filters = {"party_type": doctype, "party": name}
	if not branches.all:
		filters["branch"] = ["in", sorted(branches.branches) or [""]]
	return frappe.get_all(
		RECORD, filters, ["owner", *COLUMNS], order_by="branch, function, from_time desc, creation desc"
	)


def owners_in(doctype: str, branches: Collection[str], owner: str) -> set[tuple[str, str]]:
	"""Branch and owner (`owner` is the column) wherever masters of `doctype` name one in these branches."""
	row = frappe.qb.DocType(queries.ASSIGNMENT)
	return set(
		frappe.qb.from_(row)
		.select(row.branch, row[owner])
		.distinct()
		.where((row.parenttype == doctype) & row.branch.isin(list(branches) or [""]) & (row[owner] != ""))
		.run()
	)


def teams(doctype: str, today: date) -> dict[str, set[str]]:
	"""The users who reach each branch by a membership that counts `today` for `doctype`."""
	found: dict[str, set[str]] = defaultdict(set)
	tree = queries.tree()
	for user, memberships in team_queries.by_user(team_queries.access_of(None, today)).items():
		for branch in rules.scope_of(memberships, tree, doctype).branches:
			found[branch].add(user)
	return found


def enabled_among(users: Collection[str]) -> set[str]:
	return set(frappe.get_all("User", {"name": ["in", list(users)], "enabled": 1}, pluck="name"))


def _term(row: dict) -> Term:
	return Term(row.branch, Function(row.function), row.user or None, row.from_time, row.to_time)


def visible_rows(doctype: str, branches: Collection[str], filters: dict, today: date) -> list[dict]:
	"""The branch rows valid today of the masters that the session's user may see: `party`, `branch`,
	`is_primary`, `sales_owner`, `support_owner`. `filters` are on the rows."""
	if not branches:
		return []
	rows = frappe.get_list(
		doctype,
		fields=["name as party", *(f"`tab{queries.ASSIGNMENT}`.{column}" for column in queries.COLUMNS)],
		filters=[
			[queries.ASSIGNMENT, "branch", "in", sorted(branches)],
			*([queries.ASSIGNMENT, field, *condition] for field, condition in filters.items()),
		],
		order_by=f"`tab{queries.ASSIGNMENT}`.branch, `tab{doctype}`.name",
		limit_page_length=0,
	)
	return [row for row in rows if queries.assignment_from(row).is_active_on(today)]


def owner_counts(doctype: str, branches: Collection[str], today: date) -> tuple[int, int, int]:
	"""Of the masters that the session's user sees in `branches`: how many, how many without a sales owner
	there, how many without a support owner."""
	if not branches:
		return (0, 0, 0)
	visible = DatabaseQuery(doctype, user=frappe.session.user).build_match_conditions()
	return frappe.db.sql(*statements.owner_counts(doctype, branches, today, visible))[0]
