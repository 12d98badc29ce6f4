"""A customer of each side that is its supplier as well, and what they settle net."""

import frappe
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting import api, run_work
from tests.site.leak.furniture import new
from tests.site.leak.papers import paper

AWAITING, CLAIMED = "awaiting agreement", "claimed settlement"


def settle(side: object) -> None:
	customer, supplier = side.names["Customer"], side.names["Supplier"]
	link = {"primary_role": "Customer", "primary_party": customer}
	link |= {"secondary_role": "Supplier", "secondary_party": supplier}
	asked = {"company": COMPANY, "customer": customer}
	side.keep(new("Party Link", **link))
	agreement = new("Netting Agreement", **asked, valid_from=nowdate())
	side.keep(agreement)
	second = {"approval": "By a Second Person", "valid_from": "2020-01-01", "valid_to": "2020-12-31"}
	side.values[AWAITING] = new("Netting Agreement", **asked, **second).name
	side.keep(frappe.get_doc("Netting Settlement", api.propose(agreement.name)))
	run = new("Netting Run", company=COMPANY)
	run_work.list_agreements(run)
	side.keep(run)
	claimed = {"status": "Settling", "docstatus": 1}
	side.values[CLAIMED] = paper("Netting Settlement", side.word, side.names, **claimed).name
