"""What is noted of vouchers: their Exposure Entries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import frappe
from frappe.utils import create_batch

from branch_crm.credit_control.entry_rules import Place
from branch_crm.credit_control.ledger_queries import Voucher
from branch_crm.credit_control.rules import ZERO, total
from branch_crm.party_netting.queries import exact

ENTRY = "Exposure Entry"
# asked with every sale: to build these queries takes longer than to answer them
_COUNTED = "select name from `tabCredit Company` where counted_since is not null"
_READ = (
	"select name, voucher_type, voucher_no, component, company, customer, branch, amount, counted"
	" from `tabExposure Entry` where "
)
_BATCH = 1000


@dataclass
class Noted:
	"""What is noted at a place; after a merge of customers or branches by several entries."""

	names: list[str]
	amount: Decimal = ZERO
	counted: Decimal = ZERO


def of_vouchers(vouchers: Collection[Voucher]) -> dict[Place, Noted]:
	names = sorted({name for _type, name in vouchers})
	rows = (row for page in create_batch(names, _BATCH) for row in _read("voucher_no in %s", page))
	wanted = set(vouchers)
	return _by_place([row for row in rows if (row.voucher_type, row.voucher_no) in wanted])


def of_customers(company: str, customers: Collection[str]) -> dict[Place, Noted]:
	return _by_place(_read("company = %s and customer in %s", company, list(customers)) if customers else ())


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
	return {name for (name,) in frappe.db.sql(_COUNTED)}


def _read(condition: str, *values: object) -> list[frappe._dict]:
	return frappe.db.sql(_READ + condition, values, as_dict=True)


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
