"""Every read of branches, memberships and assignments from the database."""

from collections.abc import Collection
from datetime import date

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import getdate
from frappe.utils.caching import request_cache

from branch_crm.branch_access import registry, statements, team_queries
from branch_crm.branch_access.assignment_rules import Assignment, Unassigned
from branch_crm.branch_access.registry import BRANCH, By
from branch_crm.branch_access.rules import Branch, BranchTree, Membership, Scope, scope_of

SETTINGS = "Branch Access Settings"
ASSIGNMENT = "Branch Assignment"
HEAD_OFFICE = "Branch Head Office"

# documents that carry their branches in a column, or in rows
CARRIED = (By.COLUMN, By.OPTIONAL, By.ROWS)
# Frappe 15 lets the first answer decide that is not None; 16 asks every hook and reads None as no
NO_OBJECTION = None if frappe.__version__.startswith("15.") else True

DRY_RUN = "branch_access:dry_run:{}"
COLUMNS = ("branch", "is_primary", "sales_owner", "support_owner", "from_date", "to_date")


def is_enforced() -> bool:
	return _settings().get("enforced") == "1"


def who_sees_unassigned() -> Unassigned:
	"""The answer given at activation; until there is one, the narrower."""
	answer = _settings().get("unassigned_visible_to")
	return Unassigned(answer) if answer else Unassigned.HEAD_OFFICE


def is_party_branch_strict() -> bool:
	"""Whether a document of a branch that its party does not belong to is refused, rather than warned of."""
	return _settings().get("branch_of_party") != "Warn"


def are_unknown_refused() -> bool:
	"""Whether methods of other apps are closed to restricted users, rather than judged by their arguments."""
	return _settings().get("methods_of_other_apps") == "Refuse"


def may_shares_cross() -> bool:
	"""Whether documents are shared with, and assigned to, people who do not reach their branches."""
	return _settings().get("shares_cross_branches") == "1"


def required_owners() -> list[str]:
	"""The owners that every branch row of a master has to name."""
	return [
		owner for owner in ("sales_owner", "support_owner") if _settings().get(f"{owner}_required") == "1"
	]


@request_cache
def _settings() -> dict:
	"""Read anew in each request: a reader that began before a commit would leave what was true then in Redis."""
	return frappe.db.get_singles_dict(SETTINGS)


def sees_all(user: str) -> bool:
	"""Whether neither branches nor parties limit this user: Administrator and head office."""
	return user == "Administrator" or (user != "Guest" and HEAD_OFFICE in frappe.get_roles(user))


def is_portal_user(user: str) -> bool:
	"""Whether this is a website user, who sees what is of his own parties, in whatever branch."""
	if user == "Guest" or sees_all(user):
		return False
	return frappe.get_cached_value("User", user, "user_type") == "Website User"


def is_by_party(user: str) -> bool:
	"""Whether parties limit this user instead of branches: website users, and guests, who have none."""
	return user == "Guest" or is_portal_user(user)


def is_unrestricted(user: str) -> bool:
	"""Whether branches do not limit this user: whoever sees all, and whoever is judged by party instead."""
	return is_by_party(user) or sees_all(user)


def is_limited(user: str | None = None) -> bool:
	"""Whether branches or parties limit the user (the session's if none is given) today."""
	return not sees_all(user or frappe.session.user) and is_enforced()


def is_limited_by_branch(user: str | None = None) -> bool:
	"""Whether branches limit the user (the session's if none is given) today."""
	return not is_unrestricted(user or frappe.session.user) and is_enforced()


def branch_field() -> str:
	"""The column of documents that holds their branch."""
	return registry.branch_field()


@request_cache
def tree() -> BranchTree:
	"""The branches and how they nest; read anew in each request, as the settings are."""
	nodes = frappe.get_all(BRANCH, fields=["name", "parent_branch", "enabled", "company"], as_list=True)
	return BranchTree(
		Branch(name, parent or None, bool(enabled), company or None)
		for name, parent, enabled, company in nodes
	)


