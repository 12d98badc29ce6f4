"""What a customer owes, by an SQL of its own over ERPNext's tables, and documents on their way, each made in one line."""

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime, nowdate

from branch_crm.credit_control import contribution_queries, entry_queries, exposure_work
from branch_crm.credit_control.exposure_queries import exposure_of
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import make_customer

BUYER = "Zq Buyer"
_LEDGER = "select ifnull(sum(debit) - sum(credit), 0) from `tabGL Entry` where is_cancelled = 0 and party_type = 'Customer'"
# per line of an order: what is ordered, delivered, billed and how much of it by the order alone
_LINES = """
select
	soi.net_amount * (so.status != 'Closed') ordered,
	so.base_grand_total / so.net_total rate,
	(select ifnull(sum(dni.net_amount), 0) from `tabDelivery Note Item` dni
		where dni.docstatus = 1 and dni.so_detail = soi.name)
	+ (select ifnull(sum(sii.net_amount), 0) from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent
		where si.docstatus = 1 and si.update_stock = 1 and sii.so_detail = soi.name and ifnull(sii.dn_detail, '') = ''
	) delivered,
	(select ifnull(sum(sii.net_amount), 0) from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent
		where si.docstatus = 1 and sii.so_detail = soi.name
		and (si.is_return = 0 or if(ifnull(sii.dn_detail, '') = '', si.update_billed_amount_in_sales_order,
			si.update_billed_amount_in_delivery_note))
	) billed
from `tabSales Order Item` soi join `tabSales Order` so on so.name = soi.parent
where so.docstatus = 1 and so.customer = %s and so.company = %s
"""


def buyer(*branches: str, **values) -> str:
	customer = make_customer(BUYER, *branches)
	return customer.update(values).save().name if values else customer.name


def ordered(quantity: float = 10, rate: float = 100, submit: bool = True, **values) -> Document:
	"""An order of the buyer's: ten at a hundred."""
	items = [{"item_code": documents.make_item(), "qty": quantity, "rate": rate}]
	return documents.sales("Sales Order", BUYER, submit, items=items, **values)


def billed(amount: float = 1000, income_account: str | None = None, **values) -> Document:
	row = {"item_code": documents.make_item(), "qty": 1, "rate": amount}
	items = [{**row, "income_account": income_account} if income_account else row]
	return documents.sales("Sales Invoice", BUYER, items=items, **values)


def of_order(order: Document, maker: object, quantity: float | None = None, **values) -> Document:
	"""What is made from the order, or a delivery; submitted."""
	doc = maker(order.name)
	doc.update(values)
	for row in doc.items if quantity is not None else ():
		row.qty = quantity
	return doc.insert().submit()


def received(amount: float, *invoices: Document, **values) -> Document:
	"""A payment of the buyer's, allocated to these as far as it goes."""
	payment = {
		"doctype": "Payment Entry",
		"payment_type": "Receive",
		"party_type": "Customer",
		"party": BUYER,
		"company": COMPANY,
		"posting_date": nowdate(),
		"paid_from": documents.account("Receivable"),
		"paid_to": documents.account("Cash"),
		"paid_amount": amount,
		"received_amount": amount,
		"source_exchange_rate": 1,
		"target_exchange_rate": 1,
	}
	left, references = amount, []
	for doc in invoices:
		allocated = min(left, doc.get("outstanding_amount") or doc.grand_total)
		left -= allocated
		references.append(
			{"reference_doctype": doc.doctype, "reference_name": doc.name, "allocated_amount": allocated}
		)
	return frappe.get_doc({**payment, "references": references, **values}).insert().submit()


def count() -> None:
	"""Keep what customers of the company owe from now on."""
	company = {"doctype": "Credit Company", "company": COMPANY, "counted_since": now_datetime()}
	frappe.get_doc(company).insert()


def judge() -> None:
	"""Count what customers of the company owe, and refuse what is too much, from now on."""
	count()
	frappe.db.set_value("Credit Company", COMPANY, "judged_since", now_datetime())


def contributed() -> dict[str, float]:
	"""By component, what the buyer's documents contribute: as they are read, as they are kept, and as ERPNext's tables say."""
	read = contribution_queries.of_customers(COMPANY, [BUYER])
	exposure_work.settle()
	assert entry_queries.amounts(entry_queries.of_customers(COMPANY, [BUYER])) == read
	found = {component.value: amount for component, amount in exposure_of(BUYER, COMPANY).items() if amount}
	assert float(found.get("receivable", 0) + found.get("advances", 0)) == in_ledger()
	return {component: float(amount) for component, amount in found.items()}


def by_branch() -> dict[str, float]:
	"""By branch, what the buyer's documents contribute; the branches come to the customer's own."""
	exposure_work.settle()
	branches = {place.branch for place in entry_queries.of_customers(COMPANY, [BUYER])}
	found = {branch: sum(exposure_of(BUYER, COMPANY, [branch]).values()) for branch in branches}
	assert sum(found.values()) == sum(exposure_of(BUYER, COMPANY).values())
	return {branch: float(amount) for branch, amount in found.items() if amount}


def in_ledger() -> float:
	"""What the buyer owes by the general ledger."""
	sql = f"{_LEDGER} and party = %s and company = %s"
	return round(float(frappe.db.sql(sql, (BUYER, COMPANY))[0][0]), 2)


def not_billed() -> float:
	"""What is ordered or delivered of the buyer's orders and not billed, each amount once."""
	rows = frappe.db.sql(_LINES, (BUYER, COMPANY), as_dict=True)
	promised = sum(max(max(row.ordered, row.delivered) - row.billed, 0) * float(row.rate) for row in rows)
	return round(float(promised), 2)


def profile(party: str = BUYER, **values) -> Document:
	"""A Credit Profile of the buyer, or of a category."""
	of_party = {"doctype": "Credit Profile", "party_type": "Customer", "party": party, "company": COMPANY}
	return frappe.get_doc({**of_party, **values}).insert()


def reconcile(invoice: Document) -> None:
	"""Everything that was paid ahead goes to this invoice, as with the tool."""
	tool = frappe.get_doc("Payment Reconciliation")
	tool.update({"company": COMPANY, "party_type": "Customer", "party": BUYER})
	tool.receivable_payable_account = documents.account("Receivable")
	tool.default_advance_account = frappe.db.get_value("Company", COMPANY, "default_advance_received_account")
	tool.get_unreconciled_entries()
	invoices = [row.as_dict() for row in tool.invoices if row.invoice_number == invoice.name]
	tool.allocate_entries(frappe._dict(invoices=invoices, payments=[row.as_dict() for row in tool.payments]))
	tool.reconcile()


def unreconcile(payment: Document) -> None:
	undo = {"doctype": "Unreconcile Payment", "company": COMPANY, "voucher_type": payment.doctype}
	undo = frappe.get_doc({**undo, "voucher_no": payment.name})
	undo.add_references()
	undo.insert().submit()
