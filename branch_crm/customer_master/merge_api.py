"""What the form of a customer, supplier, branch or category asks the server about merging it into another one."""

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.customer_master import merge_jobs, merge_queries, merge_rows, merge_work
from branch_crm.customer_master.merge_queries import MERGE
from branch_crm.customer_master.merge_rules import MERGED

# documents and rows that are moved while somebody waits
AT_ONCE = 1000
_SIX_HOURS = 6 * 60 * 60


class MergeOfAllBranchesError(frappe.PermissionError):
	pass


@frappe.whitelist()
def preview(doctype: str, from_name: str, into_name: str) -> dict:
	"""What a merge would do now, and change nothing.

	Returns `obstacles`, sentences, without which there is nothing in the way; `moves`, by `document_type` and `field`
	the `number` of documents or rows that name the one that goes; `rows` of its tables; `differences`.
	"""
	lost, kept = _only_for_mergers(doctype, from_name, into_name)
	return {
		"obstacles": merge_work.obstacles(lost, kept),
		"moves": [vars(naming) for naming in merge_queries.namings(doctype, lost.name)],
		"rows": merge_rows.counted_rows(lost, kept),
		"differences": merge_queries.differences(lost, kept),
	}


@frappe.whitelist(methods=["POST"])
def merge(doctype: str, from_name: str, into_name: str, reason: str) -> str:
	"""Merge at once, or in the background where there is much to move. Returns the name of the record."""
	lost, kept = _only_for_mergers(doctype, from_name, into_name)
	if not reason.strip():
		frappe.throw(_("Say why: the reason is kept."), merge_work.MergeError, title=_("Merging"))
	if found := merge_work.obstacles(lost, kept):
		frappe.throw(found, merge_work.MergeError, title=_("Merging"), as_list=True)
	record = merge_work.begin(lost, kept, reason.strip())
	if sum(naming.number for naming in merge_queries.namings(doctype, lost.name)) > AT_ONCE:
		_enqueue(record.name)
	else:
		merge_work.merge(record)
	return record.name


@frappe.whitelist(methods=["POST"])
def run_again(merge: str) -> None:
	"""Begin anew what failed, or was stopped with its worker."""
	record = frappe.get_doc(MERGE, merge)
	record.check_permission("create")
	if record.status == "Completed":
		frappe.throw(_("This merge is done."), merge_work.MergeError, title=_("Merging"))
	_only_for_mergers(record.document_type, record.from_name, record.into_name)
	_enqueue(record.name)


def _only_for_mergers(doctype: str, from_name: str, into_name: str) -> list[Document]:
	"""Both documents, for who may write them, delete the one that goes, and is not limited by branch: documents of all
	branches are moved."""
	frappe.has_permission(MERGE, "create", throw=True)
	if queries.is_limited():
		frappe.throw(
			_("Documents of all branches would be moved. Ask head office to merge."),
			MergeOfAllBranchesError,
			title=_("Not for one branch"),
		)
	if doctype not in MERGED:
		frappe.throw(_("A {0} is not merged.").format(_(doctype)), merge_work.MergeError, title=_("Merging"))
	lost, kept = (frappe.get_doc(doctype, name) for name in (from_name, into_name))
	for doc, rights in ((lost, ("write", "delete")), (kept, ("write",))):
		for right in rights:
			doc.check_permission(right)
	return [lost, kept]


def _enqueue(record: str) -> None:
	frappe.enqueue(
		merge_jobs.run_merge, queue="long", timeout=_SIX_HOURS, enqueue_after_commit=True, merge=record
	)
