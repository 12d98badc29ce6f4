"""Random trees, teams and assignments on real documents: list, count, form and link search agree with the rules."""

import frappe
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_crm.branch_access import assignment_rules, rules
from tests.companies import TODAY, assignments, memberships, trees
from tests.site.company import (
	counted,
	found,
	listed,
	make_contact,
	make_user,
	nested_set_is_sound,
	opened,
	permit,
	switch_on,
)

CUSTOMERS = 5


def _insert(branches: list[rules.Branch], customers: list[list[assignment_rules.Assignment]]) -> None:
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
		frappe.get_doc(
			{"doctype": "Customer", "customer_name": f"Random {number}", "customer_group": "Commercial"}
		).insert()
		frappe.db.set_value("Customer", f"Random {number}", "is_unassigned", int(not rows))
		for index, row in enumerate(rows):
			# written past the rules for saving: reading must hold for every state
			values = {"name": f"r{number}-{index}", "parent": f"Random {number}", "parenttype": "Customer"}
			frappe.get_doc(
				{"doctype": "Branch Assignment", "parentfield": "branches", **values, **vars(row)}
			).db_insert()


def _link_contacts() -> list[tuple[str, set[str]]]:
	"""Contacts of one customer each and of two neighbours, by name."""
	parties = [
		{f"Random {number}", f"Random {number + step}"} for number in range(0, 4, 2) for step in (0, 1)
	]
	return [
		(make_contact(f"Person {index}", *(("Customer", name) for name in sorted(names))).name, names)
		for index, names in enumerate(parties)
	]


@settings(
	max_examples=12,
	deadline=None,
	derandomize=True,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), branches=trees(), unassigned=st.sampled_from(assignment_rules.Unassigned))
def test_every_path_shows_what_the_rules_allow(
	data: st.DataObject, branches: list[rules.Branch], unassigned: assignment_rules.Unassigned
) -> None:
	places = [branch.name for branch in branches]
	customers = data.draw(st.lists(assignments(places), min_size=CUSTOMERS, max_size=CUSTOMERS))
	teams = [data.draw(memberships(places)) for _ in range(2)]
	frappe.db.savepoint("example")
	try:
		# the day around which the random dates lie
		with freeze_time(f"{TODAY} 06:00"):
			_compare(branches, customers, teams, unassigned)
	finally:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="example")
		frappe.clear_cache()


def _compare(
	branches: list[rules.Branch],
	customers: list[list[assignment_rules.Assignment]],
	teams: list[list[rules.Membership]],
	unassigned: assignment_rules.Unassigned,
) -> None:
	_insert(branches, customers)
	contacts = _link_contacts()
	users = [make_user(f"random{number}") for number in range(len(teams))]
	for user, team in zip(users, teams, strict=True):
		for membership in team:
			hidden = int(membership.hide_descendants)
			permit(user, membership.branch, applicable_for=membership.doctype, hide_descendants=hidden)
	switch_on(unassigned.value)
	assert nested_set_is_sound()
	names = {f"Random {number}" for number in range(CUSTOMERS)}
	for user, team in zip(users, teams, strict=True):
		scope = rules.scope_of(team, rules.BranchTree(branches), "Customer")
		expected = {
			f"Random {number}"
			for number, rows in enumerate(customers)
			if assignment_rules.may_see(scope, rows, unassigned, TODAY)
		}
		assert listed(user) & names == expected
		assert counted(user) == len(listed(user))
		assert opened(user, "Customer", names) == expected
		assert found(user, "Random") & names == expected
		persons = {name for name, parties in contacts if parties & expected}
		everyone = {name for name, _parties in contacts}
		assert listed(user, "Contact") & everyone == opened(user, "Contact", everyone) == persons
