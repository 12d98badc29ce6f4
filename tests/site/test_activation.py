"""Switching scope on is announced, asked for, and undone without a trace."""

import frappe
import pytest

from branch_crm.branch_access import api, queries
from tests.site.company import (
	as_user,
	let_delete,
	listed,
	listed_in_full,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	permit,
	switch_on,
)

DOCTYPES = ("Customer", "Contact", "Address")


@pytest.fixture
def people() -> list[str]:
	make_tree()
	for name, branches in {"A": ["Delhi"], "B": ["Mumbai"], "C": ["Mumbai", "Agra"], "D": []}.items():
		make_contact(name, ("Customer", make_customer(f"Customer {name}", *branches).name))
	return [
		make_user("delhi", "Delhi"),
		make_user("north", "North"),
		make_user("none"),
		make_user("head", roles=("Sales User", "Branch Head Office")),
		make_user("accounts", "Mumbai", roles=("Accounts User",)),
	]


@pytest.mark.parametrize("unassigned", ["Head Office", "Everybody"])
def test_the_dry_run_says_what_people_see_afterwards(people: list[str], unassigned: str) -> None:
	before = {(user, doctype): listed_in_full(user, doctype) for user in people for doctype in DOCTYPES}
	rows = {row["user"]: row for row in api.activate(dry_run=True)["users"]}
	assert not queries.is_enforced()
	switch_on(unassigned)
	for (user, doctype), seen_before in before.items():
		figures = rows[user]["doctypes"][doctype]
		assert figures["now"] == len(seen_before)
		assert figures[unassigned] == len(listed_in_full(user, doctype))


def test_the_dry_run_names_who_reaches_no_branch_and_who_may_be_a_program(people: list[str]) -> None:
	frappe.db.set_value("User", people[0], "api_key", "key")
	result = api.activate(dry_run=True)
	assert people[2] in result["without_branch"]
	assert people[3] not in result["without_branch"]
	assert {"user": people[0], "reason": "API key"} in result["apart"]


def test_the_dry_run_says_what_user_permissions_restrict_besides(people: list[str]) -> None:
	user = make_user("hr", "Delhi", roles=("HR Manager",))
	company = frappe.get_all("Company", pluck="name")[0]
	for branch in ("Delhi", "Mumbai"):
		frappe.get_doc(
			{
				"doctype": "Employee",
				"first_name": branch,
				"gender": "Female",
				"date_of_birth": "1990-01-01",
				"date_of_joining": "2020-01-01",
				"company": company,
				"branch": branch,
			}
		).insert()
	rows = [row for row in api.activate(dry_run=True)["beyond"] if row["user"] == user]
	total = frappe.db.count("Employee")
	assert rows == [{"user": user, "doctype": "Employee", "now": total - 1, "then": total - 1, "all": total}]


@pytest.mark.parametrize("answer", [None, "", "Nobody"])
def test_without_an_answer_nothing_is_switched_on(people: list[str], answer: str | None) -> None:
	with pytest.raises(api.UnansweredError, match="unassigned_visible_to"):
		api.activate(dry_run=False, unassigned_visible_to=answer)
	assert not queries.is_enforced()


def test_activation_makes_the_chosen_users_head_office(people: list[str]) -> None:
	api.activate(dry_run=False, unassigned_visible_to="Head Office", head_office=[people[2]])
	assert "Customer D" in listed(people[2])


def test_switching_off_restores_what_everybody_saw(people: list[str]) -> None:
	before = {(user, doctype): listed(user, doctype) for user in people for doctype in DOCTYPES}
	permissions = frappe.get_all("User Permission", pluck="name")
	switch_on()
	assert {key: listed(*key) for key in before} != before
	api.deactivate()
	assert {key: listed(*key) for key in before} == before
	assert frappe.get_all("User Permission", pluck="name") == permissions


def test_settings_switch_nothing_by_themselves() -> None:
	settings = frappe.get_doc("Branch Access Settings")
	settings.update({"enforced": 1, "unassigned_visible_to": "Everybody"})
	with pytest.raises(frappe.ValidationError, match="Branch Activation"):
		settings.save()


def test_scope_of_others_is_head_office_s_to_ask(people: list[str]) -> None:
	with as_user(people[1]):
		assert api.scope() == {"all": False, "branches": ["Agra", "Delhi", "North"]}
		with pytest.raises(frappe.PermissionError):
			api.scope(people[0])
	with as_user(people[3]):
		assert api.scope() == {"all": True, "branches": []}
		assert api.scope(people[0])["branches"] == ["Delhi"]


def test_only_system_managers_activate(people: list[str]) -> None:
	for method in (api.activate, api.deactivate):
		with as_user(people[3]), pytest.raises(frappe.PermissionError):
			method()


def test_a_restricted_administrator_cannot_widen_his_own_scope(people: list[str]) -> None:
	user = make_user("admin", "Delhi", roles=("System Manager", "Sales User"))
	switch_on()
	let_delete()
	tricks = {
		"switch off": api.deactivate,
		"settings": lambda: (
			frappe.get_doc("Branch Access Settings").update({"unassigned_visible_to": "Everybody"}).save()
		),
		"user permission": lambda: permit(user, "Mumbai"),
		"remove a user permission": lambda: frappe.delete_doc(
			"User Permission", frappe.db.get_value("User Permission", {"user": people[1]})
		),
		"role": lambda: frappe.get_doc("User", user).add_roles("Branch Head Office"),
		"move a branch": lambda: frappe.get_doc("Branch", "Mumbai").update({"parent_branch": "Delhi"}).save(),
		"move his branch up": lambda: (
			frappe.get_doc("Branch", "Delhi").update({"parent_branch": "HO"}).save()
		),
		"a new root": lambda: frappe.get_doc({"doctype": "Branch", "branch": "Mine"}).insert(),
		"rename a foreign branch": lambda: frappe.rename_doc("Branch", "Mumbai", "Mine"),
		"merge into his own": lambda: frappe.rename_doc("Branch", "Mumbai", "Delhi", merge=True),
	}
	with as_user(user):
		for name, trick in tricks.items():
			frappe.db.savepoint("trick")
			with pytest.raises((frappe.PermissionError, frappe.DoesNotExistError)):
				trick()
				pytest.fail(f"{name} passed")
			frappe.db.rollback(save_point="trick")
	assert queries.scope(user).branches == {"Delhi"}


def test_the_user_form_says_who_reaches_no_branch(people: list[str]) -> None:
	assert api.scope_in_words(people[2]) is None
	switch_on()
	assert "reaches no branch" in api.scope_in_words(people[2])
	assert api.scope_in_words(people[0]) is None
