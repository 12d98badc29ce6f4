"""What the form of a branch asks about its team."""

import frappe

from branch_crm.branch_access import queries, team_queries
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


def keeps_team(branch: str) -> bool:
	"""Whether branches let the session's user change this team; his roles are asked when he saves."""
	return not queries.is_enforced() or queries.managed_scope(frappe.session.user).reaches(branch)
