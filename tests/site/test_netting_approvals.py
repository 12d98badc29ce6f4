"""What a second person has to agree to, and whom nobody gets round."""

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.party_netting import api
from branch_crm.party_netting.agreement_work import AgreementError
from branch_crm.party_netting.approvals import SecondPersonError
from branch_crm.party_netting.settlement_work import ApprovalOutstandingError, SettlementStateError
from tests.site import netting
from tests.site.company import as_user, make_user
from tests.site.netting import agree, outstanding, proposed

ASKED = {"approval": "By a Second Person"}


@pytest.fixture
def people() -> tuple[str, str]:
	return tuple(make_user(name, roles=netting.ACCOUNTS) for name in ("zq-first", "zq-second"))


def _approved(people: tuple[str, str]) -> Document:
	first, second = people
	with as_user(first):
		agreement = agree(**ASKED)
	with as_user(second):
		api.approve_agreement(agreement.name)
	return agreement


def test_a_second_person_agrees_to_the_agreement(people: tuple[str, str]) -> None:
	netting.rams_example()
	first, second = people
	with as_user(first):
		agreement = agree(**ASKED)
		assert agreement.status == "Awaiting Approval"
		with pytest.raises(AgreementError, match="Awaiting Approval"):
			proposed(agreement)
		with pytest.raises(SecondPersonError):
			api.approve_agreement(agreement.name)
	with as_user(make_user("zq-clerk", roles=("Accounts User",))), pytest.raises(SecondPersonError):
		api.approve_agreement(agreement.name)
	with as_user(second):
		api.approve_agreement(agreement.name)
	agreement.reload()
	assert (agreement.status, agreement.approved_by) == ("Active", second)


def test_changed_terms_wait_again_and_nobody_takes_the_second_person_away(people: tuple[str, str]) -> None:
	netting.rams_example()
	first, _second = people
	agreement = _approved(people)
	agreement.reload()
	with as_user(first):
		agreement.statement_note = "With thanks"
		agreement.save()
		assert agreement.status == "Active"
		agreement.approval = "Not Required"
		agreement.save()
	assert (agreement.status, agreement.approved_by) == ("Awaiting Approval", None)
	with as_user(first):
		# not by saying so
		agreement.status = "Active"
		agreement.save()
	assert agreement.status == "Awaiting Approval"
	with as_user(first):
		# nor in two steps
		agreement.minimum_amount = 3
		agreement.save()
	assert agreement.status == "Awaiting Approval"


def test_a_second_person_agrees_to_what_he_has_seen(people: tuple[str, str]) -> None:
	netting.rams_example()
	first, second = people
	with as_user(first):
		agreement = agree(**ASKED)
	with as_user(second), pytest.raises(frappe.TimestampMismatchError):
		api.approve_agreement(agreement.name, modified="2026-01-01 10:00:00.000000")
	with as_user(second):
		api.approve_agreement(agreement.name, modified=str(agreement.modified))
	with as_user(first):
		settlement = proposed(agreement)
		seen = str(settlement.modified)
		settlement.receivables[0].amount = settlement.payables[0].amount = 5
		settlement.save()
	with as_user(second):
		with pytest.raises(frappe.TimestampMismatchError):
			api.approve(settlement.name, modified=seen)
		api.approve(settlement.name, modified=str(settlement.modified))


def test_a_second_person_agrees_to_each_settlement(people: tuple[str, str]) -> None:
	sale, purchase = netting.rams_example()
	first, second = people
	agreement = _approved(people)
	with as_user(first):
		settlement = proposed(agreement)
		with pytest.raises(ApprovalOutstandingError, match="Accounts Manager"):
			settlement.submit()
		settlement.reload()
		with pytest.raises(SecondPersonError):
			api.approve(settlement.name)
		settlement.status = "Approved"
		settlement.save()
		assert settlement.status == "Proposed"
	with as_user(second):
		api.approve(settlement.name)
	settlement.reload()
	assert (settlement.status, settlement.approved_by) == ("Approved", second)
	with as_user(first):
		settlement.submit()
	assert outstanding(sale, purchase) == [42000, 0]


def test_whoever_changes_what_was_approved_asks_again(people: tuple[str, str]) -> None:
	netting.rams_example()
	first, second = people
	agreement = _approved(people)
	with as_user(first):
		settlement = proposed(agreement)
	with as_user(second):
		api.approve(settlement.name)
		settlement.reload()
		settlement.receivables[0].amount = settlement.payables[0].amount = 81000
		settlement.save()
		assert (settlement.status, settlement.proposed_by) == ("Proposed", second)
		with pytest.raises(SecondPersonError):
			api.approve(settlement.name)
		with pytest.raises(ApprovalOutstandingError):
			settlement.submit()


def test_a_rejected_settlement_is_settled_by_nobody(people: tuple[str, str]) -> None:
	netting.rams_example()
	first, second = people
	agreement = _approved(people)
	with as_user(first):
		settlement = proposed(agreement)
	with as_user(second):
		with pytest.raises(SettlementStateError, match="Say why"):
			api.reject(settlement.name, " ")
		api.reject(settlement.name, "The goods were returned")
		with pytest.raises(SettlementStateError):
			api.approve(settlement.name)
	settlement.reload()
	assert (settlement.status, settlement.rejection_reason) == ("Rejected", "The goods were returned")
	with as_user(first), pytest.raises(SettlementStateError, match="rejected"):
		settlement.submit()
	with as_user(first):
		api.propose_anew(settlement.name)
	settlement.reload()
	assert (settlement.status, settlement.rejection_reason) == ("Proposed", None)


def test_to_end_an_agreement_and_make_another_is_no_way_round(people: tuple[str, str]) -> None:
	netting.rams_example()
	first, second = people
	agreement = _approved(people)
	with as_user(first):
		agreement.reload()
		agreement.ended = 1
		agreement.save()
		new = agree()
		assert (new.status, new.approval) == ("Awaiting Approval", ASKED["approval"])
	with as_user(second):
		api.approve_agreement(new.name)
	new.reload()
	with as_user(first):
		new.approval = "Not Required"
		new.save()
		assert new.status == "Awaiting Approval"
	with as_user(second):
		api.approve_agreement(new.name)
	new.reload()
	with as_user(first):
		new.ended = 1
		new.save()
		assert agree().status == "Active"


def test_it_is_ended_or_changed_and_of_one_customer_for_ever(people: tuple[str, str]) -> None:
	netting.pair()
	netting.pair("Zq Other")
	agreement = agree()
	agreement.update({"ended": 1, "minimum_amount": 5})
	with pytest.raises(AgreementError, match="not both at once"):
		agreement.save()
	agreement.reload()
	agreement.customer = "Zq Other"
	with pytest.raises(frappe.ValidationError):
		agreement.save()
