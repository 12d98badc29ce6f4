"""The reports of Frappe and ERPNext that people limited by branch may run. Each was run as such a person over the
documents of several branches (`tests/site/test_reports.py`); whatever is not named here is closed."""

from branch_crm.branch_access.report_rules import Access, Verdict

_KEEPS = "Its rows and totals are of what the user sees."
_NO_BRANCH = "It shows no party, no document and no figure that belongs to a branch."
_BY_BRANCH = "It follows the accounting dimension."

_OPEN: dict[str, tuple[str, ...]] = {
	_KEEPS: (),
	_NO_BRANCH: (),
}
_FOLLOWING: tuple[str, ...] = ()

KNOWN = {
	**{name: Verdict(Access.OPEN, reason) for reason, names in _OPEN.items() for name in names},
	**{name: Verdict(Access.BY_BRANCH, _BY_BRANCH) for name in _FOLLOWING},
}

# what to run instead of a closed report
INSTEAD: dict[str, str] = {}
