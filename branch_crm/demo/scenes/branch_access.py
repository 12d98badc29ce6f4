"""Who sees which customers."""

from collections.abc import Sequence
from datetime import date

from branch_crm.branch_access.assignment_rules import Unassigned, may_see
from branch_crm.branch_access.rules import BranchTree, Function, Scope, scope_of
from branch_crm.demo import records

SHOWN = 6


def who_sees_which_customers(
	users: Sequence[records.DemoUser], today: date, in_detail: bool = False
) -> list[str]:
	"""The scene's lines: the tree with each user at his branches, then what each one sees."""
	tree = BranchTree(records.tree_nodes())
	lines = [f"{records.COMPANY}: who sees which customers", ""]
	for name, depth in tree.in_order(tree.names):
		members = [user.title for user in records.USERS if name in user.branches]
		lines.append(f"  {'  ' * depth}{name}{'  ← ' + ', '.join(members) if members else ''}")
	for user in users:
		lines += ["", *_of_user(user, tree, today, None if in_detail else SHOWN)]
	return lines


def _of_user(user: records.DemoUser, tree: BranchTree, today: date, limit: int | None) -> list[str]:
	scope = Scope(all=True) if user.is_head_office else scope_of(user.memberships(today), tree, "Customer")
	seen = [
		customer
		for customer in records.CUSTOMERS
		if may_see(scope, customer.assignments, Unassigned.HEAD_OFFICE, today)
	]
	where = "all branches" if scope.all else ", ".join(sorted(scope.branches)) or "no branch"
	verb = "reads" if user.function is Function.VIEWER else "reaches"
	lines = [
		f"{user.full_name} ({user.login}) {verb} {where}: {len(seen)} of {len(records.CUSTOMERS)} customers"
	]
	lines += [
		f"    {customer.name:28} {', '.join(row.branch for row in customer.assignments)}"
		for customer in seen[:limit]
	]
	if limit and len(seen) > limit:
		lines.append(f"    … and {len(seen) - limit} more; AS={user.login} shows all")
	return lines