def memberships_of(user: str) -> list[Membership]:
	"""What counts today: the user's User Permissions on Branch that were made by hand, then his rows in the teams
	of branches, each the oldest first. The User Permissions that the teams own only repeat these rows."""
	return _memberships_of(user, getdate())


@request_cache
def _memberships_of(user: str, today: date) -> list[Membership]:
	return [access.membership for access in team_queries.access_of([user], today)]


def open_memberships_of(user: str) -> list[Membership]:
	"""Those of branches that take new documents, and that let him make some."""
	branches = tree()
	return [one for one in memberships_of(user) if one.works and branches.is_enabled(one.branch)]


def scope(user: str, doctype: str | None = None) -> Scope:
	"""What `user` reaches while scope is on; kept for the request, forgotten on any change."""
	return Scope(all=True) if is_unrestricted(user) else _restricted_scope(user, doctype, getdate())


@request_cache
def _restricted_scope(user: str, doctype: str | None, today: date) -> Scope:
	return scope_of(memberships_of(user), tree(), doctype)


def working_scope(user: str, doctype: str | None = None) -> Scope:
	"""The branches where `user` does more than read."""
	if is_unrestricted(user):
		return Scope(all=True)
	return scope_of((one for one in memberships_of(user) if one.works), tree(), doctype)


def working_scope_in_force(user: str, doctype: str | None = None) -> Scope:
	"""Where `user` may write today: everywhere while scope is off."""
	return working_scope(user, doctype) if is_enforced() else Scope(all=True)


def managed_scope(user: str) -> Scope:
	"""The branches whose team and place in the tree `user` keeps."""
	if is_unrestricted(user):
		return Scope(all=True)
	return scope_of((one for one in memberships_of(user) if one.manages), tree(), BRANCH)


def any_scope(user: str) -> Scope:
	"""All branches that `user` reaches for whatever DocType."""
	if is_unrestricted(user):
		return Scope(all=True)
	doctypes = {None} | {membership.doctype for membership in memberships_of(user)}
	return Scope(branches=frozenset().union(*(scope(user, doctype).branches for doctype in doctypes)))


def scope_in_force(user: str, doctype: str | None = None) -> Scope:
	"""What limits `user` today: nothing while scope is off."""
	return scope(user, doctype) if is_enforced() else Scope(all=True)


def reached_below(doctype: str, branch: str | None) -> set[str]:
	"""The branches that the session's user reaches for `doctype`, of `branch` and those below it if one is given."""
	reached = scope_in_force(frappe.session.user, doctype)
	wanted = tree().with_descendants(branch) if branch else tree().names
	return {name for name in wanted if reached.reaches(name)}


def forget_scopes() -> None:
	"""To be called after any change of branches, memberships or settings: the next look is a fresh one."""
	if hasattr(frappe.local, "request_cache"):
		frappe.local.request_cache.clear()
	frappe.cache.delete_key("user_permissions")
	# a reader that began before the commit may have kept what was true then
	frappe.db.after_commit.add(lambda: frappe.cache.delete_value("user_permissions"))


def set_unassigned_flags(doctype: str) -> None:
	"""Set right, of all masters, the flag of those that belong to no branch, after what no event of theirs told."""
	frappe.db.sql(*statements.unassigned_flags(doctype, registry.always_visible(doctype)))


def assignments_by_row(doctype: str, name: str) -> dict[str, Assignment]:
	"""The stored branch rows of one master, keyed by row name."""
	return assignments_of(doctype, [name])[name]


def assignments_of(doctype: str, names: Collection[str]) -> dict[str, dict[str, Assignment]]:
	"""The stored branch rows of each of these masters, keyed by row name."""
	rows = frappe.get_all(
		ASSIGNMENT,
		filters={"parenttype": doctype, "parent": ["in", list(names)]},
		fields=["name", "parent", *COLUMNS],
		order_by="idx",
	)
	found: dict[str, dict[str, Assignment]] = {name: {} for name in names}
	for row in rows:
		found[row.parent][row.name] = assignment_from(row)
	return found


