"""What happens when a branch's team, its people or User Permissions change."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from branch_crm.branch_access import queries, refusals, team_mirror, team_queries, team_rules
from branch_crm.branch_access.refusals import OutOfScopeError, is_judged
from branch_crm.branch_access.registry import BRANCH
from branch_crm.branch_access.team_rules import TeamFault, TeamRow


class BranchTeamError(frappe.ValidationError):
	pass


class OwnedPermissionError(frappe.ValidationError):
	pass


def validate_team(doc: Document, method: str | None = None) -> None:
	"""Keep the team sound, and let a restricted user change it only where he manages, and nothing of himself."""
	stored = {} if doc.is_new() else team_queries.team_by_row(doc.name)
	current = _team_of(doc)
	_date_rows(doc)
	if not team_rules.changed_users(stored, current):
		return
	_refuse_faults(doc, list(current.values()))
	if is_judged(doc):
		_refuse_unless_keeper(doc, stored, current)


def mirror_team(doc: Document, method: str | None = None) -> None:
	"""Frappe learns what the saved branch means for its people, or for everybody where the tree changed."""
	if not queries.is_enforced():
		return
	before = doc.get_doc_before_save()
	if before is None or any(doc.get(field) != before.get(field) for field in ("parent_branch", "enabled")):
		team_mirror.bring_up_to_date()
	elif users := {row.user for row in (*before.team, *doc.team)}:
		team_mirror.bring_up_to_date(users)


def release_branch(doc: Document, method: str | None = None) -> None:
	"""What the team owns stands in the way of no deletion."""
	frappe.db.delete(
		team_queries.USER_PERMISSION, {"allow": BRANCH, "for_value": doc.name, team_queries.OWNED: 1}
	)


def mirror_after_deletion(doc: Document, method: str | None = None) -> None:
	if queries.is_enforced():
		team_mirror.bring_up_to_date()


def rename_in_team(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""After a merge the people of both branches are one team, none of them twice."""
	if merge:
		_take_over(old, new)
	if queries.is_enforced():
		team_mirror.bring_up_to_date()


def mirror_user(doc: Document, method: str | None = None, *names: str | bool) -> None:
	"""A person who is disabled, comes back, gets or loses the role of head office, or takes another name."""
	if queries.is_enforced():
		queries.forget_scopes()
		team_mirror.bring_up_to_date({doc.name, *(name for name in names if isinstance(name, str))})


def guard_user_merge(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""Who merges two people gives one the branches of the other: nobody who is limited by branch does that."""
	if merge and is_judged(doc):
		refusals.refuse_other_branch(
			_("Only head office merges users: the branches of both would become those of one.")
		)


def give_way(doc: Document, method: str | None = None) -> None:
	"""The mark is the app's to set, what it marks is changed in the team, and a User Permission made by hand finds
	its place free: Frappe takes neither two of a branch nor two defaults."""
	stored = None if doc.is_new() else doc.get_db_value(team_queries.OWNED)
	doc.set(team_queries.OWNED, int(stored or 0))
	if stored:
		refuse_change_of_owned(doc)
	elif doc.allow == BRANCH and queries.is_enforced():
		frappe.db.delete(
			team_queries.USER_PERMISSION, {"allow": BRANCH, "user": doc.user, team_queries.OWNED: 1}
		)


def refuse_change_of_owned(doc: Document, method: str | None = None) -> None:
	"""What a team owns comes and goes with its rows only."""
	if doc.get_db_value(team_queries.OWNED):
		frappe.throw(
			_("This User Permission repeats the team of branch {0}. Change the team there.").format(
				frappe.bold(doc.get_db_value("for_value"))
			),
			OwnedPermissionError,
			title=_("Branch Team"),
		)


def mirror_beside(doc: Document, method: str | None = None) -> None:
	"""What the team owns fits again to a User Permission that was made, changed or removed by hand."""
	before = doc.get_doc_before_save() or doc
	if BRANCH in (doc.allow, before.allow) and queries.is_enforced():
		team_mirror.bring_up_to_date({doc.user, before.user})


def _team_of(doc: Document) -> dict[str, TeamRow]:
	return {
		row.name or f"new {index}": team_queries.team_row_from(row.as_dict(), doc.name or "")
		for index, row in enumerate(doc.get("team") or [])
	}


def _date_rows(doc: Document) -> None:
	"""Frappe dates a new row like its document, and takes the date that a request says."""
	written = {} if doc.is_new() else team_queries.when_written(doc.name)
	for row in doc.get("team") or []:
		row.creation = written.get(row.name) or now_datetime()


def _refuse_faults(doc: Document, team: list[TeamRow]) -> None:
	defaults = {row.user for row in team if row.is_default}
	elsewhere = team_queries.defaults_elsewhere(defaults, doc.name or "")
	faults = team_rules.team_faults_of(team, elsewhere)
	if not faults:
		return
	sentences = {
		TeamFault.ENDS_BEFORE_START: _("The membership of {0} ends before it starts."),
		TeamFault.DOUBLE: _("{0} stands twice with the same function for the same time."),
		TeamFault.SEVERAL_DEFAULTS: _("{0} has another default branch for that time; there can be only one."),
		TeamFault.NEGATIVE_CAPACITY: _("The capacity of {0} cannot be less than 0, which means no limit."),
	}
	messages = [sentences[fault].format(frappe.bold(user)) for fault, user in dict.fromkeys(faults)]
	frappe.throw(messages, BranchTeamError, title=_("Branch Team"), as_list=True)


def _refuse_unless_keeper(doc: Document, stored: dict[str, TeamRow], current: dict[str, TeamRow]) -> None:
	user = frappe.session.user
	branch = doc.parent_branch if doc.is_new() else doc.name
	if not queries.managed_scope(user).reaches(branch):
		refusals.refuse_other_branch(_("Only a manager of the branch, or head office, changes its team."))
	if team_rules.favours(user, stored, current):
		frappe.throw(
			_("Nobody changes his own membership of a team. Ask head office."),
			OutOfScopeError,
			title=_("Branch Team"),
		)


def _take_over(old: str, new: str) -> None:
	"""The rows of `old` would be deleted with it."""
	row = frappe.qb.DocType(team_queries.TEAM_MEMBER)
	last = len(team_queries.team_by_row(new))
	(
		frappe.qb.update(row)
		.set(row.parent, new)
		.set(row.idx, row.idx + last)
		.where((row.parenttype == BRANCH) & (row.parent == old))
		.run()
	)
	rows = team_queries.team_by_row(new)
	merged = team_rules.merged_team(rows)
	for name in rows.keys() - merged.keys():
		frappe.db.delete(team_queries.TEAM_MEMBER, {"name": name})
	for name, member in merged.items():
		if member != rows[name]:
			frappe.db.set_value(
				team_queries.TEAM_MEMBER, name, team_queries.values_of(member), update_modified=False
			)
