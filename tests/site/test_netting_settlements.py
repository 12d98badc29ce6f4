"""What is settled net, and how it is taken back."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting import api
from branch_crm.party_netting.proposal_work import OutstandingChangedError, SettlementError
from tests.site import documents, netting
from tests.site.documents import get_payment_entry
from tests.site.netting import RAM, agree, bought, outstanding, proposed, sold


def _rows(settlement: object) -> dict[str, float]:
	return {row.voucher_no: row.amount for row in (*settlement.receivables, *settlement.payables)}


def _paid(invoice: object, amount: float) -> object:
	payment = get_payment_entry(invoice.doctype, invoice.name, party_amount=amount)
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	return payment.insert().submit()


def test_ram_is_settled_and_taken_back() -> None:
	sale, purchase = netting.rams_example()
	ledger, balanced = netting.ledger_of(), netting.balance_of_ledger()
	assert ledger == {"Customer": 124000, "Supplier": -82000}
	settlement = proposed(agree())
	assert _rows(settlement) == {sale.name: 82000, purchase.name: 82000}
	assert (settlement.status, settlement.amount, settlement.supplier) == ("Proposed", 82000, RAM)
	assert outstanding(sale, purchase) == [124000, 82000]
	settlement.submit()
	settlement.reload()
	assert settlement.status == "Settled"
	assert outstanding(sale, purchase) == [42000, 0]
	assert netting.ledger_of() == {"Customer": 42000, "Supplier": 0}
	assert netting.balance_of_ledger() == pytest.approx(balanced)
	assert api.net_position(RAM, COMPANY)["net"] == 42000
	assert (settlement.opening_receivable, settlement.opening_payable) == (124000, 82000)
	assert (settlement.closing_receivable, settlement.closing_payable, settlement.net) == (42000, 0, 42000)
	(row,) = settlement.journals
	journal = frappe.get_doc("Journal Entry", row.journal_entry)
	assert {(line.reference_type, line.reference_name) for line in journal.accounts} == {
		("Sales Invoice", sale.name),
		("Purchase Invoice", purchase.name),
	}
	assert journal.total_debit == journal.total_credit == 82000
	settlement.cancel()
	settlement.reload()
	assert settlement.status == "Cancelled"
	assert outstanding(sale, purchase) == [124000, 82000]
	assert netting.ledger_of() == ledger
	assert frappe.db.get_value("Journal Entry", journal.name, "docstatus") == 2


def test_ageing_and_ledgers_are_erpnexts_own() -> None:
	sale, _purchase = netting.rams_example()
	proposed(agree()).submit()
	entries = frappe.get_all(
		"Payment Ledger Entry",
		{"against_voucher_no": sale.name, "delinked": 0},
		["amount", "voucher_type"],
		order_by="amount",
	)
	assert [(row.voucher_type, row.amount) for row in entries] == [
		("Journal Entry", -82000),
		("Sales Invoice", 124000),
	]
	assert frappe.db.get_value("Sales Invoice", sale.name, "status") == "Partly Paid"


def test_several_documents_are_settled_in_the_order_of_the_agreement() -> None:
	netting.pair()
	late = sold(500, due_date=add_days(nowdate(), 40))
	soon = sold(300, due_date=add_days(nowdate(), 5))
	first, second = (
		bought(200, due_date=add_days(nowdate(), 3)),
		bought(250, due_date=add_days(nowdate(), 9)),
	)
	settlement = proposed(agree())
	assert [(row.voucher_no, row.amount) for row in settlement.receivables] == [
		(soon.name, 300),
		(late.name, 150),
	]
	assert [row.voucher_no for row in settlement.payables] == [first.name, second.name]
	settlement.submit()
	assert outstanding(late, soon, first, second) == [350, 0, 0, 0]


def test_amounts_are_exact_to_the_paisa() -> None:
	netting.pair()
	sales = [sold(amount, disable_rounded_total=1) for amount in (0.1, 0.2, 33.33, 1000.07)]
	purchase = bought(33.63, disable_rounded_total=1)
	settlement = proposed(agree(settlement_order="Smallest First"))
	settlement.submit()
	assert settlement.amount == 33.63
	assert outstanding(*sales, purchase) == [0, 0, 0, 1000.07, 0]


def test_a_return_with_its_own_outstanding_lowers_what_is_settled() -> None:
	sale, purchase = netting.rams_example()
	returned = documents.make_sales_return(sale.name)
	returned.update({"update_outstanding_for_self": 1})
	returned.items[0].rate = 60000
	returned.insert().submit()
	settlement = proposed(agree())
	assert settlement.amount == 64000
	settlement.submit()
	assert outstanding(sale, returned, purchase) == [60000, -60000, 18000]


def test_a_return_against_its_invoice_lowers_the_invoice() -> None:
	sale, purchase = netting.rams_example()
	returned = documents.make_sales_return(sale.name)
	returned.update({"update_outstanding_for_self": 0})
	returned.items[0].rate = 60000
	returned.insert().submit()
	settlement = proposed(agree())
	assert _rows(settlement) == {sale.name: 64000, purchase.name: 64000}
	settlement.submit()
	assert outstanding(sale, purchase) == [0, 18000]


def test_a_debit_note_of_the_supplier_lowers_what_we_owe() -> None:
	_sale, _purchase = netting.rams_example()
	bought(2000, is_return=1, items=[{"item_code": documents.make_item(), "qty": -1, "rate": 2000}])
	assert proposed(agree()).amount == 80000


def test_journals_on_both_sides_are_settled_as_invoices_are() -> None:
	netting.pair()
	receivable = {"account": documents.account("Receivable"), "party_type": "Customer", "party": RAM}
	payable = {"account": documents.account("Payable"), "party_type": "Supplier", "party": RAM}
	cash = {"account": documents.account("Cash")}
	owed = documents.journal(
		{**receivable, "debit_in_account_currency": 700}, {**cash, "credit_in_account_currency": 700}
	).submit()
	owing = documents.journal(
		{**payable, "credit_in_account_currency": 500}, {**cash, "debit_in_account_currency": 500}
	).submit()
	settlement = proposed(agree())
	assert _rows(settlement) == {owed.name: 500, owing.name: 500}
	settlement.submit()
	found = api.net_position(RAM, COMPANY)
	assert (found["receivable"], found["payable"]) == (200, 0)
	settlement.cancel()
	assert api.net_position(RAM, COMPANY)["payable"] == 500


def test_a_payment_in_between_is_refused_with_what_changed_and_proposed_anew() -> None:
	sale, purchase = netting.rams_example()
	settlement = proposed(agree())
	_paid(sale, 100000)
	with pytest.raises(OutstandingChangedError) as refused:
		settlement.submit()
	assert sale.name in str(refused.value)
	assert purchase.name not in str(refused.value)
	assert outstanding(sale, purchase) == [24000, 82000]
	settlement.reload()
	api.propose_anew(settlement.name)
	settlement.reload()
	assert _rows(settlement) == {sale.name: 24000, purchase.name: 24000}
	settlement.submit()
	assert outstanding(sale, purchase) == [0, 58000]


def test_a_partial_payment_before_leaves_the_rest() -> None:
	sale, purchase = netting.rams_example()
	_paid(sale, 50000)
	_paid(purchase, 2000)
	settlement = proposed(agree())
	settlement.submit()
	assert outstanding(sale, purchase) == [0, 6000]


def test_a_second_settlement_of_the_same_documents_is_refused() -> None:
	netting.rams_example()
	agreement = agree()
	first, second = proposed(agreement), proposed(agreement)
	first.submit()
	with pytest.raises(OutstandingChangedError):
		second.submit()


def test_people_change_rows_within_the_rules() -> None:
	sale, purchase = netting.rams_example()
	settlement = proposed(agree())
	settlement.receivables[0].amount = settlement.payables[0].amount = 50000
	settlement.save().submit()
	assert settlement.amount == 50000
	assert outstanding(sale, purchase) == [74000, 32000]


def test_a_row_may_be_added_with_nothing_but_its_document() -> None:
	sale, purchase = netting.rams_example()
	other = sold(10000)
	settlement = proposed(agree())
	settlement.receivables[0].amount = 72000
	row = {"voucher_type": "Sales Invoice", "voucher_no": other.name, "amount": 10000}
	settlement.append("receivables", row)
	settlement.save().submit()
	assert outstanding(sale, other, purchase) == [52000, 0, 0]


@pytest.mark.parametrize(
	("receivable", "payable"), [(82001, 82001), (0, 0), (-5, -5), (50000, 49999.99), (124001, 82000)]
)
def test_what_the_rules_forbid_is_refused_on_the_server(receivable: float, payable: float) -> None:
	netting.rams_example()
	settlement = proposed(agree())
	settlement.receivables[0].amount, settlement.payables[0].amount = receivable, payable
	with pytest.raises(SettlementError):
		settlement.save()


def test_documents_of_others_cannot_be_put_in() -> None:
	netting.rams_example()
	netting.pair("Zq Shyam")
	foreign = sold(500, "Zq Shyam")
	settlement = proposed(agree())
	settlement.append(
		"receivables", {"voucher_type": "Sales Invoice", "voucher_no": foreign.name, "amount": 500}
	)
	with pytest.raises(SettlementError, match="not open"):
		settlement.save()


def test_the_parties_are_the_agreements_whatever_is_sent() -> None:
	netting.rams_example()
	netting.pair("Zq Shyam")
	settlement = proposed(agree())
	settlement.update({"customer": "Zq Shyam", "supplier": "Zq Shyam", "currency": "USD"})
	settlement.save()
	assert (settlement.customer, settlement.supplier, settlement.currency) == (RAM, RAM, "INR")


def test_after_a_cancelled_one_the_same_is_proposed_again() -> None:
	sale, purchase = netting.rams_example()
	agreement = agree()
	settlement = proposed(agreement)
	settlement.submit()
	settlement.cancel()
	again = proposed(agreement)
	assert (again.status, again.amount) == ("Proposed", 82000)
	assert [row.journal_entry for row in again.journals] == [None]
	again.submit()
	assert outstanding(sale, purchase) == [42000, 0]


def test_a_copy_of_a_draft_has_no_approval_of_its_own() -> None:
	netting.rams_example()
	settlement = proposed(agree())
	frappe.db.set_value("Netting Settlement", settlement.name, {"status": "Approved", "approved_by": "Guest"})
	copy = frappe.copy_doc(frappe.get_doc("Netting Settlement", settlement.name)).insert()
	assert (copy.status, copy.approved_by) == ("Proposed", None)


def test_a_journal_on_the_day_of_the_settlement() -> None:
	netting.pair()
	day = add_days(nowdate(), -3)
	sold(100, posting_date=day, set_posting_time=1, due_date=nowdate())
	bought(100, posting_date=day, set_posting_time=1, due_date=nowdate())
	sold(50)
	settlement = proposed(agree(valid_from=add_days(nowdate(), -10)), posting_date=add_days(nowdate(), -1))
	assert settlement.amount == 100
	settlement.submit()
	journal = settlement.journals[0].journal_entry
	assert str(frappe.db.get_value("Journal Entry", journal, "posting_date")) == add_days(nowdate(), -1)


def test_rows_keep_the_cost_center_of_their_documents() -> None:
	netting.pair()
	root = frappe.db.get_value("Cost Center", {"company": COMPANY, "is_group": 1})
	center = {"doctype": "Cost Center", "cost_center_name": "Zq CC", "parent_cost_center": root}
	center = frappe.get_doc({**center, "company": COMPANY}).insert().name
	row = {"item_code": documents.make_item(), "qty": 1, "rate": 100, "cost_center": center}
	documents.sales("Sales Invoice", RAM, items=[row], cost_center=center)
	bought(60)
	settlement = proposed(agree())
	settlement.submit()
	journal = frappe.get_doc("Journal Entry", settlement.journals[0].journal_entry)
	assert {row.party_type: row.cost_center for row in journal.accounts}["Customer"] == center
