"""What the desk and other programs may ask about branch access."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from branch_crm.branch_access import (
	assignment_rules,
	board_events,
	catchment_queries,
	default_rules,
	dimension,
	queries,
	rules,
	team_mirror,
)
from branch_crm.branch_access import dry_run as dry_runs
from branch_crm.branch_access.registry import BRANCH


class UnansweredError(frappe.ValidationError):
	pass


@frappe.whitelist()
def scope(user: str | None = None, doctype: str | None = None) -> dict:
	"""The branches that a user reaches, with those below them.

	Arguments:
	        user: the session's user by default; another one is head office's to ask.
	        doctype: counts also User Permissions that are limited to this DocType.

	Returns `{"all": bool, "branches": [names]}`; with `all` the list is empty. While scope is off this is
	what the user would reach.
	"""
	user = user or frappe.session.user
	if user != frappe.session.user and not _is_head_office():
		frappe.throw(
			_("Only head office asks what others reach. Ask for yourself."),
			frappe.PermissionError,
			title=_("Head office"),
		)
	reached = queries.scope(user, doctype)
	return {"all": reached.all, "branches": sorted(reached.branches)}


@frappe.whitelist()
def scope_in_words(user: str) -> str | None:
	"""What an administrator must know on the form of a user who reaches no branch while scope is on."""
	frappe.has_permission("User", "write", user, throw=True)
	if not queries.is_limited_by_branch(user) or queries.any_scope(user).branches:
		return None
	return _(
		"{0} reaches no branch and sees nothing that belongs to one. Put the user into the team of a branch, or"
		" give the role {1} if the work has no branch."
	).format(user, queries.HEAD_OFFICE)


@frappe.whitelist()
def proposed_branch(
	territory: str | None = None, pin_code: str | None = None, doctype: str = "Customer"
) -> str | None:
	"""The branch where a new master of this session's user would go; None where he has to choose."""
	frappe.has_permission(doctype, "create", throw=True)
	user = frappe.session.user
	return default_rules.default_branch(
		queries.working_scope(user, doctype),
		queries.open_memberships_of(user),
		default_rules.proposed_branch(
			catchment_queries.catchments(), catchment_queries.territory_lineage(territory), pin_code
		),
	)


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search_branches(
	doctype: str,
	txt: str,
	searchfield: str,
	start: int,
	page_len: int,
	filters: dict | list | str | None = None,
	as_dict: bool = False,
	**kwargs: object,
) -> list:
	"""What a link field on Branch offers: those that the user reaches, also where the field itself is left alone
	by User Permissions and the desk asks to ignore them."""
	frappe.has_permission(BRANCH, "select" if frappe.only_has_select_perm(BRANCH) else "read", throw=True)
	like = ["like", f"%{txt}%"]
	return frappe.get_list(
		BRANCH,
		fields=["name", "branch_code"],
		filters=filters or {},
		or_filters={"name": like, "branch_code": like},
		order_by="name",
		limit_start=start,
		limit_page_length=page_len,
		as_list=not as_dict,
	)


@frappe.whitelist()
def get_children(doctype: str, parent: str | None = None, **filters: object) -> list[dict]:
	"""Nodes of the branch tree below `parent`; the tree of a restricted user starts at his topmost branches."""
	frappe.has_permission(BRANCH, "read", throw=True)
	tree = queries.tree()
	reached = _visible_scope()
	visible = tree.names if reached.all else reached.branches
	names = tree.topmost(visible & tree.below(parent) if parent else visible)
	groups = frappe.get_all(BRANCH, {"name": ["in", names], "is_group": 1}, pluck="name") if names else []
	return [{"value": name, "title": name, "expandable": int(name in groups)} for name in names]


@frappe.whitelist()
def activate(
	dry_run: bool | int = True,
	unassigned_visible_to: str | None = None,
	head_office: list[str] | str | None = None,
) -> dict:
	"""Tell who would see how much less; with `dry_run` off, switch scope on.

	Arguments:
	        unassigned_visible_to: "Head Office" or "Everybody"; has no default, required to switch on.
	        head_office: users who are given the role Branch Head Office, a list or its JSON.

	Returns the dry run (see `dry_run.py`), or `{"enforced": True}`.
	"""
	_only_for_administrators()
	if dry_run:
		return dry_runs.dry_run()
	if unassigned_visible_to not in {choice.value for choice in assignment_rules.Unassigned}:
		frappe.throw(
			_(
				"Scope is not switched on: say first who sees documents without a branch"
				" ({0}: Head Office or Everybody)."
			).format("unassigned_visible_to"),
			UnansweredError,
			title=_("Answer Missing"),
		)
	for user in frappe.parse_json(head_office) or []:
		_make_head_office(user)
	dimension.let_registry_decide()
	board_events.forget_orders()
	_switch(enforced=1, unassigned_visible_to=unassigned_visible_to)
	frappe.enqueue("branch_crm.branch_access.jobs.count_members", enqueue_after_commit=True)
	return {"enforced": True}


@frappe.whitelist()
def begin_dry_run() -> None:
	"""Count the dry run in the background for the session's user; `dry_run_result` has it then."""
	_only_for_administrators()
	user = frappe.session.user
	frappe.cache.delete_value(queries.DRY_RUN.format(user))
	job = "branch_crm.branch_access.jobs.count_for_dry_run"
	frappe.enqueue(job, queue="long", user=user, job_id=f"{job}:{user}", deduplicate=True)


@frappe.whitelist()
def dry_run_result() -> dict | None:
	"""The dry run that was begun last (see `dry_run.py`); None until it is there."""
	_only_for_administrators()
	return frappe.cache.get_value(queries.DRY_RUN.format(frappe.session.user))


@frappe.whitelist()
def deactivate() -> dict:
	"""Switch scope off: everybody sees again what Frappe's roles and User Permissions let him see."""
	_only_for_administrators()
	if frappe.db.get_single_value(queries.SETTINGS, "found_dimension"):
		dimension.let_frappe_decide()
	_switch(enforced=0)
	return {"enforced": False}


def _switch(**values) -> None:
	settings = frappe.get_doc(queries.SETTINGS)
	settings.flags.switching = True
	settings.update(values)
	settings.update({"activated_by": frappe.session.user, "activated_on": now_datetime()})
	settings.save()
	queries.forget_scopes()
	team_mirror.bring_up_to_date()


def _make_head_office(user: str) -> None:
	frappe.get_doc("User", user).add_roles(queries.HEAD_OFFICE)
	if queries.HEAD_OFFICE not in frappe.get_roles(user):
		frappe.throw(
			_(
				"{0} has his roles from a role profile. Add the role {1} to the profile, then switch on."
			).format(frappe.bold(user), frappe.bold(queries.HEAD_OFFICE)),
			title=_("Role Profile"),
		)


def _is_head_office() -> bool:
	user = frappe.session.user
	return user == "Administrator" or queries.HEAD_OFFICE in frappe.get_roles(user)


def _only_for_administrators() -> None:
	frappe.only_for("System Manager")
	if queries.is_enforced() and not _is_head_office():
		frappe.throw(
			_("Only head office switches branch access. Ask somebody with the role Branch Head Office."),
			frappe.PermissionError,
			title=_("Head office"),
		)


def _visible_scope() -> rules.Scope:
	if not queries.is_enforced():
		return rules.Scope(branches=frozenset(frappe.get_list(BRANCH, pluck="name", limit_page_length=0)))
	return queries.any_scope(frappe.session.user)
