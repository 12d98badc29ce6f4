"""What we owe customers who are suppliers as well, kept as agreements begin and end."""

import frappe

from branch_crm.credit_control import entry_queries, exposure_work, payable_queries
from branch_crm.credit_control.ledger_queries import SUPPLIER
from branch_crm.party_netting.queries import LEDGER


def note(company: str, supplier: str) -> None:
	"""Have all that is posted to the supplier read anew."""
	if company in entry_queries.counted_companies():
		posted = {"company": company, "party_type": SUPPLIER, "party": supplier, "delinked": 0}
		vouchers = frappe.get_all(LEDGER, posted, ["voucher_type", "voucher_no"], distinct=True, as_list=True)
		exposure_work.note({tuple(voucher) for voucher in vouchers})


def note_dates(company: str) -> None:
	"""The same of all pairs of which an agreement has begun or ended with the day."""
	for _customer, supplier in payable_queries.counting_pairs(company):
		note(company, supplier)
