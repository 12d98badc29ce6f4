"""Nobody helps himself to more by the team of a branch, whatever way a request takes."""

from collections.abc import Callable

import frappe
import pytest

from branch_crm.branch_access import queries
from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site.company import (
	REFUSALS,
	as_user,
	join_team,
	let_delete,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	member,
	mirror_of,
	request,
	switch_on,
	team_of,
)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	for branch in ("Delhi", "Agra", "Mumbai"):
		make_contact(branch, ("Customer", make_customer(f"Of {branch}", branch).name))
	make_customer("Of both", "Delhi", "Mumbai")


@pytest.fixture
def manager() -> str:
	"""Manager of Delhi, salesman in Agra, nothing in Mumbai."""
	user = member("manager", Delhi="Manager", Agra="Sales")
	join_team(make_user("other"), "Mumbai", "Manager")
	switch_on()
	return user


def forged(branch: str, change: Callable[[dict], None]) -> str:
	doc = frappe.get_doc("Branch", branch).as_dict()
	change(doc)
	return frappe.as_json(doc)


def new_row(user: str, function: str = "Manager", **values) -> dict:
	return {"doctype": "Branch Team Member", "user": user, "function": function, **values}


def test_a_manager_does_not_help_himself(manager: str) -> None:
	changes = {
		"joins again": ("Delhi", lambda doc: doc.team.append(new_row(manager, "Credit"))),
		"widens his row": ("Delhi", lambda doc: doc.team[0].update({"is_default": 1})),
		"prolongs it": ("Delhi", lambda doc: doc.team[0].update({"to_date": "2099-01-01"})),
		"promotes himself": ("Agra", lambda doc: doc.team[0].update({"function": "Manager"})),
		"joins elsewhere": ("Mumbai", lambda doc: doc.team.append(new_row(manager))),
		"takes a row over": ("Mumbai", lambda doc: doc.team[0].update({"user": manager})),
		"empties another team": ("Mumbai", lambda doc: doc.update({"team": []})),
	}
	before = {branch: team_of(branch) for branch in ("Delhi", "Agra", "Mumbai")}
	for name, (branch, change) in changes.items():
		for method in ("frappe.client.save", "frappe.desk.form.save.savedocs"):
			arguments = {"action": "Save"} if method.endswith("savedocs") else {}
			assert not request(manager, method, doc=forged(branch, change), **arguments), name
	assert {branch: team_of(branch) for branch in before} == before
	assert queries.scope(manager).branches == {"Delhi", "Agra"}


def test_a_manager_may_leave(manager: str) -> None:
	with as_user(manager):
		doc = frappe.get_doc("Branch", "Delhi")
		doc.team = []
		doc.save()
	assert queries.scope(manager).branches == mirror_of(manager) == {"Agra"}


def test_a_row_of_another_branch_is_not_taken_over(manager: str) -> None:
	row = frappe.get_doc("Branch", "Mumbai").team[0].name
	stolen = new_row(make_user("friend"), name=row)
	assert not request(
		manager, "frappe.client.save", doc=forged("Delhi", lambda doc: doc.team.append(stolen))
	)
	assert ("other@branch-crm.example", "Manager") in team_of("Mumbai")


def test_rows_are_not_changed_past_their_branch(manager: str) -> None:
	own, foreign = (frappe.get_doc("Branch", branch).team[0].name for branch in ("Agra", "Mumbai"))
	place = {"parent": "Mumbai", "parenttype": "Branch", "parentfield": "team"}
	requests = [
		("frappe.client.set_value", {"name": own, "fieldname": "function", "value": "Manager"}),
		("frappe.client.set_value", {"name": foreign, "fieldname": "user", "value": manager}),
		("frappe.client.delete", {"name": foreign}),
	]
	for method, arguments in requests:
		assert not request(manager, method, doctype="Branch Team Member", **arguments)
	assert not request(manager, "frappe.client.insert", doc=new_row(manager, **place))
	assert not request(manager, "frappe.client.insert_doc", doc=new_row(manager, **place))
	for user in (manager, "Administrator"):
		with as_user(user):
			for act in (
				lambda: frappe.get_doc("Branch Team Member", own).update({"function": "Manager"}).save(),
				lambda: frappe.get_doc("Branch Team Member", own).update({"parent": "Mumbai"}).save(),
				lambda: frappe.get_doc(new_row(manager, **place)).insert(),
				lambda: frappe.delete_doc("Branch Team Member", foreign),
			):
				frappe.db.savepoint("act")
				with pytest.raises(REFUSALS):
					act()
				frappe.db.rollback(save_point="act")
	assert queries.scope(manager).branches == {"Delhi", "Agra"}


def test_a_bulk_update_is_refused_like_a_form(manager: str) -> None:
	docs = [{"doctype": "Branch", "docname": "Agra", "team": [new_row(manager)]}]
	request(manager, "frappe.client.bulk_update", docs=frappe.as_json(docs))
	assert team_of("Agra") == {(manager, "Sales")}


@pytest.mark.parametrize(
	"trick",
	[
		lambda: frappe.get_doc("Branch", "Agra").update({"parent_branch": "Delhi"}).save(),
		lambda: frappe.get_doc("Branch", "Agra").update({"enabled": 0}).save(),
		lambda: frappe.rename_doc("Branch", "Agra", "Delhi", merge=True),
		lambda: frappe.rename_doc("Branch", "Delhi", "Agra", merge=True),
		lambda: frappe.rename_doc("Branch", "Agra", "Mine"),
		lambda: frappe.delete_doc("Branch", "Agra", force=True),
		lambda: frappe.rename_doc(
			"User", "other@branch-crm.example", "manager@branch-crm.example", merge=True
		),
	],
	ids=[
		"moves it to himself",
		"closes it",
		"merges it",
		"merges into it",
		"renames it",
		"deletes it",
		"merges users",
	],
)
def test_a_manager_does_not_bring_a_branch_under_himself_that_he_does_not_manage(
	manager: str, trick: Callable[[], object]
) -> None:
	frappe.db.set_value("Branch", "Delhi", "is_group", 1)
	frappe.db.set_value("Branch", "Agra", "is_group", 1)
	let_delete()
	with as_user(manager):
		frappe.db.savepoint("trick")
		with pytest.raises(REFUSALS):
			trick()
		frappe.db.rollback(save_point="trick")
	assert queries.managed_scope(manager).branches == {"Delhi"}


def test_who_sells_in_a_region_moves_no_branch_of_it_below_the_one_he_manages() -> None:
	user = member("user", North="Sales", Delhi="Manager")
	frappe.db.set_value("Branch", "Delhi", "is_group", 1)
	switch_on()
	with as_user(user), pytest.raises(OutOfScopeError):
		frappe.get_doc("Branch", "Agra").update({"parent_branch": "Delhi"}).save()
	assert queries.managed_scope(user).branches == {"Delhi"}


def test_a_closed_branch_is_not_opened_again_by_its_own_manager(manager: str) -> None:
	frappe.get_doc("Branch", "Delhi").update({"enabled": 0}).save()
	join_team(manager, "North", "Sales")
	with as_user(manager), pytest.raises(REFUSALS):
		frappe.get_doc("Branch", "Delhi").update({"enabled": 1}).save()
	assert queries.managed_scope(manager).branches == set()
