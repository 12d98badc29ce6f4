"""What the receivable ledger says that vouchers contribute to what customers owe."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

import frappe
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Coalesce, Max, Min, Sum
from frappe.utils import create_batch
from pypika.terms import Criterion

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control.entry_rules import Contributions, LedgerRow, summed
from branch_crm.party_netting.queries import LEDGER, exact

# a voucher, by DocType and name
Voucher = tuple[str, str]
ORDER = "Sales Order"
_BATCH = 1000


def of_vouchers(vouchers: Collection[Voucher]) -> Contributions:
	"""What each of these vouchers contributes, by place."""
	entry, wanted = DocType(LEDGER), set(vouchers)
	names = sorted({name for _type, name in wanted})
	found = (row for page in create_batch(names, _BATCH) for row in _rows(entry.voucher_no.isin(page)))
	return _contributions([row for row in found if (row.voucher_type, row.voucher_no) in wanted])


def of_customers(company: str, customers: Collection[str]) -> Contributions:
	"""The same of all vouchers of these customers."""
	entry = DocType(LEDGER)
	return _contributions(_rows((entry.company == company) & entry.party.isin(list(customers))))


def open_documents(company: str, customer: str) -> Contributions:
	"""What is open in the ledger by the document that owes it: an invoice with all that was paid of it, or money that is paid
	in advance."""
	entry = DocType(LEDGER)
	rows = _ledger_rows(_rows((entry.company == company) & (entry.party == customer)))
	return summed((replace(row.place, **row.document), row.amount) for row in rows)


def settling(vouchers: Collection[Voucher]) -> set[Voucher]:
	"""What is allocated to one of these vouchers: it counts for their branch."""
	entry, wanted = DocType(LEDGER), set(vouchers)
	query = (
		frappe.qb.from_(entry)
		.select(entry.voucher_type, entry.voucher_no, entry.against_voucher_type, entry.against_voucher_no)
		.distinct()
		.where((entry.party_type == "Customer") & (entry.delinked == 0))
	)
	names = sorted({name for _type, name in wanted})
	return {
		(kind, name)
		for page in create_batch(names, _BATCH)
		for kind, name, *settled in query.where(entry.against_voucher_no.isin(page)).run()
		if tuple(settled) in wanted
	} - wanted


def _rows(condition: Criterion) -> list[frappe._dict]:
	entry = DocType(LEDGER)
	is_receivable = entry.account_type == "Receivable"
	owed = Case().when(is_receivable, entry.amount).else_(-entry.amount)
	branch = Coalesce(entry[access_queries.branch_field()], "")
	against = (entry.against_voucher_type, entry.against_voucher_no)
	grouped = (entry.voucher_type, entry.voucher_no, *against, entry.company, entry.party, branch)
	return (
		frappe.qb.from_(entry)
		.select(*grouped[:-1], branch.as_("branch"), Sum(owed).as_("amount"))
		.where(condition & (entry.party_type == "Customer") & (entry.delinked == 0))
		# a journal may owe and pay in one
		.groupby(*grouped, Case().when(owed < 0, 0).else_(1))
		.run(as_dict=True)
	)


def _contributions(rows: Collection[frappe._dict]) -> Contributions:
	return summed((row.place, row.amount) for row in _ledger_rows(rows))


def _ledger_rows(rows: Collection[frappe._dict]) -> Iterator[LedgerRow]:
	read = [
		LedgerRow(
			row.voucher_type,
			row.voucher_no,
			row.against_voucher_type,
			row.against_voucher_no,
			row.company,
			row.party,
			row.branch,
			exact(row.amount),
		)
		for row in rows
	]
	settled = [(row.against_type, row.against_no) for row in read if not row.is_own]
	return _with_branches(read, {**_branches_in_ledger(settled), **_branches_of_orders(settled)})


def _with_branches(rows: Iterable[LedgerRow], branches: dict) -> Iterator[LedgerRow]:
	for row in rows:
		against = (row.against_type, row.against_no)
		yield row if row.is_own else LedgerRow(**{**vars(row), "settled_branch": branches.get(against)})


def _branches_in_ledger(vouchers: Collection[Voucher]) -> dict[Voucher, str]:
	"""The branch of each voucher that has one alone."""
	entry = DocType(LEDGER)
	branch = Coalesce(entry[access_queries.branch_field()], "")
	query = (
		frappe.qb.from_(entry)
		.select(entry.voucher_type, entry.voucher_no, Min(branch), Max(branch))
		.where(
			(entry.voucher_no == entry.against_voucher_no)
			& (entry.voucher_type == entry.against_voucher_type)
			& (entry.party_type == "Customer")
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
