"""Every read of what is open between two parties that are one."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

import frappe
from frappe.model.document import Document
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Coalesce, Max, Min, Sum
from frappe.utils import flt, getdate
from frappe.utils.caching import request_cache
from pypika.terms import Criterion, Term

from branch_crm.branch_access import queries as access_queries
from branch_crm.party_netting import settlement_queries
from branch_crm.party_netting.rules import Item, Key, Side

# a customer, and the supplier that it also is
Pair = tuple[str, str]
LEDGER = "Payment Ledger Entry"
PARTY = {Side.RECEIVABLE: "Customer", Side.PAYABLE: "Supplier"}
# the root of the accounts on which a party's invoices stand; advances may have accounts of the other one
_ROOT = {Side.RECEIVABLE: "Asset", Side.PAYABLE: "Liability"}
# what a payment in advance refers to before there is an invoice
_ORDERS = ("Sales Order", "Purchase Order")
# what says of itself that it is disputed or held
_MARKED = {
	"Sales Invoice": ("is_disputed",),
	"Purchase Invoice": ("is_disputed", "on_hold", "release_date"),
	"Journal Entry": ("is_disputed",),
}


def open_items(
	customer: str, supplier: str, company: str, only: Collection[Key] | None = None, for_update: bool = False
) -> list[Item]:
	"""What is open between them: invoices, journals, credit notes and advances, of which the session's user may read the
	document.

	Arguments:
	        only: of these documents alone.
	        for_update: what others have committed since this transaction began counts, and they wait for its end.
	"""
	return open_items_of([(customer, supplier)], company, only, for_update)[customer, supplier]


def open_items_of(
	pairs: Collection[Pair], company: str, only: Collection[Key] | None = None, for_update: bool = False
) -> dict[Pair, list[Item]]:
	"""The same of many pairs at once."""
	rows = [
		(side, pair, row)
		for place, side in enumerate(Side)
		for pair, row in _rows_by_pair(side, {pair[place]: pair for pair in pairs}, company, only, for_update)
	]
	marks = _marks([row for _side, _pair, row in rows])
	settling = settlement_queries.at_work_on([(row.voucher_type, row.voucher_no) for _s, _p, row in rows])
	held = _held_suppliers({supplier for _customer, supplier in pairs})
	items: dict[Pair, list[Item]] = {pair: [] for pair in pairs}
	for side, pair, row in rows:
		if said := marks.get((row.voucher_type, row.voucher_no)):
			is_held = _is_held(said) or (side is Side.PAYABLE and row.party in held)
			items[pair].append(_item(side, row, said, is_held, settling))
	return items


def item_of(side: Side, row: Document) -> Item:
	"""What a row of a settlement is about, as it was when it was proposed."""
	return Item(
		side=side,
		voucher_type=row.voucher_type,
		voucher_no=row.voucher_no,
		account=row.account,
		currency=row.currency,
		outstanding=exact(row.outstanding),
		amount=exact(row.outstanding),
		posting_date=getdate(row.posting_date),
		due_date=row.due_date and getdate(row.due_date),
		branch=row.branch,
	)


def exact(amount: float | None) -> Decimal:
	"""An amount of the database or of a form, to the precision of currencies."""
	return Decimal(str(flt(amount, _precision())))


@request_cache
def _precision() -> int:
	return frappe.get_precision(LEDGER, "amount")


def _rows_by_pair(
	side: Side,
	pairs: Mapping[str, Pair],
	company: str,
	only: Collection[Key] | None,
	for_update: bool,
) -> list[tuple[Pair, frappe._dict]]:
	found = _open_rows(PARTY[side], list(pairs), company, only, for_update) if pairs else []
	return [(pairs[row.party], row) for row in found if row.party in pairs]


def _open_rows(
	party_type: str, parties: list[str], company: str, only: Collection[Key] | None, for_update: bool
) -> list[frappe._dict]:
	entry, branch = DocType(LEDGER), access_queries.branch_field()

	def open_document(part: str) -> Case:
		"""What is open: a document, or the payment in advance where it refers to an order."""
		is_advance = entry.against_voucher_type.isin(_ORDERS)
		return Case().when(is_advance, entry[f"voucher_{part}"]).else_(entry[f"against_voucher_{part}"])

	kind, name = open_document("type"), open_document("no")

	def of_voucher(value: Term) -> Case:
		"""What the document's own entries say, not those of what pays it."""
		return Case().when((entry.voucher_no == name) & (entry.voucher_type == kind), value)

	outstanding = Sum(entry.amount_in_account_currency)
	query = (
		frappe.qb.from_(entry)
		.select(
			entry.party,
			entry.account,
			entry.account_currency,
			kind.as_("voucher_type"),
			name.as_("voucher_no"),
			outstanding.as_("outstanding"),
			Sum(entry.amount).as_("amount"),
			*(Max(of_voucher(entry[field])).as_(field) for field in ("posting_date", "due_date")),
			Max(of_voucher(entry.cost_center)).as_("cost_center"),
			Max(of_voucher(entry[branch])).as_("branch"),
			Min(of_voucher(Coalesce(entry[branch], ""))).as_("first_branch"),
		)
		.where(_of_parties(entry, party_type, parties, company))
		.groupby(
			entry.party,
			kind,
			name,
			entry.account,
			entry.account_currency,
		)
		.having((outstanding != 0) | (Sum(entry.amount) != 0))
	)
	if only is None:
		query = query.where(
			entry.against_voucher_no.isin(_perhaps_open(party_type, parties, company) or [""])
		)
	else:
		names = [name for _kind, name, _account in only] or [""]
		is_advance = entry.against_voucher_type.isin(_ORDERS) & entry.voucher_no.isin(names)
		query = query.where(entry.against_voucher_no.isin(names) | is_advance)
	return (query.for_update() if for_update else query).run(as_dict=True)


