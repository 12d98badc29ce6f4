"""The history of who was responsible when: written with the masters it is about, and by nobody else."""

from collections.abc import Collection, Iterable

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from branch_crm.branch_access import events, queries, responsibility_rules
from branch_crm.branch_access import responsibility_queries as stored
from branch_crm.branch_access.responsibility_queries import RECORD
from branch_crm.branch_access.responsibility_rules import Term
from branch_crm.branch_access.transfer_queries import ENTRY


def record_responsibility(doc: Document, method: str | None = None) -> None:
	"""Write who is responsible from now on, where the saved rows say something else than before."""
	before = doc.get_doc_before_save()
	if not before or events.assignments_in(before) != events.assignments_in(doc):
		record(doc.doctype, [doc.name], doc.flags.branch_transfer)


def forget_responsibility(doc: Document, method: str | None = None) -> None:
	"""The history of a party goes with it: there is nobody left whom it could be about."""
	frappe.db.delete(RECORD, {"party_type": doc.doctype, "party": doc.name})


def rename_responsibility(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""Frappe keeps for hours which DocTypes a dynamic link leads to, and does not see what SQL writes here and in
	the logs of transfers. After a merge what the rows of the other party said ends."""
	for doctype in (RECORD, ENTRY):
		named = {"party_type": doc.doctype, "party": old}
		frappe.db.set_value(doctype, named, "party", new, update_modified=False)
	if merge:
		record(doc.doctype, [new])


def record(doctype: str, names: Collection[str], transfer: str | None = None) -> None:
	"""Bring the history of these masters up to what their stored rows say from now on; can be repeated.

	Arguments:
	        transfer: the Branch Transfer that changed the rows, if one did.
	"""
	now = now_datetime()
	kept = stored.kept_terms(doctype, names, now)
	begun: list[tuple[str, Term]] = []
	for name, rows in queries.assignments_of(doctype, names).items():
		changes = responsibility_rules.changes(kept.get(name, {}), rows.values(), now)
		begun += [(name, term) for term in changes.begun]
		for end in set(changes.ended.values()):
			records = [record for record, ends in changes.ended.items() if ends == end]
			frappe.db.set_value(RECORD, {"name": ["in", records]}, {"to_time": end, "ended_by": transfer})
		if changes.withdrawn:
			frappe.db.delete(RECORD, {"name": ["in", changes.withdrawn]})
	_insert(((doctype, name, frappe.session.user, term) for name, term in begun), transfer)


def record_what_was_there() -> None:
	"""Begin the history of rows that are older than it, with their first day or else when they were written."""
	for rows in stored.rows_without_record():
		found = [(row, queries.assignment_from(row)) for row in rows]
		_insert(
			(row.parenttype, row.parent, row.owner, term)
			for row, assignment in found
			for term in responsibility_rules.terms_of(
				assignment, frappe.utils.get_datetime(assignment.from_date or row.creation)
			)
		)


def _insert(terms: Iterable[tuple[str, str, str, Term]], transfer: str | None = None) -> None:
	now = now_datetime()
	values = [
		(
			*(frappe.generate_hash(length=16), now, now, user, user, 0, 0, doctype, name),
			*(term.branch, term.function.value, term.user, term.begins, term.ends, transfer),
		)
		for doctype, name, user, term in terms
	]
	standard = ("name", "creation", "modified", "owner", "modified_by", "docstatus", "idx")
	if values:
		frappe.db.bulk_insert(RECORD, [*standard, "party_type", "party", *stored.COLUMNS, "begun_by"], values)
