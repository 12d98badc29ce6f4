"""Which series the code of a new customer is taken from."""

from collections.abc import Mapping

from branch_crm.branch_access.rules import BranchTree

# by branch, the series that its form says
Series = Mapping[str, str]


def series_for(branch: str | None, tree: BranchTree, series: Series, default: str | None) -> str | None:
	"""That of the customer's primary branch, or of the nearest branch above it that has one; the default of the
	settings where none has. None: codes are given by hand."""
	lineage = (branch, *tree.ancestors_of(branch)) if branch else ()
	return next((series[name] for name in lineage if series.get(name)), default) or None
