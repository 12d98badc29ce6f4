"""What a transfer does to customers, who may ask for one, and what its undo takes back."""

import frappe
import pytest

from branch_crm.branch_access import queries, transfer_api
from branch_crm.branch_access.doctype.branch_transfer.branch_transfer import TransferSetupError
from branch_crm.branch_access.responsibility_queries import RECORD
from branch_crm.branch_access.transfer_queries import TRANSFER
from tests.site.company import let_delete, make_branch, make_customer, make_tree, member
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


def test_customers_move_to_another_branch_with_owners_who_are_there_too(anna: str, cora: str) -> None:
	make_customer("One", {"branch": "Delhi", "sales_owner": anna, "support_owner": cora})
	make_customer("Two", {"branch": "Delhi", "sales_owner": cora}, "Mumbai")
	make_customer("Other", "Agra")
	order = {"doctype": "Opportunity", "opportunity_from": "Customer", "party_name": "One", "branch": "Delhi"}
	opportunity = frappe.get_doc(order).insert()
	transfer = make_transfer("Replace Branch", "One", "Two", "Other", from_branch="Delhi", branch="Mumbai")
	assert transfer_api.count(transfer.name) == {
		"changed": 2,
		"not_changed": {"Does not belong to Delhi.": 1},
	}
	apply(transfer)
	assert rows_of("One") == ((("Mumbai", None, cora, 1)),)
	assert rows_of("Two") == ((("Mumbai", cora, None, 1)),)
	assert log_of(transfer) == {
		"One": ("Done", None),
		"Two": ("Done", None),
		"Other": ("Not Concerned", "Does not belong to Delhi."),
	}
	assert frappe.db.get_value("Opportunity", opportunity.name, "branch") == "Delhi"


def test_a_branch_is_added_and_owners_are_set(anna: str, cora: str) -> None:
	make_customer("One", {"branch": "Delhi", "sales_owner": anna})
	make_customer("New")
	add = make_transfer("Add Branch", "One", "New", branch="Mumbai", sales_owner=cora)
	apply(add)
	assert rows_of("One") == (("Delhi", anna, None, 1), ("Mumbai", cora, None, 0))
	assert rows_of("New") == (("Mumbai", cora, None, 1),)
	assert not frappe.db.get_value("Customer", "New", "is_unassigned")
	apply(make_transfer("Set Owner", "One", "New", branch="Mumbai", support_owner=anna))
	assert rows_of("New") == (("Mumbai", cora, anna, 1),)
	undo(add)
	assert log_of(add)["New"] == ("Left", "Somebody has changed the branches since.")


@pytest.mark.parametrize(
	("values", "expected"),
	[
		({"owner_of": "Both"}, [("Delhi", "cora", "cora"), ("Mumbai", "cora", None)]),
		({"owner_of": "Sales"}, [("Delhi", "cora", "anna"), ("Mumbai", "cora", None)]),
		({"owner_of": "Support"}, [("Delhi", "anna", "cora"), ("Mumbai", "anna", None)]),
		({"owner_of": "Both", "branch": "Mumbai"}, [("Delhi", "anna", "anna"), ("Mumbai", "cora", None)]),
	],
)
def test_one_person_takes_over_from_another(values: dict, expected: list, anna: str, cora: str) -> None:
	make_customer("One", {"branch": "Delhi", "sales_owner": anna, "support_owner": anna},
		{"branch": "Mumbai", "sales_owner": anna})  # fmt: skip
	apply(make_transfer("Replace Owner", "One", from_user=anna, to_user=cora, **values))
	short = {anna: "anna", cora: "cora", None: None}
	assert [
		(branch, short[sales], short[support]) for branch, sales, support, _p in rows_of("One")
	] == expected


def test_the_history_names_the_transfer_and_its_undo_restores_what_stands(anna: str, cora: str) -> None:
	for name in ("One", "Two", "Three"):
		make_customer(
			name, {"branch": "Delhi", "sales_owner": anna}, {"branch": "Mumbai", "sales_owner": anna}
		)
	before = {name: sorted(rows_of(name)) for name in ("One", "Two", "Three")}
	transfer = make_transfer("Replace Branch", "One", "Two", "Three", from_branch="Delhi", branch="Mumbai")
	apply(transfer)
	terms = frappe.get_all(
		RECORD,
		{"party": "One", "function": "Sales"},
		["branch", "user", "begun_by", "ended_by"],
		order_by="creation, branch",
	)
	assert [tuple(term.values()) for term in terms] == [
		("Delhi", anna, None, transfer.name),
		("Mumbai", anna, None, None),
	]
	frappe.get_doc("Customer", "Two").update({"website": "https://two.example"}).save()
	changed = frappe.get_doc("Customer", "Three")
	changed.branches[0].sales_owner = cora
	changed.save()
	kept = rows_of("Three")
	undo(transfer)
	assert {name: sorted(rows_of(name)) for name in ("One", "Two")} == {
		name: before[name] for name in ("One", "Two")
	}
	assert rows_of("Three") == kept
	assert log_of(transfer) == {
		"One": ("Undone", None),
		"Two": ("Undone", None),
		"Three": ("Left", "Somebody has changed the branches since."),
	}
	restarted = {"party": "One", "branch": "Delhi", "begun_by": transfer.name, "to_time": ["is", "not set"]}
	assert frappe.get_all(RECORD, {**restarted, "function": "Sales"}, pluck="user") == [anna]


