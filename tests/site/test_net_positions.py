"""The net position: a view, nothing is posted."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.model.document import Document
from frappe.permissions import add_permission
from frappe.utils import add_days, nowdate

from branch_crm.demo.records import COMPANY
from branch_crm.party_netting import api
from branch_crm.party_netting.balance_work import NothingToPayError
from tests.site import documents, goods, netting
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.documents import get_payment_entry
from tests.site.netting import RAM, bought, sold


def _position() -> tuple[float, float, float]:
	found = api.net_position(RAM, COMPANY)
	return found["receivable"], found["payable"], found["net"]


def test_ram_owes_42000_net_and_nothing_is_posted() -> None:
	sale, purchase = netting.rams_example()
	before = netting.postings()
	found = api.net_position(RAM, COMPANY)
	assert (found["receivable"], found["payable"], found["net"]) == (124000, 82000, 42000)
	assert found["currency"] == "INR"
	assert [row["voucher_no"] for row in found["receivables"]] == [sale.name]
	assert [row["voucher_no"] for row in found["payables"]] == [purchase.name]
	assert netting.postings() == before


def test_advances_credit_notes_and_partial_payments_count() -> None:
	sale, _purchase = netting.rams_example()
	part = get_payment_entry("Sales Invoice", sale.name, party_amount=24000)
	part.update({"reference_no": "1", "reference_date": part.posting_date})
	part.insert().submit()
	assert _position() == (100000, 82000, 18000)
	advance = frappe.get_doc(
		{
			"doctype": "Payment Entry",
			"payment_type": "Receive",
			"party_type": "Customer",
			"party": RAM,
			"company": COMPANY,
			"paid_from": documents.account("Receivable"),
			"paid_to": documents.account("Cash"),
			"paid_amount": 5000,
			"received_amount": 5000,
			"reference_no": "2",
			"reference_date": part.posting_date,
		}
	)
	advance.insert().submit()
	assert _position() == (95000, 82000, 13000)
	returned = documents.make_sales_return(sale.name)
	returned.update({"update_outstanding_for_self": 1})
	returned.items[0].rate = 15000
	returned.insert().submit()
	assert _position() == (80000, 82000, -2000)
	rows = {row["voucher_no"]: row["amount"] for row in api.net_position(RAM, COMPANY)["receivables"]}
	assert rows == {sale.name: 100000, advance.name: -5000, returned.name: -15000}


def test_who_is_no_supplier_has_no_net_position() -> None:
	make_customer(RAM)
	with pytest.raises(frappe.ValidationError, match="not linked"):
		api.net_position(RAM, COMPANY)


@pytest.mark.parametrize("roles", [("Sales User",), ("Purchase User",), ("Sales User", "Stock User")])
def test_both_parties_and_their_invoices_have_to_be_readable(roles: tuple[str, ...]) -> None:
	netting.rams_example()
	with as_user(make_user("zq-one-side", roles=roles)), pytest.raises(frappe.PermissionError):
		api.net_position(RAM, COMPANY)


def test_a_restricted_user_sees_his_branches_and_their_totals() -> None:
	make_tree()
	netting.pair(RAM, "Delhi", "Mumbai")
	sold(124000, branch="Delhi")
	sold(7000, branch="Mumbai")
	bought(82000, branch="Delhi")
	bought(9000, branch="Mumbai")
	user = make_user("zq-delhi", "Delhi", roles=netting.ACCOUNTS)
	switch_on()
	assert _position() == (131000, 91000, 40000)
	with as_user(user):
		assert _position() == (124000, 82000, 42000)


def test_a_payment_of_another_branch_counts_for_the_invoice() -> None:
	make_tree()
	netting.pair(RAM, "Delhi", "Mumbai")
	sale = sold(124000, branch="Delhi")
	payment = get_payment_entry("Sales Invoice", sale.name, party_amount=4000)
	payment.update({"branch": "Mumbai", "reference_no": "1", "reference_date": payment.posting_date})
	payment.insert().submit()
	user = make_user("zq-delhi", "Delhi", roles=netting.ACCOUNTS)
	switch_on()
	with as_user(user):
		assert _position() == (120000, 0, 120000)


def test_a_party_of_another_branch_has_no_position() -> None:
	make_tree()
	make_customer(RAM, "Delhi")
	goods.make_supplier(RAM, "Mumbai")
	customer = frappe.get_doc("Customer", RAM)
	customer.update({"is_also_supplier": 1, "linked_supplier": RAM})
	customer.save()
	user = make_user("zq-delhi", "Delhi", roles=netting.ACCOUNTS)
	switch_on()
	with as_user(user), pytest.raises(frappe.PermissionError):
		api.net_position(RAM, COMPANY)


def _payment() -> object:
	return frappe.get_doc(api.balance_payment(RAM, COMPANY))


def test_the_balance_is_received_on_what_a_settlement_would_leave() -> None:
	sale, _purchase = netting.rams_example()
	before = netting.postings()
	payment = _payment()
	assert netting.postings() == before
	assert (payment.payment_type, payment.party_type, payment.party) == ("Receive", "Customer", RAM)
	assert (payment.paid_amount, payment.received_amount, payment.unallocated_amount) == (42000, 42000, 0)
	assert [(row.reference_name, row.allocated_amount) for row in payment.references] == [(sale.name, 42000)]
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	payment.insert().submit()
	assert netting.outstanding(sale) == [82000]
	netting.proposed(netting.agree()).submit()
	assert _position() == (0, 0, 0)


def test_the_balance_is_paid_where_we_owe_more() -> None:
	netting.pair()
	sold(1000)
	first, second = bought(700), bought(900, due_date=add_days(nowdate(), 60))
	payment = _payment()
	assert (payment.payment_type, payment.party_type, payment.paid_amount) == ("Pay", "Supplier", 600)
	assert [(row.reference_name, row.allocated_amount) for row in payment.references] == [(second.name, 600)]
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	payment.insert().submit()
	assert netting.outstanding(first, second) == [700, 300]


def test_journals_are_among_what_is_paid() -> None:
	netting.pair()
	receivable = {"account": documents.account("Receivable"), "party_type": "Customer", "party": RAM}
	owed = documents.journal(
		{**receivable, "debit_in_account_currency": 700},
		{"account": documents.account("Cash"), "credit_in_account_currency": 700},
	)
	owed.submit()
	payment = _payment()
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	payment.insert().submit()
	assert _position() == (0, 0, 0)


def test_where_nobody_owes_anything_nothing_is_paid() -> None:
	netting.pair()
	with pytest.raises(NothingToPayError):
		_payment()


def test_a_restricted_user_pays_the_balance_of_his_branches() -> None:
	make_tree()
	netting.pair(RAM, "Delhi", "Mumbai")
	own = sold(100, branch="Delhi")
	sold(7000, branch="Mumbai")
	user = make_user("zq-delhi", "Delhi", roles=netting.ACCOUNTS)
	switch_on()
	with as_user(user):
		payment = _payment()
		assert [row.reference_name for row in payment.references] == [own.name]
		assert (payment.paid_amount, payment.party_balance) == (100, 100)


@pytest.mark.parametrize("roles", [("Sales User", "Purchase User"), ("Sales User",)])
def test_who_may_make_no_payment_gets_none(roles: tuple[str, ...]) -> None:
	netting.rams_example()
	with as_user(make_user("zq-seller", roles=roles)), pytest.raises(frappe.PermissionError):
		_payment()


def _ordered() -> Document:
	"""An advance of 40 on a purchase order."""
	row = {"item_code": documents.make_item(), "qty": 1, "rate": 40, "schedule_date": nowdate()}
	order = {"doctype": "Purchase Order", "company": COMPANY, "supplier": RAM, "schedule_date": nowdate()}
	order = frappe.get_doc({**order, "items": [row]}).insert()
	order.submit()
	advance = get_payment_entry("Purchase Order", order.name)
	advance.update({"reference_no": "1", "reference_date": advance.posting_date})
	advance.insert().submit()
	return advance


def test_an_advance_on_an_order_is_the_payments_whoever_may_read_orders() -> None:
	netting.pair()
	sold(100)
	bought(60)
	advance = _ordered()
	with as_user(make_user("zq-accounts", roles=("Accounts User",))):
		assert _position() == (100, 20, 80)
		rows = {row["voucher_no"]: row["amount"] for row in api.net_position(RAM, COMPANY)["payables"]}
		assert rows[advance.name] == -40
		assert run("Net Positions", {"company": COMPANY, "customer": RAM})["result"][0]["net"] == 80
		settlement = netting.proposed(netting.agree())
		# no more than is owed after the advance
		assert settlement.amount == 20
		settlement.submit()


def test_who_may_not_read_a_kind_of_document_sees_the_others() -> None:
	netting.rams_example()
	owed = {"account": documents.account("Receivable"), "party_type": "Customer", "party": RAM}
	cash = {"account": documents.account("Cash")}
	documents.journal(
		{**owed, "debit_in_account_currency": 700}, {**cash, "credit_in_account_currency": 700}
	).submit()
	role = frappe.get_doc({"doctype": "Role", "role_name": "Zq Invoices", "desk_access": 1}).insert().name
	for doctype in ("Company", "Customer", "Supplier", "Sales Invoice", "Purchase Invoice"):
		add_permission(doctype, role)
	with as_user(make_user("zq-reader", roles=(role,))):
		assert not frappe.has_permission("Journal Entry")
		assert _position() == (124000, 82000, 42000)


def _terms() -> str:
	"""Half at once, half in thirty days, each paid by itself."""
	halves = []
	for days in (0, 30):
		name = f"Zq half in {days}"
		said = {"doctype": "Payment Term", "payment_term_name": name, "invoice_portion": 50}
		frappe.get_doc(
			{**said, "due_date_based_on": "Day(s) after invoice date", "credit_days": days}
		).insert()
		halves.append({"payment_term": name, "invoice_portion": 50, "credit_days": days})
	template = {"doctype": "Payment Terms Template", "template_name": "Zq halves", "terms": halves}
	return frappe.get_doc({**template, "allocate_payment_based_on_payment_terms": 1}).insert().name


def test_the_balance_is_paid_by_payment_terms() -> None:
	netting.pair()
	sale = sold(124000, payment_terms_template=_terms(), due_date=None)
	bought(82000)
	payment = _payment()
	assert [(row.payment_term, row.allocated_amount) for row in payment.references] == [
		("Zq half in 0", 42000)
	]
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	payment.insert().submit()
	assert netting.outstanding(sale) == [82000]


def test_the_balance_is_allocated_on_one_account_and_not_to_what_is_on_hold() -> None:
	netting.pair()
	sold(50)
	held = bought(100, on_hold=1)
	first = bought(200)
	bought(400, credit_to=documents.make_account("Zq Creditors", "Payable"))
	payment = _payment()
	assert (payment.paid_amount, payment.paid_to) == (650, first.credit_to)
	assert [row.reference_name for row in payment.references] == [first.name]
	assert held.name not in {row.reference_name for row in payment.references}
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	payment.insert().submit()


def test_a_supplier_who_is_not_to_be_paid_is_on_hold() -> None:
	netting.rams_example()
	frappe.db.set_value("Supplier", RAM, {"on_hold": 1, "hold_type": "Payments"})
	agreement = netting.agree(exclude_on_hold=1)
	with pytest.raises(frappe.ValidationError, match="It is on hold"):
		netting.proposed(agreement)
	frappe.db.set_value("Supplier", RAM, "release_date", nowdate())
	assert netting.proposed(agreement).amount == 82000
