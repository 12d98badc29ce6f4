"""Customers, suppliers or prospects that nobody looks after in a branch: no owner, or one who is gone."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import getdate

from branch_crm.branch_access import queries, registry, responsibility_rules
from branch_crm.branch_access import responsibility_queries as stored
from branch_crm.branch_access.registry import BRANCH
from branch_crm.branch_access.responsibility_rules import OWNERS, OwnerFault


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each party that the user sees, branch that he reaches and owner with whom something is wrong.

	Filters: `party_type` ("Customer" by default), `branch` (with those below it), `owner` ("Sales" or "Support") and
	`fault`, a value of `OwnerFault`.
	"""
	filters = frappe._dict(filters or {})
	party_type = filters.party_type or "Customer"
	if party_type not in registry.assigned_doctypes():
		frappe.throw(_("Only parties that belong to branches have owners."), title=_("Branches"))
	rows = [
		row
		for owner, function in OWNERS.items()
		if filters.owner in (None, "", function.value)
		for row in _rows(party_type, queries.reached_below(party_type, filters.branch), owner)
		if filters.fault in (None, "", row["fault"].value)
	]
	rows.sort(key=lambda row: (row["branch"], row["party"], row["function"]))
	return _columns(party_type), [row | {"fault": _(row["fault"].value)} for row in rows]


def _rows(party_type: str, branches: set[str], owner: str) -> Iterator[dict]:
	today = getdate()
	teams = stored.teams(party_type, today)
	named = stored.owners_in(party_type, branches, owner)
	enabled = stored.enabled_among({user for _branch, user in named})

	def fault_of(branch: str, user: str | None) -> OwnerFault | None:
		return responsibility_rules.owner_fault(user, enabled, teams.get(branch, ()))

	at_fault = sorted({user for branch, user in named if fault_of(branch, user)})
	for condition in (["is", "not set"], ["in", at_fault or [""]]):
		for row in stored.visible_rows(party_type, branches, {owner: condition}, today):
			if fault := fault_of(row.branch, row[owner]):
				function = _(OWNERS[owner].value)
				yield {
					**{"branch": row.branch, "party": row.party, "function": function},
					**{"owner": row[owner], "fault": fault},
				}


def _columns(party_type: str) -> list[dict]:
	return [
		_column("branch", _("Branch"), BRANCH),
		_column("party", _(party_type), party_type, 240),
		{"fieldname": "function", "label": _("Responsible For"), "fieldtype": "Data", "width": 140},
		_column("owner", _("Owner"), "User", 220),
		{"fieldname": "fault", "label": _("What Is Wrong"), "fieldtype": "Data", "width": 200},
	]


def _column(fieldname: str, label: str, options: str, width: int = 180) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": "Link", "options": options, "width": width}
