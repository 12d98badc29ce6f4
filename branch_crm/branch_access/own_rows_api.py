"""Functions of Frappe and ERPNext that answer with documents or counts without asking the permission hooks, answered
anew for whoever branches or parties limit. Everybody else gets Frappe's own answer."""

from collections import defaultdict
from collections.abc import Callable
from operator import itemgetter

import frappe
from erpnext.accounts.doctype.accounting_dimension.accounting_dimension import get_accounting_dimensions
from erpnext.accounts.doctype.invoice_discounting import invoice_discounting
from erpnext.accounts.doctype.payment_entry import payment_entry
from erpnext.accounts.doctype.pos_closing_entry import pos_closing_entry
from erpnext.buying import utils as buying
from erpnext.crm.doctype import utils as crm
from erpnext.projects.doctype.project import project
from erpnext.projects.doctype.timesheet import timesheet
from erpnext.selling.doctype.sales_order import sales_order
from erpnext.stock import utils as scan
from frappe import _, client
from frappe.desk import listview, search
from frappe.desk.doctype.event import event
from frappe.desk.doctype.tag import tag as tags
from frappe.desk.form import linked_with
from frappe.utils import get_safe_filters
from frappe.workflow.doctype.workflow import workflow

from branch_crm.branch_access import (
	guard_queries,
	guard_values,
	own_figure_queries,
	permissions,
	queries,
)


@frappe.whitelist()
def get(
	doctype: str,
	name: str | int | None = None,
	filters: str | dict | list | None = None,
	parent: str | None = None,
) -> dict:
	"""Frappe's own for one document; but filters would find any, and tell what is not there from what is not one's
	own."""
	if queries.is_limited() and not name and (frappe.is_table(doctype) or guard_queries.is_judged(doctype)):
		# by name: Frappe takes what comes first, if it is a list of texts, for columns
		asked = {"filters": get_safe_filters(filters), "parent_doctype": parent, "limit_page_length": 1}
		found = frappe.get_list(doctype, pluck="name", **asked)
		if not found:
			frappe.throw(_("No document found for given filters"), frappe.DoesNotExistError)
		name = found[0]
	return frappe.call(client.get, doctype=doctype, name=name, filters=filters, parent=parent)


@frappe.whitelist()
def get_count(
	doctype: str, filters: str | dict | list | None = None, debug: bool = False, cache: bool = False
) -> int:
	"""Frappe's own for the number of documents, which counts everybody's."""
	if not queries.is_limited():
		return client.get_count(doctype, filters, debug, cache)
	counted = [f"count(distinct `tab{doctype}`.name) as number"]
	found = frappe.get_list(doctype, filters=get_safe_filters(filters), fields=counted, order_by=None)
	return found[0].number


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields: str | list | None = None) -> dict:
	"""Frappe's own for what was typed into a link field: what is not the user's is not there."""
	if queries.is_limited() and guard_queries.is_judged(doctype):
		if not permissions.reached_of(doctype, [docname], frappe.session.user).get(docname):
			return {"name": None}
	return client.validate_link(doctype, docname, fields)


@frappe.whitelist()
def search_widget(
	doctype: str,
	txt: str,
	query: str | None = None,
	searchfield: str | None = None,
	start: int = 0,
	page_length: int = 10,
	filters: str | dict | list | None = None,
	filter_fields: str | None = None,
	as_dict: bool = False,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool = False,
) -> list:
	"""Frappe's own for link fields; but the client may ask it to ignore permissions, and queries of forms often do."""
	is_limited = queries.is_limited() and guard_queries.is_judged(doctype)
	found = search.search_widget(
		doctype,
		txt,
		frappe.override_whitelisted_method(query) if query else None,
		searchfield,
		start,
		page_length,
		filters,
		filter_fields,
		as_dict,
		reference_doctype,
		ignore_user_permissions and not is_limited,
	)
	return (
		own_rows(doctype, found or [], lambda row: row["name"] if as_dict else row[0])
		if is_limited
		else found
	)


