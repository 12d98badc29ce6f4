"""Who reaches which branch, and who sees which master."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from branch_crm.branch_access.assignment_rules import Assignment, Unassigned, may_see
from branch_crm.branch_access.rules import Branch, BranchTree, Membership, Scope, scope_of
from tests.companies import TODAY, assignments, memberships, trees


def ancestors(branches: list[Branch], name: str) -> list[str]:
	"""The other way round than the tree goes: from the branch up."""
	parents = {branch.name: branch.parent for branch in branches}
	found = [name]
	while parents.get(found[-1]):
		found.append(parents[found[-1]])
	return found


@given(trees())
def test_what_lies_below_a_branch_has_it_as_ancestor(branches: list[Branch]) -> None:
	tree = BranchTree(branches)
	for branch in branches:
		below = {other.name for other in branches if branch.name in ancestors(branches, other.name)}
		assert tree.with_descendants(branch.name) == below


@given(st.data(), trees())
def test_a_move_is_a_loop_only_onto_itself_or_below(data: st.DataObject, branches: list[Branch]) -> None:
	names = [branch.name for branch in branches]
	moved, parent = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
	assert BranchTree(branches).would_loop(moved, parent) == (moved in ancestors(branches, parent))
	assert not BranchTree(branches).would_loop(moved, None)


@given(st.data(), trees())
def test_a_person_s_tree_begins_where_no_ancestor_is_his(data: st.DataObject, branches: list[Branch]) -> None:
	names = [branch.name for branch in branches]
	own = set(data.draw(st.lists(st.sampled_from(names))))
	expected = sorted(name for name in own if not own & set(ancestors(branches, name)[1:]))
	tree = BranchTree(branches)
	assert tree.topmost(own) == expected
	printed = tree.in_order(own)
	assert sorted(name for name, _depth in printed) == sorted(own)
	assert [name for name, depth in printed if depth == 0] == expected


@given(st.data(), trees())
def test_a_user_reaches_what_lies_below_his_open_branches(
	data: st.DataObject, branches: list[Branch]
) -> None:
	names = [branch.name for branch in branches]
	own = data.draw(memberships(names))
	enabled = {branch.name for branch in branches if branch.enabled}
	counting = [m for m in own if m.doctype in (None, "Customer") and m.branch in enabled]
	expected = {
		name
		for name in names
		for membership in counting
		if name == membership.branch
		or (not membership.hide_descendants and membership.branch in ancestors(branches, name))
	}
	assert scope_of(own, BranchTree(branches), "Customer").branches == expected


@given(st.data(), trees())
def test_losing_something_never_widens_a_scope(data: st.DataObject, branches: list[Branch]) -> None:
	own = data.draw(memberships([branch.name for branch in branches]))
	before = scope_of(own, BranchTree(branches)).branches
	for left in range(len(own)):
		fewer = own[:left] + own[left + 1 :]
		assert scope_of(fewer, BranchTree(branches)).branches <= before
	for branch in branches:
		closed = [Branch(b.name, b.parent, b.enabled and b is not branch) for b in branches]
		assert scope_of(own, BranchTree(closed)).branches <= before


@given(st.data(), trees())
def test_moving_a_branch_takes_what_is_below_along(data: st.DataObject, branches: list[Branch]) -> None:
	names = [branch.name for branch in branches]
	moved, parent = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
	tree = BranchTree(branches)
	if tree.would_loop(moved, parent):
		return
	after = BranchTree([Branch(b.name, parent if b.name == moved else b.parent, b.enabled) for b in branches])
	assert after.with_descendants(moved) == tree.with_descendants(moved)
	assert tree.with_descendants(moved) <= after.with_descendants(parent)


def test_a_branch_whose_parent_is_gone_is_a_root() -> None:
	tree = BranchTree([Branch("Delhi", "Gone")])
	assert tree.children_of(None) == ["Delhi"]
	assert scope_of([Membership("Gone")], tree) == Scope()


@given(st.data(), st.sampled_from(Unassigned))
def test_one_valid_row_of_a_reached_branch_is_enough(data: st.DataObject, unassigned: Unassigned) -> None:
	names = ["Delhi", "Mumbai", "Goa"]
	rows = data.draw(assignments(names))
	reached = data.draw(st.sets(st.sampled_from(names)))
	scope = Scope(branches=frozenset(reached))
	seen = may_see(scope, rows, unassigned, TODAY)
	valid = {row.branch for row in rows if (row.from_date or date.min) <= TODAY <= (row.to_date or date.max)}
	assert seen == bool(reached and (valid & reached or (not rows and unassigned is Unassigned.EVERYBODY)))
	assert may_see(scope, rows, unassigned, TODAY, is_always_visible=True) == bool(reached)


def test_who_reaches_no_branch_sees_nothing_even_if_everybody_sees_the_unassigned() -> None:
	assert not may_see(Scope(), [], Unassigned.EVERYBODY, TODAY)
	assert not may_see(Scope(), [], Unassigned.EVERYBODY, TODAY, is_always_visible=True)


def test_head_office_sees_everything() -> None:
	ended = Assignment("Delhi", to_date=TODAY - timedelta(days=1))
	assert may_see(Scope(all=True), [ended], Unassigned.HEAD_OFFICE, TODAY)
	assert may_see(Scope(all=True), [], Unassigned.HEAD_OFFICE, TODAY)


def test_both_dates_of_an_assignment_are_included() -> None:
	row = Assignment("Delhi", from_date=TODAY, to_date=TODAY)
	assert row.is_active_on(TODAY)
	assert not row.is_active_on(TODAY - timedelta(days=1))
	assert not row.is_active_on(TODAY + timedelta(days=1))
