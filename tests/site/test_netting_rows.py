"""Rows of settlements and agreements: by whatever way they are changed, they are judged with their document."""

import frappe
import pytest
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.party_netting import api
from branch_crm.party_netting.proposal_work import OutstandingChangedError, SettlementError
from tests.site import documents, netting
from tests.site.company import as_user, make_branch, make_user
from tests.site.http_requests import send
from tests.site.netting import agree, bought, outstanding, proposed, sold

ROW, JOURNAL = "Netting Settlement Row", "Netting Settlement Journal"


@pytest.fixture
def clerk() -> str:
	return make_user("zq-first", roles=netting.ACCOUNTS)


def _sent(user: str, verb: str, doctype: str, name: str, **values: object) -> int:
	return send(user, verb, f"/api/resource/{doctype}/{name}", **values).status


def _rows_of(doc: Document) -> list[tuple]:
	doc.reload()
	return [(row.name, row.voucher_no, row.amount) for row in (*doc.receivables, *doc.payables)]


def test_rows_of_a_settlement_are_not_changed_by_themselves(clerk: str) -> None:
	_sale, other = netting.rams_example()[0], sold(124000)
	agreement = agree(approval="By a Second Person")
	second = make_user("zq-second", roles=netting.ACCOUNTS)
	with as_user(second):
		api.approve_agreement(agreement.name)
	with as_user(clerk):
		settlement = proposed(agreement)
	with as_user(second):
		api.approve(settlement.name)
	before = _rows_of(settlement)
	row = settlement.receivables[0].name
	assert _sent(clerk, "PUT", ROW, row, voucher_no=other.name) == 403
	assert _sent(clerk, "DELETE", ROW, row) == 403
	new = {"parent": settlement.name, "parenttype": "Netting Settlement", "parentfield": "receivables"}
	new |= {"voucher_type": "Sales Invoice", "voucher_no": other.name, "amount": 5}
	assert send(clerk, "POST", f"/api/resource/{ROW}", **new).status == 403
	assert send(clerk, "PATCH", f"/api/v2/document/{ROW}/{row}", voucher_no=other.name).status == 403
	assert _rows_of(settlement) == before
	assert settlement.status == "Approved"


def test_rows_of_what_is_settled_stay(clerk: str) -> None:
	netting.rams_example()
	settlement = proposed(agree())
	settlement.submit()
	before = _rows_of(settlement)
	for doctype, row in ((ROW, settlement.receivables[0].name), (JOURNAL, settlement.journals[0].name)):
		assert _sent(clerk, "DELETE", doctype, row) == 403
		assert _sent(clerk, "PUT", doctype, row, amount=1) in (403, 417)
	assert _rows_of(settlement) == before
	assert settlement.journals[0].journal_entry


def test_exclusions_of_an_agreement_are_not_changed_by_themselves(clerk: str) -> None:
	netting.pair()
	make_branch("Zq B")
	agreement = agree(excluded_voucher_types=[{"document_type": "Purchase Invoice"}])
	(row,) = agreement.excluded_voucher_types
	assert _sent(clerk, "PUT", row.doctype, row.name, document_type="Journal Entry") == 403
	assert _sent(clerk, "DELETE", row.doctype, row.name) == 403
	new = {"parent": agreement.name, "parenttype": agreement.doctype, "parentfield": "excluded_branches"}
	assert send(clerk, "POST", "/api/resource/Netting Excluded Branch", branch="Zq B", **new).status == 403
	agreement.reload()
	assert [row.document_type for row in agreement.excluded_voucher_types] == ["Purchase Invoice"]
	assert not agreement.excluded_branches
	# with its document it is changed
	agreement.excluded_voucher_types[0].document_type = "Journal Entry"
	agreement.save()
	agreement.excluded_voucher_types = []
	agreement.save()


def test_a_document_is_settled_on_its_own_side_only() -> None:
	netting.pair()
	sales, purchases = [sold(100), sold(50)], [bought(100), bought(50)]
	settlement = frappe.new_doc("Netting Settlement")
	settlement.update({"agreement": agree().name, "posting_date": nowdate()})
	for table, doc, account in (
		("receivables", sales[0], "debit_to"),
		("receivables", sales[1], "debit_to"),
		("receivables", purchases[1], "credit_to"),
		("payables", purchases[0], "credit_to"),
	):
		said = {"voucher_type": doc.doctype, "voucher_no": doc.name, "account": doc.get(account)}
		said |= {"outstanding": doc.outstanding_amount, "amount": doc.outstanding_amount, "currency": "INR"}
		settlement.append(table, {**said, "posting_date": nowdate()})
	with pytest.raises(SettlementError, match="is not open, or not of these parties"):
		settlement.insert()
	assert outstanding(*sales, *purchases) == [100, 50, 100, 50]


def test_another_document_is_put_into_a_row() -> None:
	netting.pair()
	first, second, purchase = sold(100), sold(300), bought(100)
	settlement = proposed(agree())
	settlement.receivables[0].voucher_no = second.name
	settlement.save()
	(row,) = settlement.receivables
	assert (row.outstanding, row.amount) == (300, 100)
	settlement.submit()
	assert outstanding(first, second, purchase) == [100, 200, 0]


def test_a_document_on_another_account_is_put_into_a_row() -> None:
	netting.pair()
	account = documents.make_account("Zq Debtors", "Receivable")
	sold(100)
	second = sold(300, debit_to=account)
	bought(100)
	settlement = proposed(agree())
	settlement.receivables[0].voucher_no = second.name
	settlement.save()
	assert settlement.receivables[0].account == account
	settlement.submit()
	assert outstanding(second) == [200]


def test_what_was_outstanding_is_not_said_by_who_sends_it() -> None:
	sale, _purchase = netting.rams_example()
	settlement = proposed(agree())
	payment = documents.get_payment_entry("Sales Invoice", sale.name, party_amount=1000)
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	payment.insert().submit()
	settlement.reload()
	settlement.receivables[0].outstanding = 123000
	with pytest.raises(OutstandingChangedError, match=sale.name):
		settlement.save()


def test_a_proposal_says_what_it_leaves_out() -> None:
	netting.rams_example()
	held = bought(500, on_hold=1)
	frappe.clear_messages()
	proposed(agree(exclude_on_hold=1))
	(said,) = (message for message in frappe.get_message_log() if message.title == "Left Out")
	assert held.name in str(said.message)
	assert "It is on hold." in str(said.message)


def test_what_nobody_else_has_to_approve_is_rejected_by_who_made_it(clerk: str) -> None:
	netting.rams_example()
	with as_user(clerk):
		settlement = proposed(agree())
		api.reject(settlement.name, "A mistake")
	settlement.reload()
	assert (settlement.status, settlement.rejection_reason) == ("Rejected", "A mistake")
