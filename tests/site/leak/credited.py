"""What a customer of each side may owe, with a limit that awaits approval."""

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from branch_crm.credit_control import hold_queries, hold_work, statement_work
from branch_crm.credit_control.hold_rules import Event
from branch_crm.demo.records import COMPANY
from tests.site.leak.furniture import new

TEMPORARY = "temporary limit"
# somebody else than who approves
_PROPOSER = "Administrator"


def grant(side: object) -> None:
	of_customer = {"party_type": "Customer", "party": side.names["Customer"], "company": COMPANY}
	extra = {"amount": 10, "valid_from": nowdate(), "valid_to": add_days(nowdate(), 30), "reason": side.word}
	profile = new("Credit Profile", **of_customer, credit_limit=100, temporary_limits=[extra])
	profile.db_set({"proposed_limit": 200, "proposed_by": _PROPOSER, "proposed_on": now_datetime()})
	side.keep(profile)
	side.values[TEMPORARY] = profile.temporary_limits[0].name
	frappe.clear_document_cache(profile.doctype, profile.name)
	_refuse(side)
	of_cheque = {"payment_entry": side.names["Payment Entry"], "reason": "Other", "note": side.word}
	side.keep(new("Cheque Return", **of_cheque, return_date=nowdate()))
	_state(side)


def _refuse(side: object) -> None:
	"""What somebody else was refused, once to be asked for and once to be decided about."""
	found = {"customer": side.names["Customer"], "company": COMPANY, "branch": side.branch}
	found |= {
		"kind": "Sales Order",
		"document_type": "Sales Order",
		"document_name": side.names["Sales Order"],
	}
	found |= {"amount": 100, "reasons": side.word, "refused_for": _PROPOSER, "made_by": _PROPOSER}
	made = frappe.db.get_value("Sales Order", side.names["Sales Order"], "creation")
	keys = {
		"Release Requested": None,
		"Open": hold_queries.key_of_document("Sales Order", side.names["Sales Order"], made),
	}
	for status, key in keys.items():
		hold = hold_work.write(frappe.new_doc("Credit Hold"), {**found, "status": status, "hold_key": key})
		hold_work.tell(hold, Event.REFUSED, said=side.word)
		side.keep(hold)
		side.keep(frappe.get_last_doc("Credit Event"))
		side.values[status] = hold.name


def _state(side: object) -> None:
	"""What the customer is told that it owes in the branch."""
	asked = {"company": COMPANY, "customer": side.names["Customer"], "branch": side.branch}
	asked |= {"from_date": add_days(nowdate(), -30), "to_date": nowdate(), "subject": side.word}
	run = new("Statement of Account Run", **asked)
	statement_work.list_customers(run)
	side.keep(run)
