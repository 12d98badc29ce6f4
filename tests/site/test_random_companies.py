"""Random trees, teams and assignments on real documents: list, count, form and link search agree with the rules."""

import frappe
import pytest
from frappe.core.doctype.user_permission.user_permission import get_user_permissions
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_crm.branch_access import assignment_rules, registry, rules, team_queries, team_rules
from branch_crm.demo.records import COMPANY
from tests.companies import TODAY, assignments, memberships, team_rows, trees
from tests.site.company import (
	SALES,
	counted_in_full,
	found,
	listed,
	listed_in_full,
	make_contact,
	make_user,
	nested_set_is_sound,
	opened,
	permit,
	switch_on,
)
from tests.site.soaks import examples

CUSTOMERS = 5
# what the title of each master is called
TITLES = {"Customer": "customer_name", "Supplier": "supplier_name", "Prospect": "company_name"}
ROLES = (*SALES, "Purchase User", "Purchase Manager", "Purchase Master Manager")


def _insert(
	doctype: str, branches: list[rules.Branch], customers: list[list[assignment_rules.Assignment]]
) -> None:
	parents = {branch.parent for branch in branches}
	for branch in branches:
		values = {
			"branch": branch.name,
			"parent_branch": branch.parent,
			"is_group": int(branch.name in parents),
		}
		frappe.get_doc({"doctype": "Branch", **values}).insert()
	for branch in branches:
		if not branch.enabled:
			frappe.get_doc("Branch", branch.name).update({"enabled": 0}).save()
	for number, rows in enumerate(customers):
		name = f"Random {number}"
		values = {TITLES[doctype]: name, "customer_group": "Commercial", "supplier_group": "Services"}
		frappe.get_doc({"doctype": doctype, "company": COMPANY, **values}).insert()
		frappe.db.set_value(doctype, name, "is_unassigned", int(not rows))
		for index, row in enumerate(rows):
			# written past the rules for saving: reading must hold for every state
			values = {"name": f"r{number}-{index}", "parent": name, "parenttype": doctype}
			frappe.get_doc(
				{"doctype": "Branch Assignment", "parentfield": "branches", **values, **vars(row)}
			).db_insert()


def _link_contacts(doctype: str) -> list[tuple[str, set[str]]]:
	"""Contacts of one customer each and of two neighbours, by name."""
	parties = [
		{f"Random {number}", f"Random {number + step}"} for number in range(0, 4, 2) for step in (0, 1)
	]
	return [
		(make_contact(f"Person {index}", *((doctype, name) for name in sorted(names))).name, names)
		for index, names in enumerate(parties)
	]


def _join(user: str, team: list[team_rules.TeamRow]) -> None:
	for index, row in enumerate(team):
		place = {
			"name": f"{user} {index}",
			"parent": row.branch,
			"parenttype": "Branch",
			"parentfield": "team",
		}
		values = {**team_queries.values_of(row), "user": user, "item_group": None}
		frappe.get_doc({"doctype": "Branch Team Member", **place, **values}).db_insert()


def _seen(
	scope: rules.Scope,
	customers: list[list[assignment_rules.Assignment]],
	unassigned: assignment_rules.Unassigned,
	always: frozenset[str] = frozenset(),
) -> set[str]:
	return {
		name
		for name, rows in ((f"Random {number}", rows) for number, rows in enumerate(customers))
		if assignment_rules.may_see(scope, rows, unassigned, TODAY, name in always)
	}


def _frappe_s_reach(user: str) -> set[str]:
	"""Of Frappe's own User Permissions those for all DocTypes."""
	found = get_user_permissions(user).get("Branch", [])
	return {permission.doc for permission in found if not permission.applicable_for}


@pytest.mark.parametrize("doctype", TITLES)
@settings(
	max_examples=examples(5),
	deadline=None,
	derandomize=True,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), branches=trees(), unassigned=st.sampled_from(assignment_rules.Unassigned))
def test_every_path_shows_what_the_rules_allow(
	doctype: str, data: st.DataObject, branches: list[rules.Branch], unassigned: assignment_rules.Unassigned
) -> None:
	places = [branch.name for branch in branches]
	customers = data.draw(st.lists(assignments(places), min_size=CUSTOMERS, max_size=CUSTOMERS))
	people = [(data.draw(memberships(places)), data.draw(team_rows(["user"], places))) for _ in range(2)]
	cash = data.draw(st.sampled_from(["Random 0", "Random 3"]))
	frappe.db.savepoint("example")
	try:
		# the day around which the random dates lie
		with freeze_time(f"{TODAY} 06:00"):
			# whatever rows it has: reading must hold for every state
			frappe.db.set_single_value("Customer Master Settings", "cash_customer", cash)
			_compare(doctype, branches, customers, people, unassigned)
	finally:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="example")
		frappe.clear_cache()


def _compare(
	doctype: str,
	branches: list[rules.Branch],
	customers: list[list[assignment_rules.Assignment]],
	people: list[tuple[list[rules.Membership], list[team_rules.TeamRow]]],
	unassigned: assignment_rules.Unassigned,
) -> None:
	_insert(doctype, branches, customers)
	contacts = _link_contacts(doctype)
	users = [make_user(f"random{number}", roles=ROLES) for number in range(len(people))]
	for user, (by_hand, team) in zip(users, people, strict=True):
		for membership in by_hand:
			hidden = int(membership.hide_descendants)
			permit(user, membership.branch, applicable_for=membership.doctype, hide_descendants=hidden)
		_join(user, team)
	switch_on(unassigned.value)
	assert nested_set_is_sound()
	names = {f"Random {number}" for number in range(CUSTOMERS)}
	always = registry.always_visible(doctype)
	assert bool(always) == (doctype == "Customer")
	for user, (by_hand, team) in zip(users, people, strict=True):
		tree = rules.BranchTree(branches)
		own = [*by_hand, *(row.membership for row in team if row.is_active_on(TODAY))]
		expected = _seen(rules.scope_of(own, tree, doctype), customers, unassigned, always)
		working = rules.scope_of([one for one in own if one.works], tree, doctype)
		assert listed_in_full(user, doctype) & names == expected
		assert counted_in_full(user, doctype) == len(listed_in_full(user, doctype))
		assert opened(user, doctype, names) == expected
		assert opened(user, doctype, names, "write") == _seen(working, customers, unassigned) - always
		assert _frappe_s_reach(user) >= rules.scope_of(own, tree).branches
		assert found(user, "Random", doctype) & names == expected
		persons = {name for name, parties in contacts if parties & expected}
		everyone = {name for name, _parties in contacts}
		assert listed(user, "Contact") & everyone == opened(user, "Contact", everyone) == persons
