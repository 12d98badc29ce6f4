"""What the form of a party asks about who is and was responsible for it."""

import frappe
from frappe import _

from branch_crm.branch_access import queries, registry, team_queries
from branch_crm.branch_access import responsibility_queries as stored


@frappe.whitelist()
def history(doctype: str, name: str) -> list[dict]:
	"""Who was responsible for a party when, in the branches that the session's user reaches.

	Returns dicts by branch and function, the newest first: `branch`, `function`, `user` (None: nobody), `full_name`,
	`from_time`, `to_time` (None: open) and `by`, the full name of whoever changed it then.
	"""
	if doctype not in registry.assigned_doctypes():
		frappe.throw(_("Only parties that belong to branches have owners."), title=_("Branches"))
	frappe.has_permission(doctype, "read", name, throw=True)
	found = stored.history_of(doctype, name, queries.scope_in_force(frappe.session.user, doctype))
	names = team_queries.full_names({user for row in found for user in (row.user, row.owner) if user})
	for row in found:
		row.user = row.user or None
		row.full_name = names.get(row.user) or row.user
		row.by = names.get(row.owner) or row.pop("owner")
		row.pop("owner", None)
	return found
