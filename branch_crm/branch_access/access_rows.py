"""Who reaches which branch: the rows of the two reports on access."""

from collections.abc import Collection

import frappe
from frappe import _
from frappe.utils import getdate

from branch_crm.branch_access import queries, rules, team_queries
from branch_crm.branch_access.registry import BRANCH
from branch_crm.branch_access.team_rules import Access


def visible(branches: Collection[str]) -> set[str]:
	"""Those of `branches` whose people the session's user may know: System Manager and head office all."""
	user = frappe.session.user
	if "System Manager" in frappe.get_roles(user):
		return set(branches)
	reached = queries.scope_in_force(user, BRANCH)
	return {branch for branch in branches if reached.reaches(branch)}


def rows(users: Collection[str] | None, branches: Collection[str]) -> list[dict]:
	"""One row per enabled desk user (None: all), branch of `branches` and membership that reaches it today; of
	head office one row per branch."""
	names = team_queries.desk_users(users)
	head_office = {user for user in _candidates(names) if queries.is_unrestricted(user)}
	found = [_row(user, names[user], branch) for user in head_office for branch in branches]
	tree = queries.tree()
	for access in team_queries.access_of(names, getdate()):
		membership = access.membership
		if access.user not in head_office:
			reached = rules.scope_of([membership], tree, membership.doctype).branches
			found += [
				_row(access.user, names[access.user], branch, access) for branch in reached & set(branches)
			]
	return sorted(found, key=lambda row: (row["branch"], row["full_name"], row["through"], row["function"]))


def columns() -> list[dict]:
	# Frappe drops rows that link to a branch outside of the reader's User Permissions, as that of a manager above
	return [
		_column("branch", _("Branch")),
		_column("user", _("User"), "Link", "User", 200),
		_column("full_name", _("Full Name")),
		_column("function", _("Function"), width=110),
		_column("through", _("Through Branch")),
		_column("document_type", _("Only For"), "Link", "DocType", 110),
		_column("since", _("Since"), "Date", width=110),
		_column("until", _("Until"), "Date", width=110),
	]


def _candidates(names: Collection[str]) -> set[str]:
	holders = frappe.get_all("Has Role", {"role": queries.HEAD_OFFICE, "parenttype": "User"}, pluck="parent")
	return set(names).intersection(holders)


def _row(user: str, full_name: str, branch: str, access: Access | None = None) -> dict:
	membership = access.membership if access else None
	if membership is None:
		function = _("Head Office")
	else:
		function = _(membership.function.value) if membership.function else _("By Hand")
	return {
		"branch": branch,
		"user": user,
		"full_name": full_name,
		"function": function,
		"through": membership.branch if membership else "",
		"document_type": membership.doctype if membership else None,
		"since": access.since if access else None,
		"until": access.until if access else None,
	}


def _column(fieldname: str, label: str, fieldtype: str = "Data", options: str = "", width: int = 160) -> dict:
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": fieldtype,
		"options": options,
		"width": width,
	}
