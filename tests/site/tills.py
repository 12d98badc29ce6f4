"""A till of no branch in particular: opened, sold at, and closed."""

import frappe
from erpnext.accounts.doctype.pos_closing_entry.pos_closing_entry import make_closing_entry_from_opening
from frappe.model.document import Document
from frappe.utils import now_datetime

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import make_customer, make_tree, switch_on

WALK_IN = "Walk-in"


def make_shop() -> None:
	make_tree()
	documents.make_item()
	make_customer(WALK_IN, "Mumbai", "Delhi")
	switch_on()


def opened() -> Document:
	account = documents.account("Cash")
	mode = frappe.get_doc("Mode of Payment", "Cash")
	if COMPANY not in {row.company for row in mode.accounts}:
		mode.append("accounts", {"company": COMPANY, "default_account": account})
		mode.save()
	profile = {"doctype": "POS Profile", "name": "Till", "company": COMPANY, "currency": "INR"}
	profile |= {
		"warehouse": frappe.db.get_value("Warehouse", {"company": COMPANY, "is_group": 0}),
		"write_off_account": frappe.db.get_value(
			"Account", {"company": COMPANY, "name": ["like", "Write Off%"]}
		),
		"write_off_cost_center": frappe.get_cached_value("Company", COMPANY, "cost_center"),
		"selling_price_list": "Standard Selling",
		"payments": [{"mode_of_payment": "Cash", "default": 1}],
	}
	frappe.get_doc(profile).insert()
	entry = {"doctype": "POS Opening Entry", "pos_profile": "Till", "user": frappe.session.user}
	entry |= {"company": COMPANY, "period_start_date": now_datetime()}
	entry = frappe.get_doc({**entry, "balance_details": [{"mode_of_payment": "Cash"}]}).insert()
	entry.submit()
	return entry


def sold_at_the_till(rate: float, **values) -> Document:
	sale = frappe.get_doc(
		{
			"doctype": "POS Invoice",
			"company": COMPANY,
			"customer": WALK_IN,
			"is_pos": 1,
			"pos_profile": "Till",
			"items": [{"item_code": documents.ITEM, "qty": 1, "rate": rate}],
			"payments": [{"mode_of_payment": "Cash", "amount": rate, "account": documents.account("Cash")}],
			**values,
		}
	)
	sale.set_missing_values()
	sale.items[0].rate = rate
	sale.insert().submit()
	return sale


def closed(opening: Document) -> Document:
	closing = make_closing_entry_from_opening(opening)
	for row in closing.payment_reconciliation:
		row.closing_amount = row.expected_amount
	closing.insert().submit()
	return closing
