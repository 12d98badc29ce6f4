"""Columns of linked documents: Frappe joins them into a list of others without asking who may see them."""

import re
from collections.abc import Mapping

import frappe
from frappe import _

from branch_crm.branch_access import guard_queries

_HOLDING = (
	"fields",
	"fieldname",
	"field",
	"filters",
	"or_filters",
	"current_filters",
	"group_by",
	"order_by",
)
_LEADING = re.compile(r"(?<![`\w.])`?(\w+)`?\.`?\w")


def refuse_linked(arguments: Mapping) -> None:
	"""Raises:
	frappe.PermissionError: a list is asked for columns of what branches limit and its documents link to.
	"""
	doctype = arguments.get("doctype")
	if not isinstance(doctype, str):
		return
	asked = frappe.as_json([arguments[key] for key in _HOLDING if key in arguments])
	leading = set(_LEADING.findall(asked))
	if leading and not leading.isdisjoint(guard_queries.judged_links(doctype)):
		frappe.throw(
			_("A list shows columns of its own documents only. Ask for the linked documents by themselves."),
			frappe.PermissionError,
			title=_("Columns of other documents"),
		)
