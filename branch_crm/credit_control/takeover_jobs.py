"""A company is taken over in steps: who is counted or has a profile is done, and what is killed is begun again."""

from collections.abc import Callable

import frappe

from branch_crm.credit_control import recount_work, takeover_queries, takeover_work
from branch_crm.credit_control.exposure_jobs import recount

Tell = Callable[[int, int], None]


def take_over(company: str, tell: Tell | None = None) -> None:
	"""Count what customers owe, give profiles to those with limits, and judge by them."""
	tell = tell or _tell
	takeover_work.begin_counting(company)
	# from here on documents that change are noted
	frappe.db.commit()
	recount(company)
	limited = sorted(takeover_queries.limits_in_force(company))
	done = 0
	for some in recount_work.in_batches(limited):
		takeover_work.add_profiles(company, some)
		# who has a profile is not given one again
		frappe.db.commit()
		done += len(some)
		tell(done, len(limited))
	takeover_work.move(company)
	# the limits and the judge change at one moment
	frappe.db.commit()


def _tell(done: int, of: int) -> None:
	frappe.publish_progress(done * 100 / of, title=frappe._("Taking credit limits over"))
