"""What orders and deliveries contribute to what customers owe: what is not billed of them yet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import frappe
from frappe.query_builder import DocType

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control.commitment_rules import Delivery, Line, commitment
from branch_crm.credit_control.entry_rules import Component, Contributions, Place, summed
from branch_crm.credit_control.ledger_queries import ORDER
from branch_crm.credit_control.rules import ZERO, total
from branch_crm.party_netting.queries import exact

DELIVERY, INVOICE = "Delivery Note", "Sales Invoice"
# nobody will bill it any more
_CLOSED = "Closed"
_DOCUMENT = ("customer", "company", "status", "currency", "conversion_rate")
_TOTALS = ("base_net_total", "base_grand_total", "base_rounded_total")


@dataclass(frozen=True)
class _Reader:
	"""Reads lines of submitted documents with what is to be known of the document.

	Attributes:
	        for_update: as they are now: what another transaction has changed since this one began counts, and it is waited for.
	"""

	for_update: bool

	def order_lines(self, key: str, names: Collection[str]) -> dict[str, frappe._dict]:
		return {row.name: row for row in self._lines(ORDER, key, names)}

	def delivery_lines(self, key: str, names: Collection[str]) -> list[frappe._dict]:
		more = ("so_detail", "si_detail", "dn_detail")
		return self._lines(DELIVERY, key, names, more, ("is_return", "posting_date", "posting_time"))

	def invoice_lines(self, key: str, names: Collection[str]) -> list[frappe._dict]:
		flags = ("update_billed_amount_in_sales_order", "update_billed_amount_in_delivery_note")
		document = ("is_return", "update_stock", *flags)
		return self._lines(INVOICE, key, names, ("so_detail", "dn_detail"), document)

	def _lines(
		self,
		doctype: str,
		key: str,
		names: Collection[str],
		of_line: Iterable[str] = (),
		of_document: Iterable[str] = (),
	) -> list[frappe._dict]:
		line, document = DocType(f"{doctype} Item"), DocType(doctype)
		branch = document[access_queries.branch_field()].as_("branch")
		amounts = (line.net_amount, line.base_net_amount)
		query = (
			frappe.qb.from_(line)
			.join(document)
			.on(line.parent == document.name)
			.select(line.name, line.parent, *amounts, *(line[one] for one in of_line))
			.select(branch, *(document[one] for one in (*_DOCUMENT, *_TOTALS, *of_document)))
			.where((document.docstatus == 1) & line[key].isin(sorted(names)))
		)
		return (query.for_update() if self.for_update else query).run(as_dict=True) if names else []


@dataclass(frozen=True)
class _Read:
	"""What stands in the documents, by line of an order, or of a delivery: what was delivered of it, billed of it alone,
	and returned and billed of each delivery."""

	ordered: Mapping[str, frappe._dict]
	delivered: Mapping[str, list[frappe._dict]]
	billed: Mapping[str, list[frappe._dict]]
	returned: Mapping[str, list[frappe._dict]]
	billed_deliveries: Mapping[str, list[frappe._dict]]


def of_documents(
	orders: Collection[str], deliveries: Collection[str], for_update: bool = False
) -> Contributions:
	"""What each of these orders and deliveries contributes, by place."""
	if not orders and not deliveries:
		return {}
	reader = _Reader(for_update)
	ordered = reader.order_lines("parent", orders)
	named = reader.delivery_lines("parent", deliveries)
	ordered |= reader.order_lines("name", {row.so_detail for row in named if row.so_detail} - ordered.keys())
	read = _read(reader, ordered, named)
	wanted = {(ORDER, order) for order in orders} | {(DELIVERY, delivery) for delivery in deliveries}
	found = summed(
		contribution for name in {*read.ordered, *read.delivered} for contribution in _of_line(name, read)
	)
	return {
		place: exact(amount)
		for place, amount in found.items()
		if (place.voucher_type, place.voucher_no) in wanted and exact(amount)
	}


def deliveries_of(orders: Collection[str]) -> set[tuple[str, str]]:
	"""The deliveries of these orders: an invoice that names an order alone bills them."""
	named = {"against_sales_order": ["in", list(orders)]}
	found = frappe.get_all(f"{DELIVERY} Item", named, pluck="parent", distinct=True) if orders else ()
	return {(DELIVERY, name) for name in found}


def all_of(company: str, customers: Collection[str]) -> tuple[list[str], list[str]]:
	"""The orders and the deliveries of these customers."""
	of_customers = {"company": company, "customer": ["in", list(customers)], "docstatus": 1}
	return tuple(frappe.get_all(doctype, of_customers, pluck="name") for doctype in (ORDER, DELIVERY))


def _read(reader: _Reader, ordered: dict[str, frappe._dict], named: list[frappe._dict]) -> _Read:
	rows = {row.name: row for row in (*named, *reader.delivery_lines("so_detail", ordered))}
	sent = {name: row for name, row in rows.items() if not row.is_return}
	delivered, billed = defaultdict(list), defaultdict(list)
	for row in sorted(sent.values(), key=lambda row: (row.posting_date, row.posting_time, row.parent)):
		delivered[row.so_detail if row.so_detail in ordered else row.name].append(row)
	for row in reader.invoice_lines("so_detail", ordered):
		if not row.dn_detail:
			billed[row.so_detail].append(row)
	returned = [row for row in reader.delivery_lines("dn_detail", sent) if row.is_return]
	of_deliveries = _by_delivery(reader.invoice_lines("dn_detail", sent))
	return _Read(ordered, delivered, billed, _by_delivery(returned), of_deliveries)


def _by_delivery(rows: Iterable[frappe._dict]) -> dict[str, list[frappe._dict]]:
	found = defaultdict(list)
	for row in rows:
		found[row.dn_detail].append(row)
	return found


def _of_line(name: str, read: _Read) -> Iterable[tuple[Place, Decimal]]:
	order = read.ordered.get(name)
	delivered = read.delivered.get(name, [])
	unit = order or delivered[0] if order or delivered else None
	if not unit:
		return
	billed = [row for row in read.billed.get(name, ()) if _counts(row, "sales_order")]
	made = [_delivery(row, unit, read) for row in delivered]
	of_invoices = total(one.amount for one, row in zip(made, delivered, strict=True) if row.si_detail)
	left = commitment(
		Line(
			_net(order, unit) if order else ZERO,
			total(_net(row, unit) for row in billed if not row.update_stock) - of_invoices,
			(*made, *_delivered_by_invoices(billed, unit)),
			bool(order) and order.status != _CLOSED,
		)
	)
	if order and left.order:
		yield _place(ORDER, order, Component.ORDERS), left.order * _rate(order, unit)
	notes = {row.parent: row for row in delivered}
	for voucher, amount in left.deliveries:
		if notes[voucher].status != _CLOSED:
			yield _place(DELIVERY, notes[voucher], Component.DELIVERIES), amount * _rate(notes[voucher], unit)


def _delivery(row: frappe._dict, unit: frappe._dict, read: _Read) -> Delivery:
	amount = _net(row, unit) + total(_net(one, unit) for one in read.returned.get(row.name, ()))
	if row.si_detail:
		# made from the invoice that bills it
		return Delivery(row.parent, amount, amount)
	billed = read.billed_deliveries.get(row.name, ())
	return Delivery(
		row.parent, amount, total(_net(one, unit) for one in billed if _counts(one, "delivery_note"))
	)


def _delivered_by_invoices(billed: Iterable[frappe._dict], unit: frappe._dict) -> list[Delivery]:
	"""Invoices that deliver the goods themselves: nothing of them is left to bill."""
	amounts = [(row.parent, _net(row, unit)) for row in billed if row.update_stock]
	return [Delivery(voucher, amount, amount) for voucher, amount in amounts]


def _counts(row: frappe._dict, document: str) -> bool:
	"""Whether an invoice counts for what it bills: a credit note only where it says so, as in ERPNext."""
	return not row.is_return or bool(row[f"update_billed_amount_in_{document}"])


def _net(row: frappe._dict, unit: frappe._dict) -> Decimal:
	"""The amount of a line without taxes, in the currency of the line that it is compared with."""
	if row.currency == unit.currency:
		return exact(row.net_amount)
	return exact(row.base_net_amount) / Decimal(str(unit.conversion_rate or 1))


def _rate(document: frappe._dict, unit: frappe._dict) -> Decimal:
	"""What one of that comes to in company currency, with the share of taxes and charges of its document."""
	rate = document.conversion_rate if document.currency == unit.currency else unit.conversion_rate
	gross = exact(document.base_rounded_total or document.base_grand_total)
	net = exact(document.base_net_total)
	return Decimal(str(rate or 1)) * gross / net if net else ZERO


def _place(doctype: str, row: frappe._dict, component: Component) -> Place:
	return Place(doctype, row.parent, component.value, row.company, row.customer, row.branch or "")
