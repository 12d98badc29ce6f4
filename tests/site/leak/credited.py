"""What a customer of each side may owe, with a limit that awaits approval."""

import frappe
from frappe.utils import add_days, now_datetime, nowdate

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