@frappe.whitelist()
def get_cashiers(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: str | dict | list | None
) -> list:
	"""ERPNext's own for who works at tills: at one's own tills."""
	if not queries.is_limited():
		return pos_closing_entry.get_cashiers(doctype, txt, searchfield, start, page_len, filters)
	tills = set(frappe.get_list("POS Profile", pluck="name", limit_page_length=0))
	rows = frappe.get_all(
		"POS Profile User", filters=get_safe_filters(filters) or {}, fields=["user", "parent"]
	)
	return [(row.user,) for row in rows if row.parent in tills]


@frappe.whitelist()
def get_users_for_project(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: str | dict | list | None
) -> list:
	"""ERPNext's own; but it takes from the client whose conditions count."""
	return project.get_users_for_project("User", txt, searchfield, start, page_len, filters)


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: str, field: str) -> list[dict]:
	"""Frappe's own for the groups beside a list; but by assignee it counts everybody's documents."""
	if field != "assigned_to" or not queries.is_limited():
		return listview.get_group_by_count(doctype, current_filters, field)
	return own_figure_queries.by_assignee(doctype, frappe.parse_json(current_filters))


@frappe.whitelist()
def get_tagged_docs(doctype: str, tag: str) -> list[tuple]:
	"""Frappe's own for the documents with a tag, which lists everybody's."""
	if not queries.is_limited():
		return tags.get_tagged_docs(doctype, tag)
	return frappe.get_list(doctype, {"_user_tags": ["like", tag]}, as_list=True, limit_page_length=0)


@frappe.whitelist()
def get_workflow_state_count(
	doctype: str, workflow_state_field: str, states: str | list
) -> list[dict] | None:
	"""Frappe's own for the documents in each state, which counts everybody's."""
	is_column = workflow_state_field in frappe.get_meta(doctype).get_valid_columns()
	if not is_column or not queries.is_limited():
		return workflow.get_workflow_state_count(doctype, workflow_state_field, states)
	return frappe.get_list(
		doctype,
		{workflow_state_field: ["not in", [*frappe.parse_json(states), ""]]},
		[workflow_state_field, "count(*) as count"],
		group_by=workflow_state_field,
	)


@frappe.whitelist()
def get_submitted_linked_docs(
	doctype: str, name: str, ignore_doctypes_on_cancel_all: str | list | None = None
) -> dict:
	"""Frappe's own for what is cancelled along with a document, which lists everybody's."""
	answer = linked_with.get_submitted_linked_docs(doctype, name, ignore_doctypes_on_cancel_all)
	if not queries.is_limited():
		return answer
	names: dict[str, list[dict]] = defaultdict(list)
	for row in answer["docs"]:
		names[row["doctype"]].append(row)
	own = [
		row
		for kind, rows in names.items()
		for row in (own_rows(kind, rows, itemgetter("name")) if guard_queries.is_judged(kind) else rows)
	]
	return {"docs": own, "count": len(own)}


@frappe.whitelist()
def get_events(
	start: str,
	end: str,
	user: str | None = None,
	for_reminder: bool = False,
	filters: str | list | None = None,
) -> list[dict]:
	"""Frappe's own for the calendar of events, which shows everybody's public ones."""
	if not queries.is_limited():
		return event.get_events(start, end, user, for_reminder, filters)
	found = event.get_events(start, end, frappe.session.user, False, filters)
	return own_rows("Event", found, lambda row: row["name"])


@frappe.whitelist()
def get_order_events(start: str, end: str, filters: str | list | dict | None = None) -> list[dict]:
	"""ERPNext's own for the calendar of orders, which adds permissions to filters, but not to none."""
	found = sales_order.get_events(start, end, filters)
	return own_rows("Sales Order", found, lambda row: row["name"]) if queries.is_limited() else found


