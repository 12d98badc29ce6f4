"""What is noted while many sell at once, counted afterwards; and what the night sets right."""

import frappe
from frappe.utils import now_datetime

from branch_crm.credit_control import entry_queries, exposure_work, payable_work, recount_work
from branch_crm.credit_control.profile_queries import CATEGORY, PROFILE


def fold() -> None:
	"""Count what is noted and not counted yet, customer by customer: what is done stays done."""
	for company, customer in entry_queries.pending_customers():
		exposure_work.fold(company, customer)
		# a lock for each customer, and no longer
		frappe.db.commit()


def rebuild_categories() -> None:
	"""The rows of all categories that share a limit, each anew in a transaction of its own; those of others go."""
	kept = {"party_type": CATEGORY}
	shared = set(frappe.get_all(PROFILE, kept, ["company", "party"], as_list=True))
	for row in frappe.get_all("Credit Exposure", kept, ["name", "company", "party"]):
		if (row.company, row.party) not in shared:
			frappe.db.delete("Credit Exposure", {"name": row.name})
	for company, category in sorted(shared):
		# what the transaction has read before would hide what others have changed since
		frappe.db.commit()
		exposure_work.rebuild_category(company, category)


def recount_all() -> None:
	for company in sorted(entry_queries.counted_companies()):
		recount(company)
	rebuild_categories()


def recount(company: str) -> None:
	"""Compare all customers of a company with their documents, some at a time: who is done is done."""
	payable_work.note_dates(company)
	drifted = 0
	for some in recount_work.in_batches(recount_work.customers_of(company)):
		# what is noted and what documents say are compared as of one moment, and who is done stays done
		frappe.db.commit()
		drifted += len(recount_work.recount(company, some))
	said = {"recounted_on": now_datetime(), "drifted": drifted}
	frappe.db.set_value("Credit Company", company, said, update_modified=False)