def test_what_saving_refuses_is_counted_before_and_noted_after(anna: str) -> None:
	make_customer("Fit", {"branch": "Delhi", "sales_owner": anna})
	make_customer("Broken", {"branch": "Delhi", "sales_owner": anna})
	make_customer("Third", "Delhi")
	frappe.db.set_single_value(queries.SETTINGS, "sales_owner_required", 1)
	queries.forget_scopes()
	names = ("Fit", "Broken", "Third")
	plain = make_transfer("Replace Branch", *names, from_branch="Delhi", branch="Mumbai")
	missing = "An owner is required, and the transfer names none."
	assert transfer_api.count(plain.name) == {"changed": 0, "not_changed": {missing: 3}}
	apply(plain)
	assert {state for state, _note in log_of(plain).values()} == {"Failed"}
	assert log_of(plain)["Fit"][1] == "Name the sales owner in branch Mumbai."
	named = make_transfer("Replace Branch", *names, from_branch="Delhi", branch="Mumbai", sales_owner=anna)
	frappe.db.set_value("Customer", "Broken", "customer_group", "No Such Group")
	apply(named)
	log = log_of(named)
	assert {name: log[name][0] for name in names} == {"Fit": "Done", "Broken": "Failed", "Third": "Done"}
	assert log["Broken"][1] == "Could not find Customer Group: No Such Group"
	assert [row[0] for row in rows_of("Broken")] == ["Delhi"]


def test_a_party_that_was_deleted_or_renamed_meanwhile(anna: str) -> None:
	make_customer("Old", "Delhi")
	make_customer("Deleted", "Delhi")
	transfer = make_transfer("Add Branch", "Old", "Deleted", branch="Mumbai")
	apply(transfer)
	frappe.rename_doc("Customer", "Old", "New")
	let_delete()
	frappe.delete_doc("Customer", "Deleted")
	undo(transfer)
	assert log_of(transfer) == {
		"New": ("Undone", None),
		"Deleted": ("Left", "This Customer does not exist any more."),
	}
	assert [row[0] for row in rows_of("New")] == ["Delhi"]


def test_a_transfer_is_taken_back_under_new_names(anna: str, cora: str) -> None:
	make_customer("One", {"branch": "Delhi", "sales_owner": anna, "support_owner": anna})
	transfer = make_transfer("Replace Owner", "One", from_user=anna, to_user=cora, owner_of="Sales")
	apply(transfer)
	for doctype, old, new in (("Branch", "Delhi", 'The "New" Delhi'), ("User", anna, "a@branch-crm.example")):
		frappe.rename_doc(doctype, old, new)
	undo(transfer)
	assert rows_of("One") == (('The "New" Delhi', "a@branch-crm.example", "a@branch-crm.example", 1),)
	assert log_of(transfer)["One"] == ("Undone", None)


@pytest.mark.parametrize(
	("action", "values", "message"),
	[
		("Add Branch", {}, "name .*Branch"),
		("Replace Branch", {"branch": "Delhi"}, "From Branch"),
		("Replace Branch", {"branch": "Delhi", "from_branch": "Delhi"}, "another one"),
		("Set Owner", {"branch": "Delhi"}, "Name the sales owner"),
		("Replace Owner", {"from_user": "Administrator"}, "To User"),
		("Add Branch", {"branch": "Closed"}, "closed"),
		("Add Branch", {"branch": "Delhi", "sales_owner": "Guest"}, "no user of the desk"),
		("Add Branch", {"branch": "Delhi", "filters": "oh"}, "filters"),
		("Add Branch", {"branch": "Delhi", "filters": '[["Customer", "no such field", "=", 1]]'}, "filters"),
		("Add Branch", {"branch": "Delhi", "filters": '[["Customer", "name", "=", {"a": 1}]]'}, "filters"),
		("Add Branch", {"branch": "Delhi", "filters": '[["Customer", "name", "between", "x"]]'}, "filters"),
		("Add Branch", {"branch": "Delhi", "filters": "[1]"}, "filters"),
	],
)  # fmt: skip
def test_unsound_transfers_are_refused(action: str, values: dict, message: str) -> None:
	make_branch("Closed", "North", enabled=0)
	with pytest.raises(TransferSetupError, match=message):
		make_transfer(action, "One", **values)


def test_a_branch_that_an_action_does_not_ask_for_says_nothing(anna: str) -> None:
	make_customer("One", "Mumbai")
	transfer = make_transfer("Set Owner", "One", from_branch="Agra", branch="Delhi", sales_owner=anna)
	assert transfer_api.count(transfer.name)["not_changed"] == {"Does not belong to Delhi.": 1}


def test_what_the_jobs_keep_is_not_for_forms_to_write() -> None:
	transfer = make_transfer("Add Branch", "One", branch="Delhi")
	forged = {"status": "Completed", "total": 9, "undone_by": "Administrator", "owner": "Guest"}
	transfer.update(forged).save()
	assert frappe.db.get_value(TRANSFER, transfer.name, "owner") == "Administrator"
	assert frappe.db.get_value(TRANSFER, transfer.name, ["status", "total", "undone_by"]) == (
		"Draft",
		0,
		None,
	)
	with pytest.raises(transfer_api.TransferStateError):
		transfer_api.begin_undo(transfer.name)
	transfer_api.begin(transfer.name)
	assert frappe.db.get_value(TRANSFER, transfer.name, "status") == "Queued"
	with pytest.raises(TransferSetupError, match="has begun"):
		transfer.reload().update({"branch": "Agra"}).save()
	with pytest.raises(TransferSetupError, match="stays"):
		frappe.delete_doc(TRANSFER, transfer.name)
	transfer_api.cancel(transfer.name)
	with pytest.raises(transfer_api.TransferStateError):
		transfer_api.cancel(transfer.name)
	with pytest.raises(transfer_api.TransferStateError):
		transfer_api.begin(transfer.name)
