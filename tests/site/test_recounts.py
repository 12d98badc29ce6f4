"""What is noted otherwise than documents say is found, with its cause, and set right."""

import frappe
import pytest

from branch_crm.credit_control import exposure_work, recount_work
from branch_crm.credit_control.recount_work import Cause
from branch_crm.demo.records import COMPANY
from tests.site.company import make_tree
from tests.site.credit import BUYER, billed, buyer, contributed, count, ordered


@pytest.fixture(autouse=True)
def _customer() -> None:
	make_tree()
	buyer("Delhi", "Agra")


def _recount() -> dict[str, tuple[Cause, float, float]]:
	found = recount_work.recount(COMPANY, [BUYER])
	return {one.place.voucher_no: (one.cause, float(one.noted), float(one.now)) for one in found}


def test_a_company_is_counted_from_the_documents_that_it_has() -> None:
	invoice, order = billed(1000, branch="Delhi"), ordered(branch="Agra")
	exposure_work.settle()
	count()
	assert BUYER in recount_work.customers_of(COMPANY)
	assert _recount() == {
		invoice.name: (Cause.NEVER_NOTED, 0, 1000),
		order.name: (Cause.NEVER_NOTED, 0, 1000),
	}
	assert contributed() == {"receivable": 1000, "orders": 1000}
	assert not _recount()
	rows = frappe.get_all("Credit Exposure", {"party": BUYER}, ["branch", "exposure"], as_list=True)
	assert dict(rows) == {"": 2000, "Delhi": 1000, "Agra": 1000}


def test_what_somebody_has_changed_by_sql_is_set_right() -> None:
	count()
	first, second = billed(1000, branch="Delhi"), billed(500, branch="Delhi")
	assert contributed() == {"receivable": 1500}
	ledger = {"voucher_no": first.name}
	frappe.db.set_value("Payment Ledger Entry", ledger, "amount", 900)
	frappe.db.delete("Payment Ledger Entry", {"voucher_no": second.name})
	assert _recount() == {
		first.name: (Cause.CHANGED, 1000, 900),
		second.name: (Cause.GONE, 500, 0),
	}
	assert not _recount()


def test_rows_that_differ_from_their_entries_are_made_anew() -> None:
	count()
	billed(1000, branch="Delhi")
	contributed()
	_recount()
	frappe.db.set_value("Credit Exposure", {"party": BUYER, "branch": "Delhi"}, "receivable", 1)
	assert _recount() == {"": (Cause.ROWS, 1001, 2000)}
	assert not _recount()
