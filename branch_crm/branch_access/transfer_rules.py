"""What a transfer makes of the branch rows of one party, and whether it can be taken back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from branch_crm.branch_access.assignment_rules import (
	Assignment,
	faults_of,
	merged_by_row,
	missing_owners,
)
from branch_crm.branch_access.responsibility_rules import OWNERS
from branch_crm.branch_access.rules import Scope

Rows = Mapping[str, Assignment]

# the key of a row that is not stored yet
NEW = "new"


class Action(Enum):
	ADD_BRANCH = "Add Branch"
	REPLACE_BRANCH = "Replace Branch"
	SET_OWNER = "Set Owner"
	REPLACE_OWNER = "Replace Owner"


@dataclass(frozen=True)
class Transfer:
	"""What is to be done to every party.

	`branch` is the one that is added, moved to, or in which owners change; None for all, where an owner is
	replaced. `owners` are the named ones by their column, `replaced` the columns in which `from_user` becomes
	`to_user`.
	"""

	action: Action
	branch: str | None = None
	from_branch: str | None = None
	owners: Mapping[str, str] = field(default_factory=dict)
	from_user: str | None = None
	to_user: str | None = None
	replaced: Collection[str] = tuple(OWNERS)


class Untouched(Enum):
	"""Why a party stays as it is."""

	IN_BRANCH = "in branch"
	NOT_IN_BRANCH = "not in branch"
	SAME_OWNER = "same owner"
	OTHER_OWNER = "other owner"


class Refusal(Enum):
	"""Why saving the party would be refused."""

	OWNER_MISSING = "owner missing"
	UNSOUND = "unsound"


def transferred(
	rows: Rows, transfer: Transfer, today: date, scope: Scope, team: Collection[str]
) -> dict[str, Assignment] | Untouched:
	"""The rows of a party after the transfer, keyed as before; or why there is nothing to do. Rows that have
	ended are left alone, and those of branches outside of `scope`.

	Arguments:
	        team: the users who reach `transfer.branch`: an owner who is one of them moves along.
	"""
	current = {
		key: row
		for key, row in rows.items()
		if scope.reaches(row.branch) and (row.to_date is None or row.to_date >= today)
	}
	if transfer.action is Action.ADD_BRANCH:
		return _with_branch(rows, transfer, today)
	if transfer.action is Action.REPLACE_BRANCH:
		return _moved(rows, current, transfer, today, team)
	if transfer.action is Action.SET_OWNER:
		changed = {
			key: replace(row, **transfer.owners)
			for key, row in current.items()
			if row.branch == transfer.branch
		}
		if not changed:
			return Untouched.NOT_IN_BRANCH
		return {**rows, **changed} if {**rows, **changed} != rows else Untouched.SAME_OWNER
	changed = {key: _with_owner_replaced(row, transfer) for key, row in current.items()}
	return {**rows, **changed} if {**rows, **changed} != rows else Untouched.OTHER_OWNER


def refusal_of(rows: Rows, new: Rows, required: Collection[str], today: date) -> Refusal | None:
	"""What would keep the new rows from being saved.

	Arguments:
	        required: the owners ("sales_owner", "support_owner") that every changed row has to name.
	"""
	if missing_owners(dict(rows), dict(new), list(required), today):
		return Refusal.OWNER_MISSING
	return Refusal.UNSOUND if faults_of(list(new.values()), today) else None


def restored(current: Rows, before: Rows, after: Rows) -> dict[str, Assignment] | None:
	"""The rows that were there before a transfer; None where somebody has changed what it left."""
	return dict(before) if dict(current) == dict(after) else None


def _with_branch(rows: Rows, transfer: Transfer, today: date) -> dict[str, Assignment] | Untouched:
	same = [row for row in rows.values() if row.branch == transfer.branch]
	if any(row.to_date is None or row.to_date >= today for row in same):
		return Untouched.IN_BRANCH
	row = Assignment(
		transfer.branch, is_primary=not rows, from_date=today if same else None, **transfer.owners
	)
	return {**rows, NEW: row}


def _moved(
	rows: Rows, current: Rows, transfer: Transfer, today: date, team: Collection[str]
) -> dict[str, Assignment] | Untouched:
	leaving = {key: row for key, row in current.items() if row.branch == transfer.from_branch}
	if not leaving:
		return Untouched.NOT_IN_BRANCH
	moved = {
		key: replace(
			row,
			branch=transfer.branch,
			**{owner: getattr(row, owner) if getattr(row, owner) in team else None for owner in OWNERS},
		)
		for key, row in leaving.items()
	}
	joined = merged_by_row({**rows, **moved})
	return {
		key: replace(row, **transfer.owners)
		if row.branch == transfer.branch and (row.to_date is None or row.to_date >= today)
		else row
		for key, row in joined.items()
	}


def _with_owner_replaced(row: Assignment, transfer: Transfer) -> Assignment:
	if transfer.branch not in (None, row.branch):
		return row
	changed = [owner for owner in transfer.replaced if getattr(row, owner) == transfer.from_user]
	return replace(row, **dict.fromkeys(changed, transfer.to_user))
