"""The demo company on a site says what the terminal says by the rules alone, and goes without a trace."""

from datetime import date

import frappe

from branch_crm.branch_access import assignment_rules, rules
from branch_crm.demo import loader, records
from tests.site.company import listed, mirror_of


def _by_the_rules(user: records.DemoUser) -> set[str]:
	tree = rules.BranchTree(records.tree_nodes())
	own = rules.scope_of(user.memberships(date.today()), tree, "Customer")
	scope = rules.Scope(all=True) if user.is_head_office else own
	return {
		customer.name
		for customer in records.CUSTOMERS
		if assignment_rules.may_see(
			scope, customer.assignments, assignment_rules.Unassigned.HEAD_OFFICE, date.today()
		)
	}


def _everything() -> dict[str, list]:
	doctypes = ("Branch", "Branch Team Member", "Customer", "Contact", "Address", "User", "User Permission")
	return {doctype: frappe.get_all(doctype, pluck="name", order_by="name") for doctype in doctypes}


def test_site_and_terminal_agree_and_loading_can_be_repeated_and_undone() -> None:
	before = _everything()
	loader.load()
	loaded = _everything()
	loader.load()
	assert _everything() == loaded
	names = {customer.name for customer in records.CUSTOMERS}
	for user in records.USERS:
		if "Sales User" in user.roles:
			assert listed(user.email) & names == _by_the_rules(user), user.login
		assert mirror_of(user.email) == (set() if user.is_by_hand else set(user.branches))
	functions = {row.function for row in frappe.get_all("Branch Team Member", ["function"])}
	assert functions >= {"Manager", "Sales", "Viewer"}
	loader.remove()
	assert _everything() == before
