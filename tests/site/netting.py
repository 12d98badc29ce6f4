"""A customer who is also a supplier, what it owes and what it is owed, each made in one line."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting import api
from tests.site import documents, goods
from tests.site.company import make_customer

RAM = "Zq Ram"
ACCOUNTS = ("Accounts User", "Accounts Manager", "Sales User", "Purchase User", "Sales Master Manager")
ACCOUNTS += ("Purchase Master Manager",)


def pair(name: str = RAM, *branches: str) -> str:
	"""A customer and a supplier of the same name that are linked."""
	customer = make_customer(name, *branches)
	goods.make_supplier(name, *branches)
	customer.update({"is_also_supplier": 1, "linked_supplier": name})
	return customer.save().name


def sold(amount: float, party: str = RAM, **values) -> Document:
	items = [{"item_code": documents.make_item(), "qty": 1, "rate": amount}]
	return documents.sales("Sales Invoice", party, items=items, **values)


def bought(amount: float, party: str = RAM, submit: bool = True, **values) -> Document:
	invoice = {
		"doctype": "Purchase Invoice",
		"company": COMPANY,
		"supplier": party,
		"posting_date": nowdate(),
	}
	invoice |= {"bill_no": frappe.generate_hash(length=8), "due_date": add_days(nowdate(), 30)}
	items = [{"item_code": documents.make_item(), "qty": 1, "rate": amount}]
	doc = frappe.get_doc({**invoice, "items": items, **values}).insert()
	return doc.submit() if submit else doc


def agree(party: str = RAM, **values) -> Document:
	agreement = {"doctype": "Netting Agreement", "company": COMPANY, "customer": party}
	return frappe.get_doc({**agreement, **values}).insert()


def proposed(agreement: Document, **values) -> Document:
	return frappe.get_doc("Netting Settlement", api.propose(agreement.name, **values))


def rams_example(**values) -> tuple[Document, Document]:
	"""Ram owes 124,000 for material, we owe him 82,000 for services."""
	pair()
	return sold(124000, **values), bought(82000, **values)


def outstanding(*invoices: Document) -> list[float]:
	return [frappe.db.get_value(doc.doctype, doc.name, "outstanding_amount") for doc in invoices]


def ledger_of(party: str = RAM) -> dict[str, float]:
	"""By kind of party, what the general ledger says that it owes."""
	rows = frappe.get_all(
		"GL Entry",
		{"party": party, "is_cancelled": 0, "company": COMPANY},
		["party_type", "sum(debit) - sum(credit) as owed"],
		group_by="party_type",
	)
	return {row.party_type: row.owed for row in rows}


def balance_of_ledger() -> float:
	return frappe.db.sql("select sum(debit) - sum(credit) from `tabGL Entry` where is_cancelled = 0")[0][0]


def postings() -> dict[str, int]:
	return {
		doctype: frappe.db.count(doctype) for doctype in ("GL Entry", "Payment Ledger Entry", "Journal Entry")
	}