@frappe.whitelist()
def get_invoices(filters: str) -> list[dict]:
	"""ERPNext's own for the invoices to be discounted, which offers everybody's."""
	found = invoice_discounting.get_invoices(filters)
	return (
		own_rows("Sales Invoice", found, lambda row: row["sales_invoice"]) if queries.is_limited() else found
	)


@frappe.whitelist()
def get_outstanding_reference_documents(args: str | dict, validate: bool | int = False) -> list[dict] | None:
	"""ERPNext's own for what a party owes, in whatever branch; it writes the values of dimensions into its query."""
	if queries.is_limited():
		asked = frappe.parse_json(args)
		guard_values.refuse_quotes_in(asked.get(dimension) for dimension in get_accounting_dimensions())
	found = payment_entry.get_outstanding_reference_documents(args, validate) or []
	if not queries.is_limited():
		return found
	return own_vouchers(found)


@frappe.whitelist()
def get_last_interaction(contact: str | None = None, lead: str | None = None) -> dict | None:
	"""ERPNext's own for the last mail and issue of a contact, in whatever branch."""
	found = crm.get_last_interaction(contact, lead)
	if not found or not queries.is_limited():
		return found
	kinds = {"last_communication": "Communication", "last_issue": "Issue"}
	return {
		key: (own_rows(kind, [found[key]], lambda row: row["name"]) or [None])[0] if found[key] else None
		for key, kind in kinds.items()
	}


@frappe.whitelist()
def get_linked_material_requests(items: str) -> list[list[dict]]:
	"""ERPNext's own for the requests that ask for the items: for each item a list of `mr_name`, `mr_item` and `qty`."""
	if not queries.is_limited():
		return buying.get_linked_material_requests(items)
	frappe.has_permission("Material Request", "read", throw=True)
	found = buying.get_linked_material_requests(items)
	own = [own_rows("Material Request", rows, itemgetter("mr_name")) for rows in found]
	return [rows for rows in own if rows]


@frappe.whitelist()
def get_timesheet_detail_rate(timelog: str, currency: str) -> float:
	"""ERPNext's own for what hours cost, which takes a name for a part of its query."""
	reached = permissions.reached_of("Timesheet Detail", [timelog], frappe.session.user)
	if queries.is_limited() and not reached.get(timelog):
		raise frappe.DoesNotExistError(doctype="Timesheet Detail")
	return timesheet.get_timesheet_detail_rate(timelog, currency)


@frappe.whitelist()
def get_projectwise_timesheet_data(
	project: str | None = None,
	parent: str | None = None,
	from_time: str | None = None,
	to_time: str | None = None,
) -> list[dict]:
	"""ERPNext's own for hours that are to be billed, of all projects where none is named."""
	found = timesheet.get_projectwise_timesheet_data(project, parent, from_time, to_time)
	return own_rows("Timesheet", found, itemgetter("time_sheet")) if queries.is_limited() else found


@frappe.whitelist()
def scan_barcode(search_value: str) -> dict:
	"""ERPNext's own for what a barcode or number stands for, also for the serial number of anybody's goods."""
	found = scan.scan_barcode(search_value)
	if not queries.is_limited() or not found.get("serial_no"):
		return found
	return (own_rows("Serial No", [found], itemgetter("serial_no")) or [{}])[0]


def own_rows(doctype: str, rows: list, name_of: Callable[[object], str]) -> list:
	"""Those of `rows` whose document a restricted user reaches."""
	reached = (
		permissions.reached_of(doctype, {name_of(row) for row in rows}, frappe.session.user) if rows else {}
	)
	return [row for row in rows if reached.get(name_of(row))]


def own_vouchers(rows: list[dict]) -> list[dict]:
	"""Those of `rows` whose voucher a restricted user reaches."""
	own = {
		kind: permissions.reached_among(
			kind, {row["voucher_no"] for row in rows if row["voucher_type"] == kind}, frappe.session.user
		)
		for kind in {row["voucher_type"] for row in rows}
	}
	return [row for row in rows if row["voucher_no"] in own[row["voucher_type"]]]
