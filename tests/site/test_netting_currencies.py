"""What is in another currency stays out; in one foreign currency on both sides each document is settled at its own rate."""

import frappe
import pytest

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting import api
from tests.site import documents, netting
from tests.site.netting import RAM, agree, bought, outstanding, proposed, sold


def _account(kind: str) -> str:
	parent = frappe.db.get_value("Account", documents.account(kind), "parent_account")
	values = {
		"doctype": "Account",
		"account_name": f"Zq {kind} USD",
		"parent_account": parent,
		"company": COMPANY,
	}
	return frappe.get_doc({**values, "account_type": kind, "account_currency": "USD"}).insert().name


@pytest.fixture
def dollars() -> dict[str, dict]:
	"""By side, what an invoice in dollars says."""
	netting.pair()
	receivable, payable = _account("Receivable"), _account("Payable")
	for doctype, account in (("Customer", receivable), ("Supplier", payable)):
		party = frappe.get_doc(doctype, RAM)
		party.default_currency = "USD"
		party.append("accounts", {"company": COMPANY, "account": account})
		party.save()
	return {
		"sold": {"currency": "USD", "conversion_rate": 80, "debit_to": receivable},
		"bought": {"currency": "USD", "conversion_rate": 85, "credit_to": payable},
	}


def test_another_currency_is_left_out_and_says_so(dollars: dict) -> None:
	sold(100, **dollars["sold"])
	bought(60, **dollars["bought"])
	with pytest.raises(frappe.ValidationError, match="another currency than the agreement"):
		proposed(agree())


def test_dollars_are_settled_with_dollars_each_at_its_own_rate(dollars: dict) -> None:
	sale, purchase = sold(100, **dollars["sold"]), bought(60, **dollars["bought"])
	found = api.net_position(RAM, COMPANY)
	assert (found["receivable"], found["payable"]) == (8000, 5100)
	settlement = proposed(agree(currency="USD"))
	assert (settlement.amount, settlement.currency) == (60, "USD")
	settlement.submit()
	assert outstanding(sale, purchase) == [40, 0]
	journal = frappe.get_doc("Journal Entry", settlement.journals[0].journal_entry)
	gain = frappe.get_cached_value("Company", COMPANY, "exchange_gain_loss_account")
	(difference,) = (row for row in journal.accounts if row.account == gain)
	assert (difference.credit, difference.debit) == (300, 0)
	assert journal.total_debit == journal.total_credit == 5100
	# nothing of what is settled remains in company currency
	found = api.net_position(RAM, COMPANY)
	assert (found["receivable"], found["payable"]) == (3200, 0)
	settlement.cancel()
	assert outstanding(sale, purchase) == [100, 60]
