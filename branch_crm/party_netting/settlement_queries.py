"""Every read of settlements."""

from collections.abc import Collection

import frappe
from frappe.query_builder import DocType

SETTLEMENT = "Netting Settlement"
AT_WORK = ("Settling", "Cancelling")
_JOURNAL = "Netting Settlement Journal"
_ROW = "Netting Settlement Row"


def of_journal(journal: str) -> str | None:
	"""The settlement that a journal entry belongs to and that stands."""
	row, settlement = DocType(_JOURNAL), DocType(SETTLEMENT)
	found = (
		frappe.qb.from_(row)
		.join(settlement)
		.on(settlement.name == row.parent)
		.select(settlement.name)
		.where((row.journal_entry == journal) & (settlement.docstatus == 1))
		.run()
	)
	return found[0][0] if found else None


def of_document(doctype: str, name: str) -> str | None:
	"""A settlement that stands and settles a document."""
	found = _with_documents([(doctype, name)], ("Settled", *AT_WORK))
	return next(iter(found.values()), None)


def at_work_on(documents: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
	"""By document, of these, the settlement that is at work on it now."""
	return _with_documents(documents, AT_WORK)


def all_at_work() -> list[str]:
	return frappe.get_all(SETTLEMENT, {"status": ["in", AT_WORK], "docstatus": 1}, pluck="name")


def status_after_failure(settlement: str) -> str:
	"""One whose journals all stand is settled, also where somebody has tried to take it back; else what it was."""
	row, journal = DocType(_JOURNAL), DocType("Journal Entry")
	found = (
		frappe.qb.from_(row)
		.left_join(journal)
		.on((journal.name == row.journal_entry) & (journal.docstatus == 1))
		.select(journal.name)
		.where((row.parent == settlement) & (row.parenttype == SETTLEMENT))
	).run(pluck=True)
	return "Settled" if all(found) else frappe.db.get_value(SETTLEMENT, settlement, "status")


def _with_documents(
	documents: Collection[tuple[str, str]], states: Collection[str]
) -> dict[tuple[str, str], str]:
	row, settlement = DocType(_ROW), DocType(SETTLEMENT)
	if not documents:
		return {}
	query = (
		frappe.qb.from_(row)
		.join(settlement)
		.on(settlement.name == row.parent)
		.select(row.voucher_type, row.voucher_no, settlement.name)
		.where(
			row.voucher_no.isin({name for _doctype, name in documents})
			& settlement.status.isin(states)
			& (settlement.docstatus == 1)
		)
	)
	return {(kind, name): by for kind, name, by in query.run() if (kind, name) in set(documents)}
