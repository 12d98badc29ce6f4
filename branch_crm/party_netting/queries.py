"""Every read of what is open between two parties that are one."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

import frappe
from frappe.model.document import Document
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Max, Sum
from frappe.utils import flt, getdate

from branch_crm.branch_access import queries as access_queries
from branch_crm.party_netting import settlement_queries
from branch_crm.party_netting.rules import Item, Key, Side

# a customer, and the supplier that it also is
Pair = tuple[str, str]
LEDGER = "Payment Ledger Entry"
PARTY = {Side.RECEIVABLE: "Customer", Side.PAYABLE: "Supplier"}
# the root of the accounts on which a party's invoices stand; advances may have accounts of the other one
_ROOT = {Side.RECEIVABLE: "Asset", Side.PAYABLE: "Liability"}
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
	items: dict[Pair, list[Item]] = {pair: [] for pair in pairs}
	for side, pair, row in rows:
		if (row.voucher_type, row.voucher_no) in marks:
			items[pair].append(_item(side, row, marks[row.voucher_type, row.voucher_no], settling))
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
	return Decimal(str(flt(amount, frappe.get_precision(LEDGER, "amount"))))


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

	def of_voucher(field: str) -> Max:
		"""What the document's own entry says, not those of what pays it."""
		is_own = (entry.voucher_no == entry.against_voucher_no) & (
			entry.voucher_type == entry.against_voucher_type
		)
		return Max(Case().when(is_own, entry[field])).as_(field)

	outstanding = Sum(entry.amount_in_account_currency)
	query = (
		frappe.qb.from_(entry)
		.select(
			entry.party,
			entry.account,
			entry.account_currency,
			entry.against_voucher_type.as_("voucher_type"),
			entry.against_voucher_no.as_("voucher_no"),
			outstanding.as_("outstanding"),
			Sum(entry.amount).as_("amount"),
			*map(of_voucher, ("posting_date", "due_date")),
			of_voucher(branch).as_("branch"),
		)
		.where(
			(entry.delinked == 0)
			& (entry.company == company)
			& (entry.party_type == party_type)
			& entry.party.isin(parties)
		)
		.groupby(
			entry.party,
			entry.against_voucher_type,
			entry.against_voucher_no,
			entry.account,
			entry.account_currency,
		)
		.having((outstanding != 0) | (Sum(entry.amount) != 0))
	)
	if only is not None:
		query = query.where(entry.against_voucher_no.isin([name for _kind, name, _account in only] or [""]))
	return (query.for_update() if for_update else query).run(as_dict=True)


def _marks(rows: Iterable[frappe._dict]) -> dict[tuple[str, str], frappe._dict]:
	"""By document, of those that the session's user may read, what it says of itself."""
	named: dict[str, set[str]] = {}
	for row in rows:
		named.setdefault(row.voucher_type, set()).add(row.voucher_no)
	return {
		(kind, row.name): row
		for kind, names in named.items()
		for row in frappe.get_list(
			kind,
			{"name": ["in", list(names)]},
			["name", *_MARKED.get(kind, ())],
			limit_page_length=0,
			order_by="name",
		)
	}


def _item(side: Side, row: frappe._dict, marks: frappe._dict, settling: Collection[tuple[str, str]]) -> Item:
	is_held = marks.on_hold and not (marks.release_date and getdate(marks.release_date) <= getdate())
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
		is_on_hold=bool(is_held),
		is_disputed=bool(marks.is_disputed),
		is_on_advance_account=_root_of(row.account) != _ROOT[side],
		is_being_settled=(row.voucher_type, row.voucher_no) in settling,
	)


def _root_of(account: str) -> str:
	return frappe.get_cached_value("Account", account, "root_type")
