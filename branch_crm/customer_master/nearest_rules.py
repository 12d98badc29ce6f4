"""What branches have for those below them: the nearest one decides."""

from collections.abc import Mapping

from branch_crm.branch_access.rules import BranchTree


def nearest(
	branch: str | None, tree: BranchTree, values: Mapping[str, str | None], default: str | None = None
) -> str | None:
	"""The value of the branch, or of the nearest one above it that has one; else the default.

	Arguments:
	        values: by branch.
	"""
	lineage = (branch, *tree.ancestors_of(branch)) if branch else ()
	return next((values[name] for name in lineage if values.get(name)), default) or None
