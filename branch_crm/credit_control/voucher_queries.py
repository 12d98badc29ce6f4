"""The register of vouchers by kind: of what the session's user may read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe.utils import getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control.cheque_queries import RETURN
from branch_crm.credit_control.report_queries import CUSTOMER, Asked
from branch_crm.credit_control.voucher_rules import Kind
from branch_crm.party_netting.queries import exact

SUPPLIER, JOURNAL = "Supplier", "Journal Entry"
_ROWS = "Journal Entry Account"


@dataclass(frozen=True)
class _Source:
	"""Where vouchers of a kind stand, and what they are called there."""

	kind: Kind
	doctype: str
	filters: dict = field(default_factory=lambda: {"is_return": 1})
	party: str = "customer"
	amount: str = "base_grand_total"
	day: str = "posting_date"
	against: str = "return_against"


_SOURCES = (
	_Source(Kind.CREDIT_NOTE, "Sales Invoice"),
	# what is consolidated stands in its invoice
	_Source(Kind.CREDIT_NOTE, "POS Invoice", {"is_return": 1, "consolidated_invoice": ["is", "not set"]}),
	_Source(Kind.DEBIT_NOTE, "Sales Invoice", {"is_debit_note": 1}),
	_Source(Kind.DEBIT_NOTE, "Purchase Invoice", party="supplier"),
	_Source(Kind.SALES_RETURN, "Delivery Note"),
	_Source(Kind.PURCHASE_RETURN, "Purchase Receipt", party="supplier"),
	_Source(Kind.CHEQUE_RETURN, RETURN, {}, amount="amount", day="return_date", against="payment_entry"),
)


def vouchers(asked: Asked, kind: Kind | None = None) -> list[frappe._dict]:
	"""The vouchers, of one kind or all, by day: `kind` (one of `Kind`), `document_type`, `document`, `posting_date`, `party_type`,
	`party`, `customer` (None of a supplier), `branch`, `against`, what it takes back, and `amount` in company currency, above
	zero in the direction of its kind, below it where a journal takes another one back. A journal has a row for each party and
	branch."""
	found = [
		voucher
		for source in _SOURCES
		if _is_asked(source, asked, kind) and frappe.has_permission(source.doctype, "read")
		for voucher in _vouchers(source, asked)
	]
	if frappe.has_permission(JOURNAL, "read"):
		found += _journals(asked, kind)
	return sorted(found, key=lambda one: (one.posting_date, one.document_type, one.document, one.party))


def _is_asked(source: _Source, asked: Asked, kind: Kind | None) -> bool:
	is_of_party = source.party == "customer" or not asked.is_of_customers
	return is_of_party and kind in (None, source.kind)


def _vouchers(source: _Source, asked: Asked) -> Iterator[frappe._dict]:
	branch = "branch" if source.doctype == RETURN else access_queries.branch_field()
	filters = {**source.filters, "docstatus": 1}
	filters |= asked.filters(source.doctype, source.day, branch, source.party)
	fields = ["name", source.day, source.party, branch, source.amount, source.against]
	rows = frappe.get_list(source.doctype, filters, fields, as_list=True, limit_page_length=0, order_by=None)
	party_type = CUSTOMER if source.party == "customer" else SUPPLIER
	for name, day, party, of_branch, amount, against in rows:
		yield _voucher(
			source.kind, source.doctype, name, day, (party_type, party), of_branch, abs(amount), against
		)


def _journals(asked: Asked, kind: Kind | None) -> Iterator[frappe._dict]:
	"""Journals that are notes, by party and branch of their rows."""
	kinds = [one.value for one in (Kind.CREDIT_NOTE, Kind.DEBIT_NOTE) if kind in (None, one)]
	branch = access_queries.branch_field()
	scope = access_queries.scope_in_force(frappe.session.user, JOURNAL)
	filters = [
		[JOURNAL, "docstatus", "=", 1],
		[JOURNAL, "company", "=", asked.company],
		[JOURNAL, "posting_date", "between", (asked.from_date, asked.to_date)],
		[JOURNAL, "voucher_type", "in", kinds or [""]],
		[_ROWS, "party_type", "in", [CUSTOMER] if asked.is_of_customers else [CUSTOMER, SUPPLIER]],
	]
	if asked.branch or not scope.all:
		filters.append([_ROWS, branch, "in", asked.branches(JOURNAL)])
	if asked.is_of_customers:
		filters.append([_ROWS, "party", "in", asked.customers()])
	columns = ("party_type", "party", branch)
	rows = frappe.get_list(
		JOURNAL,
		filters,
		[
			*("name", "posting_date", "voucher_type"),
			*(f"`tab{_ROWS}`.`{column}` as `row_{column}`" for column in columns),
			f"sum(`tab{_ROWS}`.debit - `tab{_ROWS}`.credit) as amount",
		],
		group_by=", ".join(["`tabJournal Entry`.name", *(f"`tab{_ROWS}`.`{column}`" for column in columns)]),
		limit_page_length=0,
		order_by=None,
	)
	for row in rows:
		party = (row.row_party_type, row.row_party)
		of_branch = row[f"row_{branch}"]
		kind = Kind(row.voucher_type)
		# a journal that takes another one back counts against it
		amount = row.amount if kind is Kind.DEBIT_NOTE else -row.amount
		yield _voucher(kind, JOURNAL, row.name, row.posting_date, party, of_branch, amount)


def _voucher(
	kind: Kind,
	doctype: str,
	name: str,
	day: date,
	party: tuple[str, str],
	branch: str | None,
	amount: float,
	against: str | None = None,
) -> frappe._dict:
	party_type, party = party
	return frappe._dict(
		kind=kind,
		document_type=doctype,
		document=name,
		posting_date=getdate(day),
		party_type=party_type,
		party=party,
		customer=party if party_type == CUSTOMER else None,
		branch=branch,
		amount=float(exact(amount)),
		against=against,
	)
