"""Find what is noted otherwise than the documents say, and set it right."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

import frappe
from frappe.query_builder import DocType
from frappe.utils import create_batch

from branch_crm.credit_control import (
	contribution_queries,
	entry_queries,
	exposure_queries,
	exposure_work,
	payable_queries,
)
from branch_crm.credit_control.entry_rules import Place, changes
from branch_crm.credit_control.rules import ZERO
from branch_crm.party_netting.queries import LEDGER

_AT_ONCE, _VOUCHERS = 50, 500


class Cause(Enum):
	"""How what is noted may differ from the documents."""

	NEVER_NOTED = "Never noted"
	CHANGED = "Changed without notice"
	GONE = "Gone without notice"
	ROWS = "Rows differ from their entries"


@dataclass(frozen=True)
class Drift:
	"""Of a voucher at a place, or of a customer's rows (then the place has no voucher)."""

	place: Place
	cause: Cause
	noted: Decimal
	now: Decimal


def customers_of(company: str) -> list[str]:
	"""Everybody who owes the company something, or has a document that might say so, or is noted to."""
	ledger = DocType(LEDGER)
	posted = (ledger.company == company) & (ledger.party_type == "Customer")
	found = set(frappe.qb.from_(ledger).select(ledger.party).distinct().where(posted).run(pluck=True))
	found |= {customer for customer, _supplier in payable_queries.counting_pairs(company)}
	of_company = {"company": company, "docstatus": 1}
	for doctype in ("Sales Order", "Delivery Note", "POS Invoice"):
		found |= set(frappe.get_all(doctype, of_company, pluck="customer", distinct=True))
	noted = {"company": company}
	return sorted(found | set(frappe.get_all(entry_queries.ENTRY, noted, pluck="customer", distinct=True)))


def recount(company: str, customers: Collection[str]) -> list[Drift]:
	"""What had drifted, and is right now. What is noted and what documents say are read of one moment; what differs is read
	anew, as others may have changed it since."""
	found = list(_drifts(company, customers))
	vouchers = sorted({(one.place.voucher_type, one.place.voucher_no) for one in found})
	for some in create_batch(vouchers, _VOUCHERS):
		exposure_work.read_anew(some, {company})
	for customer in customers:
		exposure_work.fold(company, customer)
		if drift := _drift_of_rows(company, customer):
			exposure_work.rebuild(company, customer)
			found.append(drift)
	return found


def in_batches(customers: Collection[str]) -> Iterator[list[str]]:
	return create_batch(customers, _AT_ONCE)


def _drifts(company: str, customers: Collection[str]) -> Iterator[Drift]:
	noted = entry_queries.amounts(entry_queries.of_customers(company, customers))
	now = contribution_queries.of_customers(company, customers)
	for place in changes(noted, now):
		before, after = noted.get(place, ZERO), now.get(place, ZERO)
		cause = Cause.NEVER_NOTED if not before else Cause.CHANGED if after else Cause.GONE
		yield Drift(place, cause, before, after)


def _drift_of_rows(company: str, customer: str) -> Drift | None:
	rows, entries = exposure_queries.rows_of(customer, company), exposure_queries.sums_of(customer, company)
	if rows == entries:
		return None
	place = Place("", "", "", company, customer, "")
	return Drift(place, Cause.ROWS, sum(rows.values(), ZERO), sum(entries.values(), ZERO))
