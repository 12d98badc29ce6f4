"""Who may buy more."""

from collections.abc import Sequence
from datetime import date

from branch_crm.branch_access.rules import BranchTree, scope_of
from branch_crm.credit_control.rules import Action, Finding
from branch_crm.demo import records
from branch_crm.demo.credit_records import PROFILES, judged

_SAID = {Action.OFF: "passes", Action.WARN: "passes, warned", Action.HOLD: "held", Action.BLOCK: "blocked"}


def who_may_buy_more(users: Sequence[records.DemoUser], today: date, in_detail: bool = False) -> list[str]:
	"""The scene's lines: the orders of the branches that `users` reach, one after the other, and what the judge says."""
	tree = BranchTree(records.tree_nodes())
	scopes = [scope_of(user.memberships(today), tree, "Sales Order") for user in users]
	sees_all = any(user.is_head_office for user in users)
	limits = {profile.customer: profile.limit for profile in PROFILES}
	lines = [
		f"  {order.customer:18} {order.branch:10} limit {limits[order.customer]:>10,.2f}"
		f"  orders {order.amount:>10,.2f}  {_SAID[judgement.verdict]}{_why(judgement.findings)}"
		for order, judgement in judged(today)
		if sees_all or any(scope.reaches(order.branch) for scope in scopes)
	]
	return ["", f"{records.COMPANY}: who may buy more", "", *lines] if lines else []


def _why(findings: Sequence[Finding]) -> str:
	return "".join(
		f": {one.rule.value.lower()}" + (f", {one.over:,.2f} too much" if one.over else "")
		for one in findings
	)
