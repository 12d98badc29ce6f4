"""Under which conditions two parties settle, and who has to agree."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.party_netting import api
from branch_crm.party_netting.agreement_work import AgreementError
from branch_crm.party_netting.proposal_work import SettlementError
from tests.site import netting
from tests.site.company import as_user, make_branch, make_customer, make_user
from tests.site.netting import RAM, agree, bought, outstanding, proposed, sold

ASKED = {"approval": "By a Second Person"}


def test_it_is_active_at_once_and_knows_the_supplier_and_the_currency() -> None:
	netting.pair()
	agreement = agree()
	assert (agreement.status, agreement.supplier, agreement.currency) == ("Active", RAM, "INR")
	assert (agreement.settlement_order, agreement.approval) == ("Due Date", "Not Required")
	assert agreement.exclude_on_hold and agreement.exclude_disputed and not agreement.exclude_not_yet_due


def test_without_a_link_there_is_no_agreement() -> None:
	make_customer(RAM)
	with pytest.raises(AgreementError, match="not linked"):
		agree()


@pytest.mark.parametrize(
	("values", "sentence"),
	[
		({"valid_from": nowdate(), "valid_to": add_days(nowdate(), -1)}, "before it begins"),
		({"excluded_voucher_types": [{"document_type": "Sales Order"}]}, "never settled"),
	],
)
def test_what_is_impossible_is_refused(values: dict, sentence: str) -> None:
	netting.pair()
	with pytest.raises(AgreementError, match=sentence):
		agree(**values)


def test_two_agreements_for_the_same_days_are_refused_one_after_the_other_is_not() -> None:
	netting.pair()
	agree(valid_from="2026-01-01", valid_to="2026-06-30")
	with pytest.raises(AgreementError, match="End it first"):
		agree(valid_from="2026-06-30")
	agree(valid_from="2026-07-01")


def test_beside_automatic_common_party_accounting_it_is_not_activated() -> None:
	netting.rams_example()
	agreement = agree()
	frappe.db.set_single_value("Accounts Settings", "enable_common_party_accounting", 1)
	with pytest.raises(AgreementError, match="Enable Common Party Accounting"):
		proposed(agreement)
	agreement.minimum_amount = 5
	with pytest.raises(AgreementError, match="Accounts Settings"):
		agreement.save()
	waiting = agree("Zq Shyam", **ASKED) if netting.pair("Zq Shyam") else None
	assert waiting.status == "Awaiting Approval"


@pytest.mark.parametrize(
	("values", "day"),
	[
		({"valid_from": "2026-01-01", "valid_to": add_days(nowdate(), -1)}, nowdate()),
		({"valid_from": add_days(nowdate(), 1)}, nowdate()),
	],
)
def test_outside_its_days_nothing_is_settled(values: dict, day: str) -> None:
	netting.rams_example()
	with pytest.raises(AgreementError, match="not valid"):
		proposed(agree(**values), posting_date=day)


def test_a_proposal_from_before_its_end_is_not_settled_after_it() -> None:
	netting.rams_example()
	agreement = agree(valid_from="2026-01-01")
	settlement = proposed(agreement)
	frappe.db.set_value("Netting Agreement", agreement.name, "valid_to", add_days(nowdate(), -1))
	with pytest.raises(AgreementError, match="not valid"):
		settlement.submit()


def test_an_ended_agreement_settles_nothing() -> None:
	netting.rams_example()
	agreement = agree()
	agreement.ended = 1
	agreement.save()
	assert agreement.status == "Ended"
	with pytest.raises(AgreementError, match="Ended"):
		proposed(agreement)


def test_an_ended_agreement_is_not_changed_and_does_not_begin_again() -> None:
	netting.pair()
	agreement = agree(**ASKED, ended=1)
	for changed in ({"ended": 0}, {"approval": "Not Required"}):
		with pytest.raises(AgreementError, match="has ended"):
			frappe.get_doc("Netting Agreement", agreement.name).update(changed).save()


def test_what_is_excluded_stays_out_and_is_named() -> None:
	make_branch("Zq Root", is_group=1)
	make_branch("Zq Below", "Zq Root")
	netting.pair(RAM, "Zq Root", "Zq Below")
	bought(1000, branch="Zq Root")
	agreement = agree(excluded_branches=[{"branch": "Zq Root"}])
	sold(100, branch="Zq Below")
	with pytest.raises(SettlementError, match="leaves out its branch"):
		proposed(agreement)


@pytest.mark.parametrize(
	("marked", "term"),
	[({"is_disputed": 1}, "exclude_disputed"), ({"due_date": add_days(nowdate(), 9)}, "exclude_not_yet_due")],
)
def test_disputed_and_not_yet_due_invoices(marked: dict, term: str) -> None:
	netting.pair()
	first, second = sold(100), sold(60, **marked)
	bought(500, due_date=nowdate())
	agreement = agree(**{term: 1})
	assert proposed(agreement).amount == 100
	agreement.set(term, 0)
	agreement.save()
	proposed(agreement).submit()
	assert outstanding(first, second) == [0, 0]


def test_purchase_invoices_on_hold() -> None:
	netting.pair()
	sold(500)
	bought(100)
	held = bought(60, on_hold=1)
	agreement = agree()
	assert proposed(agreement).amount == 100
	frappe.db.set_value("Purchase Invoice", held.name, "release_date", nowdate())
	assert proposed(agreement).amount == 160
	frappe.db.set_value("Purchase Invoice", held.name, "release_date", add_days(nowdate(), 1))
	assert proposed(agreement).amount == 100


def test_documents_of_a_kind_may_be_left_out_and_less_than_the_minimum() -> None:
	netting.rams_example()
	agreement = agree(excluded_voucher_types=[{"document_type": "Purchase Invoice"}])
	with pytest.raises(SettlementError, match="leaves out documents of this kind"):
		proposed(agreement)
	agreement.update({"excluded_voucher_types": [], "minimum_amount": 82000.01})
	agreement.save()
	with pytest.raises(SettlementError, match="less than the minimum"):
		proposed(agreement)


def test_nothing_to_settle_says_which_side_is_empty() -> None:
	netting.pair()
	sold(10)
	with pytest.raises(SettlementError, match="We owe the supplier nothing"):
		proposed(agree())


@pytest.mark.parametrize("role", ["Sales User", "Purchase User", "Stock User"])
def test_without_the_roles_of_accounts_nothing_is_agreed_or_settled(role: str) -> None:
	netting.rams_example()
	agreement = agree()
	settlement = proposed(agreement)
	with as_user(make_user("zq-other", roles=(role,))):
		for attempt in (
			lambda: agree(valid_from="2020-01-01", valid_to="2020-01-02"),
			lambda: api.propose(agreement.name),
			lambda: api.propose_anew(settlement.name),
			lambda: api.approve(settlement.name),
			lambda: api.reject(settlement.name, "no"),
			lambda: api.run_again(settlement.name),
			lambda: api.approve_agreement(agreement.name),
		):
			with pytest.raises(frappe.PermissionError):
				attempt()
