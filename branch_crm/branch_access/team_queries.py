"""Every read of teams, and of the User Permissions beside them, from the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

import frappe
from frappe.utils import getdate

from branch_crm.branch_access.registry import BRANCH
from branch_crm.branch_access.rules import Function, Membership
from branch_crm.branch_access.team_rules import Access, TeamRow

TEAM_MEMBER = "Branch Team Member"
USER_PERMISSION = "User Permission"
OWNED = "branch_team"

_FUNCTIONS = {function.value: function for function in Function}
_COLUMNS = (
	"user",
	"function",
	"item_group",
	"capacity",
	"from_date",
	"to_date",
	"include_descendants",
	"is_default",
)


def access_of(users: Collection[str] | None, today: date) -> list[Access]:
	"""The memberships that count `today` of these users (None: of all): first the User Permissions made by hand,
	then the rows of the teams, each the oldest first."""
	return [*_by_hand(users), *_in_teams(users, today)]


def access_by_hand(branch: str) -> list[Access]:
	"""The User Permissions on this branch that were made by hand."""
	return _by_hand(None, branch)


def team_by_row(branch: str) -> dict[str, TeamRow]:
	"""The stored team of one branch, keyed by row name."""
	return _rows({"parenttype": BRANCH, "parent": branch}, "idx")


def when_written(branch: str) -> dict[str, datetime]:
	"""When each row of a branch's team was written first, keyed by row name."""
	filters = {"parenttype": BRANCH, "parent": branch}
	return dict(frappe.get_all(TEAM_MEMBER, filters, ["name", "creation"], as_list=True))


def defaults_elsewhere(users: Collection[str], branch: str) -> list[TeamRow]:
	"""The default rows of these users in other branches."""
	filters = {"parenttype": BRANCH, "parent": ["!=", branch], "user": ["in", list(users)], "is_default": 1}
	return list(_rows(filters, "creation").values()) if users else []


def team_row_from(row: dict, branch: str) -> TeamRow:
	"""A row of a team, stored or not, as the rules know it; an unknown function is the least one."""
	return TeamRow(
		user=row.get("user"),
		branch=branch,
		function=_FUNCTIONS.get(row.get("function"), Function.VIEWER),
		item_group=row.get("item_group") or None,
		capacity=int(row.get("capacity") or 0),
		from_date=getdate(row.get("from_date")) if row.get("from_date") else None,
		to_date=getdate(row.get("to_date")) if row.get("to_date") else None,
		include_descendants=bool(row.get("include_descendants")),
		is_default=bool(row.get("is_default")),
	)


def values_of(row: TeamRow) -> dict:
	"""The columns of a row as they are stored."""
	return {column: getattr(row, column) for column in _COLUMNS} | {"function": row.function.value}


def by_user(access: Iterable[Access]) -> dict[str, list[Membership]]:
	"""The memberships of each user, in their order."""
	result: dict[str, list[Membership]] = defaultdict(list)
	for one in access:
		result[one.user].append(one.membership)
	return result


def by_hand_and_in_teams(
	users: Collection[str] | None, today: date
) -> tuple[dict[str, list[Membership]], dict[str, list[Membership]]]:
	"""The memberships of each user, those made by hand apart from those of the teams."""
	return by_user(_by_hand(users)), by_user(_in_teams(users, today))


def owned_permissions(users: Collection[str] | None) -> dict[str, tuple[str, Membership]]:
	"""The User Permissions that the teams own, keyed by name: user, and what they say."""
	filters = {"allow": BRANCH, OWNED: 1, **_of(users)}
	return {row.name: (row.user, _membership(row)) for row in _permissions(filters)}


def full_names(users: Collection[str]) -> dict[str, str]:
	rows = frappe.get_all("User", {"name": ["in", list(users)]}, ["name", "full_name"], as_list=True)
	return dict(rows) if users else {}


def desk_users(users: Collection[str] | None) -> dict[str, str]:
	"""Those of `users` (None: all) who can log in to the desk, with their full names; without Administrator."""
	filters = [["enabled", "=", 1], ["user_type", "=", "System User"], ["name", "!=", "Administrator"]]
	if users is not None:
		filters.append(["name", "in", list(users)])
	rows = frappe.get_all("User", filters, ["name", "full_name"])
	return {row.name: row.full_name or row.name for row in rows}


def _by_hand(users: Collection[str] | None, branch: str | None = None) -> list[Access]:
	filters = {"allow": BRANCH, OWNED: 0, **_of(users), **({"for_value": branch} if branch else {})}
	return [Access(row.user, _membership(row), getdate(row.creation)) for row in _permissions(filters)]


def _in_teams(users: Collection[str] | None, today: date) -> list[Access]:
	row, user = frappe.qb.DocType(TEAM_MEMBER), frappe.qb.DocType("User")
	query = (
		frappe.qb.from_(row)
		.join(user)
		.on(user.name == row.user)
		.select(row.parent, row.creation, *(row[column] for column in _COLUMNS))
		.where((row.parenttype == BRANCH) & (user.enabled == 1))
		.where(row.from_date.isnull() | (row.from_date <= today))
		.where(row.to_date.isnull() | (row.to_date >= today))
		.orderby(row.creation)
		.orderby(row.parent)
		.orderby(row.idx)
	)
	if users is not None:
		query = query.where(row.user.isin(list(users) or [""]))
	return [
		Access(
			found.user,
			team_row_from(found, found.parent).membership,
			getdate(found.from_date or found.creation),
			found.to_date,
		)
		for found in query.run(as_dict=True)
	]


def _rows(filters: dict, order: str) -> dict[str, TeamRow]:
	rows = frappe.get_all(TEAM_MEMBER, filters, ["name", "parent", *_COLUMNS], order_by=order)
	return {row.name: team_row_from(row, row.parent) for row in rows}


def _permissions(filters: dict) -> list[dict]:
	return frappe.get_all(
		USER_PERMISSION,
		filters=filters,
		fields=["name", "user", "for_value", "applicable_for", "hide_descendants", "is_default", "creation"],
		order_by="creation",
	)


def _membership(row: dict) -> Membership:
	return Membership(
		row.for_value, row.applicable_for or None, bool(row.hide_descendants), bool(row.is_default)
	)


def _of(users: Collection[str] | None) -> dict:
	return {} if users is None else {"user": ["in", list(users)]}
