"""Random trees and documents of every registered DocType: list, count, form and link search agree with the rules."""

import frappe
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_crm.branch_access import assignment_rules, document_rules, registry, rules
from branch_crm.branch_access.registry import By
from tests.companies import TODAY, memberships, trees
from tests.site.company import (
	counted,
	found,
	listed,
	make_user,
	nested_set_is_sound,
	opened,
	permit,
	switch_on,
)
from tests.site.soaks import examples

DOCUMENTS = 5
ROLES = (
	*("System Manager", "Sales User", "Sales Manager", "Sales Master Manager", "Support Team"),
	*("Purchase User", "Purchase Manager", "Accounts User", "Accounts Manager", "Stock User"),
	*("Stock Manager", "Projects User", "Projects Manager", "Auditor"),
)
# what a DocType's own conditions ask for
VALUES = {"Event": {"event_type": "Public"}, "Task": {"status": "Open"}, "Project": {"status": "Open"}}


@settings(
	max_examples=examples(5),
	deadline=None,
	derandomize=True,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), branches=trees(), unassigned=st.sampled_from(assignment_rules.Unassigned))
def test_every_path_shows_the_documents_that_the_rules_allow(
	data: st.DataObject, branches: list[rules.Branch], unassigned: assignment_rules.Unassigned
) -> None:
	places = st.sampled_from([branch.name for branch in branches])
	one = st.lists(places, max_size=1)
	carried = {
		By.COLUMN: data.draw(st.lists(one, min_size=DOCUMENTS, max_size=DOCUMENTS)),
		By.ROWS: data.draw(st.lists(st.lists(places, max_size=3), min_size=DOCUMENTS, max_size=DOCUMENTS)),
	}
	teams = [data.draw(memberships([branch.name for branch in branches])) for _ in range(2)]
	frappe.db.savepoint("example")
	try:
		with freeze_time(f"{TODAY} 06:00"):
			_compare(branches, carried, teams, unassigned)
	finally:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="example")
		frappe.clear_cache()


def _compare(
	branches: list[rules.Branch],
	carried: dict[By, list[list[str]]],
	teams: list[list[rules.Membership]],
	unassigned: assignment_rules.Unassigned,
) -> None:
	for branch in branches:
		parent = {"parent_branch": branch.parent, "enabled": int(branch.enabled)}
		frappe.get_doc({"doctype": "Branch", "branch": branch.name, "is_group": 1, **parent}).insert()
	doctypes = {doctype: by for doctype, by in registry.scoped_doctypes().items() if by in carried}
	for doctype, by in doctypes.items():
		for number, places in enumerate(carried[by]):
			_store(doctype, by, _name(number), places)
	users = [make_user(f"random{number}", roles=ROLES) for number in range(len(teams))]
	for user, team in zip(users, teams, strict=True):
		for membership in team:
			hidden = int(membership.hide_descendants)
			permit(user, membership.branch, applicable_for=membership.doctype, hide_descendants=hidden)
	switch_on(unassigned.value)
	assert nested_set_is_sound()
	names = {_name(number) for number in range(DOCUMENTS)}
	for user, team in zip(users, teams, strict=True):
		for doctype, by in doctypes.items():
			scope = rules.scope_of(team, rules.BranchTree(branches), doctype)
			expected = {
				_name(number)
				for number, places in enumerate(carried[by])
				if document_rules.may_see(scope, places, unassigned)
			}
			assert (doctype, listed(user, doctype) & names) == (doctype, expected)
			assert (doctype, opened(user, doctype, names)) == (doctype, expected)
			assert (doctype, found(user, "ZQ-", doctype) & names) == (doctype, expected)
			assert counted(user, doctype) == len(listed(user, doctype))


def _name(number: int) -> str:
	return f"ZQ-{number}"


def _store(doctype: str, by: By, name: str, places: list[str]) -> None:
	"""A row as ERPNext stores it, without the rules for saving: reading must not depend on them."""
	field = registry.branch_field()
	doc = frappe.get_doc({"doctype": doctype, "name": name, **VALUES.get(doctype, {})})
	if by is By.COLUMN:
		doc.set(field, places[0] if places else None)
	doc.db_insert()
	for number, place in enumerate([*places, None] if by is By.ROWS else []):
		row = {"doctype": registry.rows_of(doctype), "name": f"{name}-{number}", field: place}
		frappe.get_doc({**row, "parent": name, "parenttype": doctype, "parentfield": "accounts"}).db_insert()
