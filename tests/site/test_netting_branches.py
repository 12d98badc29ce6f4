"""Whoever is limited by branch proposes, sees and settles what is his."""

import json

import frappe
import pytest
from frappe.model.document import Document

from branch_crm.party_netting import api
from tests.site import documents, netting
from tests.site.company import as_user, join_team, listed, make_tree, make_user, switch_on
from tests.site.http_requests import call
from tests.site.netting import RAM, agree, bought, outstanding, proposed, sold

APPROVE = "branch_crm.party_netting.api.approve"


@pytest.fixture
def user() -> str:
	"""Somebody of Delhi; Ram trades with Delhi and Mumbai."""
	make_tree()
	netting.pair(RAM, "Delhi", "Mumbai")
	netting.pair("Zq Far", "Mumbai")
	user = make_user("zq-delhi", "Delhi", roles=netting.ACCOUNTS)
	switch_on()
	return user


def _both(branch: str, receivable: float, payable: float, party: str = RAM) -> tuple[Document, Document]:
	return sold(receivable, party, branch=branch), bought(payable, party, branch=branch)


def test_he_settles_the_documents_of_his_branches(user: str) -> None:
	own, foreign = _both("Delhi", 500, 300), _both("Mumbai", 1000, 900)
	agreement = agree()
	with as_user(user):
		settlement = proposed(agreement)
		assert settlement.amount == 300
		assert {row.branch for row in (*settlement.receivables, *settlement.payables)} == {"Delhi"}
		settlement.submit()
		journal = frappe.get_doc("Journal Entry", settlement.journals[0].journal_entry)
		assert {row.branch for row in journal.accounts} == {"Delhi"}
	assert outstanding(*own, *foreign) == [200, 0, 1000, 900]
	entries = frappe.get_all("GL Entry", {"voucher_no": journal.name}, pluck="branch")
	assert set(entries) == {"Delhi"}
	with as_user(user):
		settlement.cancel()
	assert outstanding(*own) == [500, 300]


def test_head_office_settles_across_branches_and_each_row_keeps_its_own(user: str) -> None:
	_both("Delhi", 500, 300)
	_both("Mumbai", 1000, 900)
	settlement = proposed(agree())
	assert settlement.amount == 1200
	settlement.submit()
	journal = settlement.journals[0].journal_entry
	rows = frappe.get_all("Journal Entry Account", {"parent": journal}, ["branch", "debit", "credit"])
	assert sum(row.credit for row in rows if row.branch == "Delhi") == 500
	assert sum(row.debit for row in rows if row.branch == "Mumbai") == 900
	with as_user(user):
		assert settlement.name not in listed(user, "Netting Settlement")
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Netting Settlement", settlement.name).check_permission()
		assert (
			call(user, "frappe.client.cancel", doctype="Netting Settlement", name=settlement.name).status
			== 404
		)


def test_he_sees_settlements_of_his_documents_and_no_others(user: str) -> None:
	_both("Delhi", 500, 300)
	_both("Mumbai", 700, 600, "Zq Far")
	own, far = agree(), agree("Zq Far")
	with as_user(user):
		settlement = proposed(own)
	foreign = proposed(far)
	assert listed(user, "Netting Settlement") == {settlement.name}
	assert listed(user, "Netting Agreement") == {own.name}
	missing = call(user, "branch_crm.party_netting.api.propose", agreement="NETA-99999")
	hidden = call(user, "branch_crm.party_netting.api.propose", agreement=far.name)
	assert (hidden.status, hidden.text.replace(far.name, "NETA-99999")) == (missing.status, missing.text)
	assert call(user, APPROVE, settlement=foreign.name).status == 404


