"""Who sees which invoices."""

from collections.abc import Sequence
from datetime import date

from branch_crm.branch_access.assignment_rules import Unassigned
from branch_crm.branch_access.document_rules import may_see
from branch_crm.branch_access.rules import BranchTree, Scope, scope_of
from branch_crm.demo import records, sales_records

SHOWN = 4
READERS = {"Accounts User", "Accounts Manager"}


def who_sees_which_invoices(
	users: Sequence[records.DemoUser], today: date, in_detail: bool = False
) -> list[str]:
	"""The scene's lines: what each one sees whose roles let him read invoices."""
	readers = [user for user in users if READERS.intersection(user.roles)]
	lines = ["", f"{records.COMPANY}: who sees which invoices"] if readers else []
	for user in readers:
		lines += ["", *_of_user(user, today, None if in_detail else SHOWN)]
	return lines


def _of_user(user: records.DemoUser, today: date, limit: int | None) -> list[str]:
	tree = BranchTree(records.tree_nodes())
	scope = (
		Scope(all=True) if user.is_head_office else scope_of(user.memberships(today), tree, "Sales Invoice")
	)
	invoiced = [deal for deal in sales_records.DEALS if deal.invoices]
	seen = [deal for deal in invoiced if may_see(scope, {deal.branch}, Unassigned.HEAD_OFFICE)]
	lines = [
		f"{user.full_name} ({user.login}): {sum(deal.invoices for deal in seen)}"
		f" of {sum(deal.invoices for deal in invoiced)} invoices"
	]
	lines += [f"    {deal.customer:28} {deal.branch:12} {_standing(deal)}" for deal in seen[:limit]]
	if limit and len(seen) > limit:
		lines.append(f"    … and {len(seen) - limit} more; AS={user.login} shows all")
	return lines


def _standing(deal: sales_records.DemoDeal) -> str:
	return (
		"unpaid" if deal.stage is sales_records.Stage.INVOICED else deal.stage.name.lower().replace("_", " ")
	)
