"""What a backfill writes: each value with an entry in the log, so that it can be taken back; nothing else."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import now

from branch_crm.branch_access import (
	backfill_queries,
	backfill_statements,
	queries,
	registry,
	responsibility_events,
)
from branch_crm.branch_access.backfill_queries import ENTRY
from branch_crm.branch_access.backfill_rules import Given, Key
from branch_crm.branch_access.backfill_work import Batch, Counts, Work, count
from branch_crm.branch_access.registry import By

_COLUMNS = ("name", "creation", "modified", "owner", "modified_by", "run")
_LOGGED = ("document_type", "document_name", "branch", "rule", "row", "was_blank")


@dataclass(frozen=True)
class Change:
	"""A branch that is written: in a column of a document or row, or as the master's new row `row`."""

	doctype: str
	name: str
	given: Given
	was_blank: bool = False
	row: str | None = None


def give(work: Work, batch: Batch, counts: Counts) -> None:
	"""Write what the batch's documents get, with their rows and ledger rows, and log it; what somebody has
	given a branch since it was read is left alone."""
	by = registry.scoping_of(batch.doctype)
	if by is By.ASSIGNMENTS:
		changes = own = _new_rows(batch)
	elif by is By.ROWS:
		own = _rows_with_branch(batch)
		changes = [*own, *_ledger_rows(work, batch, list(batch.given))]
	else:
		own = _documents(batch)
		names = {change.name for change in own}
		changes = [*own, *_child_rows(batch, names), *_ledger_rows(work, batch, names)]
	_write(work.run.name, changes)
	for change in own:
		count(counts, batch.doctype, change.given.rule.value, 1)
	ledgers = set(backfill_queries.ledgers()).intersection(work.doctypes) - {batch.doctype}
	for change in changes:
		if change.doctype in ledgers:
			count(counts, change.doctype, change.given.rule.value, 1)


def take_back(run: str, after: str, size: int) -> tuple[int, int, str | None]:
	"""Take back some of what a run wrote, where it still stands as it was written.

	Arguments:
	        after: the entry of the log to go on from; "" for the first.

	Returns how much was taken back, how much has been changed since and stays, and the last entry; None at
	the end.
	"""
	filters = {"run": run, "name": [">", after]}
	entries = frappe.get_all(ENTRY, filters, ["name", *_LOGGED], order_by="name", limit=size)
	columns: dict[tuple, list[str]] = defaultdict(list)
	rows: dict[tuple, list[str]] = defaultdict(list)
	for entry in entries:
		if entry.row:
			rows[entry.document_type, entry.branch].append(entry.row)
		else:
			columns[entry.document_type, entry.branch, bool(entry.was_blank)].append(entry.document_name)
	taken = sum(_empty_columns(*group, names) for group, names in columns.items())
	taken += sum(_delete_rows(*group, names) for group, names in rows.items())
	_forget({(entry.document_type, entry.document_name) for entry in entries})
	if entries:
		frappe.db.delete(ENTRY, {"name": ["in", [entry.name for entry in entries]]})
	return taken, len(entries) - taken, entries[-1].name if entries else None


def rename_in_log(newname: str, oldname: str) -> None:
	"""ERPNext gives ledger rows their final names within the hour after they were made."""
	entry = frappe.qb.DocType(ENTRY)
	is_it = (entry.document_type == "GL Entry") & (entry.document_name == oldname)
	frappe.qb.update(entry).set(entry.document_name, newname).where(is_it).run()


def _new_rows(batch: Batch) -> list[Change]:
	query = backfill_statements.locked_unassigned(batch.doctype, list(batch.given) or [""])
	return [
		Change(batch.doctype, name, batch.given[name][""], row=frappe.generate_hash(length=16))
		for (name,) in frappe.db.sql(*query)
	]


def _documents(batch: Batch) -> list[Change]:
	found = _locked(batch.doctype, name=list(batch.given))
	return [Change(batch.doctype, name, batch.given[name][""], blank) for name, _name, blank in found]


def _child_rows(batch: Batch, names: Collection[str]) -> list[Change]:
	changes = []
	for table in {table.options for table in frappe.get_meta(batch.doctype).get_table_fields()}:
		if frappe.db.has_column(table, registry.branch_field()):
			found = _locked(table, parenttype=[batch.doctype], parent=names)
			changes += [Change(table, row, batch.given[name][""], blank) for row, name, blank in found]
	return changes


