"""What switching scope on would change, counted beforehand: per user and DocType, now and then."""

import frappe
from frappe.model.db_query import DatabaseQuery

from branch_crm.branch_access import (
	assignment_rules,
	permissions,
	queries,
	registry,
	sharing_queries,
	team_mirror,
)
from branch_crm.branch_access.registry import BRANCH, By

_Counts = dict[tuple[str, str], int]


def dry_run() -> dict:
	"""Who sees how much now, and who would see how much then.

	Returns
	        `users`: one row per enabled desk user: `user`, `full_name`, `head_office`, `reaches` (whether any
	        branch at all), `branches` (of his rows in teams and User Permissions), `doctypes` (`{doctype:
	        {"now": int, "Head Office": int, "Everybody": int}}`, the
	        last two by who sees documents without a branch; DocTypes that he cannot read are left out);
	        `beyond`: rows `user`, `doctype`, `now`, `then` of DocTypes outside the app's registry with a link to
	        Branch, on which Frappe's User Permissions act;
	        `apart`: rows `user`, `reason` of who may be a program or gets reports by mail;
	        `withdrawn`: rows `user` (None for everyone), `kind`, `doctype`, `number` of shares, assignments and
	        follows that cross branches and are taken away until scope is switched off again;
	        `without_branch`: users who would see nothing that belongs to a branch.
	"""
	counts: _Counts = {}
	users = _desk_users()
	# what hangs on another document goes with it
	left_out = (By.ITSELF, By.ATTACHED)
	scoped = [doctype for doctype, by in registry.scoped_doctypes().items() if by not in left_out]
	linked = registry.branch_linked_doctypes()
	planned = _planned_permissions()
	rows, beyond = [], []
	for index, user in enumerate(users):
		frappe.publish_progress(100 * index / len(users), title="Branch Access", description=user.name)
		rows.append(_row_of(user, scoped, planned.get(user.name, []), counts))
		beyond += _beyond(user.name, linked, planned.get(user.name, []), counts)
	return {
		"users": rows,
		"beyond": beyond,
		"withdrawn": sharing_queries.would_be_withdrawn(),
		"apart": _apart({user.name for user in users}),
		"without_branch": [row["user"] for row in rows if not row["head_office"] and not row["reaches"]],
	}


def _desk_users() -> list[dict]:
	return frappe.get_all(
		"User",
		filters={
			"enabled": 1,
			"user_type": ["!=", "Website User"],
			"name": ["not in", ["Administrator", "Guest"]],
		},
		fields=["name", "full_name"],
		order_by="full_name",
	)


def _planned_permissions() -> dict[str, list[dict]]:
	"""What activation will write from the teams, by user, in Frappe's form and with the branches below."""
	tree = queries.tree()
	planned: dict[str, list[dict]] = {}
	for user, membership in team_mirror.wanted():
		hidden = membership.hide_descendants
		for branch in [membership.branch] if hidden else tree.with_descendants(membership.branch):
			planned.setdefault(user, []).append(frappe._dict(doc=branch, applicable_for=None))
	return planned


def _row_of(user: dict, doctypes: list[str], planned: list[dict], counts: _Counts) -> dict:
	visible = {}
	for doctype in doctypes:
		now = _visible_now(user.name, doctype)
		if now is None:
			continue
		visible[doctype] = {"now": _count(doctype, now, counts)}
		then = _visible_then(user.name, doctype, planned)
		for choice in assignment_rules.Unassigned:
			scope = permissions.condition_if_enforced(user.name, doctype, choice)
			visible[doctype][choice.value] = _count(doctype, _both(then, scope), counts)
	return {
		"user": user.name,
		"full_name": user.full_name,
		"head_office": queries.is_unrestricted(user.name),
		"reaches": any(queries.scope(user.name, doctype).branches for doctype in doctypes),
		"branches": sorted({membership.branch for membership in queries.memberships_of(user.name)}),
		"doctypes": visible,
	}


def _beyond(user: str, doctypes: list[str], planned: list[dict], counts: _Counts) -> list[dict]:
	rows = []
	for doctype in doctypes:
		now = _visible_now(user, doctype)
		if now is None:
			continue
		scope = permissions.condition_if_enforced(user, doctype, assignment_rules.Unassigned.HEAD_OFFICE)
		seen, all_of_it = _count(doctype, now, counts), _count(doctype, "", counts)
		then = _count(doctype, _both(_visible_then(user, doctype, planned), scope), counts)
		if then < all_of_it:
			rows.append({"user": user, "doctype": doctype, "now": seen, "then": then, "all": all_of_it})
	return rows


def _visible_now(user: str, doctype: str) -> str | None:
	"""Frappe's own condition for this user; None where he may not read the DocType at all."""
	if not frappe.has_permission(doctype, "read", user=user):
		return None
	return DatabaseQuery(doctype, user=user).build_match_conditions()


def _visible_then(user: str, doctype: str, planned: list[dict]) -> str:
	"""The same once the teams' User Permissions are written."""
	return _QueryThen(doctype, user, planned).build_match_conditions()


class _QueryThen(DatabaseQuery):
	"""A list's query of a user who has the planned User Permissions on Branch as well."""

	def __init__(self, doctype: str, user: str, planned: list[dict]) -> None:
		super().__init__(doctype, user=user)
		self.planned = planned

	def add_user_permissions(self, user_permissions: dict) -> None:
		branches = [*user_permissions.get(BRANCH, []), *self.planned]
		super().add_user_permissions({**user_permissions, BRANCH: branches})


def _both(first: str, second: str) -> str:
	return " and ".join(f"({condition})" for condition in (first, second) if condition)


def _count(doctype: str, condition: str, counts: _Counts) -> int:
	"""Documents that meet the condition; many users share one condition, which is counted once."""
	if (doctype, condition) not in counts:
		where = f" where {condition}" if condition else ""
		counts[doctype, condition] = frappe.db.sql(f"select count(*) from `tab{doctype}`{where}")[0][0]
	return counts[doctype, condition]


def _apart(users: set[str]) -> list[dict]:
	"""People whose account may also be a program's, or who get work done on schedule in their name."""
	found = {
		"API key": frappe.get_all("User", {"api_key": ["is", "set"]}, pluck="name"),
		"Auto Email Report": frappe.get_all("Auto Email Report", {"enabled": 1}, pluck="user"),
		"Prepared Report": frappe.get_all("Prepared Report", pluck="owner", distinct=True),
		"Auto Repeat": frappe.get_all("Auto Repeat", {"disabled": 0}, pluck="owner", distinct=True),
	}
	return [
		{"user": user, "reason": reason}
		for reason, names in found.items()
		for user in sorted(users.intersection(names))
		if not queries.is_unrestricted(user)
	]
