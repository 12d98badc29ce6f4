"""Every read of netting runs."""

from datetime import date

import frappe

from branch_crm.party_netting.agreement_queries import AGREEMENT
from branch_crm.party_netting.settlement_queries import SETTLEMENT

RUN = "Netting Run"
ENTRY = "Netting Run Entry"
_TO_DO = ("Pending", "Settling")


def agreements_of(company: str, day: date) -> list[frappe._dict]:
	"""The agreements of a company by which something can be settled on this day, of those that the session's user reads."""
	return frappe.get_list(
		AGREEMENT,
		{"company": company, "status": "Active", "valid_from": ["<=", day]},
		["name as agreement", "customer", "currency"],
		or_filters=[["valid_to", "is", "not set"], ["valid_to", ">=", day]],
		order_by="name",
		limit_page_length=0,
	)


def entries_to_do(run: str) -> list[tuple[str, str]]:
	"""The entries that are not done, each with its agreement."""
	states = {"parent": run, "state": ["in", _TO_DO]}
	return frappe.get_all(ENTRY, states, ["name", "agreement"], order_by="idx", as_list=True)


def is_to_do(entry: frappe._dict | None) -> bool:
	"""Not where somebody has deleted the run meanwhile."""
	return bool(entry) and entry.state in _TO_DO


def locked_entry(name: str, agreement: str) -> frappe._dict | None:
	"""The entry as it is now, kept from other workers until the end of the transaction, and so is its agreement from
	other runs. To be asked first in a transaction: it sees what was there when it has read something."""
	frappe.db.get_value(AGREEMENT, agreement, "name", for_update=True)
	return frappe.db.get_value(ENTRY, name, "*", as_dict=True, for_update=True)


def open_proposal(agreement: str) -> str | None:
	"""A draft by which the agreement may still be settled."""
	drafts = {"agreement": agreement, "docstatus": 0, "status": ["in", ("Proposed", "Approved")]}
	return frappe.db.get_value(SETTLEMENT, drafts, "name", order_by="creation")


def settlement_status(name: str) -> str | None:
	return frappe.db.get_value(SETTLEMENT, name, "status")
