"""Columns that a request asks for: those of its own documents. Frappe joins those of linked documents without asking who
may see them, and lets some expressions into its queries as they are."""

from collections.abc import Mapping

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import column_rules, guard_queries, queries
from branch_crm.branch_access.argument_rules import Malformed


def refuse_foreign(arguments: Mapping) -> None:
	"""Raises:
	frappe.PermissionError: something else is asked for than columns of the documents themselves.
	"""
	try:
		asked = list(column_rules.columns_in(arguments))
	except Malformed:
		_refuse()
	for doctype, column in asked:
		leading = column_rules.leads_over(column)
		if leading and not leading.isdisjoint(guard_queries.judged_links(doctype)):
			_refuse()


def judge_stored(doc: Document, method: str | None = None) -> None:
	"""The same of what somebody stores to be asked for later: reports, charts, cards, boards."""
	if queries.is_limited():
		refuse_foreign(doc.as_dict())


def _refuse() -> None:
	frappe.throw(
		_("Ask for columns of the documents themselves. Linked documents are asked for by themselves."),
		frappe.PermissionError,
		title=_("Columns of other documents"),
	)
