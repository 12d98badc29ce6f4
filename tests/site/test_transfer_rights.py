"""Who may ask for a transfer, whose parties it means, and as whom it works."""

from collections.abc import Callable

import frappe
import pytest

from branch_crm.branch_access import queries, transfer_api
from branch_crm.branch_access.doctype.branch_transfer.branch_transfer import TransferSetupError
from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.branch_access.transfer_queries import ENTRY, TRANSFER
from tests.site.company import (
	KEEPERS,
	as_user,
	listed,
	make_customer,
	make_tree,
	make_user,
	member,
	opened,
	switch_on,
)
from tests.site.transfers import apply, log_of, make_transfer, rows_of, undo


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


@pytest.fixture
def anna() -> str:
	return member("anna", Delhi="Sales")


@pytest.fixture
def cora() -> str:
	return member("cora", Delhi="Sales", Mumbai="Sales")


MOVE = {"from_branch": "Delhi", "branch": "Mumbai"}


@pytest.fixture
def refused() -> Callable[..., None]:
	"""Checks that a user gets no transfer, neither his own nor somebody else's begun."""
	make_customer("Northern", "Delhi")
	make_customer("Western", "Mumbai")
	made = make_transfer("Replace Branch", "Northern", "Western", **MOVE)

	def check(user: str, action: str = "Replace Branch", **values) -> None:
		with as_user(user):
			with pytest.raises((OutOfScopeError, frappe.PermissionError)):
				make_transfer(action, "Northern", "Western", **(values or MOVE))
			for method in (
				transfer_api.count,
				transfer_api.begin,
				transfer_api.cancel,
				transfer_api.begin_undo,
			):
				with pytest.raises(frappe.PermissionError):
					method(made.name)
		assert not opened(user, TRANSFER, {made.name})
		if frappe.has_permission(TRANSFER, "read", user=user):
			assert made.name not in listed(user, TRANSFER)
		assert rows_of("Northern") == (("Delhi", None, None, 1),)

	return check


@pytest.mark.parametrize("function", ["Viewer", "Sales", "Support", "Credit", "Accounts"])
def test_only_managers_transfer(function: str, refused: Callable[..., None]) -> None:
	user = member("someone", Delhi=function, Mumbai=function)
	switch_on()
	refused(user)
	refused(user, "Replace Owner", from_user="Administrator", to_user=user)


def test_who_has_no_branch_or_no_role_transfers_nothing(refused: Callable[..., None]) -> None:
	nobody = make_user("nobody", roles=KEEPERS)
	clerk = make_user("clerk", "HO", roles=("Sales User",))
	reader = make_user("reader", roles=("System Manager", "Purchase Manager"))
	refused(clerk)
	refused(reader)
	switch_on()
	for user in (nobody, clerk, reader):
		refused(user)
		refused(user, "Replace Owner", from_user="Administrator", to_user=user)


def test_a_manager_transfers_between_branches_that_he_manages(refused: Callable[..., None]) -> None:
	of_one = member("one", Delhi="Manager", Mumbai="Sales")
	of_both = member("both", Delhi="Manager", Mumbai="Manager")
	head = make_user("head", roles=(*KEEPERS, "Branch Head Office"))
	make_customer("Mixed", "Delhi", "Agra")
	switch_on()
	refused(of_one)
	with as_user(of_both):
		transfer = make_transfer("Replace Branch", "Northern", "Western", "Mixed", **MOVE)
		assert transfer_api.count(transfer.name)["changed"] == 2
		apply(transfer)
		assert log_of(transfer)["Western"] == ("Not Concerned", "Does not belong to Delhi.")
		assert listed(of_both, ENTRY) == set(frappe.get_all(ENTRY, {"transfer": transfer.name}, pluck="name"))
	assert [row[0] for row in rows_of("Northern")] == ["Mumbai"]
	assert sorted(row[0] for row in rows_of("Mixed")) == ["Agra", "Mumbai"]
	assert listed(of_one, ENTRY) == set()
	with as_user(head):
		transfer_api.begin_undo(frappe.get_doc(TRANSFER, _completed(transfer)).name)
		undo(transfer)
	assert [row[0] for row in rows_of("Northern")] == ["Delhi"]


def _completed(transfer: object) -> str:
	frappe.db.set_value(TRANSFER, transfer.name, "status", "Completed")
	return transfer.name


