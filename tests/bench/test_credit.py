"""What a customer owes, as it is kept, beside ERPNext's sum over its ledger, in one run. Prints; asserts nothing about time."""

import os
from collections.abc import Iterator
from datetime import date

import frappe
import pytest
from erpnext.selling.doctype.customer.customer import get_customer_outstanding
from frappe.utils import getdate, now_datetime, nowdate

from branch_crm.credit_control import exposure_queries, exposure_work, lock_work
from branch_crm.credit_control.report.credit_utilisation import credit_utilisation
from branch_crm.credit_control.rules import Asked, Kind, Standing, judge
from branch_crm.demo.records import COMPANY
from branch_crm.party_netting.queries import exact
from tests.bench.measuring import median_ms
from tests.site import documents
from tests.site.categories import make_category
from tests.site.company import make_branch, make_customer
from tests.site.credit import profile

SIZES = [int(size) for size in (os.environ.get("BRANCH_CRM_LEDGER") or "10,1000,100000").split(",")]
_BRANCH, _GROUP = "Zq Bench Delhi", "Zq Bench Group"
_AT_ONCE = 10_000
LIMITED = 1_000


@pytest.fixture(scope="module")
def customers() -> Iterator[dict[int, str]]:
	make_branch(_BRANCH)
	make_category(_GROUP)
	company = {"doctype": "Credit Company", "company": COMPANY, "counted_since": now_datetime()}
	frappe.get_doc({**company, "judged_since": now_datetime()}).insert()
	profile(_GROUP, party_type="Customer Category", credit_limit=10**11)
	yield {size: _customer(size) for size in SIZES}
	frappe.db.rollback()


def _customer(size: int) -> str:
	"""One with so many invoices of 1 in the ledgers."""
	customer = make_customer(f"Zq Bench {size}", _BRANCH)
	name = customer.update({"customer_category": _GROUP}).save().name
	limits = [{"branch": _BRANCH, "credit_limit": 10**11}]
	profile(name, credit_limit=10**11, branch_limits=limits)
	account, cost = (
		documents.account("Receivable"),
		frappe.get_cached_value("Company", COMPANY, "cost_center"),
	)
	common = {"company": COMPANY, "party_type": "Customer", "party": name, "account": account}
	common |= {"posting_date": nowdate(), "voucher_type": "Sales Invoice", "branch": _BRANCH, "docstatus": 1}
	ledger = {"account_type": "Receivable", "amount": 1, "amount_in_account_currency": 1, "delinked": 0}
	general = {"debit": 1, "debit_in_account_currency": 1, "is_cancelled": 0, "cost_center": cost}
	entry = {"voucher_type": "Sales Invoice", "component": "receivable", "company": COMPANY, "customer": name}
	entry |= {"branch": _BRANCH, "amount": 1, "counted": 1}
	for begin in range(0, size, _AT_ONCE):
		vouchers = [f"ZQ-{size}-{number}" for number in range(begin, min(begin + _AT_ONCE, size))]
		_write("GL Entry", [{**common, **general, "voucher_no": one} for one in vouchers])
		against = {"against_voucher_type": "Sales Invoice"}
		rows = [
			{**common, **ledger, **against, "voucher_no": one, "against_voucher_no": one} for one in vouchers
		]
		_write("Payment Ledger Entry", rows)
		_write("Exposure Entry", [{**entry, "voucher_no": one} for one in vouchers])
	exposure_work.rebuild(COMPANY, name)
	return name


def _write(doctype: str, rows: list[dict], is_named: bool = False) -> None:
	named = rows if is_named else [{"name": frappe.generate_hash(length=12), **row} for row in rows]
	frappe.db.bulk_insert(doctype, list(named[0]), [list(row.values()) for row in named])


def _checked(customer: str, today: date) -> None:
	"""As when an order is submitted: customer, branch and category are locked and judged."""
	found = lock_work.lock(COMPANY, {customer}, _BRANCH).granted[customer]
	owed = lock_work.exposures(COMPANY, found.limits)
	levels = [limit.level(owed[limit.row(COMPANY)].amount) for limit in found.limits]
	judge(Asked(Kind.SALES_ORDER, exact(1)), Standing(levels), found.terms.policy, today)


def test_the_credit_check(customers: dict[int, str]) -> None:
	today = getdate()
	print("\nledger rows | stock, ms | what is owed, ms | locked and judged, ms")
	for size, customer in customers.items():
		assert get_customer_outstanding(customer, COMPANY) == size
		assert sum(exposure_queries.exposure_of(customer, COMPANY).values()) == size
		stock = median_ms(lambda customer=customer: get_customer_outstanding(customer, COMPANY))
		kept = median_ms(lambda customer=customer: exposure_queries.exposure_of(customer, COMPANY))
		checked = median_ms(lambda customer=customer: _checked(customer, today))
		print(f"{size:>11,} | {stock:9.2f} | {kept:16.2f} | {checked:.2f}")


def test_the_use_of_many_limits(customers: dict[int, str]) -> None:
	"""The report over customers with a profile each, who owe in one branch."""
	names = [f"Zq Bench Limited {number}" for number in range(LIMITED)]
	_write("Customer", [{"name": name, "customer_name": name} for name in names], is_named=True)
	of_company = {"company": COMPANY, "party_type": "Customer"}
	limits = {"credit_limit": 100, "check_credit": 1, "stop_sales": 1, "judge_overdue": 1}
	_write("Credit Profile", [{**of_company, **limits, "party": name} for name in names])
	rows = [
		{**of_company, "party": name, "branch": branch, "exposure": 50, "receivable": 50}
		for name in names
		for branch in (None, _BRANCH)
	]
	_write("Credit Exposure", rows)
	asked = {"company": COMPANY}
	print(f"\n{LIMITED:,} customers with a limit")
	for group_by in ("Customer", "Branch"):
		filters = {**asked, "group_by": group_by}
		assert credit_utilisation.execute(filters)[1][-1]["exposure"] >= 50 * LIMITED
		spent = median_ms(lambda filters=filters: credit_utilisation.execute(filters), runs=3)
		print(f"the report by {group_by}: {spent:,.0f} ms, {spent / LIMITED:.2f} ms each")
