"""Real sales documents for the tests, each made in one line."""

import frappe
from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return
from erpnext.crm.doctype.lead.lead import make_opportunity
from erpnext.crm.doctype.opportunity.opportunity import make_quotation
from erpnext.selling.doctype.quotation.quotation import make_sales_order
from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note, make_sales_invoice
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY

ITEM = "Branch Test Service"


def make_item() -> str:
	if not frappe.db.exists("Item", ITEM):
		values = {"item_code": ITEM, "item_group": "Services", "is_stock_item": 0, "stock_uom": "Nos"}
		frappe.get_doc({"doctype": "Item", **values}).insert()
	return ITEM


def make_lead(name: str = "Lead One", **values) -> Document:
	lead = {"doctype": "Lead", "first_name": name, "company_name": name, "company": COMPANY}
	return frappe.get_doc({**lead, "email_id": f"{frappe.scrub(name)}@lead.example", **values}).insert()


def sales(doctype: str, customer: str, submit: bool = True, **values) -> Document:
	"""A quotation, order or invoice of one item at 100."""
	party = {"party_name": customer} if doctype == "Quotation" else {"customer": customer}
	doc = frappe.get_doc(
		{
			"doctype": doctype,
			"company": COMPANY,
			**party,
			"transaction_date": nowdate(),
			"delivery_date": nowdate(),
			"posting_date": nowdate(),
			"items": [{"item_code": make_item(), "qty": 1, "rate": 100}],
			**values,
		}
	).insert()
	if submit:
		doc.submit()
	return doc


def paid_at_once(customer: str, amount: float = 100, paid: float | None = None, **values) -> Document:
	"""A submitted counter invoice over `amount`, paid in cash, all of it unless `paid` says less or more."""
	payment = {"mode_of_payment": "Cash", "amount": amount if paid is None else paid}
	items = [{"item_code": make_item(), "qty": 1, "rate": amount}]
	return sales("Sales Invoice", customer, **{"is_pos": 1, "payments": [payment], "items": items, **values})


def journal(*rows: dict, **values) -> Document:
	"""A draft journal entry of these rows."""
	entry = {"doctype": "Journal Entry", "company": COMPANY, "posting_date": nowdate(), **values}
	return frappe.get_doc({**entry, "accounts": list(rows)}).insert()


def account(kind: str) -> str:
	filters = {"company": COMPANY, "is_group": 0, "account_type": kind}
	return frappe.get_all("Account", filters, pluck="name", order_by="name")[0]


__all__ = [
	"account",
	"get_payment_entry",
	"journal",
	"make_delivery_note",
	"make_item",
	"make_lead",
	"make_opportunity",
	"make_quotation",
	"make_sales_invoice",
	"make_sales_order",
	"make_sales_return",
	"paid_at_once",
	"sales",
]


def make_account(name: str, kind: str, **values) -> str:
	"""An account beside the one of its kind."""
	beside = frappe.db.get_value("Account", account(kind), "parent_account")
	said = {"doctype": "Account", "account_name": name, "parent_account": beside, "company": COMPANY}
	return frappe.get_doc({**said, "account_type": kind, **values}).insert().name
