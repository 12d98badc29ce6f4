"""Leads and deals of the demo company, made as its people make them: each document from the one before."""

import frappe
from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return
from erpnext.crm.doctype.lead.lead import make_opportunity
from erpnext.crm.doctype.opportunity.opportunity import make_quotation
from erpnext.selling.doctype.quotation.quotation import make_sales_order
from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice
from frappe.model.document import Document
from frappe.utils import add_days

from branch_crm.demo import records, sales_records
from branch_crm.demo.documents import day, write, written_by
from branch_crm.demo.sales_records import DemoCounterSale, DemoDeal, DemoItem, DemoLead, LeadStage, Stage


def load_lead(lead: DemoLead) -> None:
	"""A lead and what came of it."""
	doc = write(
		frappe.get_doc(
			{
				"doctype": "Lead",
				"first_name": lead.person,
				"company_name": lead.firm,
				"email_id": f"{frappe.scrub(lead.firm)}@lead.example",
				"source": "Exhibition",
				"company": records.COMPANY,
				"branch": lead.branch if lead.is_chosen else None,
			}
		),
		lead.by,
		lead.days_ago,
	)
	if lead.stage is LeadStage.PROSPECT:
		values = {"doctype": "Prospect", "company_name": lead.firm, "company": records.COMPANY}
		# making prospects takes a sales manager
		write(frappe.get_doc({**values, "leads": [{"lead": doc.name}]}), "asha", lead.days_ago - 4)
	if lead.stage in (LeadStage.OPPORTUNITY, LeadStage.QUOTATION):
		with written_by(lead.by):
			opportunity = make_opportunity(doc.name)
		opportunity.company = records.COMPANY
		write(opportunity, lead.by, lead.days_ago - 5)
		if lead.stage is LeadStage.QUOTATION:
			item = sales_records.ITEMS[lead.days_ago % len(sales_records.ITEMS)]
			_quote(opportunity, lead.by, lead.days_ago - 8, item, 5)


def load_deal(deal: DemoDeal) -> None:
	"""A deal as far as it has come."""
	order = (
		_order_from_quotation(deal) if deal.is_quoted else _new("Sales Order", deal, customer=deal.customer)
	)
	if not order:
		return
	order.delivery_date = add_days(day(deal.days_ago - 3), 14)
	_go_on(order, deal.by, deal.days_ago - 3)
	if deal.stage < Stage.DELIVERED:
		return
	delivery = _go_on(_made(make_delivery_note, order, deal), deal.bookkeeper, deal.days_ago - 6)
	if deal.stage < Stage.INVOICED:
		return
	invoice = _made(make_sales_invoice, delivery, deal)
	_go_on(invoice, deal.bookkeeper, deal.days_ago - 7)
	if deal.stage in (Stage.PAID, Stage.PART_PAID):
		_pay(invoice, deal)
	if deal.stage is Stage.RETURNED:
		_go_on(_made(make_sales_return, invoice, deal), deal.bookkeeper, deal.days_ago - 12)


def load_counter_sale(sale: DemoCounterSale) -> None:
	"""An invoice that is paid in cash, to nobody in particular."""
	payment = {"mode_of_payment": "Cash", "amount": sale.item.price * sale.quantity}
	values = {"is_pos": 1, "update_stock": 1, "payments": [payment]}
	_go_on(_new("Sales Invoice", sale, **values), sale.by, sale.days_ago)


def _order_from_quotation(deal: DemoDeal) -> Document | None:
	"""The order that the customer's quotation led to; None where it did not."""
	if deal.stage > Stage.QUOTED:
		quotation = _new("Quotation", deal, quotation_to="Customer", party_name=deal.customer)
		_go_on(quotation, deal.by, deal.days_ago)
		return _made(make_sales_order, quotation, deal, by=deal.by)
	opportunity = _new("Opportunity", deal, opportunity_from="Customer", party_name=deal.customer)
	write(opportunity, deal.by, deal.days_ago + 2)
	quotation = _quote(opportunity, deal.by, deal.days_ago, deal.item, deal.quantity)
	if deal.stage is Stage.LOST:
		with written_by(deal.by):
			quotation.reload()
			quotation.declare_enquiry_lost([], [], "Bought elsewhere")
	return None


def _quote(opportunity: Document, by: str, days_ago: int, item: DemoItem, quantity: int) -> Document:
	with written_by(by):
		quotation = make_quotation(opportunity.name)
	quotation.set("items", [_line(item, quantity)])
	return _go_on(quotation, by, days_ago)


def _pay(invoice: Document, deal: DemoDeal) -> None:
	with written_by(deal.bookkeeper):
		payment = get_payment_entry("Sales Invoice", invoice.name)
	if deal.stage is Stage.PART_PAID:
		payment.paid_amount = payment.received_amount = round(payment.paid_amount / 2)
		payment.references[0].allocated_amount = payment.paid_amount
	payment.update({"reference_no": f"NEFT {deal.days_ago:03}", "reference_date": day(deal.days_ago - 20)})
	_go_on(payment, deal.bookkeeper, deal.days_ago - 20)


def _new(doctype: str, deal: DemoDeal | DemoCounterSale, **values) -> Document:
	return frappe.get_doc(
		{
			"doctype": doctype,
			"company": records.COMPANY,
			"branch": deal.branch if deal.is_chosen else None,
			"items": [_line(deal.item, deal.quantity)],
			**values,
		}
	)


def _line(item: DemoItem, quantity: int) -> dict:
	# the price list knows prices from today on
	listed = {"price_list_rate": item.price, "rate": item.price}
	return {"item_code": item.code, "qty": quantity, **listed}


def _made(maker: object, source: Document, deal: DemoDeal, by: str | None = None) -> Document:
	"""What ERPNext makes of a document for whoever goes on with it."""
	with written_by(by or deal.bookkeeper):
		return maker(source.name)


def _go_on(doc: Document, by: str, days_ago: int) -> Document:
	return write(doc, by, days_ago, submit=True)
