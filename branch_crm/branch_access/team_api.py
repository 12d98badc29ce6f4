"""What forms ask about the team of a branch and about functions in it."""

import frappe
from frappe.desk.form import load
from frappe.permissions import check_doctype_permission

from branch_crm.branch_access import (
	guard_queries,
	permissions,
	queries,
	satellite_api,
	team_permissions,
	team_queries,
	team_rules,
)
from branch_crm.branch_access.registry import BRANCH


@frappe.whitelist()
def beside_team(branch: str) -> dict:
	"""What stands beside a branch's team on its form.

	Returns `by_hand`, the User Permissions on this branch that were made by hand (`user`, `full_name`, `doctype`
	where it is limited to one, `hide_descendants`, `is_default`, `since`), and `keeps_team`, whether the session's
	user may change the team.
	"""
	frappe.has_permission(BRANCH, "read", branch, throw=True)
	found = team_queries.access_by_hand(branch)
	names = team_queries.full_names({one.user for one in found})
	return {
		"by_hand": [
			{
				"user": one.user,
				"full_name": names.get(one.user) or one.user,
				"doctype": one.membership.doctype,
				"hide_descendants": one.membership.hide_descendants,
				"is_default": one.membership.is_default,
				"since": one.since,
			}
			for one in found
		],
		"keeps_team": keeps_team(branch),
	}


@frappe.whitelist()
def getdoc(doctype: str, name: str) -> list | None:
	"""Frappe's own for opening a form, which asks whether the document may be read; but a document of another branch
	is not there, as one that is yet to be made is not, and the form offers a Viewer nothing that would be refused.
	Frappe asks the permission hooks there for no right in particular."""
	if queries.is_limited() and doctype and name and guard_queries.is_judged(doctype):
		if not permissions.reached_of(doctype, [name], frappe.session.user).get(name):
			check_doctype_permission(doctype)
			return []
	answer = load.getdoc(doctype, name)
	if _is_only_viewed(frappe.session.user):
		rights = frappe.response["docinfo"]["permissions"]
		rights.update({right: 0 for right in rights if right not in {*team_rules.READING, "if_owner"}})
	if "docinfo" in frappe.response:
		satellite_api.without_what_is_foreign(frappe.response["docinfo"])
	if queries.is_limited():
		_show_names()
	return answer


def keeps_team(branch: str) -> bool:
	"""Whether branches let the session's user change this team; his roles are asked when he saves."""
	return not queries.is_enforced() or queries.managed_scope(frappe.session.user).reaches(branch)


def _show_names() -> None:
	"""No titles stand for the names of what branches limit: the title of a foreign document is not told."""
	titles = frappe.response.get("_link_titles", {})
	for key in [key for key in titles if guard_queries.is_judged(key.split("::")[0])]:
		del titles[key]


def _is_only_viewed(user: str) -> bool:
	"""Whether `user` reaches the document of this response with nothing but reading functions."""
	if not frappe.response.docs or not queries.is_limited_by_branch(user):
		return False
	return not team_permissions.allows(frappe.response.docs[-1], "write", user)
