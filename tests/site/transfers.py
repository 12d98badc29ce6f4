"""Transfers for the tests, made and carried out without commits."""

import json

import frappe
from frappe.model.document import Document

from branch_crm.branch_access import transfer_queries, transfer_work
from branch_crm.branch_access.transfer_queries import ENTRY, TRANSFER


def make_transfer(action: str, *names: str, **values) -> Document:
	"""A stored transfer of these customers."""
	filters = json.dumps([["Customer", "name", "in", list(names)]])
	doc = {"doctype": TRANSFER, "party_type": "Customer", "action": action, "filters": filters, **values}
	return frappe.get_doc(doc).insert()


def apply(doc: Document) -> None:
	"""The whole transfer as the session's user; what is refused is rolled back to before the party."""
	transfer_work.list_parties(doc)
	_go_through(doc, "Pending", transfer_work.move, "Failed")


def undo(doc: Document) -> None:
	_go_through(doc, "Done", transfer_work.take_back, "Left")


def log_of(doc: Document) -> dict[str, tuple[str, str | None]]:
	"""State and note of each party."""
	rows = frappe.get_all(ENTRY, {"transfer": doc.name}, ["party", "state", "note"], order_by="idx")
	assert len(rows) == len({row.party for row in rows}), "a party stands twice in the log"
	return {row.party: (row.state, row.note) for row in rows}


def rows_of(name: str, doctype: str = "Customer") -> list[tuple]:
	"""Branch, sales owner, support owner, and whether it is primary."""
	filters = {"parenttype": doctype, "parent": name}
	columns = ["branch", "sales_owner", "support_owner", "is_primary"]
	return frappe.get_all("Branch Assignment", filters, columns, order_by="idx", as_list=True)


def _go_through(doc: Document, state: str, act: object, refused: str) -> None:
	work = transfer_work.Work(doc)
	for entry in transfer_queries.entries_in(doc.name, state, 0, 1000):
		frappe.db.savepoint("party")
		try:
			act(work, entry)
		except (frappe.ValidationError, frappe.PermissionError) as error:
			frappe.db.rollback(save_point="party")
			transfer_work.note(entry, refused, transfer_work.sentence_of(error, doc.party_type))
