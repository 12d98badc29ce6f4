"""What the party ledgers say that vouchers contribute to what customers owe."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Max, Min
from frappe.utils import create_batch

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import payable_queries
from branch_crm.credit_control.entry_rules import Contributions, LedgerRow, summed
from branch_crm.party_netting.queries import LEDGER, exact

# a voucher, by DocType and name
Voucher = tuple[str, str]
ORDER = "Sales Order"
CUSTOMER, SUPPLIER = "Customer", "Supplier"
PARTIES = (CUSTOMER, SUPPLIER)
_BATCH = 1000
# asked with every sale: to build this query takes longer than to answer it; a journal may owe and pay in one
_ROWS = """
select voucher_type, voucher_no, against_voucher_type, against_voucher_no, company, party_type, party,
	coalesce(`{0}`, '') branch,
	sum(if(account_type = if(party_type = 'Customer', 'Receivable', 'Payable'), amount, -amount)) amount
from `tabPayment Ledger Entry` where {1} and delinked = 0
group by voucher_type, voucher_no, against_voucher_type, against_voucher_no, company, party_type, party, coalesce(`{0}`, ''),
	if(account_type = if(party_type = 'Customer', 'Receivable', 'Payable'), amount, -amount) < 0"""


def of_vouchers(vouchers: Collection[Voucher]) -> Contributions:
	"""What each of these vouchers contributes, by place."""
	wanted = set(vouchers)
	pages = create_batch(_names(wanted), _BATCH)
	rows = [row for page in pages for row in _rows("party_type in %s and voucher_no in %s", PARTIES, page)]
	return _contributions([row for row in rows if (row.voucher_type, row.voucher_no) in wanted])


def of_customers(company: str, customers: Collection[str]) -> Contributions:
	"""The same of all vouchers of these customers."""
	return _contributions(_ledger(company, customers))


def open_documents(company: str, customer: str) -> Contributions:
	"""What is open in the ledger by the document that owes it: an invoice with all that was paid of it, or money that is paid
	in advance."""
	rows = _ledger_rows(_ledger(company, [customer]))
	return summed((replace(row.place, **row.document), row.amount) for row in rows)


def settling(vouchers: Collection[Voucher]) -> set[Voucher]:
	"""What is allocated to one of these vouchers: it counts for their branch."""
	entry, wanted = DocType(LEDGER), set(vouchers)
	query = (
		frappe.qb.from_(entry)
		.select(entry.voucher_type, entry.voucher_no, entry.against_voucher_type, entry.against_voucher_no)
		.distinct()
		.where(entry.party_type.isin(PARTIES) & (entry.delinked == 0))
	)
	return {
		(kind, name)
		for page in create_batch(_names(wanted), _BATCH)
		for kind, name, *settled in query.where(entry.against_voucher_no.isin(page)).run()
		if tuple(settled) in wanted
	} - wanted


def _ledger(company: str, customers: Collection[str]) -> list[frappe._dict]:
	"""The rows of these customers, and of the suppliers that are netted with them."""
	suppliers = payable_queries.suppliers_of(company, customers)
	return [
		row
		for kind, parties in ((CUSTOMER, customers), (SUPPLIER, suppliers))
		if parties
		for row in _rows("company = %s and party_type = %s and party in %s", company, kind, list(parties))
	]


def _rows(condition: str, *values: object) -> list[frappe._dict]:
	return frappe.db.sql(_ROWS.format(access_queries.branch_field(), condition), values, as_dict=True)


def _contributions(rows: Collection[frappe._dict]) -> Contributions:
	return summed((row.place, row.amount) for row in _ledger_rows(rows))


def _ledger_rows(rows: Collection[frappe._dict]) -> Iterator[LedgerRow]:
	read = list(_read(rows))
	settled = [(row.against_type, row.against_no) for row in read if not row.is_own]
	branches = {**_branches_in_ledger(settled), **_branches_of_orders(settled)}
	for row in read:
		against = (row.against_type, row.against_no)
		yield row if row.is_own else replace(row, settled_branch=branches.get(against))


def _read(rows: Collection[frappe._dict]) -> Iterator[LedgerRow]:
	"""The rows of customers, and those of suppliers as the customers' that they are netted with."""
	netted = _netted(rows)
	for row in rows:
		is_payable = row.party_type == SUPPLIER
		customer = netted.get((row.company, row.party)) if is_payable else row.party
		if customer:
			amount = exact(row.amount)
			yield LedgerRow(
				row.voucher_type,
				row.voucher_no,
				row.against_voucher_type,
				row.against_voucher_no,
				row.company,
				customer,
				row.branch,
				-amount if is_payable else amount,
				is_payable=is_payable,
			)


def _netted(rows: Collection[frappe._dict]) -> Mapping[tuple[str, str], str]:
	"""By company and supplier, the customer that it is netted with."""
	suppliers = {(row.company, row.party) for row in rows if row.party_type == SUPPLIER}
	return payable_queries.customers_of(suppliers) if suppliers else {}


def _branches_in_ledger(vouchers: Collection[Voucher]) -> dict[Voucher, str]:
	"""The branch of each voucher that has one alone."""
	if not vouchers:
		return {}
	entry = DocType(LEDGER)
	branch = Coalesce(entry[access_queries.branch_field()], "")
	query = (
		frappe.qb.from_(entry)
		.select(entry.voucher_type, entry.voucher_no, Min(branch), Max(branch))
		.where(
			(entry.voucher_no == entry.against_voucher_no)
			& (entry.voucher_type == entry.against_voucher_type)
			& entry.party_type.isin(PARTIES)
			& (entry.delinked == 0)
		)
		.groupby(entry.voucher_type, entry.voucher_no)
	)
	return {
		(kind, name): first
		for page in create_batch(_names(vouchers), _BATCH)
		for kind, name, first, last in query.where(entry.voucher_no.isin(page)).run()
		if first == last
	}


def _branches_of_orders(vouchers: Collection[Voucher]) -> dict[Voucher, str]:
	orders = _names(voucher for voucher in vouchers if voucher[0] == ORDER)
	column = access_queries.branch_field()
	return {
		(ORDER, name): branch or ""
		for page in create_batch(orders, _BATCH)
		for name, branch in frappe.get_all(ORDER, {"name": ["in", page]}, ["name", column], as_list=True)
	}


def _names(vouchers: Iterable[Voucher]) -> list[str]:
	return sorted({name for _type, name in vouchers})
