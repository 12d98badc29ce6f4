"""Documents that carry a branch: who sees them, which branch a new one gets, and what is wrong with one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from branch_crm.branch_access.assignment_rules import Unassigned
from branch_crm.branch_access.default_rules import default_branch
from branch_crm.branch_access.rules import BranchTree, Membership, Scope


def may_see(scope: Scope, branches: Collection[str], unassigned: Unassigned) -> bool:
	"""Whether a user of `scope` sees a document that carries these branches: all of them are reached. Who
	reaches no branch sees nothing."""
	if scope.all:
		return True
	if not scope.branches:
		return False
	if not branches:
		return unassigned is Unassigned.EVERYBODY
	return all(scope.reaches(branch) for branch in branches)


@dataclass(frozen=True)
class Origin:
	"""What a document comes from: its party, or another document.

	`branches` are those that it belongs to today, the primary one first; `former` those that it has belonged to.
	Both are empty where it belongs to none.
	"""

	branches: tuple[str, ...] = ()
	former: frozenset[str] = frozenset()


def branch_of_new(
	origin: Origin,
	scope: Scope,
	memberships: Sequence[Membership],
	tree: BranchTree,
	company: str | None = None,
	proposed: str | None = None,
) -> str | None:
	"""The branch of a new document: of the origin's branches that the user reaches and that are open to the
	company, the user's default, else the first; where the origin belongs to none, the user's own branch.

	Arguments:
	        memberships: the user's, of open branches, the oldest first.
	        proposed: the branch that place and territory speak for.

	Returns None where the user has to choose.
	"""
	open_branches = tree.open_to(company)
	if not origin.branches:
		own = default_branch(scope, memberships, proposed)
		return own if own in open_branches else None
	candidates = [branch for branch in origin.branches if branch in open_branches and scope.reaches(branch)]
	defaults = [membership.branch for membership in memberships if membership.is_default]
	return next((branch for branch in (*defaults, *candidates) if branch in candidates), None)


class BranchFault(Enum):
	MISSING = "missing"
	FOREIGN = "foreign"
	OTHER_COMPANY = "other company"
	CLOSED = "closed"
	NOT_OF_PARTY = "not of party"


def fault_of(
	branch: str | None, scope: Scope, origin: Origin, tree: BranchTree, company: str | None = None
) -> BranchFault | None:
	"""What is wrong with the branch that somebody of `scope` gives a document, the gravest first. A branch that
	the origin has left since is none of its faults: what began there may end there."""
	if not branch:
		return None if scope.all else BranchFault.MISSING
	if not scope.reaches(branch):
		return BranchFault.FOREIGN
	if not tree.belongs_to(branch, company):
		return BranchFault.OTHER_COMPANY
	if not tree.is_enabled(branch):
		return BranchFault.CLOSED
	if origin.branches and branch not in origin.former.union(origin.branches):
		return BranchFault.NOT_OF_PARTY
	return None
