"""Who settles what net."""

from collections.abc import Sequence
from datetime import date

from branch_crm.branch_access.rules import BranchTree, scope_of
from branch_crm.demo import records
from branch_crm.demo.netting_records import PAIR, TERMS, items
from branch_crm.party_netting.rules import plan, position


def who_settles_what(users: Sequence[records.DemoUser], today: date, in_detail: bool = False) -> list[str]:
	"""The scene's lines, where one of `users` reaches the branch of the pair: its position, and what is proposed."""
	tree = BranchTree(records.tree_nodes())
	if not any(
		user.is_head_office or scope_of(user.memberships(today), tree, "Sales Invoice").reaches(PAIR.branch)
		for user in users
	):
		return []
	found = list(items(today))
	both, proposed = position(found), plan(found, TERMS, today)
	lines = ["", f"{records.COMPANY}: who settles what net", ""]
	lines += [
		f"  {PAIR.party} ({PAIR.branch}) owes {both.receivable:,.2f} and is owed {both.payable:,.2f}:"
		f" net {both.net:,.2f}",
		f"  proposed: {proposed.amount:,.2f} of each side",
	]
	for row in proposed.rows:
		rest = row.item.outstanding - row.amount
		lines.append(f"    {row.item.voucher_type:18} {row.amount:>12,.2f}  leaves {rest:,.2f}")
	return lines
