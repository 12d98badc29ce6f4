"""The logs of transfers keep branches and users as text: they take new names as links do."""

import json

import frappe
from frappe.model.document import Document
from pypika.functions import Function

from branch_crm.branch_access.registry import BRANCH
from branch_crm.branch_access.responsibility_rules import OWNERS
from branch_crm.branch_access.transfer_queries import ENTRY

_NAMED_IN = {BRANCH: ("branch",), "User": tuple(OWNERS)}


def rename_in_logs(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""What a transfer did stays its own work, and can be taken back."""
	entry = frappe.qb.DocType(ENTRY)
	for key in _NAMED_IN[doc.doctype]:
		said, says = (f"{json.dumps(key)}: {json.dumps(name)}" for name in (old, new))
		(
			frappe.qb.update(entry)
			.set(entry.rows_before, Function("replace", entry.rows_before, said, says))
			.set(entry.rows_after, Function("replace", entry.rows_after, said, says))
			.where(entry.state == "Done")
			.run()
		)
