"""Shares, assignments and follows of all people, brought in line with branches in the background. What is done
stands by itself, so that it can be killed at any point and begun again."""

import frappe

from branch_crm.branch_access import batch_runs, sharing_queries, sharing_work
from branch_crm.branch_access.sharing_queries import KINDS

LOCK = "branch_sharing"
BATCH = 200


def enqueue() -> None:
	"""Each change gets its own run: one that is at work already may have passed whom it concerns."""
	frappe.enqueue("branch_crm.branch_access.sharing_jobs.settle", queue="long", enqueue_after_commit=True)


def settle() -> None:
	"""While branches limit what is shared, withdraw what is left over; while they do not, give it back."""
	with batch_runs.alone(LOCK) as is_alone:
		if not is_alone:
			raise frappe.RetryBackgroundJobError
		if sharing_queries.do_branches_limit():
			_withdraw_all()
		else:
			_give_all_back()


def _withdraw_all() -> None:
	sharing_work.withdraw(KINDS[0], sharing_queries.shared_with_everyone())
	for kind in KINDS:
		for user, doctype in sharing_queries.handed(kind, None):
			sharing_work.withdraw(kind, sharing_queries.left_over(kind, user, doctype))
			# each record goes together with its entry in the log
			frappe.db.commit()


def _give_all_back() -> None:
	last = ""
	while entries := sharing_queries.withdrawn(last, BATCH):
		for entry in entries:
			sharing_work.give_back(entry)
		last = entries[-1].name
		# as above
		frappe.db.commit()