def _rows_with_branch(batch: Batch) -> list[Change]:
	"""The rows of journal entries; where one of an entry's rows was changed since, all are left alone."""
	table = registry.rows_of(batch.doctype)
	given = {row: got for rows in batch.given.values() for row, got in rows.items()}
	parents = {row: name for name, rows in batch.given.items() for row in rows}
	found = {row: blank for row, _row, blank in _locked(table, name=list(given))}
	for name in {parents[row] for row in given.keys() - found.keys()}:
		del batch.given[name]
	return [
		Change(table, row, given[row], blank) for row, blank in found.items() if parents[row] in batch.given
	]


def _ledger_rows(work: Work, batch: Batch, vouchers: Collection[str]) -> list[Change]:
	changes = []
	ledgers = backfill_queries.ledgers()
	for ledger in [] if batch.doctype in ledgers else ledgers:
		follows = registry.entries()[ledger]["follows"]
		kind = frappe.get_meta(ledger).get_field(follows).options
		found = _locked(ledger, **{kind: [batch.doctype], follows: vouchers})
		given = work.ledger_rows_of(batch, [(ledger, row) for row, _voucher, _blank in found])
		changes += [
			Change(ledger, row, given[ledger, row], blank)
			for row, _voucher, blank in found
			if (ledger, row) in given
		]
	return changes


def _locked(doctype: str, **conditions: Collection[str]) -> list[tuple]:
	if not all(conditions.values()):
		return []
	return frappe.db.sql(*backfill_statements.locked_empty(doctype, registry.branch_field(), conditions))


def _write(run: str, changes: Iterable[Change]) -> None:
	groups: dict[tuple[str, str], list[str]] = defaultdict(list)
	for change in changes:
		if not change.row:
			groups[change.doctype, change.given.branch].append(change.name)
	_log(run, changes)
	for (doctype, branch), names in groups.items():
		frappe.db.sql(*backfill_statements.give(doctype, registry.branch_field(), branch, names))
	_add_rows([change for change in changes if change.row])
	_forget({(change.doctype, change.name) for change in changes})


def _log(run: str, changes: Iterable[Change]) -> None:
	values = [
		(
			*(*_stamp(), run, change.doctype, change.name),
			*(change.given.branch, change.given.rule.value, change.row, int(change.was_blank)),
		)
		for change in changes
	]
	if values:
		frappe.db.sql(*backfill_statements.insert(ENTRY, [*_COLUMNS, *_LOGGED], values))


def _add_rows(changes: list[Change]) -> None:
	"""The primary branch row of masters, as Frappe would have stored it."""
	columns = ("name", "creation", "modified", "owner", "modified_by", "parentfield", "idx", "docstatus")
	columns += ("parenttype", "parent", "branch", "is_primary")
	values = [
		(
			*(change.row, *_stamp()[1:], "branches", 1, 0),
			*(change.doctype, change.name, change.given.branch, 1),
		)
		for change in changes
	]
	if values:
		frappe.db.sql(*backfill_statements.insert(queries.ASSIGNMENT, columns, values))
	for doctype in {change.doctype for change in changes}:
		names = [change.name for change in changes if change.doctype == doctype]
		_flag(doctype, names, 0)
		responsibility_events.record(doctype, names)


def _empty_columns(doctype: str, branch: str, was_blank: bool, names: list[str]) -> int:
	frappe.db.sql(*backfill_statements.take_back(doctype, registry.branch_field(), branch, was_blank, names))
	return frappe.db._cursor.rowcount


def _delete_rows(doctype: str, branch: str, names: list[str]) -> int:
	written = ("branch", "is_primary")
	columns = [
		found.fieldname
		for found in frappe.get_meta(queries.ASSIGNMENT).fields
		if found.fieldname not in written and frappe.db.has_column(queries.ASSIGNMENT, found.fieldname)
	]
	query = backfill_statements.locked_untouched_rows(doctype, columns, branch, names)
	masters = dict(frappe.db.sql(*query))
	if masters:
		frappe.db.delete(queries.ASSIGNMENT, {"name": ["in", list(masters)]})
		_flag(doctype, list(masters.values()), 1)
		responsibility_events.record(doctype, list(masters.values()))
	return len(masters)


def _flag(doctype: str, names: list[str], is_unassigned: int) -> None:
	master = frappe.qb.DocType(doctype)
	frappe.qb.update(master).set(master.is_unassigned, is_unassigned).where(master.name.isin(names)).run()


def _forget(keys: Collection[Key]) -> None:
	"""Documents that are kept in the cache show what is stored."""
	kept = {
		doctype
		for doctype in {doctype for doctype, _name in keys}.difference(backfill_queries.ledgers())
		if not frappe.get_meta(doctype).istable
	}
	for doctype, name in keys:
		if doctype in kept:
			frappe.clear_document_cache(doctype, name)


def _stamp() -> tuple[str, str, str, str, str]:
	user, moment = frappe.session.user, now()
	return frappe.generate_hash(length=16), moment, moment, user, user
