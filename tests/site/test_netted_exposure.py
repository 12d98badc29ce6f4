"""What we owe a customer who is our supplier lessens what it owes, where an agreement says so."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import (
	api,
	entry_queries,
	exposure_jobs,
	exposure_work,
	payable_work,
	recount_work,
)
from branch_crm.demo.records import COMPANY
from tests.site import credit, goods, netting
from tests.site.company import make_tree
from tests.site.credit import BUYER, billed
from tests.site.netting import agree, bought


@pytest.fixture(autouse=True)
def _pair() -> None:
	make_tree()
	netting.pair(BUYER, "Delhi", "Agra")
	credit.count()


def _components() -> dict[str, float]:
	"""Of the position, which is as the documents say."""
	found = api.position(BUYER, COMPANY)["components"]
	assert not recount_work.recount(COMPANY, [BUYER])
	return {component: amount for component, amount in found.items() if amount}


def test_what_we_owe_counts_where_an_agreement_says_so() -> None:
	billed(1000, branch="Delhi")
	bought(600, BUYER, branch="Agra")
	assert _components() == {"receivable": 1000}
	agreement = agree(BUYER, counts_for_credit=1)
	assert _components() == {"receivable": 1000, "payables": -600}
	assert credit.by_branch() == {"Delhi": 1000, "Agra": -600}
	bought(100, BUYER, branch="Agra")
	assert _components()["payables"] == -700
	(document, *_rest) = api.component_documents(BUYER, COMPANY, "payables")["documents"]
	assert (document["voucher_type"], document["amount"]) == ("Purchase Invoice", -100)
	agreement.reload().update({"ended": 1}).save()
	assert _components() == {"receivable": 1000}


def test_an_agreement_counts_on_its_days() -> None:
	bought(600, BUYER, branch="Agra")
	agreement = agree(BUYER, counts_for_credit=1, valid_from=nowdate(), valid_to=nowdate())
	assert _components() == {"payables": -600}
	# a day later
	frappe.db.set_value(agreement.doctype, agreement.name, "valid_from", add_days(nowdate(), -9))
	frappe.db.set_value(agreement.doctype, agreement.name, "valid_to", add_days(nowdate(), -1))
	payable_work.note_dates(COMPANY)
	assert _components() == {}


def test_a_settlement_leaves_what_is_owed_as_it_was() -> None:
	billed(1000, branch="Delhi")
	bought(600, BUYER, branch="Delhi")
	agreement = agree(BUYER, counts_for_credit=1)
	assert sum(_components().values()) == 400
	netting.proposed(agreement).submit()
	assert _components() == {"receivable": 400}


def test_who_is_only_a_supplier_is_nobodys_exposure() -> None:
	goods.make_supplier("Zq Maker", "Delhi")
	bought(600, "Zq Maker", branch="Delhi")
	exposure_work.settle()
	assert not frappe.get_all(entry_queries.ENTRY, {"component": "payables"})


def test_the_deletion_of_all_transactions_has_the_company_counted_anew(
	monkeypatch: pytest.MonkeyPatch,
) -> None:
	billed(1000, branch="Delhi")
	assert credit.contributed() == {"receivable": 1000}
	for doctype, key in (
		("Sales Invoice", "customer"),
		("GL Entry", "party"),
		("Payment Ledger Entry", "party"),
	):
		frappe.db.delete(doctype, {key: BUYER})
	# no worker takes it: what is asked of one is looked at, and done here
	asked = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: asked.append((method, values["company"])))
	record = frappe.get_doc({"doctype": "Transaction Deletion Record", "company": COMPANY}).insert()
	record.db_set("status", "Completed")
	assert asked == [(exposure_jobs.recount, COMPANY)]
	recount_work.recount(COMPANY, [BUYER])
	assert credit.contributed() == {}
