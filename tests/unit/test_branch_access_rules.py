"""Scope over random trees, with branches whose parent is unknown among them."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from branch_crm.branch_access.default_rules import default_branch
from branch_crm.branch_access.rules import Branch, BranchTree, Membership, Scope, scope_of
from tests.companies import NAMES, memberships, trees

# a loaded machine is no defect
PROPERTY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
DOCTYPE = st.sampled_from([None, "Customer", "Lead"])


@st.composite
def wild_trees(draw: st.DrawFn) -> list[Branch]:
	"""Trees in which some branches have a parent that nobody knows, in any order."""
	branches = draw(trees())
	lost = draw(st.sets(st.sampled_from(NAMES), max_size=3))
	wild = [replace(branch, parent="Gone") if branch.name in lost else branch for branch in branches]
	return draw(st.permutations(wild))


def upwards(branches: Sequence[Branch], name: str) -> list[str]:
	"""The branch and those above it as far as they are known, the nearest first."""
	parents = {branch.name: branch.parent for branch in branches}
	line = []
	while name in parents:
		line.append(name)
		name = parents[name]
	return line


def reached(branches: Sequence[Branch], own: Sequence[Membership], doctype: str | None) -> set[str]:
	"""The scope the other way round: for each branch, whether a membership is found on the way up."""
	enabled = {branch.name for branch in branches if branch.enabled}
	valid = [m for m in own if m.branch in enabled and (m.doctype is None or m.doctype == doctype)]
	return {
		branch.name
		for branch in branches
		for distance, above in enumerate(upwards(branches, branch.name))
		if any(m.branch == above and (distance == 0 or not m.hide_descendants) for m in valid)
	}


def names_of(branches: Sequence[Branch]) -> list[str]:
	return [branch.name for branch in branches]


@PROPERTY
@given(st.data(), wild_trees(), DOCTYPE)
def test_a_user_reaches_a_branch_if_he_is_member_somewhere_above(
	data: st.DataObject, branches: list[Branch], doctype: str | None
) -> None:
	own = data.draw(memberships([*names_of(branches), "Gone"]))
	assert scope_of(own, BranchTree(branches), doctype).branches == reached(branches, own, doctype)


@PROPERTY
@given(st.data(), wild_trees(), DOCTYPE)
def test_after_a_move_the_scope_follows_the_new_tree(
	data: st.DataObject, branches: list[Branch], doctype: str | None
) -> None:
	names = names_of(branches)
	moved = data.draw(st.sampled_from(names))
	parent = data.draw(st.sampled_from([None, "Gone", *names]))
	assume(not BranchTree(branches).would_loop(moved, parent))
	after = [replace(branch, parent=parent) if branch.name == moved else branch for branch in branches]
	own = data.draw(memberships(names))
	assert scope_of(own, BranchTree(after), doctype).branches == reached(after, own, doctype)
	assert BranchTree(after).with_descendants(moved) == BranchTree(branches).with_descendants(moved)


@PROPERTY
@given(st.data(), wild_trees())
def test_a_move_is_refused_exactly_where_the_way_up_would_come_back(
	data: st.DataObject, branches: list[Branch]
) -> None:
	names = names_of(branches)
	moved = data.draw(st.sampled_from([*names, "New"]))
	parent = data.draw(st.sampled_from([None, "Gone", "New", *names]))
	comes_back = parent is not None and (parent == moved or moved in upwards(branches, parent))
	assert BranchTree(branches).would_loop(moved, parent) == comes_back


@PROPERTY
@given(st.data(), wild_trees())
def test_a_person_s_tree_is_printed_from_his_topmost_branches_down(
	data: st.DataObject, branches: list[Branch]
) -> None:
	own = data.draw(st.sets(st.sampled_from([*names_of(branches), "Gone"])))
	tree = BranchTree(branches)
	# the lines of his branches, the top first, cut off above his topmost branch
	lines = {}
	for name in own & tree.names:
		line = upwards(branches, name)[::-1]
		lines[name] = line[next(index for index, above in enumerate(line) if above in own) :]
	assert tree.topmost(own) == sorted(name for name, line in lines.items() if line == [name])
	expected = sorted(lines, key=lambda name: lines[name])
	depths = [len(own & set(lines[name])) - 1 for name in expected]
	assert tree.in_order(own) == list(zip(expected, depths, strict=True))


@PROPERTY
@given(wild_trees())
def test_every_branch_stands_once_in_the_whole_tree(branches: list[Branch]) -> None:
	tree = BranchTree(branches)
	assert sorted(name for name, _depth in tree.in_order(tree.names)) == sorted(names_of(branches))
	assert tree.children_of(None) == tree.topmost(tree.names)


@PROPERTY
@given(st.data(), wild_trees(), DOCTYPE)
def test_two_memberships_reach_what_each_reaches(
	data: st.DataObject, branches: list[Branch], doctype: str | None
) -> None:
	first, second = (data.draw(memberships(names_of(branches))) for _ in range(2))
	tree = BranchTree(branches)
	together = scope_of([*first, *second], tree, doctype).branches
	assert together == scope_of(first, tree, doctype).branches | scope_of(second, tree, doctype).branches


@PROPERTY
@given(st.data(), wild_trees(), DOCTYPE)
def test_leaving_closing_and_narrowing_never_widen_a_scope(
	data: st.DataObject, branches: list[Branch], doctype: str | None
) -> None:
	own = data.draw(memberships(names_of(branches)))
	tree = BranchTree(branches)
	before = scope_of(own, tree, doctype).branches
	for index, membership in enumerate(own):
		rest = own[:index] + own[index + 1 :]
		assert scope_of(rest, tree, doctype).branches <= before
		hiding = replace(membership, hide_descendants=True)
		assert scope_of([*rest, hiding], tree, doctype).branches <= before
		limited = replace(membership, doctype="Project")
		assert scope_of([*rest, limited], tree, doctype).branches <= before
	for closed in branches:
		closing = [replace(branch, enabled=branch.enabled and branch is not closed) for branch in branches]
		assert scope_of(own, BranchTree(closing), doctype).branches <= before


@PROPERTY
@given(st.data(), wild_trees())
def test_a_membership_for_one_doctype_counts_there_only(data: st.DataObject, branches: list[Branch]) -> None:
	own = [replace(m, doctype="Lead") for m in data.draw(memberships(names_of(branches)))]
	tree = BranchTree(branches)
	assert scope_of(own, tree) == scope_of(own, tree, "Customer") == Scope()
	assert scope_of(own, tree, "Lead") == scope_of([replace(m, doctype=None) for m in own], tree)


@PROPERTY
@given(st.data(), wild_trees(), st.sampled_from([None, *NAMES]))
def test_a_default_branch_is_always_one_that_its_creator_reaches(
	data: st.DataObject, branches: list[Branch], proposed: str | None
) -> None:
	names = names_of(branches)
	own = [
		replace(membership, is_default=data.draw(st.booleans()))
		for membership in data.draw(memberships([*names, "Gone"]))
	]
	scope = scope_of(own, BranchTree(branches), "Customer")
	branch = default_branch(scope, own, proposed)
	counting = [m for m in own if scope.reaches(m.branch)]
	defaults = [m.branch for m in counting if m.is_default]
	if defaults:
		assert branch == defaults[0]
	elif proposed in scope.branches:
		assert branch == proposed
	else:
		assert branch == (counting[0].branch if len({m.branch for m in counting}) == 1 else None)
