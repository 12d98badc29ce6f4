"""The User Permissions that repeat the teams to Frappe, which knows nothing else. They are written and removed here
only, and never count by themselves."""

from collections.abc import Collection

import frappe
from frappe.utils import getdate, now_datetime

from branch_crm.branch_access import queries, team_queries, team_rules
from branch_crm.branch_access.registry import BRANCH
from branch_crm.branch_access.rules import Membership

_COLUMNS = (
	"name",
	"owner",
	"modified_by",
	"creation",
	"modified",
	"user",
	"allow",
	"for_value",
	"apply_to_all_doctypes",
	"hide_descendants",
	"is_default",
	team_queries.OWNED,
)


def bring_up_to_date(users: Collection[str] | None = None) -> None:
	"""While scope is on, the teams own just the User Permissions that their rows ask for today; while it is off,
	none. Can be repeated, and says nothing of those made by hand.

	Arguments:
	        users: look only at these; None for all.
	"""
	missing = wanted(users) if queries.is_enforced() else set()
	stale: dict[str, str] = {}
	for name, permission in team_queries.owned_permissions(users).items():
		if permission in missing:
			missing.remove(permission)
		else:
			stale[name] = permission[0]
	if not missing and not stale:
		return
	if stale:
		frappe.db.delete(team_queries.USER_PERMISSION, {"name": ["in", list(stale)]})
	_insert(missing)
	queries.forget_scopes()
	for user in {*stale.values(), *(user for user, _membership in missing)}:
		frappe.publish_realtime("update_user_permissions", user=user, after_commit=True)


def wanted(users: Collection[str] | None = None) -> set[tuple[str, Membership]]:
	"""The User Permissions that the teams would own today, whether scope is on or not: user, and what it says."""
	by_hand, team = team_queries.by_hand_and_in_teams(users, getdate())
	tree = queries.tree()
	return {
		(user, membership)
		for user, memberships in team.items()
		# Frappe would limit whom branches do not
		if not queries.is_unrestricted(user)
		for membership in team_rules.mirrored(by_hand.get(user, ()), memberships, tree)
	}


def _insert(permissions: set[tuple[str, Membership]]) -> None:
	now, me = now_datetime(), frappe.session.user
	frappe.db.bulk_insert(
		team_queries.USER_PERMISSION,
		_COLUMNS,
		[
			(
				*(frappe.generate_hash(length=10), me, me, now, now, user, BRANCH, membership.branch, 1),
				*(int(membership.hide_descendants), int(membership.is_default), 1),
			)
			for user, membership in sorted(permissions, key=lambda item: (item[0], item[1].branch))
		],
	)
