"""What is in another currency stays out; in one foreign currency on both sides each document is settled at its own rate."""

import frappe
import pytest
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting import api
from branch_crm.party_netting.balance_work import NothingToPayError
from tests.site import documents, netting
from tests.site.netting import RAM, agree, bought, outstanding, proposed, sold


@pytest.fixture
def dollars() -> dict[str, dict]:
	"""By side, what an invoice in dollars says."""
	netting.pair()
	receivable, payable = (
		documents.make_account(f"Zq {kind} USD", kind, account_currency="USD")
		for kind in ("Receivable", "Payable")
	)
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


def test_a_journal_in_dollars_is_settled_at_its_own_rate_too(dollars: dict) -> None:
	rate = {"doctype": "Currency Exchange", "date": nowdate(), "from_currency": "USD", "to_currency": "INR"}
	frappe.get_doc({**rate, "exchange_rate": 90, "for_buying": 1, "for_selling": 1}).insert()
	owed = {"account": dollars["sold"]["debit_to"], "party_type": "Customer", "party": RAM}
	journal = documents.journal(
		{**owed, "debit_in_account_currency": 100, "exchange_rate": 80},
		{"account": documents.account("Cash"), "credit_in_account_currency": 8000},
		multi_currency=1,
	)
	journal.submit()
	bought(100, **dollars["bought"])
	settlement = proposed(agree(currency="USD"))
	assert [row.voucher_no for row in settlement.receivables] == [journal.name]
	settlement.submit()
	found = api.net_position(RAM, COMPANY)
	assert (found["receivable"], found["payable"]) == (0, 0)
	assert netting.ledger_of() == {"Customer": 0, "Supplier": 0}


def test_no_payment_is_made_the_other_way_round(dollars: dict) -> None:
	frappe.db.set_value("Supplier", RAM, "default_currency", "INR")
	frappe.db.delete("Party Account", {"parent": RAM, "parenttype": "Supplier"})
	sold(100, **dollars["sold"])
	bought(500, credit_to=documents.account("Payable"))
	assert api.net_position(RAM, COMPANY)["net"] == 7500
	with pytest.raises(NothingToPayError, match="other currencies"):
		api.balance_payment(RAM, COMPANY)
