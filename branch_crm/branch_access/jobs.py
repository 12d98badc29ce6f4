"""What is kept up to date in the background."""

import frappe
from frappe.utils import getdate

from branch_crm.branch_access import dry_run, member_queries, queries, sharing_jobs, team_mirror


def count_members() -> None:
	"""Keep what chooses the shape of the list's condition: the number of documents per branch and how far down
	the list they are. An old figure costs time, never correctness."""
	today = getdate()
	frappe.db.delete("Branch Member Count")
	frappe.db.bulk_insert(
		"Branch Member Count",
		["name", "document_type", "branch", "members", "depth", "documents"],
		[
			(frappe.generate_hash(), doctype, *figures)
			for doctype in member_queries.counted_doctypes()
			for figures in member_queries.counted_members(doctype, today)
		],
	)
	member_queries.forget_member_counts()
	frappe.db.after_commit.add(member_queries.forget_member_counts)


def count_for_dry_run(user: str) -> None:
	"""Keep the dry run for the page that `user` looks at; at a million documents it takes minutes."""
	frappe.cache.set_value(queries.DRY_RUN.format(user), dry_run.dry_run(), expires_in_sec=3600)


def mirror_teams() -> None:
	"""Tell Frappe of the memberships that began or ended, and withdraw what those who left were handed; scope itself
	knows at midnight. Can be repeated."""
	team_mirror.bring_up_to_date()
	sharing_jobs.enqueue()
