"""Journal entries carry a branch per row; whoever sees one reaches all of them."""

import frappe
import pytest

from branch_crm.branch_access import queries
from branch_crm.branch_access.document_events import DocumentBranchError
from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site import documents
from tests.site.company import as_user, listed, make_customer, make_tree, make_user, opened, switch_on

ROLES = ("Accounts User", "Accounts Manager", "Sales User")


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


def lines(*branches: str | None, **first) -> list[dict]:
	"""A debit of the first branch and credits of the others; `first` are more values of the debit."""
	bank = (
		documents.account("Bank")
		if frappe.db.exists("Account", {"account_type": "Bank", "is_group": 0})
		else None
	)
	cash = documents.account("Cash")
	debit = {
		"account": cash,
		"debit_in_account_currency": len(branches[1:]) * 10,
		"branch": branches[0],
		**first,
	}
	credits = [
		{"account": bank or cash, "credit_in_account_currency": 10, "branch": branch}
		for branch in branches[1:]
	]
	return [debit, *credits]


def party(name: str) -> dict:
	return {"account": documents.account("Receivable"), "party_type": "Customer", "party": name}


def branches_of(entry: object) -> list[str | None]:
	return [row.branch for row in entry.accounts]


def test_a_party_s_row_goes_to_its_branch_and_the_others_go_along() -> None:
	make_customer("One", "Delhi")
	assert branches_of(documents.journal(*lines(None, None, **party("One")))) == ["Delhi", "Delhi"]


def test_what_settles_an_invoice_goes_to_that_one_s_branch() -> None:
	make_customer("Two", "Mumbai", "Delhi")
	invoice = documents.sales("Sales Invoice", "Two", branch="Delhi")
	reference = {"reference_type": "Sales Invoice", "reference_name": invoice.name}
	rows = lines(None, None)
	rows[1] |= {**party("Two"), **reference}
	assert branches_of(documents.journal(*rows)) == ["Delhi", "Delhi"]


def test_rows_of_several_branches_stay_as_they_are() -> None:
	assert branches_of(documents.journal(*lines("Delhi", "Mumbai", None))) == ["Delhi", "Mumbai", None]


def test_the_user_s_own_branch_is_the_last_resort() -> None:
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	with as_user(user):
		assert branches_of(documents.journal(*lines(None, None))) == ["Delhi", "Delhi"]


def test_who_does_not_reach_a_row_neither_writes_nor_sees_the_entry() -> None:
	delhi = make_user("delhi", "Delhi", roles=ROLES)
	both = make_user("both", "Delhi", "Mumbai", roles=ROLES)
	own, shared = documents.journal(*lines("Delhi", "Delhi")), documents.journal(*lines("Delhi", "Mumbai"))
	free = documents.journal(*lines(None, None))
	switch_on()
	names = {own.name, shared.name, free.name}
	for user, seen in {delhi: {own.name}, both: {own.name, shared.name}}.items():
		assert listed(user, "Journal Entry") & names == opened(user, "Journal Entry", names) == seen
	with as_user(delhi):
		with pytest.raises(OutOfScopeError):
			documents.journal(*lines("Delhi", "Mumbai"))
		with pytest.raises(OutOfScopeError):
			entry = frappe.get_doc("Journal Entry", own.name)
			entry.accounts[1].branch = "Mumbai"
			entry.save()
	frappe.db.set_single_value("Branch Access Settings", "unassigned_visible_to", "Everybody")
	queries.forget_scopes()
	assert listed(delhi, "Journal Entry") & names == {own.name, free.name}


def test_who_has_several_branches_and_no_default_chooses() -> None:
	both = make_user("both", "Delhi", "Mumbai", roles=ROLES)
	switch_on()
	with as_user(both), pytest.raises(DocumentBranchError):
		documents.journal(*lines(None, None))


def test_ledger_rows_have_the_branches_of_their_lines_and_balance() -> None:
	before = trial_balance()
	entry = documents.journal(*lines("Delhi", "Mumbai", "Delhi"))
	entry.submit()
	rows = frappe.get_all("GL Entry", {"voucher_no": entry.name}, pluck="branch")
	assert sorted(rows) == ["Delhi", "Delhi", "Mumbai"]
	assert trial_balance() == before


def trial_balance() -> float:
	return frappe.db.sql("select ifnull(round(sum(debit) - sum(credit), 2), 0) from `tabGL Entry`")[0][0]
