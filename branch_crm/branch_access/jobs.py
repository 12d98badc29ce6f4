"""What is kept up to date in the background."""

import frappe
from frappe.utils import getdate

from branch_crm.branch_access import queries, registry


def count_members() -> None:
	"""Keep the number of masters per branch, which only chooses the shape of the list's condition: an old
	figure costs time, never correctness."""
	today = getdate()
	frappe.db.delete("Branch Member Count")
	frappe.db.bulk_insert(
		"Branch Member Count",
		["name", "document_type", "branch", "members"],
		[
			(frappe.generate_hash(), doctype, branch, members)
			for doctype in registry.assigned_doctypes()
			for branch, members in queries.counted_members(doctype, today)
		],
	)
	queries.forget_member_counts()
	frappe.db.after_commit.add(queries.forget_member_counts)
