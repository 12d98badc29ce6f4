"""What an administrator has to know of the borders between branches on this site."""

import importlib
import pkgutil
from collections import defaultdict

import frappe
from frappe.query_builder.functions import Count

from branch_crm.branch_access import (
	access_rows,
	guard_methods,
	guard_requests,
	queries,
	registry,
	report_queries,
	sharing_queries,
)
from branch_crm.branch_access.guard_methods import Policy
from branch_crm.branch_access.registry import By

# what is not proven, or is not open
_TOLD = (Policy.OPEN, Policy.CLOSED, Policy.SEARCH)


def audit() -> dict[str, list[dict]]:
	"""The findings by section, each a list of rows with the same keys:

	- `people`: `user`, `branches` ("all" for head office), `functions`;
	- `without_branch`: `doctype`, `number`;
	- `shares`: what somebody has of other branches (`user`, `kind`, `doctype`, `number`);
	- `reports`: `report`, `access` for people limited by branch, `reason`, `instead`;
	- `functions`: `function`, `policy`, `reason` of those that are closed, or open without proof;
	- `functions_of_other_apps`: `function`, `policy`; judged by the documents in their arguments, or refused.
	"""
	return {
		"people": _people(),
		"without_branch": [row for row in map(_without_branch, registry.scoped_doctypes()) if row["number"]],
		"shares": sharing_queries.would_be_withdrawn(),
		"reports": _reports(),
		"functions": _functions(),
		"functions_of_other_apps": _functions_of_other_apps(),
	}


def _people() -> list[dict]:
	tree = queries.tree()
	reached: dict[str, set[str]] = defaultdict(set)
	functions: dict[str, set[str]] = defaultdict(set)
	for row in access_rows.rows(None, tree.names):
		reached[row["user"]].add(row["branch"])
		functions[row["user"]].add(row["function"])
	return [
		{
			"user": user,
			"branches": "all" if queries.is_unrestricted(user) else ", ".join(sorted(reached[user])),
			"functions": ", ".join(sorted(functions[user])),
		}
		for user in sorted(reached)
	]


def _without_branch(doctype: str) -> dict:
	by, field = registry.scoping_of(doctype), registry.branch_field()
	number = 0
	if by is By.ASSIGNMENTS:
		number = frappe.db.count(doctype, {"is_unassigned": 1})
	elif by is By.COLUMN:
		number = frappe.db.count(doctype, {field: ["is", "not set"]})
	elif by is By.ROWS:
		row = frappe.qb.DocType(registry.rows_of(doctype))
		with_branch = (
			frappe.qb.from_(row)
			.select(Count(row.parent).distinct())
			.where((row.parenttype == doctype) & (row[field] != ""))
			.run()
		)
		number = frappe.db.count(doctype) - with_branch[0][0]
	return {"doctype": doctype, "number": number}


def _reports() -> list[dict]:
	return [
		{
			"report": name,
			"access": verdict.access.value,
			"reason": verdict.reason,
			"instead": verdict.instead or "",
		}
		for name, verdict in report_queries.verdicts().items()
	]


def _functions() -> list[dict]:
	return [
		{"function": entry["method"], "policy": entry["policy"], "reason": entry.get("reason", "")}
		for entry in frappe.get_hooks("branch_methods")
		if Policy(entry.get("policy", "checked")) in _TOLD
	]


def _functions_of_other_apps() -> list[dict]:
	for app in frappe.get_installed_apps():
		if app not in guard_methods.KNOWN_APPS:
			_import_all(app)
	paths = {guard_requests.path_of(function) for function in frappe.whitelisted}
	others = sorted(path for path in paths if path.split(".", 1)[0] not in guard_methods.KNOWN_APPS)
	return [{"function": path, "policy": guard_methods.method(path).policy.value} for path in others]


def _import_all(app: str) -> None:
	for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
		try:
			importlib.import_module(module.name)
		except Exception:
			# what cannot be imported cannot be called
			continue