def _perhaps_open(party_type: str, parties: list[str], company: str) -> list[str]:
	"""The names of what is not settled. To group by them alone takes an eighth of the time; where one is of several parties
	or accounts, these may balance each other."""
	entry = DocType(LEDGER)
	sums = (Sum(entry.amount_in_account_currency) != 0) | (Sum(entry.amount) != 0)
	is_several = (Min(entry.party) != Max(entry.party)) | (Min(entry.account) != Max(entry.account))
	return (
		frappe.qb.from_(entry)
		.select(entry.against_voucher_no)
		.where(_of_parties(entry, party_type, parties, company))
		.groupby(entry.against_voucher_no)
		.having(sums | is_several)
		.run(pluck=True)
	)


def _of_parties(entry: DocType, party_type: str, parties: list[str], company: str) -> Criterion:
	return (
		(entry.delinked == 0)
		& (entry.company == company)
		& (entry.party_type == party_type)
		& entry.party.isin(parties)
	)


def _marks(rows: Iterable[frappe._dict]) -> dict[tuple[str, str], frappe._dict]:
	"""By document, of those that the session's user may read, what it says of itself."""
	named: dict[str, set[str]] = {}
	for row in rows:
		named.setdefault(row.voucher_type, set()).add(row.voucher_no)
	return {
		(kind, row.name): row
		for kind, names in named.items()
		if frappe.has_permission(kind)
		for row in frappe.get_list(
			kind,
			{"name": ["in", list(names)]},
			["name", *_MARKED.get(kind, ())],
			limit_page_length=0,
			order_by="name",
		)
	}


def _held_suppliers(names: Collection[str]) -> set[str]:
	"""Those of these that are not to be paid now."""
	held = {"name": ["in", list(names)], "on_hold": 1, "hold_type": ["in", ("All", "Payments")]}
	found = frappe.get_all("Supplier", held, ["name", "on_hold", "release_date"])
	return {supplier.name for supplier in found if _is_held(supplier)}


def _is_held(said: frappe._dict) -> bool:
	return bool(said.on_hold and not (said.release_date and getdate(said.release_date) <= getdate()))


def _item(
	side: Side,
	row: frappe._dict,
	marks: frappe._dict,
	is_held: bool,
	settling: Collection[tuple[str, str]],
) -> Item:
	return Item(
		side=side,
		voucher_type=row.voucher_type,
		voucher_no=row.voucher_no,
		account=row.account,
		currency=row.account_currency,
		outstanding=exact(row.outstanding),
		amount=exact(row.amount),
		posting_date=getdate(row.posting_date),
		due_date=row.due_date and getdate(row.due_date),
		branch=row.branch,
		cost_center=row.cost_center,
		is_on_hold=is_held,
		is_disputed=bool(marks.is_disputed),
		is_on_advance_account=_root_of(row.account) != _ROOT[side],
		is_being_settled=(row.voucher_type, row.voucher_no) in settling,
		is_of_several_branches=(row.branch or "") != (row.first_branch or ""),
	)


def _root_of(account: str) -> str:
	return frappe.get_cached_value("Account", account, "root_type")
