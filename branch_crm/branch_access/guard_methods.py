"""What the guard has to know of single functions: collected from the hook `branch_methods` of all installed apps.

Each entry of the hook is a dict: `method`, the path of a whitelisted function or of a method of a DocType's class;
`policy`, one of the values of `Policy`, with a `reason` where it is closed or open; `arguments`, what arguments hold
whose names do not tell: by name the DocType, or None for what is no document; `needed`, the arguments without which it
answers over everything; and `plain`, those that it writes into its queries as they are (`args.items.uom`).
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import frappe
from frappe import _
from frappe.utils.caching import request_cache

from branch_crm.branch_access import queries

# what sorts out rows that a query answers with
SORTED = ("frappe.desk.search.search_link", "frappe.desk.search.search_widget")
# the functions of these apps are known one by one
KNOWN_APPS = ("frappe", "erpnext", "branch_crm")


class Policy(Enum):
	CHECKED = "checked"
	"""The documents in its arguments have to be reached."""
	ROWS = "rows"
	"""It answers with rows that the user reaches; filters may name others."""
	SAVES = "saves"
	"""It saves documents sent whole: events judge what they link to."""
	WRITES = "writes"
	"""It changes the documents named without asking whether the user may."""
	ANSWERED = "answered"
	"""This app answers in its place, and judges by itself."""
	SEARCH = "search"
	"""A query of link fields over all branches: open where its rows are sorted out afterwards."""
	OPEN = "open"
	"""As checked; nobody has proven it by calling it, and the reason says why it may be called all the same."""
	CLOSED = "closed"
	"""It answers over all branches."""


@dataclass(frozen=True)
class Method:
	policy: Policy = Policy.CHECKED
	reason: str = ""
	arguments: Mapping[str, str | None] = field(default_factory=dict)
	needed: Sequence[str] = ()
	plain: Sequence[str] = ()


def method(path: str) -> Method:
	"""What is known of the function at `path`."""
	if path in _known():
		return _known()[path]
	app = path.split(".", 1)[0]
	if app in KNOWN_APPS and stands_beside_packages(path):
		return Method(Policy.CLOSED, _("Head office does this."))
	if "." in path and app not in KNOWN_APPS and queries.are_unknown_refused():
		return Method(Policy.CLOSED, _("Ask head office to allow the methods of the app {0}.").format(app))
	return Method()


def stands_beside_packages(path: str) -> bool:
	"""Whether the function at `path`, which is imported, stands below a folder that is no package: whoever lists the
	functions of an app does not come there."""
	parts = path.split(".")
	modules = (sys.modules.get(".".join(parts[:end])) for end in range(1, len(parts)))
	return any(module and not getattr(module, "__file__", None) for module in modules)


@request_cache
def _known() -> dict[str, Method]:
	return {
		entry["method"]: Method(
			Policy(entry.get("policy", "checked")),
			entry.get("reason", ""),
			entry.get("arguments", {}),
			entry.get("needed", ()),
			entry.get("plain", ()),
		)
		for entry in frappe.get_hooks("branch_methods")
	}
