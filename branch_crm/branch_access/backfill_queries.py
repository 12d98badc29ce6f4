"""Every read of the backfill but that of the documents themselves: where the branches are, what there is to do,
which branches the parties' documents have, what the file says."""

from collections import defaultdict
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.csvutils import read_csv_content

from branch_crm.branch_access import backfill_file_rules as file_rules
from branch_crm.branch_access import backfill_statements, catchment_queries, queries, registry
from branch_crm.branch_access.backfill_rules import Holders, Key, Places
from branch_crm.branch_access.registry import BRANCH, By

RUN = "Branch Backfill"
ENTRY = "Branch Backfill Entry"


def places() -> Places:
	"""Where the branches are."""
	rows = frappe.get_all(BRANCH, fields=["name", "cost_center", "warehouse"])
	return Places(
		queries.tree(),
		_holders("Cost Center", {row.name: row.cost_center for row in rows}),
		_holders("Warehouse", {row.name: row.warehouse for row in rows}),
		tuple(catchment_queries.catchments()),
		_parents("Territory"),
	)


def ledgers() -> list[str]:
	"""The registered DocTypes whose branch is always that of their voucher."""
	return [doctype for doctype, entry in registry.entries().items() if entry.get("follows")]


def documents() -> list[str]:
	"""The registered documents with a branch, or branches in rows, of their own."""
	carried = (By.COLUMN, By.ROWS)
	scoped = registry.scoped_doctypes()
	return [doctype for doctype, by in scoped.items() if by in carried and doctype not in ledgers()]


def backfilled() -> list[str]:
	"""What a backfill covers, in this order: masters, documents, ledgers."""
	return [*registry.assigned_doctypes(), *documents(), *ledgers()]


def names_without(doctype: str, company: str | None, after: str, limit: int) -> list[str]:
	"""The next documents without a branch, or with rows without one, in the order of their names."""
	return [row[0] for row in frappe.db.sql(*_without(doctype, company, after, limit))]


def number_without(doctype: str, company: str | None) -> int:
	query = backfill_statements.counted(_without(doctype, company))
	return frappe.db.sql(*query)[0][0]


def stored_party_branches() -> Iterator[tuple[Key, str]]:
	"""The masters that have a branch on one of their documents, with that branch."""
	masters = registry.assigned_doctypes()
	for doctype in documents():
		by_rows = registry.scoping_of(doctype) is By.ROWS
		table = registry.rows_of(doctype) if by_rows else doctype
		meta = frappe.get_meta(table)
		links = [(field, None) for field in meta.get_link_fields() if field.options in masters]
		links += [(field, field.options) for field in meta.get_dynamic_link_fields()]
		for field, type_field in links:
			query = backfill_statements.branches_of_parties(
				table, registry.branch_field(), field.fieldname, type_field
			)
			for kind, name, branch in frappe.db.sql(*query):
				if (kind or field.options) in masters:
					yield (kind or field.options, name), branch


def file_lines(run: Document) -> list[file_rules.FileLine]:
	"""The lines of the run's CSV file; none where it has no file."""
	if not run.csv_file:
		return []
	# a file that hangs elsewhere may be one that this user must not read
	attached = {"attached_to_doctype": RUN, "attached_to_name": run.name, "file_url": run.csv_file}
	name = frappe.db.get_value("File", attached)
	lines = (
		file_rules.lines_in(read_csv_content(frappe.get_doc("File", name).get_content())) if name else None
	)
	if lines is None:
		frappe.throw(
			_("Attach a CSV file to this form whose first line names the columns {0}.").format(
				frappe.bold(", ".join(file_rules.COLUMNS))
			),
			title=_("CSV File"),
		)
	return lines


def _without(doctype: str, company: str | None, after: str = "", limit: int | None = None) -> tuple:
	by = registry.scoping_of(doctype)
	if by is By.ASSIGNMENTS:
		return backfill_statements.unassigned_masters(doctype, after, limit)
	own_company = company if frappe.get_meta(doctype).has_field("company") else None
	field = registry.branch_field()
	if by is By.ROWS:
		rows = registry.rows_of(doctype)
		return backfill_statements.documents_with_empty_rows(doctype, rows, field, after, limit, own_company)
	return backfill_statements.empty_documents(doctype, field, after, limit, own_company)


def _holders(doctype: str, node_by_branch: dict[str, str | None]) -> Holders:
	branches = defaultdict(set)
	for branch, node in node_by_branch.items():
		if node:
			branches[node].add(branch)
	return Holders(_parents(doctype), {node: frozenset(names) for node, names in branches.items()})


def _parents(doctype: str) -> dict[str, str | None]:
	parent = f"parent_{frappe.scrub(doctype)}"
	return dict(frappe.get_all(doctype, fields=["name", parent], as_list=True))
