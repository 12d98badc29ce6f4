"""What is noted of vouchers: their Exposure Entries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import frappe
from frappe.query_builder import DocType
from frappe.utils import create_batch

from branch_crm.credit_control.entry_rules import Place
from branch_crm.credit_control.ledger_queries import Voucher
from branch_crm.credit_control.rules import ZERO, total
from branch_crm.party_netting.queries import exact

ENTRY = "Exposure Entry"
_BATCH = 1000


@dataclass
class Noted:
	"""What is noted at a place; after a merge of customers or branches by several entries."""

	names: list[str]
	amount: Decimal = ZERO
	counted: Decimal = ZERO


def of_vouchers(vouchers: Collection[Voucher]) -> dict[Place, Noted]:
	names = sorted({name for _type, name in vouchers})
	entry = DocType(ENTRY)
	rows = (row for page in create_batch(names, _BATCH) for row in _read(entry.voucher_no.isin(page)))
	wanted = set(vouchers)
	return _by_place([row for row in rows if (row.voucher_type, row.voucher_no) in wanted])


def of_customers(company: str, customers: Collection[str]) -> dict[Place, Noted]:
	entry = DocType(ENTRY)
	return _by_place(_read((entry.company == company) & entry.customer.isin(list(customers))))


def is_noted(voucher: Voucher) -> bool:
	return bool(frappe.db.exists(ENTRY, {"voucher_type": voucher[0], "voucher_no": voucher[1]}))


def amounts(noted: dict[Place, Noted]) -> dict[Place, Decimal]:
	return {place: one.amount for place, one in noted.items() if one.amount}


def pending_customers() -> list[tuple[str, str]]:
	"""Company and customer of what is not counted yet."""
	return frappe.get_all(
		ENTRY,
		{"is_pending": 1},
		["company", "customer"],
		distinct=True,
		as_list=True,
		order_by="company, customer",
	)


def counted_companies() -> set[str]:
	"""The companies whose exposures are kept as documents change."""
	return set(frappe.get_all("Credit Company", {"counted_since": ["is", "set"]}, pluck="name"))


def _read(condition: object) -> list[frappe._dict]:
	entry = DocType(ENTRY)
	parts = ("name", "voucher_type", "voucher_no", "component", "company", "customer", "branch")
	query = frappe.qb.from_(entry).select(*(entry[part] for part in parts), entry.amount, entry.counted)
	return query.where(condition).run(as_dict=True)


def _by_place(rows: Collection[frappe._dict]) -> dict[Place, Noted]:
	found: dict[Place, Noted] = defaultdict(lambda: Noted([]))
	for row in rows:
		place = Place(
			row.voucher_type, row.voucher_no, row.component, row.company, row.customer, row.branch or ""
		)
		noted = found[place]
		noted.names.append(row.name)
		noted.amount = total((noted.amount, exact(row.amount)))
		noted.counted = total((noted.counted, exact(row.counted)))
	return dict(found)