def test_he_puts_no_document_of_another_branch_into_his_settlement(user: str) -> None:
	_both("Delhi", 500, 300)
	foreign, _ = _both("Mumbai", 1000, 900)
	agreement = agree()
	with as_user(user):
		settlement = proposed(agreement)
	sent = json.loads(settlement.as_json())
	sent["receivables"].append(
		{
			"doctype": "Netting Settlement Row",
			"voucher_type": "Sales Invoice",
			"voucher_no": foreign.name,
			"amount": 1,
		}
	)
	assert call(user, "frappe.client.save", doc=json.dumps(sent)).status in (403, 404, 417)
	with as_user(user), pytest.raises((frappe.PermissionError, frappe.ValidationError)):
		settlement.append(
			"receivables", {"voucher_type": "Sales Invoice", "voucher_no": foreign.name, "amount": 1}
		)
		settlement.save()


def test_he_agrees_with_nobody_whom_he_does_not_reach(user: str) -> None:
	with as_user(user), pytest.raises((frappe.PermissionError, frappe.ValidationError)):
		agree("Zq Far")
	values = {"doctype": "Netting Agreement", "company": netting.COMPANY, "customer": "Zq Far"}
	assert call(user, "frappe.client.insert", doc=json.dumps(values)).status in (403, 404, 417)


def test_a_viewer_of_the_branch_changes_nothing(user: str) -> None:
	_both("Delhi", 500, 300)
	settlement = proposed(agree())
	viewer = make_user("zq-viewer", roles=netting.ACCOUNTS)
	join_team(viewer, "Delhi", "Viewer")
	assert call(viewer, "frappe.client.get", doctype="Netting Settlement", name=settlement.name).status == 200
	path = "branch_crm.party_netting.api.propose"
	assert call(viewer, path, agreement=settlement.agreement).status == 403
	for method, more in (("approve", {}), ("reject", {"reason": "no"}), ("propose_anew", {})):
		path = f"branch_crm.party_netting.api.{method}"
		assert call(viewer, path, settlement=settlement.name, **more).status == 403, method
	sent = json.dumps(json.loads(settlement.as_json()) | {"docstatus": 1})
	assert call(viewer, "frappe.client.submit", doc=sent).status == 403


def test_nobody_is_told_of_the_settlement_of_others_when_he_cancels_an_invoice(user: str) -> None:
	own, _ = _both("Delhi", 500, 300)
	_both("Mumbai", 1000, 900)
	settlement = proposed(agree())
	settlement.submit()
	answer = call(user, "frappe.client.cancel", doctype="Sales Invoice", name=own.name)
	assert answer.status == 417
	assert settlement.name not in answer.text


def test_nothing_of_other_branches_is_said_where_nothing_can_be_settled(user: str) -> None:
	sold(500, branch="Delhi")
	foreign = bought(300, branch="Mumbai")
	agreement = agree()
	answer = call(user, "branch_crm.party_netting.api.propose", agreement=agreement.name)
	assert answer.status == 417
	assert "We owe the supplier nothing" in answer.text
	assert foreign.name not in answer.text


def test_his_net_position_over_http(user: str) -> None:
	_both("Delhi", 500, 300)
	_both("Mumbai", 1000, 900)
	asked = {"customer": RAM, "company": netting.COMPANY}
	found = call(user, "branch_crm.party_netting.api.net_position", **asked).message
	assert (found["receivable"], found["payable"], found["net"]) == (500, 300, 200)
	assert api.net_position(**asked)["net"] == 300


def test_a_journal_of_several_branches_stays_out_and_says_so() -> None:
	make_tree()
	netting.pair(RAM, "Delhi", "Mumbai")
	owed = {"account": documents.account("Receivable"), "party_type": "Customer", "party": RAM}
	cash = {"account": documents.account("Cash")}
	documents.journal(
		{**owed, "debit_in_account_currency": 100, "branch": "Delhi"},
		{**owed, "debit_in_account_currency": 200, "branch": "Mumbai"},
		{**cash, "credit_in_account_currency": 100, "branch": "Delhi"},
		{**cash, "credit_in_account_currency": 200, "branch": "Mumbai"},
	).submit()
	bought(100, branch="Delhi")
	with pytest.raises(frappe.ValidationError, match="rows are of several branches"):
		proposed(agree())