def assignment_from(row: dict) -> Assignment:
	"""A row of the branch table, stored or not, as the rules know it."""
	return Assignment(
		branch=row.get("branch"),
		is_primary=bool(row.get("is_primary")),
		sales_owner=row.get("sales_owner") or None,
		support_owner=row.get("support_owner") or None,
		from_date=getdate(row.get("from_date")) if row.get("from_date") else None,
		to_date=getdate(row.get("to_date")) if row.get("to_date") else None,
	)


def carrier_of(doctype: str, name: str) -> tuple[str, str] | None:
	"""The document (DocType, name) that a stored one hangs on; None where it is not stored."""
	return carriers_of(doctype, [name]).get(name)


def carriers_of(doctype: str, names: Collection[str]) -> dict[str, tuple[str, str]]:
	"""By the name of each stored one of these documents, the document (DocType, name) that it hangs on."""
	fields = ["name", *registry.attached_to(doctype)]
	rows = frappe.get_all(doctype, {"name": ["in", list(names)]}, fields, order_by=None, as_list=True)
	return {name: (carrier or "", carrier_name or "") for name, carrier, carrier_name in rows}


def named_with(
	doctype: str, names: Collection[str], condition: statements.Condition
) -> list[tuple[str, bool]]:
	"""The stored ones of these documents, and whether each meets the condition."""
	return [
		(name, bool(met)) for name, met in frappe.db.sql(*statements.named_with(doctype, names, condition))
	]


def links_of(doctype: str, name: str) -> set[tuple[str, str]]:
	"""The stored links (DocType, name) of a contact or address."""
	rows = frappe.get_all(
		"Dynamic Link",
		filters={"parenttype": doctype, "parent": name},
		fields=["link_doctype", "link_name"],
		as_list=True,
	)
	return {(link_doctype, link_name) for link_doctype, link_name in rows}


def branches_carried(doctype: str, name: str) -> set[str] | None:
	"""The branches in the stored document's column, or in its rows; None where the document is not stored."""
	field = registry.branch_field()
	if registry.scoping_of(doctype) is By.ROWS:
		rows = frappe.get_all(
			registry.rows_of(doctype),
			filters={"parenttype": doctype, "parent": name, field: ["is", "set"]},
			pluck=field,
		)
		return set(rows) if rows or frappe.db.exists(doctype, name) else None
	stored = frappe.db.get_value(doctype, name, ["name", field])
	return None if stored is None else {branch for branch in stored[1:] if branch}


def is_any_without_branch(doctype: str) -> bool:
	"""Whether there is a document whose column is empty."""
	return bool(frappe.db.sql(*statements.one_without_branch(doctype, registry.branch_field())))


def masters_with_double_rows(branch: str) -> list[tuple[str, str]]:
	"""The masters (DocType, name) that have several rows of one branch."""
	row = frappe.qb.DocType(ASSIGNMENT)
	return (
		frappe.qb.from_(row)
		.select(row.parenttype, row.parent)
		.where(row.branch == branch)
		.groupby(row.parenttype, row.parent)
		.having(Count(row.name) > 1)
		.run()
	)


def is_lent(doctype: str, name: str, user: str) -> bool:
	"""Whether shares cross branches, and the document is shared with the user."""
	if not may_shares_cross():
		return False
	lent = {"share_doctype": doctype, "share_name": name, "read": 1}
	return any(frappe.db.exists("DocShare", {**lent, **to}) for to in ({"user": user}, {"everyone": 1}))


def as_text(condition: statements.Condition) -> str:
	"""Frappe's hook takes no parameters: each one is escaped by the database driver."""
	text, parameters = condition
	return text % tuple(frappe.db.escape(str(value), percent=False) for value in parameters)