def test_a_manager_replaces_an_owner_only_in_his_branches(anna: str, cora: str) -> None:
	manager = member("manager", Delhi="Manager")
	make_customer("Both", {"branch": "Delhi", "sales_owner": anna}, {"branch": "Mumbai", "sales_owner": anna})
	switch_on()
	with as_user(manager):
		transfer = make_transfer("Replace Owner", "Both", from_user=anna, to_user=cora)
		apply(transfer)
	assert rows_of("Both") == (("Delhi", cora, None, 1), ("Mumbai", anna, None, 0))


def test_a_transfer_means_what_its_maker_sees(anna: str) -> None:
	manager = member("manager", Delhi="Manager")
	for name, branch in (("Northern", "Delhi"), ("Western", "Mumbai")):
		make_customer(name, branch)
	switch_on()
	with as_user(manager):
		filters = {"filters": '[["Customer", "customer_group", "=", "Commercial"]]'}
		transfer = make_transfer("Set Owner", **filters, branch="Delhi", sales_owner=anna)
		assert transfer_api.count(transfer.name) == {"changed": 1, "not_changed": {}}
		apply(transfer)
	assert log_of(transfer) == {"Northern": ("Done", None)}


def test_the_scope_of_the_maker_holds_when_the_work_is_done(anna: str) -> None:
	manager = member("manager", Delhi="Manager")
	make_customer("Northern", "Delhi")
	switch_on()
	with as_user(manager):
		transfer = make_transfer("Set Owner", "Northern", branch="Delhi", sales_owner=anna)
	other = member("other", Mumbai="Manager")
	with as_user(other):
		frappe.db.set_value(TRANSFER, transfer.name, "owner", other)
		apply(transfer)
	assert log_of(transfer) == {}
	frappe.db.set_value("Branch Team Member", {"user": manager}, "function", "Viewer")
	queries.forget_scopes()
	with as_user(manager):
		apply(transfer)
	assert log_of(transfer)["Northern"][0] in ("Failed", "Not Concerned")
	assert rows_of("Northern") == (("Delhi", None, None, 1),)


@pytest.mark.parametrize("forged", ["owner", "name"])
def test_nobody_rewrites_the_draft_of_another(forged: str) -> None:
	"""Who begins it would carry out what somebody else put into it."""
	thief = member("thief", Delhi="Manager")
	make_customer("Northern", "Delhi")
	switch_on()
	draft = make_transfer("Add Branch", "Northern", branch="Agra")
	with as_user(thief):
		own = make_transfer("Add Branch", "Northern", branch="Delhi")
		# as a PUT does
		doc = frappe.get_doc(TRANSFER, draft.name if forged == "owner" else own.name)
		doc.update({"owner": thief, "name": draft.name, "branch": "Delhi", "filters": "[]"})
		doc.modified = draft.modified
		with pytest.raises(frappe.PermissionError):
			doc.save()
	assert frappe.db.get_value(TRANSFER, draft.name, "branch") == "Agra"


def test_a_filter_does_not_reach_beyond_what_its_maker_sees() -> None:
	manager = member("manager", Delhi="Manager")
	make_customer("Northern", "Delhi")
	make_customer("Western", "Mumbai")
	switch_on()
	field = "name` is not null or `tabCustomer`.`name"
	with as_user(manager):
		for filters in ({field: "x"}, [["Customer", field, "=", "x"]], [[field, "=", "x"]]):
			with pytest.raises(TransferSetupError, match="filters"):
				make_transfer("Add Branch", branch="Delhi", filters=frappe.as_json(filters))


def test_count_knows_which_parties_its_reader_may_only_view() -> None:
	manager = member("manager", Delhi="Manager", Mumbai="Viewer")
	make_customer("Northern", "Delhi")
	make_customer("Western", "Mumbai")
	switch_on()
	sentence = "Whoever asked for the transfer may not change this Customer."
	with as_user(manager):
		transfer = make_transfer("Add Branch", "Northern", "Western", branch="Delhi")
		counted = transfer_api.count(transfer.name)
		apply(transfer)
	assert counted == {"changed": 0, "not_changed": {"Belongs to Delhi already.": 1, sentence: 1}}
	assert log_of(transfer)["Western"] == ("Failed", sentence)
